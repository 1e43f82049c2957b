"""Responses that come over other channels: telephone menus, apps, paper."""

from collections.abc import Mapping
from datetime import date as day
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from voc.api.context import Info
from voc.api.enums import Channel
from voc.api.exposed import one_of, shape, takes
from voc.api.global_ids import row_id
from voc.api.idempotency import Keyed
from voc.api.mutations import mutation
from voc.api.references import ContactReference, CustomerReference
from voc.api.responses import Response
from voc.core.errors import Fault, Invalid
from voc.responses import models
from voc.responses.drafts import OutsideId, ResponseDraft
from voc.responses.submit import submit_response


@one_of
class SurveyReference:
    """A survey, named in exactly one way."""

    id: strawberry.ID | None = strawberry.UNSET
    """By the id of this API."""
    key: str | None = strawberry.UNSET
    """By its key."""


@one_of
class AnswerInput:
    """What was answered, in the shape of the question's kind; exactly one."""

    number: float | None = strawberry.UNSET
    """A number: for scales such as NPS, and for numbers that were typed."""
    choice: str | None = strawberry.UNSET
    """The code of the one choice."""
    choices: list[str] | None = strawberry.UNSET
    """The codes of all choices; of a ranking in order; of a file question the ids of the files."""
    text: str | None = strawberry.UNSET
    """Own words."""
    date: day | None = strawberry.UNSET
    """A day."""
    yes_no: bool | None = strawberry.UNSET
    """True for yes."""
    time: str | None = strawberry.UNSET
    """A time of day, such as 14:30."""
    date_time: str | None = strawberry.UNSET
    """A day with a time on the customer's own clock, such as 2026-01-31T14:30."""


@takes
class QuestionAnswerInput:
    """One question's value."""

    question: str
    """The name of the answer in the questionnaire: see `QuestionnaireQuestion.answers`."""
    value: AnswerInput
    """What was answered."""


@takes
class SubmitResponseInput(Keyed):
    """A whole response. Customer and contact may be named by outside ids that are not known here yet: it is joined when they arrive."""

    survey: SurveyReference
    """The survey it answers."""
    version: int | None
    """The number of the edition it answers; the current one when left out."""
    answers: list[QuestionAnswerInput]
    """The answers."""
    channel: Channel
    """The channel it came over."""
    language: str | None
    """The language it was given in; the survey's first when left out."""
    customer: CustomerReference | None
    """Whose it is."""
    contact: ContactReference | None
    """The contact it is about."""
    source: str | None
    """The outside system that brings it; needed with `sourceId`."""
    source_id: str | None
    """Its id there: the same one with the same answers is the same response, with others a Conflict."""
    submitted_at: datetime | None
    """When the customer sent it; now when left out."""
    is_test: bool | None
    """True marks a test, which is never counted."""


@shape
class ResponseMutations:
    """Responses from other channels."""

    @mutation(Response)
    async def submit_response(self, info: Info, input: SubmitResponseInput) -> models.Response:
        """Bring a response that came over another channel."""
        draft = ResponseDraft(
            survey=input.survey.key or row_id(str(input.survey.id), "Survey", path="survey.id"),
            version=input.version,
            answers=values_in(input.answers),
            channel=input.channel,
            language=input.language,
            customer=_named(input.customer, "Customer", "customer"),
            contact=_named(input.contact, "Contact", "contact"),
            source=input.source or "",
            source_id=input.source_id,
            submitted_at=input.submitted_at,
            is_test=bool(input.is_test),
        )
        return await submit_response(info.context.actor, draft)


def values_in(answers: list[QuestionAnswerInput]) -> Mapping[str, object]:
    """The values by the names of their answers; Invalid where one is answered twice."""
    values: dict[str, object] = {}
    for place, answer in enumerate(answers):
        if answer.question in values:
            message = f"`{answer.question}` is answered twice: send each question once."
            raise Invalid([Fault(f"answers[{place}].question", "TWICE", message)])
        values[answer.question] = _value(answer.value)
    return values


def _value(given: AnswerInput) -> Any:
    values = (given.number, given.choice, given.choices, given.text, given.date, given.yes_no, given.time, given.date_time)
    value = next(value for value in values if value is not strawberry.UNSET)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _named(by: CustomerReference | ContactReference | None, type_name: str, path: str) -> UUID | OutsideId | None:
    if by is None:
        return None
    if by.external:
        return OutsideId(by.external.system, by.external.external_id)
    return row_id(str(by.id), type_name, path=f"{path}.id")
