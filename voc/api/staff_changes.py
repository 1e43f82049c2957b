"""Changes of who works here."""

from datetime import date

import strawberry

from voc.api.context import Info
from voc.api.enums import Role, Weekday
from voc.api.exposed import shape, takes
from voc.api.global_ids import row_id
from voc.api.idempotency import Keyed
from voc.api.mutations import mutation
from voc.api.narrowing import id_of
from voc.api.staff import Calendar, Member, Team
from voc.core.find import one
from voc.staff import models
from voc.staff.members import add_member, deactivate_member, give_role, take_role
from voc.staff.queries import members_visible_to
from voc.staff.teams import save_calendar, save_team


@takes
class AddMemberInput(Keyed):
    """A new colleague."""

    name: str
    """Name."""
    email: str
    """Mail address, by which the colleague signs in."""
    language: str | None
    """Language the console speaks: nl or en; the house's own when left out."""
    time_zone: str | None
    """Zone that times are shown in; the house's own when left out."""
    agent_key: str | None
    """The name the contact centre knows this colleague by."""


@takes
class GiveRoleInput:
    """A role for a colleague."""

    member_id: strawberry.ID
    """The colleague."""
    role: Role
    """The role; not one that is for programs."""
    team_id: strawberry.ID | None
    """The team it is held for; all teams when left out."""


@takes
class TakeRoleInput:
    """A role that a colleague gives up."""

    member_id: strawberry.ID
    """The colleague."""
    role: Role
    """The role."""
    team_id: strawberry.ID | None
    """The team it is held for; when left out, the role that is held for all teams."""


@takes
class DeactivateMemberInput:
    """A colleague who leaves."""

    member_id: strawberry.ID
    """The colleague."""


@takes
class SaveTeamInput:
    """A team, by its key: new, or changed as a whole."""

    key: str
    """Short name that routes and other systems use."""
    name: str
    """Name for people."""
    calendar: str
    """The key of its business hours."""
    queues: list[str] | None
    """Queues of the contact centre that this team answers; none when left out."""
    is_fallback: bool | None
    """True gives it the tasks that no route can place, and takes that duty from the team that had it."""


@takes
class OpeningHoursInput:
    """One span of an open day."""

    opens: str
    """When it begins, such as 09:00."""
    closes: str
    """When it ends, such as 17:30; 24:00 is midnight."""


@takes
class DayHoursInput:
    """When a weekday is open."""

    day: Weekday
    """The weekday."""
    spans: list[OpeningHoursInput]
    """Its open spans."""


@takes
class SaveCalendarInput:
    """Business hours, by their key: new, or changed as a whole."""

    key: str
    """Short name that teams refer to."""
    name: str
    """Name for people."""
    time_zone: str
    """The zone its hours are in, such as Europe/Amsterdam."""
    hours: list[DayHoursInput]
    """The open hours; weekdays that are left out are closed."""
    holidays: str | None
    """The country (ISO 3166) whose public holidays are closed days."""
    closed_on: list[date] | None
    """Further closed days."""


@shape
class StaffMutations:
    """Changes of who works here."""

    @mutation(Member)
    async def add_member(self, info: Info, input: AddMemberInput) -> models.Member:
        """Add a colleague, without any role yet."""
        return await add_member(
            info.context.actor,
            name=input.name,
            email=input.email,
            language=input.language,
            time_zone=input.time_zone,
            agent_key=input.agent_key,
        )

    @mutation(Member)
    async def give_role(self, info: Info, input: GiveRoleInput) -> models.Member:
        """Let a colleague hold a role. Giving it twice changes nothing."""
        member_id = row_id(input.member_id, "Member", path="memberId")
        await give_role(info.context.actor, member_id, input.role, id_of(input.team_id, "Team", "teamId"))
        return await one(members_visible_to(info.context.actor), member_id)

    @mutation(Member)
    async def take_role(self, info: Info, input: TakeRoleInput) -> models.Member:
        """Let a colleague no longer hold a role; the last admin keeps theirs (Conflict)."""
        member_id = row_id(input.member_id, "Member", path="memberId")
        await take_role(info.context.actor, member_id, input.role, id_of(input.team_id, "Team", "teamId"))
        return await one(members_visible_to(info.context.actor), member_id)

    @mutation(Member)
    async def deactivate_member(self, info: Info, input: DeactivateMemberInput) -> models.Member:
        """End a colleague's access at once and give their open tasks back to their teams. Not for the last admin (Conflict)."""
        return await deactivate_member(info.context.actor, row_id(input.member_id, "Member", path="memberId"))

    @mutation(Team)
    async def save_team(self, info: Info, input: SaveTeamInput) -> models.Team:
        """Save a team under its key."""
        return await save_team(
            info.context.actor,
            input.key,
            name=input.name,
            calendar_key=input.calendar,
            queues=input.queues or (),
            is_fallback=bool(input.is_fallback),
        )

    @mutation(Calendar)
    async def save_calendar(self, info: Info, input: SaveCalendarInput) -> models.Calendar:
        """Save business hours under their key."""
        return await save_calendar(
            info.context.actor,
            input.key,
            name=input.name,
            time_zone=input.time_zone,
            hours={each.day.value: [[span.opens, span.closes] for span in each.spans] for each in input.hours},
            holidays=input.holidays,
            closed_on=[day.isoformat() for day in input.closed_on or ()],
        )
