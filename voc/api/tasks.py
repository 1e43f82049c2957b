"""Tasks: the closed loop, and who did what in it."""

from datetime import datetime

from strawberry import Parent
from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from voc.api.contacts import Contact
from voc.api.context import Info
from voc.api.customers import Customer
from voc.api.enums import Priority, Solved, Step, TaskState
from voc.api.exposed import computed, exposes, field, shape
from voc.api.facts import Attribute, attributes_of
from voc.api.identities import concerning
from voc.api.insight import Reading, Score
from voc.api.nodes import Node
from voc.api.responses import Response, comment_of, reading_of
from voc.api.routes import Route
from voc.api.staff import Member, Team
from voc.core import clock
from voc.core.access import Action, Actor
from voc.customers.models import Contact as ContactRow
from voc.customers.models import Customer as CustomerRow
from voc.followup import models
from voc.followup.queries import notes_of, steps_of, tasks_visible_to, team_that_knows
from voc.followup.routing import because
from voc.insight.models import Reading as ReadingRow
from voc.insight.models import Score as ScoreRow
from voc.insight.queries import readings_of, scores_of
from voc.responses.models import Response as ResponseRow
from voc.staff.models import Member as MemberRow
from voc.staff.models import Team as TeamRow


def notes_visible_to(actor: Actor) -> QuerySet[models.Note]:
    """The notes in the tasks the actor may see."""
    return models.Note.filter(task_id__in=Subquery(tasks_visible_to(actor).values("id")))


@exposes(models.Note, visible=notes_visible_to)
class Note(Node):
    """What a colleague wrote in a task."""

    author_name: str
    """Who wrote it."""
    text: str
    """The text."""
    written_at: datetime
    """When it was written."""

    @field(Member | None)
    async def author(row: Parent[models.Note], info: Info) -> MemberRow | None:  # noqa: N805 - the source is the row
        """The colleague who wrote it; null for a program, or when they are gone."""
        return await info.context.loaders.row(MemberRow, row.author_id)


@shape
class TaskStep:
    """One line of a task's history: who did what, and when."""

    by_name: str
    """Who did it."""
    at: datetime
    """When."""

    @computed
    def what(row: models.TaskStep) -> Step:  # noqa: N805
        """What happened."""
        return Step(row.what)

    @computed
    def details(row: models.TaskStep) -> list[Attribute]:  # noqa: N805
        """What belongs to it, such as the reason."""
        return attributes_of(row.detail)


@exposes(models.Task, visible=tasks_visible_to)
class Task(Node):
    """A closed-loop follow-up for a team."""

    title: str
    """What is to be done."""
    state: TaskState
    """Where it stands."""
    priority: Priority
    """How pressing it is."""
    due_at: datetime
    """When it is due, reckoned in the team's business hours."""
    version: int
    """Grows with each change; changing it names the version you saw."""
    solved: Solved | None
    """Whether it is solved, said at closing."""
    cause: str | None
    """What the cause was, said at closing."""
    outcome: str | None
    """What we did, said at closing."""
    created_at: datetime
    """When it was raised."""
    taken_at: datetime | None
    """When it was first taken."""
    done_at: datetime | None
    """When it was closed."""
    updated_at: datetime
    """When it last changed."""

    @field(str)
    def placed_by(row: Parent[models.Task], info: Info) -> str:  # noqa: N805
        """Why it came to this team, in the viewer's language."""
        return because(row.placed_by, info.context.language)

    @computed
    def is_overdue(row: models.Task) -> bool:  # noqa: N805
        """Whether its due time has passed while it is not done."""
        return row.state is not TaskState.DONE and row.due_at < clock.now()

    @field(Team | None)
    async def team(row: Parent[models.Task], info: Info) -> TeamRow | None:  # noqa: N805
        """The team it belongs to."""
        return row.team if isinstance(row.team, TeamRow) else await info.context.loaders.row(TeamRow, row.team_id)

    @field(Member | None)
    async def assignee(row: Parent[models.Task], info: Info) -> MemberRow | None:  # noqa: N805
        """The colleague who has it; null while nobody does."""
        if not info.context.actor.may(Action.SEE_STAFF):
            return None  # what the loader would find out with a statement
        return row.assignee if isinstance(row.assignee, MemberRow) else await info.context.loaders.row(MemberRow, row.assignee_id)

    @field(Route | None)
    async def route(row: Parent[models.Task], info: Info) -> models.Route | None:  # noqa: N805
        """The route that raised it; null when somebody raised it by hand."""
        return await info.context.loaders.row(models.Route, row.route_id)

    @field(Customer | None)
    async def customer(row: Parent[models.Task], info: Info) -> CustomerRow | None:  # noqa: N805
        """The customer it is about."""
        return concerning(await info.context.loaders.row(CustomerRow, row.customer_id), team_that_knows(row))

    @field(Contact | None)
    async def contact(row: Parent[models.Task], info: Info) -> ContactRow | None:  # noqa: N805
        """The contact it is about."""
        return await info.context.loaders.row(ContactRow, row.contact_id)

    @field(Response | None)
    async def response(row: Parent[models.Task], info: Info) -> ResponseRow | None:  # noqa: N805
        """The response that led to it."""
        return await info.context.loaders.row(ResponseRow, row.response_id)

    @field(str | None)
    async def comment(row: Parent[models.Task], info: Info) -> str | None:  # noqa: N805
        """The first text of its response; null where there is none, or you may not read it."""
        written = await comment_of(info, row.response_id) if row.response_id else None
        return written.text if written else None

    @field(Reading | None)
    async def reading(row: Parent[models.Task], info: Info) -> ReadingRow | None:  # noqa: N805
        """What is said of `comment`."""
        return await reading_of(info, row.response_id) if row.response_id else None

    @field(list[Score])
    async def scores(row: Parent[models.Task], info: Info) -> list[ScoreRow]:  # noqa: N805
        """The metric values of its response."""
        return await info.context.loaders.of(scores_of, row.response_id) or [] if row.response_id else []

    @field(list[Reading])
    async def readings(row: Parent[models.Task], info: Info) -> list[ReadingRow]:  # noqa: N805
        """What is said of the texts of its response."""
        return await info.context.loaders.of(readings_of, row.response_id) or [] if row.response_id else []

    @field(list[Note])
    async def notes(row: Parent[models.Task], info: Info) -> list[models.Note]:  # noqa: N805
        """What colleagues wrote in it, in order."""
        return await info.context.loaders.of(notes_of, row.id) or []

    @field(list[TaskStep])
    async def steps(row: Parent[models.Task], info: Info) -> list[models.TaskStep]:  # noqa: N805
        """Its history, in order."""
        return await info.context.loaders.of(steps_of, row.id) or []
