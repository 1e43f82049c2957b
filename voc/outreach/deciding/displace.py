"""Planned asks that give way to a policy that counts more: taken back, and their decisions say who won."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from voc.core.db import dialect, marks, padded, rows
from voc.core.errors import Conflict
from voc.outreach.deciding import decisions
from voc.outreach.deciding.case import KNOWN, known_in
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.plan import withdraw_row

_LOSERS = f"""SELECT i.id AS invitation_id, {KNOWN} FROM invitation i LEFT JOIN decision d ON d.id = i.decision_id
    WHERE i.id IN ({{}}) ORDER BY i.id"""


async def let_give_way(invitation_ids: Sequence[UUID], winner: str, asks_at: datetime) -> None:
    """Withdraw these invitations of a customer who is kept, within a verb; each decision becomes "outranked" and keeps what it said.

    A Conflict when one of them has left, or is leaving: then it is decided again, with that in view.
    """
    if not invitation_ids:
        return
    ids = padded(sorted(invitation_ids))
    lock = " FOR UPDATE OF i" if dialect() == "postgres" else ""
    for row in await rows(_LOSERS.format(marks(ids)) + lock, *ids):
        if not await withdraw_row(UUID(str(row["invitation_id"])), Reason.OUTRANKED):
            raise Conflict("LEFT_MEANWHILE", "The ask that was to give way has left meanwhile.")
        if row["decision_id"]:
            await decisions.overrule(known_in(row), Reason.OUTRANKED, f"gives way to {winner}, which asks on {asks_at:%Y-%m-%d}")
