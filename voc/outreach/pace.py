"""How a policy gets on with its answers; looked up at most once a minute a process, for it is counted over three months."""

from datetime import datetime, timedelta
from uuid import UUID

from voc.core import clock
from voc.core.db import rows
from voc.outreach.sampling import Pace, month_of
from voc.outreach.verdicts import Reason

_KEPT: dict[UUID, tuple[datetime, Pace]] = {}
_FRESH = timedelta(minutes=1)
_DRAWN = ", ".join(f"'{reason.value}'" for reason in (Reason.ASKED, Reason.NOT_SAMPLED, Reason.ENOUGH_ANSWERS))
_COUNTED = f"""SELECT
    COALESCE(SUM(CASE WHEN answered_at >= ? THEN 1 ELSE 0 END), 0) AS answers,
    COALESCE(SUM(CASE WHEN answered_at IS NULL AND declined_at IS NULL AND expires_at > ? THEN 1 ELSE 0 END), 0) AS open,
    COUNT(*) AS asked, COUNT(answered_at) AS answered,
    (SELECT COUNT(*) FROM decision WHERE policy_key = ? AND decided_at > ? AND reason IN ({_DRAWN})) AS contacts
    FROM invitation WHERE policy_id = ? AND created_at > ? AND state IN ('planned', 'held', 'sent') AND NOT is_test"""


async def pace_of(policy_id: UUID, key: str) -> Pace:
    """The pace of a policy, up to a minute old."""
    now = clock.now()
    known = _KEPT.get(policy_id)
    if known and now - _FRESH < known[0] <= now:
        return known[1]
    [found] = await rows(_COUNTED, month_of(now), now, key, now - timedelta(days=28), policy_id, now - timedelta(days=90))
    pace = Pace(**{name: int(found[name]) for name in ("answers", "open", "asked", "answered", "contacts")})
    _KEPT[policy_id] = (now, pace)
    return pace
