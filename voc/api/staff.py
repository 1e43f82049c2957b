"""Who works here: members, teams and business hours."""

from datetime import date, datetime
from typing import Annotated

import strawberry
from strawberry import Parent
from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from voc.api.batches import members_of_teams
from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.enums import Role, Weekday
from voc.api.exposed import computed, exposes, field, shape, takes
from voc.api.listings import MEMBERS, MemberOrder
from voc.api.narrowing import containing, id_of, narrowed
from voc.api.nodes import Node
from voc.api.paging import Page, Paging
from voc.core.access import Held
from voc.staff import models
from voc.staff.queries import calendars_visible_to, members_visible_to, roles_of, teams_visible_to


@shape
class OpeningHours:
    """One span of an open day, in the calendar's own time zone."""

    opens: str
    """When it begins, such as 09:00."""
    closes: str
    """When it ends, such as 17:30; 24:00 is midnight."""


@shape
class DayHours:
    """When a weekday is open."""

    day: Weekday
    """The weekday."""
    spans: list[OpeningHours]
    """Its open spans, in order; empty where it is closed."""


@exposes(models.Calendar, visible=calendars_visible_to)
class Calendar(Node):
    """Business hours. Due times of tasks count open hours only."""

    key: str
    """Short name that teams refer to."""
    name: str
    """Name for people."""
    time_zone: str
    """The zone its hours are in, such as Europe/Amsterdam."""
    holidays: str | None
    """The country (ISO 3166) whose public holidays are closed days; null where none are."""

    @computed
    def hours(row: models.Calendar) -> list[DayHours]:  # noqa: N805 - the source is the row
        """The open hours of each weekday."""
        return [
            DayHours(day=day, spans=[OpeningHours(opens=opens, closes=closes) for opens, closes in row.hours.get(day.value, ())])
            for day in Weekday
        ]

    @computed
    def closed_on(row: models.Calendar) -> list[date]:  # noqa: N805
        """Further closed days."""
        return [date.fromisoformat(day) for day in row.closed_on]


@shape
class HeldRole:
    """A role somebody holds."""

    role: Role
    """The role."""

    @field(Annotated["Team", strawberry.lazy("voc.api.staff")] | None)
    async def team(held: Parent[Held], info: Info) -> models.Team | None:  # noqa: N805
        """The team it is held for; null is all teams."""
        return await info.context.loaders.row(models.Team, held.team_id)


@exposes(models.Member, visible=members_visible_to)
class Member(Node):
    """A colleague who signs in."""

    name: str
    """Name."""
    email: str
    """Mail address, by which the colleague signs in."""
    language: str
    """Language the console speaks to this colleague."""
    time_zone: str
    """Zone that times are shown in."""
    agent_key: str | None
    """The name the contact centre knows this colleague by."""
    created_at: datetime
    """Since when the colleague is known here."""

    @computed
    def is_active(row: models.Member) -> bool:  # noqa: N805
        """Whether the colleague can sign in."""
        return row.deactivated_at is None

    @field(list[HeldRole])
    async def roles(row: Parent[models.Member], info: Info) -> list[Held]:  # noqa: N805
        """The roles the colleague holds."""
        return in_order(await info.context.loaders.of(roles_of, row.id) or frozenset())


@exposes(models.Team, visible=teams_visible_to)
class Team(Node):
    """A group of colleagues that tasks belong to."""

    key: str
    """Short name that routes and other systems use."""
    name: str
    """Name for people."""
    queues: list[str]
    """Queues of the contact centre that this team answers."""
    is_fallback: bool
    """Whether it gets the tasks that no route can place; exactly one team does."""
    created_at: datetime
    """When it was made."""

    @field(Calendar | None)
    async def calendar(row: Parent[models.Team], info: Info) -> models.Calendar | None:  # noqa: N805
        """Its business hours."""
        return await info.context.loaders.row(models.Calendar, row.calendar_id)

    @field(list[Member])
    async def members(row: Parent[models.Team], info: Info) -> list[models.Member]:  # noqa: N805
        """The active colleagues who hold a role for this team, by name."""
        return await info.context.loaders.seen(members_of_teams, row.id) or []


@takes
class MemberFilter:
    """Which members to list."""

    search: str | None
    """Part of the name or mail address."""
    team_id: strawberry.ID | None
    """Only those who hold a role for this team."""
    role: Role | None
    """Only those who hold this role."""
    is_active: bool | None
    """Only those who can (or cannot) sign in."""


@shape
class StaffQueries:
    """Reads of who works here."""

    @field(list[Team])
    async def teams(self, info: Info) -> list[models.Team]:
        """All teams, by name."""
        return await teams_visible_to(info.context.actor).order_by("name")

    @field(list[Calendar])
    async def calendars(self, info: Info) -> list[models.Calendar]:
        """All business hours, by name."""
        return await calendars_visible_to(info.context.actor).order_by("name")

    @field(Connection[Member] | None)
    async def members(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: Annotated[MemberOrder | None, strawberry.argument(description="In which order; by name unless said.")] = None,
        filter: Annotated[MemberFilter | None, strawberry.argument(description="Which members.")] = None,
    ) -> Page:
        """Colleagues, also those who left."""
        rows = _asked(members_visible_to(info.context.actor), filter) if filter else members_visible_to(info.context.actor)
        return await MEMBERS.page(rows, Paging(first, after, last, before), order_by)


def _asked(rows: QuerySet[models.Member], filter: MemberFilter) -> QuerySet[models.Member]:
    rows = containing(rows, filter.search, "name", "email")
    team_id = id_of(filter.team_id, "Team", "filter.teamId")
    if team_id is not None or filter.role is not None:
        held = narrowed(models.Membership.all(), team_id=team_id, role=filter.role)
        rows = rows.filter(id__in=Subquery(held.values("member_id")))
    return narrowed(rows, deactivated_at__isnull=filter.is_active)


def in_order(roles: frozenset[Held]) -> list[Held]:
    """Roles in a stable order."""
    return sorted(roles, key=lambda held: (held.role, str(held.team_id or "")))
