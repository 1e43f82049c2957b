"""Writing policies: each change is a new version, and no decision is ever rewritten. Which version is in force: `start`."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.errors import Conflict, Fault, Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.outreach.models import Policy, PolicyVersion, Touchpoint
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.rules_document import dump, parse
from voc.outreach.policies.start import check_moment, let_wait, put_in_force, take_back, waiting
from voc.outreach.policies.touchpoints import faults_of_key
from voc.outreach.queries import policies_visible_to
from voc.surveys.models import Survey


@verb(Action.SWITCH_POLICY)
async def save_policy(actor: Actor, key: str, name: str, rules: Mapping[str, object] | Rules, starts_at: datetime | None = None) -> Policy:
    """Write a policy down; rules that say something new become its next version, in force from now on or from `starts_at`.

    A version that waited for its moment, or to be switched on, is replaced by it. Saving the same again changes nothing, and saving a
    retired policy brings it back. Invalid names every fault: of the key, the name, the moment and the rules, with the touchpoints and
    the surveys, which must exist. Of two who save at once the second gets a Conflict.
    """
    check_moment(starts_at)
    newest = await _written(actor, key, name, rules)
    await (let_wait(newest, starts_at, actor.name) if starts_at else put_in_force(newest, actor.name))
    return await Policy.get(id=newest.policy_id)


@verb(Action.EDIT_OUTREACH)
async def draft_policy(actor: Actor, key: str, name: str, rules: Mapping[str, object] | Rules) -> Policy:
    """Write a policy down as `save_policy` does, and leave what is in force as it is: the new version asks nobody before it is
    switched on. A version that waits for its moment is in the way of whoever may not take it back (Conflict)."""
    policy = await Policy.get_or_none(key=key)
    if policy and not actor.may(Action.SWITCH_POLICY) and await waiting(policy):
        raise Conflict("WAITS_TO_START", "An edition of this policy waits for its moment: ask a lead to take that back first.")
    newest = await _written(actor, key, name, rules)
    return await Policy.get(id=newest.policy_id)


@verb(Action.SWITCH_POLICY)
async def retire_policy(actor: Actor, policy_id: UUID) -> Policy:
    """Let a policy speak no more, nor start at a moment. What it has planned still goes out: pause it to stop that too."""
    policy = await one(policies_visible_to(actor), policy_id)
    await take_back(policy)
    if policy.retired_at is None:
        policy.retired_at = clock.now()
        await policy.save(update_fields=["retired_at"])
    return policy


async def _written(actor: Actor, key: str, name: str, rules: Mapping[str, object] | Rules) -> PolicyVersion:
    """The newest version of the policy, which says so."""
    read, survey_id = await _checked(key, name, rules)
    policy = await Policy.get_or_none(key=key) or await Policy.create(key=key, name=name.strip(), survey_id=survey_id)
    await take_back(policy)
    newest = await PolicyVersion.get_or_none(policy_id=policy.id, number=policy.last_number)
    # An old version may lack what rules have learnt to say since: what counts is what it means.
    is_new = newest is None or dump(parse(newest.rules)) != dump(read)
    number = policy.last_number + is_new
    changed = await Policy.filter(id=policy.id, last_number=policy.last_number).update(name=name.strip(), last_number=number)
    if not changed:
        raise Conflict("SAVED_MEANWHILE", "Somebody else has saved this policy at the same moment. Look at it again.")
    if newest and not is_new:
        return newest
    return await PolicyVersion.create(policy_id=policy.id, number=number, rules=dump(read), made_by=actor.name)


async def _checked(key: str, name: str, rules: Mapping[str, object] | Rules) -> tuple[Rules, UUID]:
    faults = [*faults_of_key(key), *_faults_of_name(name)]
    try:
        read = rules if isinstance(rules, Rules) else parse(rules)
    except Invalid as invalid:
        raise Invalid([*faults, *invalid.faults]) from None
    touchpoints = {one.key for one in await Touchpoint.filter(key__in=read.touchpoints)}
    for index, touchpoint in enumerate(read.touchpoints):
        if touchpoint not in touchpoints:
            faults.append(Fault(f"rules.touchpoints[{index}]", "UNKNOWN", f"There is no touchpoint `{touchpoint}`. Save it first."))
    surveys = {one.key: one for one in await Survey.filter(key__in=[read.survey, *read.surveys])}
    survey = surveys.get(read.survey)
    if survey is None:
        faults.append(Fault("rules.survey", "UNKNOWN", f"There is no survey `{read.survey}`. Make it first."))
    for index, variant in enumerate(read.variants):
        if variant.survey not in surveys and variant.survey != read.survey:
            faults.append(Fault(f"rules.variants[{index}].survey", "UNKNOWN", f"There is no survey `{variant.survey}`. Make it first."))
    if faults or survey is None:
        raise Invalid(faults)
    return read, survey.id


def _faults_of_name(name: str) -> list[Fault]:
    if 0 < len(name.strip()) <= 200:
        return []
    return [Fault("name", "WRONG_LENGTH", "Give the policy a name of at most 200 characters.")]
