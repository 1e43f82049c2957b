"""Writing policies: each change is a new version, and no decision is ever rewritten."""

from collections.abc import Mapping
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.errors import Conflict, Fault, Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.outreach.models import Policy, PolicyVersion, Touchpoint
from voc.outreach.queries import policies_visible_to
from voc.outreach.rules import Rules
from voc.outreach.rules_document import dump, parse
from voc.outreach.touchpoints import faults_of_key
from voc.surveys.models import Survey


@verb(Action.EDIT_OUTREACH)
async def save_policy(actor: Actor, key: str, name: str, rules: Mapping[str, object] | Rules) -> Policy:
    """Write a policy down; rules that say something new become its next version, from which contacts are decided from now on.

    Saving the same again changes nothing, and saving a retired policy brings it back. Invalid names every fault: of the key,
    the name and the rules, with the touchpoint and the surveys, which must exist. Of two who save at once the second gets a Conflict.
    """
    faults = [*faults_of_key(key), *_faults_of_name(name)]
    try:
        read = rules if isinstance(rules, Rules) else parse(rules)
    except Invalid as invalid:
        raise Invalid([*faults, *invalid.faults]) from None
    surveys = {one.key: one for one in await Survey.filter(key__in=[read.survey, *read.surveys])}
    survey = surveys.get(read.survey)
    if not await Touchpoint.filter(key=read.touchpoint).exists():
        faults.append(Fault("rules.touchpoint", "UNKNOWN", f"There is no touchpoint `{read.touchpoint}`. Save it first."))
    if survey is None:
        faults.append(Fault("rules.survey", "UNKNOWN", f"There is no survey `{read.survey}`. Make it first."))
    for index, variant in enumerate(read.variants):
        if variant.survey not in surveys and variant.survey != read.survey:
            faults.append(Fault(f"rules.variants[{index}].survey", "UNKNOWN", f"There is no survey `{variant.survey}`. Make it first."))
    if faults or survey is None:
        raise Invalid(faults)
    known = await Policy.get_or_none(key=key)
    if known is None:
        known = await Policy.create(key=key, name=name.strip(), touchpoint=read.touchpoint, survey=survey, number=0)
    return await _add_version(actor, known, name.strip(), read, survey.id)


@verb(Action.EDIT_OUTREACH)
async def retire_policy(actor: Actor, policy_id: UUID) -> Policy:
    """Let a policy speak no more. What it has planned still goes out: pause it to stop that too."""
    policy = await one(policies_visible_to(actor), policy_id)
    if policy.retired_at is None:
        policy.retired_at = clock.now()
        await policy.save(update_fields=["retired_at"])
    return policy


async def _add_version(actor: Actor, policy: Policy, name: str, rules: Rules, survey_id: UUID) -> Policy:
    newest = await PolicyVersion.get_or_none(policy_id=policy.id, number=policy.number)
    document = dump(rules)
    number = policy.number if newest and newest.rules == document else policy.number + 1
    if number == policy.number and policy.name == name and policy.retired_at is None:
        return policy
    changed = await Policy.filter(id=policy.id, number=policy.number).update(
        name=name, touchpoint=rules.touchpoint, survey_id=survey_id, number=number, retired_at=None
    )
    if not changed:
        raise Conflict("SAVED_MEANWHILE", "Somebody else has saved this policy at the same moment. Look at it again.")
    if number != policy.number:
        await PolicyVersion.create(policy_id=policy.id, number=number, rules=document, made_by=actor.name)
    return await Policy.get(id=policy.id)


def _faults_of_name(name: str) -> list[Fault]:
    if 0 < len(name.strip()) <= 200:
        return []
    return [Fault("name", "WRONG_LENGTH", "Give the policy a name of at most 200 characters.")]
