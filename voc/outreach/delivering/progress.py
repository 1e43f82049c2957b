"""Telling whoever watches that deliveries go on: one change for a whole batch, since the board counts anew anyway."""

from uuid import UUID

from voc.core import live

DELIVERY = "delivery"


async def note_progress(invitation_id: UUID) -> None:
    """Note within a verb that invitations moved; any one of a batch stands for all of it."""
    await live.note(DELIVERY, invitation_id)
