"""The teams with their business hours, as routing and due times need them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from voc.core.db import as_json, rows
from voc.core.errors import Conflict
from voc.followup.calendar import BusinessHours, NeverOpen, add_business_time
from voc.followup.closed_days import closed_days
from voc.followup.routing import TeamCard

USUAL_HOURS = 8.0
_TEAMS = """
    SELECT t.id, t.key, t.name, t.queues, t.is_fallback, k.time_zone, k.hours, k.holidays, k.closed_on
    FROM team t JOIN calendar k ON k.id = t.calendar_id ORDER BY t.key"""


@dataclass(frozen=True, slots=True)
class WorkingTeam:
    """A team, and when it works."""

    card: TeamCard
    name: str
    hours: BusinessHours

    def due_at(self, now: datetime, business_hours: float) -> datetime:
        """When something is due that may take so many business hours; where the team never opens, those hours by the clock."""
        amount = timedelta(hours=business_hours)
        try:
            return add_business_time(now, amount, self.hours)
        except NeverOpen:
            return now + amount


async def working_teams() -> dict[UUID, WorkingTeam]:
    """All teams, in one statement; a Conflict when there is none that gets what nobody else can."""
    teams = {team.card.id: team for team in map(_team, await rows(_TEAMS))}
    if not any(team.card.is_fallback for team in teams.values()):
        raise Conflict("NO_FALLBACK_TEAM", "There is no fallback team yet: make one, so that no task is lost.")
    return teams


def _team(row: Mapping[str, Any]) -> WorkingTeam:
    card = TeamCard(UUID(str(row["id"])), row["key"], as_json(row["queues"]), bool(row["is_fallback"]))
    closed = closed_days(row["holidays"], as_json(row["closed_on"]))
    return WorkingTeam(card, row["name"], BusinessHours.read(row["time_zone"], as_json(row["hours"]), closed))
