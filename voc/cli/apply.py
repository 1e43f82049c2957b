"""`voc apply DIR`: the house as files that can be reviewed. What changes is said, field by field; all of it is done, or none."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from voc.cli.frame import OPERATOR
from voc.core.db import transaction
from voc.core.errors import Fault, Invalid
from voc.followup.models import Route
from voc.followup.routes import save_route
from voc.outreach.models import Policy, PolicyVersion, Touchpoint
from voc.outreach.policies.rules_document import dump, parse
from voc.outreach.policies.save import save_policy
from voc.outreach.policies.touchpoints import save_touchpoint
from voc.staff.models import Calendar, Team
from voc.staff.teams import save_calendar, save_team
from voc.surveys.brands import save_brand
from voc.surveys.draft import import_survey
from voc.surveys.library import load
from voc.surveys.models import Brand, Survey
from voc.surveys.publish import publish_survey

Documents = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new, or differs in some fields: `fields` maps each to what it was and what it becomes."""

    kind: str
    key: str
    is_new: bool
    fields: Mapping[str, tuple[object, object]]

    def __str__(self) -> str:
        if self.is_new:
            return f"+ {self.kind} {self.key}"
        return f"~ {self.kind} {self.key}: " + "; ".join(f"{name}: {was!r} -> {becomes!r}" for name, (was, becomes) in self.fields.items())


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that files can hold: how it stands now, how it is saved, and whether a document says what stands already.

    Where it says nothing new it is not saved; most kinds may be saved again, and are looked at afterwards.
    """

    name: str
    standing: Callable[[], Awaitable[Documents]]
    save: Callable[[str, dict[str, Any]], Awaitable[object]]
    says: Callable[[str, dict[str, Any], dict[str, Any]], bool] = lambda key, document, standing: False


class _TakenBack(Exception):
    """Ends a transaction that was only to show what it would do."""


async def plan(folder: Path) -> list[Change]:
    """What applying the folder would change, in the order in which it would be done: it is done, looked at, and taken back."""
    changes: list[Change] = []
    with suppress(_TakenBack):
        async with transaction():
            changes += await _apply(read_folder(folder))
            raise _TakenBack
    return changes


async def apply_folder(folder: Path) -> list[Change]:
    """Make the house as the folder says, in one transaction.

    The folder is the whole truth of what it names: a field that a document leaves out becomes as usual, and the change says so. What
    it does not name stays as it is. An edition of a policy that waits stays so where what is in force is as the folder says.
    """
    wanted = read_folder(folder)
    async with transaction():
        return await _apply(wanted)


async def _apply(wanted: Mapping[str, Documents]) -> list[Change]:
    changes = []
    for kind in KINDS:
        before = await kind.standing()
        for key, document in wanted[kind.name].items():
            if key not in before or not kind.says(key, document, before[key]):
                await _save(kind, key, document)
        for key, becomes in (await kind.standing()).items():
            was = before.get(key, {})
            differing = {name: (was.get(name), value) for name, value in becomes.items() if key not in before or was.get(name) != value}
            if key not in before or differing:
                changes.append(Change(kind.name, key, key not in before, differing))
    return changes


def read_folder(folder: Path) -> dict[str, Documents]:
    """The documents of every YAML file in the folder, by kind and key; Invalid names the file of each fault."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise Invalid.at(str(folder), "NOTHING_THERE", f"There are no .yaml files in {folder}.")
    found: dict[str, Documents] = {kind.name: {} for kind in KINDS}
    faults: list[Fault] = []
    for path in paths:
        for name, documents in _read(path, faults).items():
            if name not in found:
                faults.append(Fault(f"{path.name}: {name}", "UNKNOWN_KIND", f"There is no kind {name}: use {', '.join(found)}."))
                continue
            for key, document in _keyed(documents).items():
                if key in found[name]:
                    faults.append(Fault(f"{path.name}: {name}.{key}", "TWICE", f"{name}.{key} stands in two places: keep one."))
                found[name][key] = document
    if faults:
        raise Invalid(faults)
    return found


def _read(path: Path, faults: list[Fault]) -> dict[str, Any]:
    try:
        loaded = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        faults.append(Fault(path.name, "NO_YAML", f"{path.name} is no YAML: {error}"))
        return {}
    if not isinstance(loaded, dict):
        faults.append(Fault(path.name, "NO_MAPPING", f"{path.name} should map kinds to things, for example `teams:`."))
        return {}
    return loaded


def _keyed(documents: object) -> Documents:
    if isinstance(documents, list):
        return {str(key): {} for key in documents}
    return {str(key): dict(document or {}) for key, document in documents.items()} if isinstance(documents, dict) else {}


async def _save(kind: Kind, key: str, document: dict[str, Any]) -> None:
    try:
        await kind.save(key, dict(document))
    except Invalid as refusal:
        raise Invalid(Fault(f"{kind.name}.{key}.{fault.path}", fault.code, fault.message) for fault in refusal.faults) from None
    except TypeError as error:
        raise Invalid.at(f"{kind.name}.{key}", "FIELDS", f"{kind.name}.{key} has a field that is unknown or missing: {error}.") from None


async def _calendars() -> Documents:
    fields = ("name", "time_zone", "hours", "holidays", "closed_on")
    rows = await Calendar.all().values("key", *fields)
    for row in rows:
        row["hours"] = {day: spans for day, spans in row["hours"].items() if spans}
    return _by_key(rows)


async def _teams() -> Documents:
    rows = await Team.all().values("key", "name", "queues", calendar="calendar__key", fallback="is_fallback")
    return _by_key(rows)


async def _save_team(key: str, document: dict[str, Any]) -> object:
    renamed = {"calendar_key": document.pop("calendar", ""), "is_fallback": document.pop("fallback", False)}
    return await save_team(OPERATOR, key, **document, **renamed)


async def _brands() -> Documents:
    texts = ("help_text", "privacy_text", "sender_line", "signature")
    fields = ("name", "from_email", "reply_to", "postal_address", *texts, "accent", "on_accent")
    return _by_key(await Brand.all().values("key", *fields))


async def _surveys() -> Documents:
    return {str(key): {} for key in await Survey.filter(last_number__gt=0).values_list("key", flat=True)}


async def _publish_ready(key: str, document: dict[str, Any]) -> object:
    survey = await import_survey(OPERATOR, load(key).text)
    return await publish_survey(OPERATOR, survey.id)


async def _touchpoints() -> Documents:
    return _by_key(await Touchpoint.all().values("key", "names", "stage", "position"))


async def _policies() -> Documents:
    found: Documents = {}
    numbers = {policy.id: policy for policy in await Policy.filter(retired_at=None)}
    for version in await PolicyVersion.filter(policy_id__in=list(numbers)):
        policy = numbers[version.policy_id]
        if version.number == policy.number:
            found[policy.key] = {"name": policy.name, **dump(parse(version.rules))}
    return found


def _same_policy(key: str, document: dict[str, Any], standing: dict[str, Any]) -> bool:
    try:
        whole = dump(parse({name: value for name, value in document.items() if name != "name"}))
    except Invalid:
        return False
    return {"name": document.get("name", key), **whole} == standing


async def _save_policy(key: str, document: dict[str, Any]) -> object:
    return await save_policy(OPERATOR, key, document.pop("name", key), document)


async def _routes() -> Documents:
    return {route.key: {"name": route.name, "position": route.position, **route.rules} for route in await Route.filter(retired_at=None)}


async def _save_route(key: str, document: dict[str, Any]) -> object:
    return await save_route(OPERATOR, key, document.pop("name", key), document, position=document.pop("position", 0))


def _by_key(rows: Sequence[dict[str, Any]]) -> Documents:
    return {row.pop("key"): row for row in rows}


KINDS = (
    Kind("calendars", _calendars, lambda key, document: save_calendar(OPERATOR, key, **document)),
    Kind("teams", _teams, _save_team),
    Kind("brands", _brands, lambda key, document: save_brand(OPERATOR, key, **document)),
    Kind("surveys", _surveys, _publish_ready, lambda key, document, standing: True),
    Kind("touchpoints", _touchpoints, lambda key, document: save_touchpoint(OPERATOR, key, **document)),
    Kind("policies", _policies, _save_policy, _same_policy),
    Kind("routes", _routes, _save_route),
)
