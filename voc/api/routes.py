"""Routes: the rules that turn responses into tasks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from strawberry import Parent

from voc.api.context import Info
from voc.api.enums import By, Priority
from voc.api.exposed import computed, exposes, field, shape, takes
from voc.api.mutations import mutation
from voc.api.nodes import Node
from voc.api.said import said
from voc.followup import models, rules
from voc.followup.queries import routes_visible_to
from voc.followup.routes import retire_route, save_route


@shape
class RouteTeam:
    """Which team gets the tasks for one value."""

    value: str
    """The answer, or the segment."""
    team: str
    """The key of the team."""


@shape
class RoutePlace:
    """One way to find the team."""

    by: By
    """What points to the team."""
    question: str
    """The question whose answer decides, for TOPIC; empty for others."""
    team: str
    """The key of the team, for TEAM; empty for others."""

    @computed
    def teams(place: rules.Place) -> list[RouteTeam]:  # noqa: N805 - the source is the place
        """Which value belongs to which team, for TOPIC and SEGMENT; empty for others."""
        return [RouteTeam(value=value, team=team) for value, team in (place.teams or {}).items()]


@shape
class RouteRules:
    """When a response becomes a task, for which team, and by when."""

    when: str
    """The condition in CEL over the response, its scores and reading, the customer and the contact."""
    teams: list[RoutePlace]
    """The ways to find the team, tried in order; the fallback team gets what none can place."""
    due_hours: float
    """How many business hours of its team a task has."""
    priority: Priority
    """How pressing its tasks are."""
    title: str
    """What its tasks are called; empty for the name of the route."""


@exposes(models.Route, visible=routes_visible_to)
class Route(Node):
    """A rule that turns a response into a task for a team; at most one task for each response and route."""

    key: str
    """Short name."""
    name: str
    """Name for colleagues."""
    position: int
    """Its place in the list."""
    retired_at: datetime | None
    """When it was retired; null while it raises tasks."""
    created_at: datetime
    """When it was made."""

    @field(RouteRules)
    def rules(row: Parent[models.Route]) -> rules.Rules:  # noqa: N805 - the source is the row
        """What it says."""
        return rules.parse(row.rules)


@takes
class RouteTeamInput:
    """Which team gets the tasks for one value."""

    value: str
    """The answer, or the segment."""
    team: str
    """The key of the team."""


@takes
class RoutePlaceInput:
    """One way to find the team."""

    by: By
    """What points to the team."""
    question: str | None
    """The question whose answer decides, for TOPIC."""
    team: str | None
    """The key of the team, for TEAM."""
    teams: list[RouteTeamInput] | None
    """Which value belongs to which team, for TOPIC and SEGMENT."""


@takes
class RouteRulesInput:
    """When a response becomes a task, for which team, and by when. What is left out is as usual."""

    when: str
    """The condition in CEL, such as `scores.nps <= 6`; `true` is every response."""
    teams: list[RoutePlaceInput] | None
    """The ways to find the team, tried in order; the contact's team and then its queue when left out."""
    due_hours: float | None
    """How many business hours of its team a task has; 8 when left out."""
    priority: Priority | None
    """How pressing its tasks are; NORMAL when left out."""
    title: str | None
    """What its tasks are called; the name of the route when left out."""


@takes
class SaveRouteInput:
    """A route, by its key: new, or changed as a whole."""

    key: str
    """Short name."""
    name: str
    """Name for colleagues."""
    position: int | None
    """Its place in the list; first when left out."""
    rules: RouteRulesInput
    """What it says."""


@takes
class RetireRouteInput:
    """A route to retire."""

    key: str
    """Its short name."""


@shape
class RouteQueries:
    """Reads of routes."""

    @field(list[Route])
    async def routes(self, info: Info) -> list[models.Route]:
        """The routes in use, in their order."""
        return await routes_visible_to(info.context.actor).order_by("position", "key")


@shape
class RouteMutations:
    """Changes of routes."""

    @mutation(Route)
    async def save_route(self, info: Info, input: SaveRouteInput) -> models.Route:
        """Save a route under its key. Tasks it raised before keep what they have."""
        return await save_route(info.context.actor, input.key, input.name, _document(input.rules), position=input.position or 0)

    @mutation(Route)
    async def retire_route(self, info: Info, input: RetireRouteInput) -> models.Route:
        """Let a route raise no more tasks. Those it raised stay."""
        return await retire_route(info.context.actor, input.key)


def _document(given: RouteRulesInput) -> Mapping[str, Any]:
    written = said(given)
    for place in written.get("teams", ()):
        if "teams" in place:
            place["teams"] = {each["value"]: each["team"] for each in place["teams"]}
    return written
