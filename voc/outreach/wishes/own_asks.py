"""What we ask a customer and how often, as they may know it themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from voc.core import clock
from voc.core.db import as_json, rows
from voc.customers.models import Customer
from voc.outreach.models import Invitation
from voc.outreach.policies.clocks import Among, Since
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.version_rules import stored_rules

YEAR = timedelta(days=365)
_MAIL, _TEXT = ("email", "outbox"), ("sms",)


@dataclass(frozen=True, slots=True)
class OwnAsks:
    """`touchpoints` are the names of what we may ask about, by language; `quiet_days` and `yearly_budget` what every policy keeps to, 0
    where one of them does not; `asked_in_a_year` how often we asked, `waiting` how many questions are planned."""

    touchpoints: tuple[Mapping[str, str], ...] = ()
    quiet_days: int = 0
    yearly_budget: int = 0
    asked_in_a_year: int = 0
    waiting: int = 0


async def own_asks(invitation: Invitation) -> OwnAsks:
    """What stands in the policies in force of the same brand that could reach the customer this invitation was sent to, and what became
    of them in a year. Whoever was asked over an open link, or for a test, learns what we ask in general."""
    customer = await Customer.get_or_none(id=invitation.customer_id) if invitation.customer_id else None
    found = [stored_rules(row["rules"]) for row in await rows(_IN_FORCE, invitation.survey_id)]
    rules = [one for one in found if customer is None or _reaches(one, customer)]
    keys = sorted({key for one in rules for key in one.touchpoints})
    names = {row["key"]: as_json(row["names"]) or {} for row in await rows("SELECT key, names FROM touchpoint ORDER BY position, key")}
    counted = await _counted(invitation)
    return OwnAsks(
        touchpoints=tuple(told for key, told in names.items() if key in keys and told),
        quiet_days=min((_quiet_days(one) for one in rules), default=0),
        yearly_budget=_all_of(one.yearly_budget for one in rules),
        asked_in_a_year=int(counted.get("asked") or 0),
        waiting=int(counted.get("waiting") or 0),
    )


async def _counted(invitation: Invitation) -> dict[str, Any]:
    if invitation.customer_id is None:
        return {}
    return (await rows(_COUNTED, clock.now() - YEAR, invitation.customer_id, False))[0]


def _quiet_days(rules: Rules) -> int:
    """How much distance it keeps to everything else this customer is asked."""
    return max((one.days for one in rules.all_clocks if one.since is Since.ASKED and one.among is Among.ALL), default=0)


def _all_of(budgets: Iterable[int]) -> int:
    """The highest, where each has one."""
    found = list(budgets)
    return max(found) if found and all(found) else 0


def _reaches(rules: Rules, customer: Customer) -> bool:
    missing = ((_MAIL, customer.email), (_TEXT, customer.phone))
    closed = {channel for channels, address in missing if not address for channel in channels}
    return not closed.issuperset(rules.channels)


_IN_FORCE = """
    SELECT v.rules FROM policy p JOIN policy_version v ON v.policy_id = p.id AND v.number = p.number JOIN survey s ON s.id = p.survey_id
    WHERE p.retired_at IS NULL AND s.brand_id = (SELECT brand_id FROM survey WHERE id = ?) ORDER BY p.key"""
_COUNTED = """
    SELECT SUM(CASE WHEN sent_at >= ? AND state = 'sent' THEN 1 ELSE 0 END) AS asked,
        SUM(CASE WHEN state IN ('planned', 'held') THEN 1 ELSE 0 END) AS waiting
    FROM invitation WHERE customer_id = ? AND is_test = ?"""
