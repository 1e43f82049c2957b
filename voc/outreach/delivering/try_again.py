"""Trying again what failed: many invitations at once, or those alone whose customer has another address by now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.queryset import QuerySet

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import as_uuid, marks, padded, rows
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.customers.models import Channel
from voc.outreach.deciding.policy import MAIL
from voc.outreach.delivering.plan import Leaving, add_deliveries
from voc.outreach.delivering.progress import note_progress
from voc.outreach.models import Invitation, InvitationState
from voc.outreach.queries import invitations_visible_to
from voc.outreach.wishes.addresses import address_hash

MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Which of the invitations that failed: planned in a period, and as far as the rest says."""

    since: datetime | None = None
    until: datetime | None = None
    policy_id: UUID | None = None
    survey_id: UUID | None = None
    channel: Channel | None = None
    has_new_address: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """How many are tried again, and how many more of them there are."""

    retried: int
    left: int


def failed_visible_to(actor: Actor, which: Failed) -> QuerySet[Invitation]:
    """The invitations that failed and were not answered all the same; no tests. Whether there is a new address is not looked at here."""
    given = {
        "created_at__gte": which.since,
        "created_at__lt": which.until,
        "policy_id": which.policy_id,
        "survey_id": which.survey_id,
        "channel": which.channel,
    }
    found = invitations_visible_to(actor).filter(state=InvitationState.FAILED, is_test=False, answered_at=None, declined_at=None)
    return found.filter(**{name: value for name, value in given.items() if value is not None})


@verb(Action.EDIT_OUTREACH)
async def try_again(actor: Actor, which: Failed) -> Tried:
    """Have up to 1,000 invitations that failed delivered once more, the newest first; the rest takes another press.

    Each goes to the address that is known now, and is looked at once more before it leaves: what has run out, is not wanted any more or
    goes to an address that came back is withdrawn then.
    """
    ids: list[UUID] = await failed_visible_to(actor, which).order_by("-created_at").values_list("id", flat=True)  # type: ignore[assignment]
    if which.has_new_address:
        changed = await new_addresses(ids)
        ids = [one for one in ids if one in changed]
    now = clock.now()
    again = await rows(
        f"""UPDATE invitation SET state = 'planned', state_reason = '', send_at = ?
            WHERE id IN ({marks(ids[:MOST])}) AND state = 'failed' RETURNING id, channel""",
        *(now, *ids[:MOST]),
    )
    mark = new_id()
    await add_deliveries([Leaving(row["id"], row["channel"], now, mark=mark) for row in again])
    if again:
        await note_progress(UUID(str(again[0]["id"])))
    return Tried(len(again), max(0, len(ids) - MOST))


async def take_up_again(_: Actor, ref: str) -> None:
    """What a dead job that is run again after all needs, within a verb: the invitation it gave up is planned once more."""
    await Invitation.filter(id=UUID(ref), state=InvitationState.FAILED).update(
        state=InvitationState.PLANNED, state_reason="", send_at=clock.now()
    )


async def new_addresses(invitation_ids: Iterable[UUID]) -> set[UUID]:
    """Those invitations whose customer has another address now than the one the last attempt went to."""
    found: set[UUID] = set()
    ids = list(invitation_ids)
    for at in range(0, len(ids), MOST):
        some = padded(ids[at : at + MOST])
        for row in await rows(_ADDRESSES.format(marks(some)), *some):
            invitation_id = as_uuid(row["id"])
            address = row["email"] if row["channel"] in MAIL else row["phone"]
            if address and invitation_id and address_hash(address) != row["address_hash"]:
                found.add(invitation_id)
    return found


_ADDRESSES = """
    SELECT i.id, i.channel, u.email, u.phone, v.address_hash FROM invitation i JOIN customer u ON u.id = i.customer_id
    JOIN delivery v ON v.invitation_id = i.id AND v.address_hash IS NOT NULL
        AND v.number = (SELECT MAX(number) FROM delivery WHERE invitation_id = i.id AND address_hash IS NOT NULL)
    WHERE i.id IN ({})"""
