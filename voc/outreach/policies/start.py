"""Switching policies on: at once or at a moment. One version is in force; the newest may wait before it."""

from datetime import datetime, timedelta
from uuid import UUID

from voc.core import clock, jobs
from voc.core.access import Action, Actor
from voc.core.errors import Conflict, Invalid
from voc.core.find import one
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.outreach.models import Policy, PolicyTouchpoint, PolicyVersion
from voc.outreach.policies.rules_document import parse
from voc.outreach.queries import policies_visible_to
from voc.surveys.models import Survey

START = "outreach.start_policy"
FURTHEST = timedelta(days=366)


@verb(Action.SWITCH_POLICY)
async def activate_policy(actor: Actor, policy_id: UUID, starts_at: datetime | None = None) -> Policy:
    """Switch the newest version on, now or at a moment; also one that waits for another moment, and that of a retired policy.

    A Conflict when it is in force already; Invalid for a moment that is past or more than a year ahead.
    """
    check_moment(starts_at)
    policy = await one(policies_visible_to(actor), policy_id)
    if policy.number == policy.last_number and policy.retired_at is None:
        raise Conflict("IN_FORCE", "The newest edition of this policy is in force already.")
    await take_back(policy)
    newest = await PolicyVersion.get(policy_id=policy.id, number=policy.last_number)
    await (let_wait(newest, starts_at, actor.name) if starts_at else put_in_force(newest, actor.name))
    return await Policy.get(id=policy_id)


@verb(Action.SWITCH_POLICY)
async def withdraw_policy_start(actor: Actor, policy_id: UUID) -> Policy:
    """Let the version that waits for its moment not start by itself; it stays as a draft. A Conflict when none waits."""
    policy = await one(policies_visible_to(actor), policy_id)
    if not await take_back(policy):
        raise Conflict("NOTHING_WAITS", "No edition of this policy waits for its moment. Look at it again.")
    return policy


@verb(Action.SWITCH_POLICY)
async def start_at_its_moment(actor: Actor, ref: UUID | str) -> None:
    """The job of a moment that has come: put the version in force, once. One that was withdrawn or replaced is left alone."""
    version = await PolicyVersion.get_or_none(id=UUID(str(ref)))
    if version and version.starts_at and version.starts_at <= clock.now():
        await put_in_force(version, version.started_by or actor.name)


async def put_in_force(version: PolicyVersion, by: str) -> None:
    """Let the newest version decide from now on, within a verb; one that does already, or that is not the newest, changes nothing but
    that its policy is not retired any more."""
    rules, now = parse(version.rules), clock.now()
    survey = await Survey.get(key=rules.survey)
    newest = Policy.filter(id=version.policy_id, last_number=version.number)
    if not await newest.filter(number__lt=version.number).update(number=version.number, survey_id=survey.id, retired_at=None):
        await newest.filter(retired_at__isnull=False).update(retired_at=None)
        return
    at = version.starts_at if version.starts_at and version.starts_at <= now else now
    await PolicyVersion.filter(id=version.id).update(starts_at=at, started_at=now, started_by=by)
    await PolicyTouchpoint.filter(policy_id=version.policy_id).delete()
    await PolicyTouchpoint.bulk_create(
        [PolicyTouchpoint(id=new_id(), policy_id=version.policy_id, touchpoint=touchpoint) for touchpoint in rules.touchpoints]
    )


async def let_wait(version: PolicyVersion, starts_at: datetime, by: str) -> None:
    """Have the version put in force at that moment, within a verb, unless it is already."""
    if version.started_at is None:
        await PolicyVersion.filter(id=version.id).update(starts_at=starts_at, started_by=by)
        await jobs.add(START, version.id, at=starts_at, key=_key(version.id, starts_at))


async def waiting(policy: Policy) -> PolicyVersion | None:
    """The newest version, if it waits for its moment."""
    return await PolicyVersion.get_or_none(policy_id=policy.id, number=policy.last_number, started_at=None, starts_at__isnull=False)


async def take_back(policy: Policy) -> bool:
    """Let the newest version not start by itself, within a verb; says whether it would have."""
    version = await waiting(policy)
    if version is None or version.starts_at is None:
        return False
    # First the job, as it holds itself before the policy: the other way round the two could lock each other.
    await jobs.cancel(_key(version.id, version.starts_at))
    return await PolicyVersion.filter(id=version.id, started_at=None).update(starts_at=None, started_by=None) > 0


def check_moment(starts_at: datetime | None) -> None:
    """Invalid unless it is none, or still to come within a year."""
    if starts_at is None:
        return
    if starts_at.tzinfo is None:
        raise Invalid.at("startsAt", "TIME_ZONE_MISSING", "Give the moment a time zone, as in 2026-03-01T09:00:00+01:00.")
    if not clock.now() < starts_at <= clock.now() + FURTHEST:
        raise Invalid.at("startsAt", "WRONG_VALUE", "Choose a moment that is still to come, within a year.")


def _key(version_id: UUID, starts_at: datetime) -> str:
    return f"start:{version_id}:{round(starts_at.timestamp() * 1_000_000)}"
