"""Kiosks: registered for a place, and heard of when they are in touch."""

import secrets
from collections.abc import Iterator
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import execute
from voc.core.errors import Conflict, Fault, Invalid, NotFound
from voc.core.find import one
from voc.core.verb import verb
from voc.outreach.editions import questionnaire_in
from voc.outreach.models import OpenLink
from voc.outreach.open.door import OpenDoor, channel_of
from voc.outreach.open.kinds import OpenLinkKind
from voc.outreach.open.kiosk_pin import is_pin, pin_hash
from voc.outreach.open.links import OpenLinkFacts, make_open_link
from voc.outreach.queries import open_links_visible_to
from voc.surveys.kiosk import kiosk_problems
from voc.surveys.kiosk_tables import Facts
from voc.surveys.queries import current_version

MOST_WAITING = 2000


@verb(Action.EDIT_OUTREACH)
async def register_kiosk(actor: Actor, survey_id: UUID, facts: OpenLinkFacts, pin: str) -> OpenLink:
    """Register a screen that asks a published survey at one place; its address is for that device alone.

    Invalid names every fault: a code that is not four to eight digits (`pin`), a survey that was never published, and each question that
    a kiosk cannot ask, with the way out (`survey`).
    """
    faults = [*_pin_faults(pin)]
    faults += await _unfit(survey_id, kiosk_facts(facts.name, facts.place, facts.campaign))
    if faults:
        raise Invalid(faults)
    return await make_open_link(actor, survey_id, OpenLinkKind.KIOSK, facts, pin_hash=pin_hash(pin, secrets.token_bytes(16)))


@verb(Action.EDIT_OUTREACH)
async def change_kiosk_pin(actor: Actor, kiosk_id: UUID, pin: str) -> OpenLink:
    """Give the staff another code; the device learns of it when it is next in touch. A Conflict when the kiosk was taken back."""
    kiosk = await one(open_links_visible_to(actor).filter(kind=OpenLinkKind.KIOSK), kiosk_id)
    if faults := [*_pin_faults(pin)]:
        raise Invalid(faults)
    if kiosk.revoked_at is not None:
        raise Conflict("REVOKED", "This kiosk was taken back for good. Register a new one.")
    kiosk.pin_hash = pin_hash(pin, secrets.token_bytes(16))
    await kiosk.save(update_fields=["pin_hash"])
    return kiosk


@verb(Action.ANSWER)
async def hear_from_kiosk(actor: Actor, door: OpenDoor, waiting: int) -> None:
    """Note that a kiosk is in touch, and how many answers wait on it, 0 to 2,000. Only its own device may say so (NotFound)."""
    if actor.id != door.id:
        raise NotFound
    kept = max(0, min(waiting, MOST_WAITING))
    await execute("UPDATE open_link SET last_seen_at = ?, waiting = ? WHERE id = ?", clock.now(), kept, door.id)


def kiosk_facts(name: str, place: str, campaign: str) -> Facts:
    """What hidden questions learn from a kiosk: its `kiosk`, `place` and `campaign`, as if they stood in an address."""
    told = (("kiosk", name), ("place", place), ("campaign", campaign))
    return Facts(tuple((key, text) for key, text in told if text), channel_of(OpenLinkKind.KIOSK).value)


def _pin_faults(pin: str) -> Iterator[Fault]:
    if not is_pin(pin):
        yield Fault("pin", "WRONG_PIN", "Choose a code of four to eight digits for the staff of the place.")


async def _unfit(survey_id: UUID, facts: Facts) -> list[Fault]:
    version = await current_version(survey_id)
    if version is None:
        return [Fault("survey", "NEVER_PUBLISHED", "A kiosk asks what is published. Publish the survey first.")]
    problems = kiosk_problems(await questionnaire_in(version.id), facts)
    return [Fault("survey", problem.code, problem.message) for problem in problems]
