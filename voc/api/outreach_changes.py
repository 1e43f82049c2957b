"""Changes of when and whom we ask."""

from datetime import datetime

import strawberry

from voc.api.context import Info
from voc.api.enums import PauseScope
from voc.api.exposed import shape, takes
from voc.api.facts import TranslationInput, texts_in
from voc.api.global_ids import row_id
from voc.api.mutations import mutation
from voc.api.outreach import Pause, Policy, Touchpoint
from voc.api.policy_rules import PolicyRulesInput
from voc.api.said import said
from voc.outreach import models
from voc.outreach.policies.save import draft_policy, retire_policy, save_policy
from voc.outreach.policies.start import activate_policy, withdraw_policy_start
from voc.outreach.policies.touchpoints import save_touchpoint
from voc.outreach.wishes.pause import pause, resume


@takes
class SaveTouchpointInput:
    """A touchpoint, by its key: new, or changed as a whole."""

    key: str
    """Short name that contacts and policies use."""
    names: list[TranslationInput] | None
    """Its name for people, by language."""
    stage: str | None
    """The stage of the customer's journey it belongs to."""
    position: int | None
    """Its place in the journey; first when left out."""


@takes
class SavePolicyInput:
    """A policy, by its key: new, or a new edition."""

    key: str
    """Short name."""
    name: str
    """Name for colleagues."""
    rules: PolicyRulesInput
    """What it says."""
    starts_at: datetime | None
    """From when it says so, within a year; from now on when left out."""


@takes
class DraftPolicyInput:
    """A policy, by its key: a new edition that asks nobody before it is switched on."""

    key: str
    """Short name."""
    name: str
    """Name for colleagues."""
    rules: PolicyRulesInput
    """What it says."""


@takes
class ActivatePolicyInput:
    """A policy whose newest edition is to be switched on."""

    policy_id: strawberry.ID
    """The policy."""
    starts_at: datetime | None
    """From when, within a year; from now on when left out."""


@takes
class WithdrawPolicyStartInput:
    """A policy whose newest edition is not to start by itself."""

    policy_id: strawberry.ID
    """The policy."""


@takes
class RetirePolicyInput:
    """A policy to retire."""

    policy_id: strawberry.ID
    """The policy."""


@takes
class PauseSendingInput:
    """What to stop."""

    scope: PauseScope
    """What is stopped."""
    ref: str | None
    """The key of the policy or survey, or the channel in small letters (such as email); nothing for everything."""
    reason: str
    """Why, for colleagues."""


@takes
class ResumeSendingInput:
    """What to let go on."""

    pause_id: strawberry.ID
    """The stop that ends."""


@shape
class OutreachMutations:
    """Changes of when and whom we ask."""

    @mutation(Touchpoint)
    async def save_touchpoint(self, info: Info, input: SaveTouchpointInput) -> models.Touchpoint:
        """Save a touchpoint under its key."""
        return await save_touchpoint(info.context.actor, input.key, texts_in(input.names), input.stage or "", input.position or 0)

    @mutation(Policy)
    async def save_policy(self, info: Info, input: SavePolicyInput) -> models.Policy:
        """Save a policy under its key. Contacts are decided by the new edition from now on, or from a moment; no decision is ever
        rewritten. An edition that waited, or was a draft, is replaced: its state says so. For leads: designers save drafts."""
        return await save_policy(info.context.actor, input.key, input.name, said(input.rules), input.starts_at)

    @mutation(Policy)
    async def draft_policy(self, info: Info, input: DraftPolicyInput) -> models.Policy:
        """Save a new edition of a policy that asks nobody before a lead switches it on; what is in force stays so. A conflict for a
        designer while an edition waits for its moment."""
        return await draft_policy(info.context.actor, input.key, input.name, said(input.rules))

    @mutation(Policy)
    async def activate_policy(self, info: Info, input: ActivatePolicyInput) -> models.Policy:
        """Switch the newest edition of a policy on, now or at a moment. A conflict when it is in force already."""
        return await activate_policy(info.context.actor, row_id(input.policy_id, "Policy", path="policyId"), input.starts_at)

    @mutation(Policy)
    async def withdraw_policy_start(self, info: Info, input: WithdrawPolicyStartInput) -> models.Policy:
        """Let the edition that waits for its moment not start by itself; it stays a draft. A conflict when none waits."""
        return await withdraw_policy_start(info.context.actor, row_id(input.policy_id, "Policy", path="policyId"))

    @mutation(Policy)
    async def retire_policy(self, info: Info, input: RetirePolicyInput) -> models.Policy:
        """Let a policy decide no more. What it has planned still goes out: pause it to stop that too."""
        return await retire_policy(info.context.actor, row_id(input.policy_id, "Policy", path="policyId"))

    @mutation(Pause)
    async def pause_sending(self, info: Info, input: PauseSendingInput) -> models.Pause:
        """Stop sending at once. Planned invitations are held, not lost. Stopping what is stopped changes nothing."""
        return await pause(info.context.actor, input.scope, input.ref or "", input.reason)

    @mutation(Pause)
    async def resume_sending(self, info: Info, input: ResumeSendingInput) -> models.Pause:
        """Let sending go on: what was held goes on its way, unless it has become too late."""
        return await resume(info.context.actor, row_id(input.pause_id, "Pause", path="pauseId"))
