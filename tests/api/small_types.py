"""Types of the small schema: see `tests.api.small`, which imports this apart from the house's own types."""

import asyncio
from datetime import datetime
from enum import Enum
from typing import Annotated, Any, NoReturn
from uuid import UUID

import strawberry

from tests.api import small_room
from tests.api.small_room import add_team, rename_team, teams_by_key, teams_visible_to
from voc.api import exposed
from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.exposed import computed, exposes, field, one_of, shape, takes
from voc.api.federation import entity_queries
from voc.api.global_ids import row_id
from voc.api.idempotency import Keyed
from voc.api.mutations import mutation
from voc.api.nodes import Id, Node, NodeQueries, fetch
from voc.api.paging import Listing, Page, Paging
from voc.api.related import within
from voc.core.db import transaction
from voc.core.errors import Conflict, Forbidden
from voc.staff.models import Calendar, Team


class TeamOrder(Enum):
    NAME = "name"
    NEWEST = "newest"


exposed.enum(TeamOrder, "How teams are ordered.", NAME="By name.", NEWEST="The newest first.")
OrderBy = Annotated[TeamOrder | None, strawberry.argument(description="In which order; by name when absent.")]
TEAMS = Listing("teams", Team, {TeamOrder.NAME: ("name",), TeamOrder.NEWEST: ("-created_at",)})


@exposes(Team, visible=teams_visible_to)
class TeamType(Node):
    """A group of colleagues."""

    key: str
    """Its short name."""
    name: str
    """Its name."""
    created_at: datetime
    """When it was made."""

    @computed
    def loud_name(row: Team) -> str:  # noqa: N805 - the source is the row
        """The name in capitals."""
        return row.name.upper()

    @field(Annotated["CalendarType", strawberry.lazy("tests.api.small_types")] | None)
    async def calendar(row: strawberry.Parent[Team], info: Info) -> Calendar | None:  # noqa: N805
        """Its business hours."""
        calendar_id: UUID = row.calendar_id
        return await info.context.loaders.row(Calendar, calendar_id)


@exposes(Calendar, visible=lambda actor: Calendar.all())
class CalendarType(Node):
    """Business hours."""

    name: str
    """Its name."""

    @field(Connection[TeamType] | None)
    async def teams(
        row: strawberry.Parent[Calendar],  # noqa: N805
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: OrderBy = None,
    ) -> Page:
        """The teams that work these hours."""
        rows = lambda: teams_visible_to(info.context.actor)  # noqa: E731
        return await within(info, TEAMS, rows, "calendar_id", row.id, Paging(first, after, last, before), order_by)


@shape
class Echo:
    """What was given."""

    text: str | None
    """The text."""
    number: int | None
    """The number."""
    when: datetime | None
    """The moment."""
    inner: Annotated["Echo", strawberry.lazy("tests.api.small_types")] | None = None
    """The same again."""


@one_of
class WhichTeam:
    """Names a team in one of two ways."""

    id: strawberry.ID | None = strawberry.UNSET
    """By its global id."""
    key: str | None = strawberry.UNSET
    """By its key."""


Text = Annotated[str | None, strawberry.argument(description="Some text.")]
Number = Annotated[int | None, strawberry.argument(description="Some number.")]
Moment = Annotated[datetime | None, strawberry.argument(description="Some moment.")]
Seconds = Annotated[float, strawberry.argument(description="How long.")]
Which = Annotated[WhichTeam, strawberry.argument(description="Which team.")]


@shape
class Query(NodeQueries, entity_queries({TeamType: {"key": teams_by_key}})):  # type: ignore[misc] # made on the spot
    """Reading."""

    @field(Connection[TeamType] | None)
    async def teams(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None, order_by: OrderBy = None
    ) -> Page:
        """All teams."""
        return await TEAMS.page(teams_visible_to(info.context.actor), Paging(first, after, last, before), order_by)

    @field(Connection[CalendarType] | None)
    async def calendars(self, info: Info, first: First = None, after: After = None) -> Page:
        """All business hours."""
        return await CALENDARS.page(Calendar.all(), Paging(first, after))

    @field(TeamType | None)
    async def team(self, info: Info, id: Id) -> Any:
        """One team."""
        return await fetch(info, id, "TeamType")

    @field(str | None)
    async def team_key(self, info: Info, by: Which) -> str | None:
        """The key of a team."""
        return str(by.key) if by.key is not strawberry.UNSET else "by id"

    @strawberry.field
    def echo(self, text: Text = None, number: Number = None, when: Moment = None) -> Echo:
        """Says what it was told."""
        return Echo(text=text, number=number, when=when, inner=Echo(text=text, number=number, when=when))

    @strawberry.field
    def boom(self) -> str | None:
        """Fails as a bug does."""
        raise RuntimeError("postgres://boss:hunter2@db/voc")

    @strawberry.field
    def must(self) -> str:
        """Fails where null is not allowed."""
        raise RuntimeError("no")

    @strawberry.field
    def secret(self) -> str | None:
        """Refuses everybody."""
        raise Forbidden("Nobody may see this.")

    @strawberry.field
    def taken(self) -> str | None:
        """Refuses with a conflict."""
        raise Conflict("TAKEN", "Somebody has it.")

    @strawberry.field
    async def counted(self) -> int:
        """Counts teams in a transaction."""
        async with transaction():
            return await Team.all().count()

    @strawberry.field
    async def must_soon(self, seconds: Seconds) -> str:
        """Fails after a while, where null is not allowed: its siblings are cancelled wherever they are."""
        await asyncio.sleep(seconds)
        raise RuntimeError("no")

    @strawberry.field
    async def slow(self, info: Info, seconds: Seconds) -> str | None:
        """Takes its time, and leaves a trace of whether it was let."""
        small_room.STOPPED.clear()
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            small_room.STOPPED.set()
            raise
        return "done"


class CalendarOrder(Enum):
    NAME = "name"


exposed.enum(CalendarOrder, "How business hours are ordered.", NAME="By name.")
CALENDARS = Listing("calendars", Calendar, {CalendarOrder.NAME: ("name",)})


@takes
class AddTeamInput(Keyed):
    """A team to add."""

    key: str
    """Its short name."""
    name: str
    """Its name."""


@takes
class RenameTeamInput:
    """A team to rename."""

    id: strawberry.ID
    """Which team."""
    name: str
    """The new name."""


@takes
class ForbidInput:
    """Nothing."""

    why: str | None
    """A reason."""


@shape
class Mutation:
    """Changing."""

    @mutation(TeamType)
    async def add_team(self, info: Info, input: AddTeamInput) -> Team:
        """Add a team."""
        calendar = await Calendar.first()
        assert calendar is not None
        return await add_team(info.context.actor, input.key, input.name, calendar.id)

    @mutation(TeamType)
    async def rename_team(self, info: Info, input: RenameTeamInput) -> Team:
        """Rename a team."""
        return await rename_team(info.context.actor, row_id(input.id, "TeamType", path="input.id"), input.name)

    @mutation(TeamType)
    async def forbid(self, info: Info, input: ForbidInput) -> NoReturn:
        """Is refused."""
        raise Forbidden("Not you.")
