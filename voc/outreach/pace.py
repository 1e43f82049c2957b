"""How a policy gets on with its answers; looked up at most once a minute a process, for it is counted over three months."""

from datetime import datetime, timedelta
from uuid import UUID

from voc.core import clock
from voc.core.db import as_moment, rows
from voc.outreach.sampling import Pace, month_of
from voc.outreach.verdicts import DRAWN

_KEPT: dict[UUID, tuple[datetime, Pace]] = {}
_FRESH, _MUCH = timedelta(minutes=1), 200_000
_DRAWN = ", ".join(f"'{reason.value}'" for reason in DRAWN)
_COUNTED = """SELECT
    COALESCE(SUM(CASE WHEN answered_at >= ? THEN 1 ELSE 0 END), 0) AS answers,
    COALESCE(SUM(CASE WHEN answered_at IS NULL AND declined_at IS NULL AND expires_at > ? THEN 1 ELSE 0 END), 0) AS open,
    COUNT(*) AS asked, COUNT(answered_at) AS answered
    FROM invitation WHERE policy_id = ? AND created_at > ? AND state IN ('planned', 'held', 'sent') AND NOT is_test"""
_CONTACTS = f"""SELECT COUNT(*) AS contacts, MIN(decided_at) AS first FROM decision
    WHERE policy_key = ? AND decided_at > ? AND reason IN ({_DRAWN})"""


async def pace_of(policy_id: UUID, key: str) -> Pace:
    """The pace of a policy, up to a minute old, and older in proportion where very much is to be counted. One counts, others go on."""
    now = clock.now()
    known = _KEPT.get(policy_id)
    if known and now - _FRESH * max(1.0, (known[1].asked + known[1].contacts) / _MUCH) < known[0] <= now:
        return known[1]
    if known:
        _KEPT[policy_id] = (now, known[1])
    [found] = await rows(_COUNTED, month_of(now), now, policy_id, now - timedelta(days=90))
    [drawn] = await rows(_CONTACTS, key, now - timedelta(days=28))
    # A policy that is younger than four weeks has had its contacts in fewer days; a single night counts as one.
    over_days = max((now - (as_moment(drawn["first"]) or now)) / timedelta(days=1), 1.0)
    counted = {name: int(found[name]) for name in ("answers", "open", "asked", "answered")}
    pace = Pace(**counted, contacts=int(drawn["contacts"]), over_days=over_days)
    _KEPT[policy_id] = (now, pace)
    return pace
