"""Presses of buttons that a scanner may have made, kept as evidence beside what became of them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from voc.core.access import Action, Actor, Role
from voc.core.db import execute, rows
from voc.core.errors import NotFound
from voc.core.verb import verb
from voc.outreach.models import OddPress


@verb(Action.ANSWER)
async def note_odd_press(
    actor: Actor,
    invitation_id: UUID,
    what: str,
    signs: Iterable[str],
    *,
    pressed_at: datetime,
    served_at: datetime | None,
    is_held: bool,
) -> None:
    """Keep that a press bore signs of a scanner; one without any leaves nothing. Evidence only: nothing follows from it by itself."""
    if actor.has(Role.RESPONDENT) and actor.id != invitation_id:
        raise NotFound("This link belongs to another invitation.")
    found = ", ".join(signs)
    if found:
        await OddPress.create(
            invitation_id=invitation_id, what=what, signs=found, is_held=is_held, served_at=served_at, pressed_at=pressed_at
        )


@verb(Action.ANSWER)
async def take_back_decline(actor: Actor, invitation_id: UUID) -> None:
    """The ask was welcome after all, or nobody ever said that it was not: no quiet days follow from it."""
    if actor.has(Role.RESPONDENT) and actor.id != invitation_id:
        raise NotFound("This link belongs to another invitation.")
    await execute("UPDATE invitation SET declined_at = NULL WHERE id = ? AND declined_at IS NOT NULL", invitation_id)


@verb(Action.ANSWER)
async def forget_evidence(actor: Actor, invitation_id: UUID) -> None:
    """Forget which scores were opened, how buttons were pressed and what was written back, when the answers themselves are deleted."""
    if actor.has(Role.RESPONDENT) and actor.id != invitation_id:
        raise NotFound("This link belongs to another invitation.")
    for table in ("link_seen", "odd_press"):
        await execute(f"DELETE FROM {table} WHERE invitation_id = ?", invitation_id)
    await execute("UPDATE inbound_message SET text = '' WHERE invitation_id = ?", invitation_id)


async def was_declined_oddly(invitation_id: UUID) -> bool:
    """Whether whoever declined bore a sign of a scanner: a person who comes after is not turned away by that."""
    return bool(await rows("SELECT 1 AS one FROM odd_press WHERE invitation_id = ? AND what = 'declined' LIMIT 1", invitation_id))
