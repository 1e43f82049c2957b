"""When and whom we ask: touchpoints, policies and emergency stops."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.batches import children
from voc.api.context import Info
from voc.api.enums import PauseScope
from voc.api.exposed import computed, enum, exposes, field, shape
from voc.api.facts import Translation, translations_of
from voc.api.nodes import Node
from voc.api.policy_rules import PolicyRules
from voc.api.surveys import Survey
from voc.outreach import models
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.rules_document import parse
from voc.outreach.policies.version_states import VersionState, state_of
from voc.outreach.queries import pauses_visible_to, policies_visible_to, policy_versions_visible_to, touchpoints_visible_to
from voc.surveys.models import Survey as SurveyRow

enum(
    VersionState,
    "Where an edition of a policy stands.",
    name="PolicyVersionState",
    DRAFT="It is the newest, and nobody has switched it on.",
    WAITING="It is the newest, and comes into force at a moment.",
    IN_FORCE="Contacts are decided by it, unless the policy is retired.",
    PAST="It was in force.",
    REPLACED="A later edition was saved before it came into force.",
)

versions_of_policies = children(policy_versions_visible_to, "policy_id", "-number")


@exposes(models.Touchpoint, visible=touchpoints_visible_to)
class Touchpoint(Node):
    """The kind of moment a contact belongs to, such as a call or a delivery."""

    key: str
    """Short name that contacts and policies use."""
    stage: str
    """The stage of the customer's journey it belongs to; empty when not placed."""
    position: int
    """Its place in the journey."""

    @computed
    def names(row: models.Touchpoint) -> list[Translation]:  # noqa: N805 - the source is the row
        """Its name for people, by language."""
        return translations_of(row.names)

    @field(str)
    def name(row: Parent[models.Touchpoint], info: Info) -> str:  # noqa: N805
        """Its name in your language, else in the first there is; its key when it has none."""
        return row.names.get(info.context.language) or next(iter(row.names.values()), row.key)


@exposes(models.PolicyVersion, visible=policy_versions_visible_to)
class PolicyVersion(Node):
    """One edition of a policy; it never changes."""

    number: int
    """Its number, from 1."""
    made_at: datetime
    """When it was saved."""
    made_by: str
    """Who saved it."""
    starts_at: datetime | None
    """When it comes, or came, into force; null while nobody has switched it on."""
    started_at: datetime | None
    """Since when it is, or was, in force; null before."""
    started_by: str | None
    """Who switched it on."""

    @field(VersionState | None)
    async def state(row: Parent[models.PolicyVersion], info: Info) -> VersionState | None:  # noqa: N805
        """Where it stands."""
        policy = await info.context.loaders.row(models.Policy, row.policy_id)
        if policy is None:
            return None
        return state_of(row.number, row.starts_at, row.started_at, in_force=policy.number, newest=policy.last_number)

    @field(PolicyRules)
    def rules(row: Parent[models.PolicyVersion]) -> Rules:  # noqa: N805
        """What it says."""
        return parse(row.rules)


@exposes(models.Policy, visible=policies_visible_to)
class Policy(Node):
    """When, whom and how we ask after the contacts of some touchpoints."""

    key: str
    """Short name."""
    name: str
    """Name for colleagues."""
    number: int
    """The number of its edition in force; 0 while none is, and nobody is asked."""
    last_number: int
    """The number of its newest edition; one that is not in force yet is a draft, or waits for its moment."""
    retired_at: datetime | None
    """When it was retired; null while it decides."""
    created_at: datetime
    """When it was made."""

    @field(Survey | None)
    async def survey(row: Parent[models.Policy], info: Info) -> SurveyRow | None:  # noqa: N805
        """The survey it asks."""
        return await info.context.loaders.row(SurveyRow, row.survey_id)

    @field(list[PolicyVersion])
    async def versions(row: Parent[models.Policy], info: Info) -> list[models.PolicyVersion]:  # noqa: N805
        """Its editions, the newest first."""
        return await info.context.loaders.seen(versions_of_policies, row.id) or []

    @field(PolicyRules | None)
    async def rules(row: Parent[models.Policy], info: Info) -> Rules | None:  # noqa: N805
        """What its edition in force says; while none is, what its newest says."""
        return await _rules(row, info)

    @field(list[str])
    async def touchpoints(row: Parent[models.Policy], info: Info) -> Sequence[str]:  # noqa: N805
        """The keys of the touchpoints that these rules are about."""
        rules = await _rules(row, info)
        return rules.touchpoints if rules else ()


async def _rules(row: models.Policy, info: Info) -> Rules | None:
    editions = await info.context.loaders.seen(versions_of_policies, row.id) or []
    shown = next((one for one in editions if one.number == (row.number or row.last_number)), None)
    return parse(shown.rules) if shown else None


@exposes(models.Pause, visible=pauses_visible_to)
class Pause(Node):
    """An emergency stop. Invitations it stops are held, not lost."""

    scope: PauseScope
    """What is stopped."""
    ref: str
    """The key of the channel, policy or survey that is stopped; empty for everything."""
    reason: str
    """Why."""
    by: str
    """Who stopped it."""
    since: datetime
    """Since when."""
    ended_at: datetime | None
    """When it went on; null while it is stopped."""
    ended_by: str | None
    """Who let it go on."""


@shape
class OutreachQueries:
    """Reads of when and whom we ask."""

    @field(list[Touchpoint])
    async def touchpoints(self, info: Info) -> list[models.Touchpoint]:
        """All touchpoints, along the journey."""
        return await touchpoints_visible_to(info.context.actor).order_by("position", "key")

    @field(list[Policy])
    async def policies(
        self,
        info: Info,
        include_retired: Annotated[bool, strawberry.argument(description="Whether retired ones are listed too.")] = False,
    ) -> list[models.Policy]:
        """Policies, by name."""
        rows = policies_visible_to(info.context.actor)
        return await (rows if include_retired else rows.filter(retired_at=None)).order_by("name", "id")

    @field(Policy | None)
    async def policy(self, info: Info, key: Annotated[str, strawberry.argument(description="Its key.")]) -> models.Policy | None:
        """One policy, also a retired one."""
        return await policies_visible_to(info.context.actor).get_or_none(key=key)

    @field(list[Pause])
    async def pauses(
        self,
        info: Info,
        include_ended: Annotated[bool, strawberry.argument(description="Whether the last hundred that ended are listed too.")] = False,
    ) -> list[models.Pause]:
        """What is stopped now, the newest first."""
        rows = pauses_visible_to(info.context.actor)
        return await (rows if include_ended else rows.filter(ended_at=None)).order_by("-since", "-id").limit(100)
