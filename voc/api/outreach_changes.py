"""Changes of when and whom we ask."""

import strawberry

from voc.api.context import Info
from voc.api.enums import Channel, Otherwise, PauseScope
from voc.api.exposed import shape, takes
from voc.api.facts import TranslationInput, texts_in
from voc.api.global_ids import row_id
from voc.api.mutations import mutation
from voc.api.outreach import Pause, Policy, Touchpoint
from voc.api.said import said
from voc.outreach import models
from voc.outreach.pause import pause, resume
from voc.outreach.policies import retire_policy, save_policy
from voc.outreach.touchpoints import save_touchpoint


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
class PolicyRulesInput:
    """When, whom and how to ask after a touchpoint. What is left out is as usual."""

    touchpoint: str
    """The key of the touchpoint it is about."""
    survey: str
    """The key of the survey that is asked."""
    when: str | None
    """The condition in CEL under which it asks, such as `contact.outcome == 'solved'`; always when left out."""
    channels: list[Channel] | None
    """The channels that are tried, the first choice first; EMAIL when left out."""
    delay_minutes: int | None
    """How long after its end a contact is asked about, in minutes; 0 when left out."""
    settle_minutes: int | None
    """How long after its end a contact is looked at, in minutes; 5 when left out."""
    ask_within_days: int | None
    """After how many days it is too late to ask; 7 when left out."""
    expire_days: int | None
    """How many days the link works; 30 when left out."""
    quiet_days: int | None
    """How many days lie between two invitations to one customer; 30 when left out."""
    quiet_days_after_answer: int | None
    """How many days nobody asks a customer who answered; 0 when left out."""
    quiet_days_after_decline: int | None
    """How many days nobody asks a customer who said that it was not for them; 30 when left out."""
    if_asked_recently: Otherwise | None
    """What happens with a customer who was asked too recently: SKIP or DELAY; SKIP when left out."""
    if_held: Otherwise | None
    """What happens while something is open with the customer; DELAY when left out."""
    priority: int | None
    """Policies of a higher priority choose first; 0 when left out."""


@takes
class SavePolicyInput:
    """A policy, by its key: new, or a new edition."""

    key: str
    """Short name."""
    name: str
    """Name for colleagues."""
    rules: PolicyRulesInput
    """What it says."""


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
        """Save a policy under its key. Contacts are decided by its newest edition from now on; no decision is ever rewritten."""
        return await save_policy(info.context.actor, input.key, input.name, said(input.rules))

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
