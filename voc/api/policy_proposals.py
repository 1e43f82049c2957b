"""Proposals: what a text of rules says, what is wrong in it, and what it would change of a policy. Nothing is saved."""

import asyncio
from dataclasses import dataclass
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.context import Info
from voc.api.exposed import field, shape
from voc.api.policy_rules import PolicyRules
from voc.api.policy_words import PolicyDifference, PolicyFault, told_apart
from voc.core.access import Action
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.rules_text import FaultAt, UnreadText, read_rules
from voc.outreach.policies.sentence import Difference
from voc.outreach.queries import current_rules, policies_visible_to


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a text says, or what is wrong in it; `in_force` are the rules that it would replace."""

    rules: Rules | None = None
    faults: tuple[FaultAt, ...] = ()
    in_force: Rules | None = None


@shape
class PolicyProposal:
    """What a text of rules says."""

    rules: PolicyRules | None
    """The rules; null where the text has faults."""
    faults: list[PolicyFault]
    """What is to be mended."""

    @field(list[PolicyDifference])
    async def differences(of: Parent[Proposal], info: Info) -> tuple[Difference, ...]:  # noqa: N805 - the source is the proposal
        """What it would change of the policy in force; nothing where none is."""
        return await told_apart(info, of.in_force, of.rules) if of.rules and of.in_force else ()


@shape
class PolicyProposalQueries:
    """Proposals."""

    @field(PolicyProposal | None)
    async def policy_proposal(
        self,
        info: Info,
        document: Annotated[str, strawberry.argument(description="The rules as YAML or JSON; what is left out is as usual.")],
        policy: Annotated[str | None, strawberry.argument(description="The key of the policy to compare with.")] = None,
    ) -> Proposal:
        """Read a text of rules, and compare it with a policy as it is in force. Nothing is saved."""
        info.context.actor.must(Action.SEE_OUTREACH)
        try:
            rules = await asyncio.to_thread(read_rules, document)  # a long text takes a while, and others go on meanwhile
        except UnreadText as unread:
            return Proposal(faults=tuple(unread.faults))
        found = await policies_visible_to(info.context.actor).get_or_none(key=policy) if policy else None
        return Proposal(rules, in_force=(await current_rules([found.id])).get(found.id) if found else None)
