"""Dry runs: what a policy would have done with the contacts of the past, beside what the policy of today would have."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from voc.api.context import Info
from voc.api.enums import Reason
from voc.api.exposed import shape
from voc.api.global_ids import global_id
from voc.api.policy_rules import PolicyRulesInput
from voc.api.said import said
from voc.api.streams import subscription
from voc.core.access import Action
from voc.core.errors import Invalid
from voc.followup.tasks_rate import tasks_to_expect
from voc.outreach.deciding.pace import pace_of
from voc.outreach.deciding.reasons import sentence
from voc.outreach.models import Policy
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.rules_document import parse
from voc.outreach.policies.sampling import answer_rate
from voc.outreach.queries import current_rules, newest_rules, policies_visible_to
from voc.outreach.rehearsing.rehearsal import Tally
from voc.outreach.rehearsing.rehearse import Progress, only_in, rehearse

PolicyKey = Annotated[str, strawberry.argument(description="The key of the policy; one that does not exist yet needs rules.")]
NewRules = Annotated[
    PolicyRulesInput | None, strawberry.argument(description="What it would say instead; what its newest edition says when left out.")
]
Days = Annotated[int, strawberry.argument(description="How many of the last days to go over, from 1 to 180.")]


@shape
class DryRunReason:
    """How many contacts were decided for a reason."""

    reason: Reason
    """The reason."""
    sentence: str
    """The same for people, in your language."""
    count: int
    """How many contacts."""
    contact_ids: list[strawberry.ID]
    """Some of them, at most five."""


@shape
class DryRunDay:
    """The load of a day."""

    day: date
    """The day, by the clock of the house."""
    count: int
    """How many invitations would leave on it."""


@shape
class DryRunHour:
    """The load of an hour of the day."""

    hour: int
    """The hour, from 0 to 23, by the clock of the house."""
    count: int
    """How many invitations would leave in it, over all days."""


@shape
class DryRunSide:
    """What one edition of the policy would have done."""

    asked: int
    """How many invitations it would have made."""
    customers: int
    """To how many customers."""
    waiting: int
    """How many contacts it would still be waiting with."""
    reasons: list[DryRunReason]
    """Why, the most frequent first."""
    days: list[DryRunDay]
    """When the invitations would have left, by day."""
    hours: list[DryRunHour]
    """And by hour."""
    expected_answers: float
    """How many of them would be answered, at the rate at which the policy's invitations are."""
    expected_tasks: float | None
    """How many tasks these answers would raise, at the rate of the last 90 days; null without answers to learn from."""


@shape
class PolicyDryRun:
    """A rehearsal of a policy. Nobody was asked, and nothing was written."""

    contacts: int
    """How many contacts of the touchpoints, of either side, ended in these days."""
    proposed: DryRunSide
    """What was rehearsed."""
    live: DryRunSide | None
    """The policy as it is in force; null when that is what was rehearsed, or when none is."""
    only_proposed: int
    """How many contacts only the proposed rules would ask about."""
    only_live: int
    """How many contacts only the policy as it stands would ask about."""


@shape
class DryRunEvent:
    """How far a dry run is. One that was cut off begins anew: nothing is kept of it."""

    done: int
    """How many contacts were looked at."""
    total: int
    """How many there are."""
    result: PolicyDryRun | None
    """What came of it, with the last event."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    key: str
    policy_id: UUID | None
    policies: tuple[Rules, ...]


@shape
class DryRunQueries:
    """Rehearsals."""

    @strawberry.field
    async def policy_dry_run(self, info: Info, policy: PolicyKey, rules: NewRules = None, days: Days = 30) -> PolicyDryRun | None:
        """What a policy would have done with the contacts of the last days. A long one takes the subscription of the same name."""
        wanted = await _wanted(info, policy, rules)
        async for step in rehearse(info.context.actor, policy, *wanted.policies, days=days):
            last = step
        return await _result(info, wanted, last)


@shape
class DryRunSubscription:
    """Rehearsals as they go on."""

    @subscription
    async def policy_dry_run(self, info: Info, policy: PolicyKey, rules: NewRules = None, days: Days = 90) -> AsyncIterator[DryRunEvent]:
        """The same rehearsal with its progress, for many contacts; it ends with its result."""
        wanted = await _wanted(info, policy, rules)
        async for step in rehearse(info.context.actor, policy, *wanted.policies, days=days):
            result = await _result(info, wanted, step) if step.tallies else None
            yield DryRunEvent(done=step.done, total=step.total, result=result)


async def _wanted(info: Info, key: str, given: PolicyRulesInput | None) -> _Wanted:
    info.context.actor.must(Action.SEE_OUTREACH)
    found: Policy | None = await policies_visible_to(info.context.actor).get_or_none(key=key)
    standing = (await current_rules([found.id])).get(found.id) if found else None
    newest = (await newest_rules([found.id])).get(found.id) if found else None
    proposed = parse(said(given)) if given else standing if standing == newest else newest
    if proposed is None:
        raise Invalid.at("policy", "UNKNOWN", f"There is no policy `{key[:64]}`. Name one, or give the rules of a new one.")
    return _Wanted(key, found.id if found else None, (proposed, *([standing] if standing and standing is not proposed else [])))


async def _result(info: Info, wanted: _Wanted, step: Progress) -> PolicyDryRun:
    proposed, *others = step.tallies
    share = answer_rate(await pace_of(wanted.policy_id, wanted.key) if wanted.policy_id else None)
    sides = [await _side(info, tally, rules, share) for tally, rules in zip(step.tallies, wanted.policies, strict=True)]
    return PolicyDryRun(
        contacts=step.total,
        proposed=sides[0],
        live=sides[1] if others else None,
        only_proposed=len(only_in(proposed, others[0])) if others else 0,
        only_live=len(only_in(others[0], proposed)) if others else 0,
    )


async def _side(info: Info, tally: Tally, rules: Rules, share: float) -> DryRunSide:
    answers = len(tally.asked) * share
    return DryRunSide(
        asked=len(tally.asked),
        customers=len(tally.customers),
        waiting=tally.waiting,
        reasons=[
            DryRunReason(
                reason=reason,
                sentence=sentence(reason, info.context.language),
                count=number,
                contact_ids=[strawberry.ID(global_id("Contact", one)) for one in tally.examples[reason]],
            )
            for reason, number in tally.reasons.most_common()
        ],
        days=[DryRunDay(day=day, count=number) for day, number in sorted(tally.by_day.items())],
        hours=[DryRunHour(hour=hour, count=number) for hour, number in sorted(tally.by_hour.items())],
        expected_answers=answers,
        expected_tasks=await tasks_to_expect(rules.surveys, answers),
    )
