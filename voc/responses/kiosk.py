"""Answers from a kiosk: gathered on the device, brought when there is a network, taken exactly once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import execute, rows
from voc.core.errors import Conflict, NotFound
from voc.core.verb import joining, verb
from voc.outreach.invitations import mark_answered
from voc.outreach.open.door import FULL, OpenDoor, come_in, take_place
from voc.outreach.open.kinds import OpenLinkKind
from voc.outreach.open.kiosk import kiosk_facts
from voc.responses.drafts import ResponseDraft
from voc.responses.submit import submit_response

BRING_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskAnswers:
    """What one person answered. `id` was made on the device, `number` is the edition it showed, `answered_at` is by our clock."""

    id: UUID
    number: int
    version_id: UUID
    language: str
    raw: Mapping[str, object]
    answered_at: datetime
    is_left: bool = False


def kiosk_actor(door: OpenDoor) -> Actor:
    """The device that holds the address of a kiosk."""
    return Actor.respondent(door.id)


@verb(Action.ANSWER)
async def take_from_kiosk(actor: Actor, door: OpenDoor, brought: KioskAnswers) -> None:
    """Keep what one person answered on a kiosk, checked as `submit_response` checks; bringing it again changes nothing.

    A kiosk that was taken back or closed may bring what was answered before that, within seven days; later it is a Conflict (CLOSED), as
    is the same id with other answers. An answer counts also where the cap is reached: there was room when it was given. Invalid names
    what must be mended (`answers.nps`); of what somebody left, the rest is dropped instead.
    """
    if actor.id != door.id or door.kind is not OpenLinkKind.KIOSK:
        raise NotFound
    _must_be_in_time(door, brought.answered_at)
    # The row of the kiosk is the lock: the same answers brought twice at once come one after the other.
    await execute("UPDATE open_link SET last_seen_at = ? WHERE id = ?", clock.now(), door.id)
    source, source_id = f"kiosk {door.id}", str(brought.id)
    is_new = not await rows("SELECT 1 AS one FROM response WHERE source = ? AND source_id = ?", source, source_id)
    invitation_id = uuid5(door.id, str(brought.id))
    if is_new:
        await joining(come_in)(Actor.respondent(invitation_id), door, invitation_id, brought.version_id, brought.language, None)
    draft = ResponseDraft(
        survey=door.survey_id,
        version=brought.number,
        answers=brought.raw,
        channel=door.channel,
        language=brought.language,
        submitted_at=min(brought.answered_at, clock.now()),
        is_left=brought.is_left,
        invitation_id=invitation_id,
        link_values=dict(kiosk_facts(door.name, door.place, door.campaign).link),
        source=source,
        source_id=source_id,
    )
    await joining(submit_response)(Actor.system("kiosk"), draft)
    if is_new and not brought.is_left:
        await joining(mark_answered)(Actor.respondent(invitation_id), invitation_id)
        await _count(door)


def _must_be_in_time(door: OpenDoor, answered_at: datetime) -> None:
    ended = min((moment for moment in (door.revoked_at, door.closes_at) if moment), default=None)
    if ended and (answered_at >= ended or clock.now() >= ended + BRING_WITHIN):
        raise Conflict("CLOSED", "This kiosk was closed. Answers given before are taken for seven days, later ones are not.")


async def _count(door: OpenDoor) -> None:
    try:
        await take_place(door.id)
    except Conflict as refused:
        if refused.code != FULL:
            raise
