"""Rehearsing a policy on the contacts of the past: what it would have asked, whom not and why, and what differs from another."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from voc.core import clock, settings
from voc.core.access import Action, Actor
from voc.core.db import marks, rows
from voc.core.errors import Invalid
from voc.outreach.deciding.facts import Weight
from voc.outreach.deciding.pace import pace_of
from voc.outreach.deciding.policy import weight_of
from voc.outreach.policies.clocks import looks_at_account
from voc.outreach.policies.rules import Rules
from voc.outreach.rehearsing.past import Batch, contacts_between, policies_in_force, surveys_named
from voc.outreach.rehearsing.rehearsal import Rehearsal, Setting, Tally

MOST_DAYS = 180
_AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rehearsal is: contacts told, of all there are; `tallies` come with the last, that of the policy first."""

    done: int
    total: int
    tallies: tuple[Tally, ...] = ()


async def rehearse(
    actor: Actor, key: str, *policies: Rules, days: int = 30, until: datetime | None = None, as_reported: bool = False
) -> AsyncIterator[Progress]:
    """Play one or two sets of rules, as the policy `key`, over the contacts of their touchpoints that ended in the last days.

    Gives its progress after each batch. Nothing is written and nobody is asked. A contact is taken as told when it ended, or
    `as_reported` when we really learnt of it. What was held is taken from the decisions made then; without them nothing was.
    Pauses are not repeated: it tells what happens when sending goes on.
    Refuses who may not see outreach (Forbidden) and days out of 1 to 180 (Invalid).
    """
    actor.must(Action.SEE_OUTREACH)
    if not 1 <= days <= MOST_DAYS:
        raise Invalid.at("days", "OUT_OF_RANGE", f"A rehearsal goes over 1 to {MOST_DAYS} days.")
    end = until or clock.now()
    since = end - timedelta(days=days)
    setting, weights = await _setting(key, policies, since, as_reported=as_reported)
    rehearsals = [Rehearsal(key, rules, weight, setting) for rules, weight in zip(policies, weights.own, strict=True)]
    touchpoints = sorted({touchpoint for rules in policies for touchpoint in rules.touchpoints})
    counting = f"SELECT COUNT(*) AS n FROM contact WHERE touchpoint IN ({marks(touchpoints)}) AND ended_at >= ? AND ended_at < ?"
    [counted] = await rows(counting, *touchpoints, since, end)
    done = 0
    by_account = any(looks_at_account(rules.all_clocks) for rules in policies)
    async for batch in contacts_between(key, touchpoints, since, end, weights.others, by_account=by_account):
        for rehearsal in rehearsals:
            await _play(rehearsal, batch)
        done += len(batch.contacts)
        yield Progress(done, counted["n"])
    for rehearsal in rehearsals:
        rehearsal.pass_time(end)
    yield Progress(done, counted["n"], tuple(rehearsal.finish() for rehearsal in rehearsals))


class _Weights(NamedTuple):
    own: list[Weight]
    others: dict[str, Weight]


async def _setting(key: str, policies: Sequence[Rules], since: datetime, *, as_reported: bool) -> tuple[Setting, _Weights]:
    """What is rehearsed in. How policies get on is taken as it is today, and matters between equals alone."""
    in_force = await policies_in_force()
    priorities = {rules.priority for rules in policies}
    paces = {one: await pace_of(id, one) for one, (id, rules) in in_force.items() if rules.priority in priorities}
    setting = Setting(
        surveys=await surveys_named(survey for rules in policies for survey in rules.surveys),
        policies={one: rules for one, (_, rules) in in_force.items()},
        zone=settings.current().default_time_zone,
        since=since,
        as_reported=as_reported,
    )
    others = {one: weight_of(rules, paces.get(one)) for one, rules in setting.policies.items()}
    return setting, _Weights([weight_of(rules, paces.get(key)) for rules in policies], others)


async def _play(rehearsal: Rehearsal, batch: Batch) -> None:
    rehearsal.asks.meet(batch.asks.items(), batch.asks_at_accounts.items())
    for number, contact in enumerate(batch.contacts):
        if number % _AT_A_TIME == 0:
            await asyncio.sleep(0)  # others get their turn
        if contact.contact.touchpoint in rehearsal.rules.touchpoints:
            rehearsal.pass_time(contact.contact.ended_at)
            rehearsal.tell(contact)


def only_in(first: Tally, second: Tally) -> set[UUID]:
    """The contacts that the first would ask about and the second would not."""
    return first.asked - second.asked
