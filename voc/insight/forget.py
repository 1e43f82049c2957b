"""What was understood of answers goes when they are deleted."""

from voc.core.access import Action, Actor
from voc.core.db import execute
from voc.core.verb import verb


@verb(Action.UNDERSTAND)
async def forget_response(actor: Actor, ref: str) -> None:
    """Delete every reading with its evidence and every score of a response, also the superseded ones; figures do without them."""
    for table in ("reading", "score"):
        await execute(f"DELETE FROM {table} WHERE response_id = ?", ref)
