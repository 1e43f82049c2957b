"""Responses: what came back from customers."""

import asyncio
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry
from strawberry import Parent

from voc.api.answers import Answer, answer_of
from voc.api.batches import Written, children, texts_of_responses
from voc.api.contacts import Contact
from voc.api.context import Info
from voc.api.customers import Customer
from voc.api.enums import Channel, ResponseState
from voc.api.exposed import computed, enum, exposes, field, shape
from voc.api.insight import Reading, Score
from voc.api.invitations import Invitation
from voc.api.nodes import Node
from voc.api.sensitive import NOTHING, hidden_in, may_read
from voc.api.surveys import Survey, SurveyVersion
from voc.customers.masking import masked_phone
from voc.customers.models import Contact as ContactRow
from voc.customers.models import Customer as CustomerRow
from voc.followup.models import Task as TaskRow
from voc.followup.queries import tasks_visible_to
from voc.insight.models import Reading as ReadingRow
from voc.insight.models import Score as ScoreRow
from voc.insight.queries import readings_of, scores_of
from voc.outreach.models import Invitation as InvitationRow
from voc.responses import models
from voc.responses.queries import answers_of, call_backs_of, questionnaire_by_version, responses_visible_to
from voc.surveys.models import Brand as BrandRow
from voc.surveys.models import Survey as SurveyRow
from voc.surveys.models import SurveyVersion as VersionRow
from voc.surveys.questionnaire import Questionnaire

if TYPE_CHECKING:
    from voc.api.tasks import Task

BRAND = "brand.name"
tasks_of_responses = children(tasks_visible_to, "response_id", "created_at", "id")


class CallWindow(Enum):
    """When a call suits."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


enum(
    CallWindow,
    "When a call suits the customer.",
    ANY="At any time.",
    MORNING="In the morning.",
    AFTERNOON="In the afternoon.",
    EVENING="In the evening.",
)


@shape
class CallBack:
    """The customer asked to be called."""

    asked_at: datetime
    """When they asked."""

    @computed
    def window(row: models.CallBack) -> CallWindow:  # noqa: N805 - the source is the row
        """The time that suits."""
        return CallWindow(row.window)

    @field(str | None)
    def phone(row: Parent[models.CallBack], info: Info) -> str | None:  # noqa: N805
        """The number to call, masked where you may not see it."""
        return row.phone if may_read(info) else masked_phone(row.phone)


@exposes(models.Response, visible=responses_visible_to)
class Response(Node):
    """What came back from a customer, pinned to the edition of the survey they saw."""

    channel: Channel
    """The channel it came over."""
    language: str
    """The language it was given in."""
    state: ResponseState
    """Where it stands."""
    source: str
    """The outside system that brought it; empty for our own pages."""
    source_id: str | None
    """Its id there."""
    is_test: bool
    """Whether it is a test, which is never counted."""
    suspect: str
    """Why a scanner may have pressed the button; held from figures while not empty."""
    duplicate: str
    """Why it may be of somebody who answered over the same open link before: `same_device`, `same_browser`. It counts all the same."""
    end_page: str | None
    """The end page the customer saw."""
    begun_at: datetime
    """When it began."""
    saved_at: datetime
    """When something of it was last kept."""
    submitted_at: datetime | None
    """When it was sent, or closed as left; null while it is open."""
    changed_at: datetime | None
    """When the customer last changed it after sending."""
    erased_at: datetime | None
    """When its answers were deleted for good: nothing that they said is kept."""

    @field(Survey | None)
    async def survey(row: Parent[models.Response], info: Info) -> SurveyRow | None:  # noqa: N805
        """The survey it answers."""
        return await info.context.loaders.row(SurveyRow, row.survey_id)

    @field(SurveyVersion | None)
    async def version(row: Parent[models.Response], info: Info) -> VersionRow | None:  # noqa: N805
        """The edition it answers."""
        return await info.context.loaders.row(VersionRow, row.version_id)

    @field(Customer | None)
    async def customer(row: Parent[models.Response], info: Info) -> CustomerRow | None:  # noqa: N805
        """Whose it is; null while nobody knows."""
        return await info.context.loaders.row(CustomerRow, row.customer_id)

    @field(Contact | None)
    async def contact(row: Parent[models.Response], info: Info) -> ContactRow | None:  # noqa: N805
        """The contact it is about; null where it is about none, or while that is not known."""
        return await info.context.loaders.row(ContactRow, row.contact_id)

    @field(Invitation | None)
    async def invitation(row: Parent[models.Response], info: Info) -> InvitationRow | None:  # noqa: N805
        """The invitation it answers; null where it came another way."""
        return await info.context.loaders.row(InvitationRow, row.invitation_id)

    @field(list[Answer])
    async def answers(row: Parent[models.Response], info: Info) -> list[Answer]:  # noqa: N805
        """The answers, in the order in which they were first given."""
        found = await info.context.loaders.of(answers_of, row.id) or []
        questionnaire, hidden = await questionnaire_by_version(row.version_id), await hidden_in(info, row.id, row.version_id)
        brand = await _brand_of(info, row, questionnaire)
        return [answer_of(one, questionnaire, row.language, is_hidden=one.question in hidden, brand=brand) for one in found]

    @field(str | None)
    async def comment(row: Parent[models.Response], info: Info) -> str | None:  # noqa: N805
        """The first text the customer wrote; null where there is none, or you may not read it."""
        written = await comment_of(info, row.id, row.version_id)
        return written.text if written else None

    @field(Reading | None)
    async def reading(row: Parent[models.Response], info: Info) -> ReadingRow | None:  # noqa: N805
        """What is said of `comment`."""
        return await reading_of(info, row.id, row.version_id)

    @field(list[Score])
    async def scores(row: Parent[models.Response], info: Info) -> list[ScoreRow]:  # noqa: N805
        """Its metric values."""
        return await info.context.loaders.of(scores_of, row.id) or []

    @field(list[Reading])
    async def readings(row: Parent[models.Response], info: Info) -> list[ReadingRow]:  # noqa: N805
        """What is said of its texts."""
        return await info.context.loaders.of(readings_of, row.id) or []

    @field(CallBack | None)
    async def call_back(row: Parent[models.Response], info: Info) -> models.CallBack | None:  # noqa: N805
        """The customer's wish to be called."""
        return await info.context.loaders.of(call_backs_of, row.id)

    @field(list[Annotated["Task", strawberry.lazy("voc.api.tasks")]])
    async def tasks(row: Parent[models.Response], info: Info) -> list[TaskRow]:  # noqa: N805
        """What was done about it."""
        return await info.context.loaders.seen(tasks_of_responses, row.id) or []


async def _brand_of(info: Info, row: models.Response, questionnaire: Questionnaire) -> str:
    """The name the customer was asked under, where a question says it."""
    if not any(BRAND in question.text.say(row.language) for question in questionnaire.questions()):
        return ""
    survey = await info.context.loaders.row(SurveyRow, row.survey_id)
    brand = await info.context.loaders.row(BrandRow, survey.brand_id) if survey else None
    return brand.name if brand else ""


async def comment_of(info: Info, response_id: UUID, version_id: UUID | None = None) -> Written | None:
    """The first text of a response that the actor may read."""
    texts = await info.context.loaders.of(texts_of_responses, response_id) or []
    hidden = await hidden_in(info, response_id, version_id) if texts else NOTHING
    return next((written for written in texts if written.question not in hidden), None)


async def reading_of(info: Info, response_id: UUID, version_id: UUID | None = None) -> ReadingRow | None:
    """The current reading of that text."""
    written, readings = await asyncio.gather(comment_of(info, response_id, version_id), info.context.loaders.of(readings_of, response_id))
    return next((reading for reading in readings or () if written and reading.question == written.question), None)
