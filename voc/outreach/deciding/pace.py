"""How a policy gets on with its answers; looked up about once a minute a process, for it is counted over three months."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from voc.core import clock
from voc.core.db import as_moment, rows
from voc.outreach.deciding.verdicts import DRAWN
from voc.outreach.policies.sampling import Pace, month_of, part_of_month

_FRESH, _MUCH = timedelta(minutes=1), 200_000
_DRAWN = ", ".join(f"'{reason.value}'" for reason in DRAWN)
_COUNTED = """SELECT
    COALESCE(SUM(CASE WHEN answered_at >= ? THEN 1 ELSE 0 END), 0) AS answers,
    COALESCE(SUM(CASE WHEN answered_at IS NULL AND declined_at IS NULL AND expires_at > ? THEN 1 ELSE 0 END), 0) AS open,
    COUNT(*) AS asked, COUNT(answered_at) AS answered, (SELECT MIN(started_at) FROM policy_version WHERE policy_id = ?) AS began
    FROM invitation WHERE policy_id = ? AND created_at > ? AND state IN ('planned', 'held', 'sent') AND NOT is_test"""
_CONTACTS = f"""SELECT COUNT(*) AS contacts, MIN(decided_at) AS first FROM decision
    WHERE policy_key = ? AND decided_at > ? AND reason IN ({_DRAWN})"""


@dataclass(slots=True)
class _Kept:
    """A pace as it was counted, how often it was looked at since, and after how many looks it is counted again."""

    at: datetime
    pace: Pace
    enough: int
    looks: int = 0


_KEPT: dict[UUID, _Kept] = {}


async def pace_of(policy_id: UUID, key: str) -> Pace:
    """The pace of a policy, up to a minute old, and older in proportion where very much is to be counted. One counts, others go on.

    It is counted again before that once as many contacts were looked at as it knows of: a policy that has just begun would otherwise
    take the first minute of a busy night for all it will ever see.
    """
    now = clock.now()
    known = _KEPT.get(policy_id)
    enough = 1
    if known:
        known.looks += 1
        is_fresh = now - _FRESH * max(1.0, (known.pace.asked + known.pace.contacts) / _MUCH) < known.at <= now
        if is_fresh and known.looks < known.enough:
            return known.pace
        enough = 2 * known.enough if is_fresh else 1
        known.at, known.looks, known.enough = now, 0, enough
    pace = await _count(policy_id, key, now)
    _KEPT[policy_id] = _Kept(now, pace, max(enough, pace.contacts))
    return pace


async def _count(policy_id: UUID, key: str, now: datetime) -> Pace:
    [found] = await rows(_COUNTED, month_of(now), now, policy_id, policy_id, now - timedelta(days=90))
    [drawn] = await rows(_CONTACTS, key, now - timedelta(days=28))
    # A policy that is younger than four weeks has had its contacts in fewer days; a single night counts as one.
    over_days = max((now - (as_moment(drawn["first"]) or now)) / timedelta(days=1), 1.0)
    counted = {name: int(found[name]) for name in ("answers", "open", "asked", "answered")}
    of_month = part_of_month(as_moment(found["began"]), now)
    return Pace(**counted, contacts=int(drawn["contacts"]), over_days=over_days, of_month=of_month)
