"""Surveys: the named things, their drafts and their published versions; and the library of ready questionnaires."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import Parent
from tortoise.queryset import QuerySet

from voc.api.brands import Brand
from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.documents import QuestionnaireDocument, text_of
from voc.api.enums import Metric
from voc.api.exposed import computed, exposes, field, shape, takes
from voc.api.listings import SURVEYS, VERSIONS, SurveyOrder
from voc.api.narrowing import containing, narrowed
from voc.api.nodes import Id, Node, fetch
from voc.api.paging import Page, Paging
from voc.api.questionnaires import InLanguage, Questionnaire, QuestionnaireCheck, QuestionnaireProblem
from voc.api.related import within
from voc.api.survey_states import SurveyState
from voc.core import settings
from voc.core.access import Action
from voc.outreach.survey_states import surveys_that_are
from voc.surveys import models
from voc.surveys import questionnaire as documents
from voc.surveys.brands import sender_of
from voc.surveys.check import Checked, check
from voc.surveys.documents import questionnaire_in
from voc.surveys.flow import minutes
from voc.surveys.library import Ready, ready
from voc.surveys.queries import (
    current_versions,
    import_reports_of,
    questionnaire_of,
    surveys_visible_to,
    versions_visible_to,
)

if TYPE_CHECKING:
    from voc.api.survey_imports import ImportReport
    from voc.api.survey_standing import SurveyStanding


@shape
class MeasuringQuestion:
    """A question of a survey that yields a score."""

    metric: Metric
    """What it measures."""
    question: str
    """Its id in the questionnaire."""
    asked: str
    """The question as customers read it, in the first language."""


@shape
class QuestionRename:
    """A name that goes on as another, so that its answers and its trend go on."""

    from_: str = strawberry.field(name="from")
    """What it is called in the older edition."""
    to: str
    """What it is called in the newer edition."""


@exposes(models.SurveyVersion, visible=versions_visible_to)
class SurveyVersion(Node):
    """One published edition of a survey; it never changes."""

    number: int
    """Its number, from 1."""
    published_at: datetime
    """When it was published."""
    published_by: str
    """Who published it, or asked for it."""
    approved_by: str | None
    """The second person who agreed to it; null where none was asked for."""

    @computed
    def renames(row: models.SurveyVersion) -> list[QuestionRename]:  # noqa: N805 - the source is the row
        """Names of answers in the version before that go on under another in this one."""
        return [QuestionRename(from_=old, to=new) for old, new in row.renamed.items()]

    @computed
    def languages(row: models.SurveyVersion) -> list[str]:  # noqa: N805
        """Its languages; readers of any other get the first."""
        return list(row.document["languages"])

    @computed
    def metrics(row: models.SurveyVersion) -> list[MeasuringQuestion]:  # noqa: N805
        """The questions that yield a score."""
        asked = questionnaire_of(row).metrics()
        return [MeasuringQuestion(metric=Metric(one.kind), question=one.id, asked=one.text.say("")) for one in asked]

    @computed
    def document(row: models.SurveyVersion) -> QuestionnaireDocument:  # noqa: N805
        """The whole questionnaire as a map."""
        return QuestionnaireDocument(row.document)

    @field(Questionnaire)
    def questionnaire(row: Parent[models.SurveyVersion]) -> documents.Questionnaire:  # noqa: N805
        """The questionnaire, part by part."""
        return questionnaire_of(row)

    @field(Annotated["Survey", strawberry.lazy("voc.api.surveys")] | None)
    async def survey(row: Parent[models.SurveyVersion], info: Info) -> models.Survey | None:  # noqa: N805
        """The survey it is an edition of."""
        return await info.context.loaders.row(models.Survey, row.survey_id)


@exposes(models.Survey, visible=surveys_visible_to)
class Survey(Node):
    """A thing we ask, under one name over all its versions."""

    key: str
    """Short name that policies use."""
    name: str
    """Name for colleagues."""
    draft: str
    """The text its designer works on: YAML or JSON exactly as written, even where it does not parse."""
    owner: str
    """The colleague who made it; empty where a program or file did."""
    draft_revision: int
    """Grows with each save; saving names the one it began from."""
    created_at: datetime
    """When it was made."""
    updated_at: datetime
    """When it was last saved or published."""

    @computed
    def is_published(row: models.Survey) -> bool:  # noqa: N805
        """Whether customers can be asked with it."""
        return row.last_number > 0

    @field(list[QuestionnaireProblem])
    async def draft_problems(row: Parent[models.Survey], info: Info) -> tuple[documents.Problem, ...]:  # noqa: N805
        """Everything to mend in the draft, by line; with what becomes of it under its brand."""
        brand = await info.context.loaders.row(models.Brand, row.brand_id)
        return check(row.draft, sender_of(brand, settings.current().base_url)).problems

    @field(Questionnaire | None)
    def draft_questionnaire(row: Parent[models.Survey]) -> documents.Questionnaire | None:  # noqa: N805
        """What the draft describes, part by part; null while it describes nothing."""
        try:
            return questionnaire_in(row.draft)
        except documents.QuestionnaireError:
            return None

    @field(Annotated["SurveyStanding", strawberry.lazy("voc.api.survey_standing")])
    def standing(row: Parent[models.Survey]) -> models.Survey:  # noqa: N805
        """Where it stands, and what came of it in the last week."""
        return row

    @field(Brand | None)
    async def brand(row: Parent[models.Survey], info: Info) -> models.Brand | None:  # noqa: N805
        """The name and colours it is asked under."""
        return await info.context.loaders.row(models.Brand, row.brand_id)

    @field(SurveyVersion | None)
    async def current_version(row: Parent[models.Survey], info: Info) -> models.SurveyVersion | None:  # noqa: N805
        """The edition customers see now; null before the first is published."""
        return await info.context.loaders.of(current_versions, row.id)

    @field(Connection[SurveyVersion])
    async def versions(
        row: Parent[models.Survey],  # noqa: N805
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Page:
        """Its published editions, the newest first."""
        paging = Paging(first, after, last, before)
        return await within(info, VERSIONS, lambda: versions_visible_to(info.context.actor), "survey_id", row.id, paging)

    @field(list[Annotated["ImportReport", strawberry.lazy("voc.api.survey_imports")]])
    async def import_reports(row: Parent[models.Survey], info: Info) -> list[models.ImportReport]:  # noqa: N805
        """What came of the files that were imported into it, the newest first; empty where it was written here."""
        return await info.context.loaders.of(import_reports_of, row.id) or []


@shape
class LibrarySurvey:
    """A ready questionnaire that comes with the service, to take as it is or to begin from."""

    key: str
    """Its name in the library."""

    @field(str)
    def name(found: Parent[Ready], language: InLanguage = None) -> str:  # noqa: N805
        """Its name for colleagues."""
        return found.questionnaire.name.say(language or "")

    @field(str)
    def when(found: Parent[Ready], language: InLanguage = None) -> str:  # noqa: N805
        """When to use it."""
        return found.questionnaire.when.say(language or "")

    @computed
    def source(found: Ready) -> str:  # noqa: N805
        """The published method it follows."""
        return found.questionnaire.source

    @computed
    def languages(found: Ready) -> list[str]:  # noqa: N805
        """Its languages."""
        return list(found.questionnaire.languages)

    @computed
    def minutes(found: Ready) -> int:  # noqa: N805
        """How long answering takes, in minutes."""
        return minutes(found.questionnaire)

    @computed
    def questions(found: Ready) -> int:  # noqa: N805
        """How many questions it has."""
        return sum(1 for _ in found.questionnaire.questions())

    @computed
    def document(found: Ready) -> QuestionnaireDocument:  # noqa: N805
        """The text of its file."""
        return QuestionnaireDocument(found.text)


InOrder = Annotated[SurveyOrder | None, strawberry.argument(description="In which order; what changed last, first, unless said.")]


@takes
class SurveyFilter:
    """Which surveys to list."""

    search: str | None
    """Part of the name or key."""
    is_published: bool | None
    """Only those with (or without) a published version."""
    state: SurveyState | None
    """Only those that stand so."""


@shape
class SurveyQueries:
    """Reads of what we ask."""

    @field(Connection[Survey] | None)
    async def surveys(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: Annotated[
            SurveyOrder | None, strawberry.argument(description="In which order; what changed last first unless said.")
        ] = None,
        filter: Annotated[SurveyFilter | None, strawberry.argument(description="Which surveys.")] = None,
    ) -> Page:
        """Surveys."""
        rows = surveys_visible_to(info.context.actor)
        return await SURVEYS.page(await _asked(rows, filter) if filter else rows, Paging(first, after, last, before), order_by)

    @field(Survey | None)
    async def survey(self, info: Info, id: Id) -> models.Survey | None:
        """One survey."""
        return await fetch(info, id, "Survey")  # type: ignore[no-any-return]

    @field(SurveyVersion | None)
    async def survey_version(self, info: Info, id: Id) -> models.SurveyVersion | None:
        """One published edition."""
        return await fetch(info, id, "SurveyVersion")  # type: ignore[no-any-return]

    @field(list[LibrarySurvey])
    def survey_library(self, info: Info) -> tuple[Ready, ...]:
        """The ready questionnaires that come with the service, by key."""
        return ready() if info.context.actor.may(Action.SEE_SURVEYS) else ()

    @field(QuestionnaireCheck | None)
    def check_questionnaire(
        self, info: Info, document: Annotated[QuestionnaireDocument, strawberry.argument(description="The document to judge.")]
    ) -> Checked:
        """Judge a document without keeping it: everything to mend, and what it describes."""
        info.context.actor.must(Action.SEE_SURVEYS)
        return check(text_of(document))


async def _asked(rows: QuerySet[models.Survey], filter: SurveyFilter) -> QuerySet[models.Survey]:
    published = None if filter.is_published is None else ("last_number__gt" if filter.is_published else "last_number")
    rows = containing(rows, filter.search, "name", "key")
    rows = rows.filter(id__in=await surveys_that_are(filter.state)) if filter.state else rows
    return narrowed(rows, **{published: 0}) if published else rows
