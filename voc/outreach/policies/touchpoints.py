"""Naming the kinds of moments that contacts belong to."""

import re
from collections.abc import Mapping

from voc.core.access import Action, Actor
from voc.core.errors import Fault, Invalid
from voc.core.verb import verb
from voc.outreach.models import Touchpoint

KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")


@verb(Action.EDIT_OUTREACH)
async def save_touchpoint(actor: Actor, key: str, names: Mapping[str, str] | None = None, stage: str = "", position: int = 0) -> Touchpoint:
    """Write a touchpoint down, or change what is known of the one with that key. Invalid names every fault."""
    names = {language: name.strip() for language, name in (names or {}).items() if name.strip()}
    faults = [*faults_of_key(key), *(_too_long(f"names.{language}", name, 200) for language, name in names.items() if len(name) > 200)]
    if len(stage) > 64:
        faults.append(_too_long("stage", stage, 64))
    if faults:
        raise Invalid(faults)
    written = Touchpoint(key=key, names=names, stage=stage.strip(), position=position)
    await Touchpoint.bulk_create([written], on_conflict=["key"], update_fields=["names", "stage", "position"])
    return await Touchpoint.get(key=key)


def faults_of_key(key: str) -> list[Fault]:
    """What is wrong with a key that contact centres and files will name."""
    if KEY.match(key):
        return []
    return [Fault("key", "NOT_A_KEY", f"`{key[:80]}` is no key. Use small letters, digits, - and _, beginning with a letter or digit.")]


def _too_long(path: str, text: str, most: int) -> Fault:
    return Fault(path, "TOO_LONG", f"This has {len(text)} characters; at most {most} fit.")
