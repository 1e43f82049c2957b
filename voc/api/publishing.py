"""What publishing would do, and what waits to be published."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent
from tortoise.queryset import QuerySet

from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.exposed import computed, enum, exposes, field, shape, takes
from voc.api.global_ids import row_id
from voc.api.listings import PUBLISH_REQUESTS
from voc.api.narrowing import narrowed
from voc.api.nodes import Id, Node, fetch
from voc.api.paging import Page, Paging
from voc.api.questionnaires import QuestionnaireProblem
from voc.api.survey_differences import Compared, SurveyDifference
from voc.api.surveys import QuestionRename, Survey
from voc.core.access import Action, Actor
from voc.surveys import models, renames
from voc.surveys.models import PublishState
from voc.surveys.prospect import Prospect, prospect
from voc.surveys.publication import Decided
from voc.surveys.publish import needs_second_person
from voc.surveys.queries import open_requests, publish_requests_visible_to
from voc.surveys.questionnaire import Problem
from voc.surveys.questions import Question

enum(
    PublishState,
    "Where a request to publish stands.",
    WAITING="A second person has not decided yet.",
    SCHEDULED="It is published when its moment comes.",
    REFUSED="The second person said no.",
    WITHDRAWN="It was taken back.",
    DONE="It was published.",
    OVERTAKEN="Another version was published in the meantime.",
    FAILED="It could not be published when its moment came.",
)


@takes
class QuestionRenameInput:
    """A question that goes on under another id, so that its answers and its trend go on."""

    from_: str = strawberry.field(name="from")
    """The id it has in the published version."""
    to: str
    """The id it has in the draft."""


def decided_in(renamed: Sequence[QuestionRenameInput] | None, removed: Sequence[str] | None) -> Decided:
    """What an input says became of lost questions."""
    return Decided({one.from_: one.to for one in renamed or ()}, tuple(removed or ()))


@shape
class QuestionChoiceOfId:
    """A question that may be meant."""

    @computed
    def question(one: Question) -> str:  # noqa: N805 - the source is the question
        """Its id."""
        return one.id

    @computed
    def asked(one: Question) -> str:  # noqa: N805
        """Its text, in the first language."""
        return one.text.say("")


@shape
class LostQuestion:
    """A question that the published version asks and the draft does not, while the draft asks something new of its kind."""

    @computed
    def question(lost: renames.Lost) -> str:  # noqa: N805
        """Its id in the published version."""
        return lost.name

    @computed
    def asked(lost: renames.Lost) -> str:  # noqa: N805
        """Its text there, in the first language."""
        return lost.question.text.say("")

    @field(list[QuestionChoiceOfId])
    def candidates(lost: Parent[renames.Lost]) -> tuple[Question, ...]:  # noqa: N805
        """The new questions it may have become."""
        return lost.candidates

    @computed
    def likely(lost: renames.Lost) -> str | None:  # noqa: N805
        """The one it became by all appearances: it was called so before, or reads alike."""
        return lost.known or lost.likely or None


@exposes(models.PublishRequest, visible=publish_requests_visible_to)
class PublishRequest(Node):
    """A text that somebody wants published, by a second person's leave or at a moment. What was asked for is what is published."""

    state: PublishState
    """Where it stands."""
    note: str
    """What whoever asked says about it."""
    asked_by: str
    """Who asked."""
    asked_at: datetime
    """When they asked."""
    publish_at: datetime | None
    """From when customers see it; null for at once."""
    decided_by: str | None
    """The second person, or who took it back."""
    decided_at: datetime | None
    """When it was decided."""
    reason: str
    """Why it was refused, overtaken, or could not be published."""
    number: int | None
    """The number of the version it became."""
    digest: str
    """The SHA-256 of the text that is to be published."""

    @field(Survey | None)
    async def survey(row: Parent[models.PublishRequest], info: Info) -> models.Survey | None:  # noqa: N805
        """The survey."""
        return await info.context.loaders.row(models.Survey, row.survey_id)

    @field(bool)
    async def is_draft_changed(row: Parent[models.PublishRequest], info: Info) -> bool:  # noqa: N805
        """Whether the draft was edited since: that changes nothing of what is published."""
        survey = await info.context.loaders.row(models.Survey, row.survey_id)
        return survey is not None and survey.draft != row.text

    @field(bool)
    def may_decide(row: Parent[models.PublishRequest], info: Info) -> bool:  # noqa: N805
        """Whether it waits for whoever asks this: a colleague who may publish and did not ask for it."""
        return row.state is PublishState.WAITING and may_decide(info.context.actor) and info.context.actor.id != row.asked_by_id

    @field(SurveyDifference | None)
    async def difference(row: Parent[models.PublishRequest], info: Info) -> Compared | None:  # noqa: N805
        """What it changes in the version that customers see now; null before the first, and once it is decided."""
        survey = await info.context.loaders.row(models.Survey, row.survey_id)
        if survey is None or row.state not in (PublishState.WAITING, PublishState.SCHEDULED):
            return None
        found = await prospect(survey, row.text, Decided(row.renames, row.removed))
        return Compared(survey.last_number, None, found.difference) if found.difference else None


def may_decide(actor: Actor) -> bool:
    """Whether the actor can be a second person at all."""
    return actor.is_member and actor.may(Action.PUBLISH_SURVEY)


@shape
class PublishCheck:
    """What publishing the draft would meet."""

    is_sound: bool
    """Whether nothing in the draft keeps it from being published."""
    is_changed: bool
    """Whether it says anything else than the version that customers see now."""
    is_approval_needed: bool
    """Whether a second person must agree, if it is you who asks."""

    @field(list[QuestionnaireProblem])
    def problems(found: Parent["PublishCheck"]) -> tuple[Problem, ...]:  # noqa: N805
        """Everything to mend, by line; advice too."""
        return found.prospect.problems

    @field(SurveyDifference | None)
    def difference(found: Parent["PublishCheck"]) -> Compared | None:  # noqa: N805
        """What changes, and what that does to trends; null before the first version, and for a draft that describes nothing."""
        changes = found.prospect.difference
        return Compared(found.row.last_number, None, changes) if changes else None

    @field(list[LostQuestion])
    def lost(found: Parent["PublishCheck"]) -> tuple[renames.Lost, ...]:  # noqa: N805
        """The questions of which must be known what became of them."""
        return found.prospect.lost

    @field(list[LostQuestion])
    def undecided(found: Parent["PublishCheck"]) -> tuple[renames.Lost, ...]:  # noqa: N805
        """Those among them of which nobody said it yet, and which had no earlier name either."""
        return found.prospect.undecided

    @field(list[QuestionRename])
    def renames(found: Parent["PublishCheck"]) -> list[QuestionRename]:  # noqa: N805
        """What they are taken to have become in `difference`: as you say, else the best guess."""
        return [QuestionRename(from_=old, to=new) for old, new in found.prospect.renamed.items()]

    @field(PublishRequest | None)
    async def open_request(found: Parent["PublishCheck"], info: Info) -> models.PublishRequest | None:  # noqa: N805
        """What waits to be published already."""
        return await info.context.loaders.of(open_requests, found.row.id)

    prospect: strawberry.Private[Prospect]
    row: strawberry.Private[models.Survey]


Renames = Annotated[list[QuestionRenameInput] | None, strawberry.argument(description="Questions that go on under another id.")]
Removed = Annotated[list[str] | None, strawberry.argument(description="Questions that were taken out, by their ids.")]


@takes
class PublishRequestFilter:
    """Which requests to list."""

    survey_id: strawberry.ID | None
    """Only those of this survey."""
    states: list[PublishState] | None
    """Only those that stand so."""
    waits_for_me: bool | None
    """True: only those that you may decide."""


@shape
class PublishQueries:
    """Reads of what is to be published."""

    @field(PublishCheck | None)
    async def publish_check(self, info: Info, survey: Id, renames: Renames = None, removed: Removed = None) -> PublishCheck | None:
        """What publishing the draft would meet; null where one may not see the survey."""
        row: models.Survey | None = await fetch(info, survey, "Survey")
        if row is None:
            return None
        decided = None if renames is None and removed is None else decided_in(renames, removed)
        found = await prospect(row, row.draft, decided)
        needed = needs_second_person(info.context.actor)
        return PublishCheck(is_sound=found.is_sound, is_changed=found.is_changed, is_approval_needed=needed, prospect=found, row=row)

    @field(Connection[PublishRequest] | None)
    async def publish_requests(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[PublishRequestFilter | None, strawberry.argument(description="Which requests.")] = None,
    ) -> Page:
        """What is or was to be published, what was asked for last first."""
        rows = publish_requests_visible_to(info.context.actor)
        wanted = _wanted(rows, filter, info.context.actor) if filter else rows
        return await PUBLISH_REQUESTS.page(wanted, Paging(first, after, last, before))


def _wanted(rows: QuerySet[models.PublishRequest], filter: PublishRequestFilter, actor: Actor) -> QuerySet[models.PublishRequest]:
    if filter.survey_id:
        rows = rows.filter(survey_id=row_id(filter.survey_id, "Survey", path="filter.surveyId"))
    if filter.waits_for_me:
        rows = rows.filter(state=PublishState.WAITING).exclude(asked_by_id=actor.id) if may_decide(actor) else rows.filter(id=None)
    return narrowed(rows, state__in=filter.states) if filter.states is not None else rows
