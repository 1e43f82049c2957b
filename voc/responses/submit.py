"""Whole responses from other channels: telephone menus, apps, paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from voc.core import clock, settings
from voc.core.access import Action, Actor
from voc.core.db import as_uuid, rows
from voc.core.errors import Conflict, Fault, Invalid
from voc.core.events import emit
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.responses.answers import Checked, check
from voc.responses.call_back import note_wishes
from voc.responses.drafts import OutsideId, ResponseDraft
from voc.responses.events import ResponseSubmitted
from voc.responses.hidden_facts import hidden_facts
from voc.responses.keep import write_answers
from voc.responses.models import Response, ResponseState
from voc.responses.queries import questionnaire_by_version, values_of
from voc.responses.quotas import count
from voc.surveys.models import Survey, SurveyVersion
from voc.surveys.questionnaire import Questionnaire


@verb(Action.SUBMIT_RESPONSE)
async def submit_response(actor: Actor, draft: ResponseDraft) -> Response:
    """Take a complete response that came over another channel; its customer and contact may become known later.

    The same `source` and `sourceId` with the same answers is the same response; with other answers it is a Conflict. Refuses, all at
    once, a survey or version that is not there and answers that fit no question (Invalid, paths such as `answers.nps`); of one that
    was left, answers that will not do are dropped and nothing is missing.
    """
    version = await _version(draft)
    questionnaire = await questionnaire_by_version(version.id)
    language = draft.language or questionnaire.default_language
    who = await _who(draft)
    link = draft.link_values
    known = await hidden_facts(questionnaire, link=link, channel=draft.channel, customer_id=who.customer_id, contact_id=who.contact_id)
    checked = check(questionnaire, {**known, **draft.answers}, language, country=settings.current().default_country)
    wrong = () if draft.is_left else checked.faults
    faults = [*_identity_faults(draft), *(Fault(f"answers.{fault.path}", fault.code, fault.message) for fault in wrong)]
    if faults:
        raise Invalid(faults)
    response, is_new = await _place(draft, version, language, checked, who)
    if not is_new:
        return await _same_again(response, version, checked, known)
    await write_answers(response.id, questionnaire, checked, {}, clock.now())
    await note_wishes(questionnaire, response.id, checked.answers, clock.now())
    await _count(response, questionnaire, checked)
    await emit(ResponseSubmitted(response.id))
    return response


async def _version(draft: ResponseDraft) -> SurveyVersion:
    by = {"id": draft.survey} if isinstance(draft.survey, UUID) else {"key": draft.survey}
    survey = await Survey.get_or_none(**by)
    if survey is None:
        raise Invalid.at("survey", "UNKNOWN_SURVEY", "There is no such survey. Name it by its key or id.")
    number = draft.version or survey.last_number
    version = await SurveyVersion.get_or_none(survey_id=survey.id, number=number)
    if version is None:
        text = f"Survey {survey.key} has no version {number}." if draft.version else f"Survey {survey.key} was never published."
        raise Invalid.at("version" if draft.version else "survey", "UNKNOWN_VERSION", text)
    return version


def _identity_faults(draft: ResponseDraft) -> list[Fault]:
    faults = []
    if bool(draft.source) != bool(draft.source_id):
        message = "Name both `source` and `sourceId`, or neither: together they keep a response from being taken twice."
        faults.append(Fault("sourceId" if draft.source else "source", "INCOMPLETE_SOURCE", message))
    if draft.submitted_at and draft.submitted_at > clock.now():
        faults.append(Fault("submittedAt", "IN_THE_FUTURE", "`submittedAt` lies in the future. Send the moment the customer answered."))
    return faults


async def _count(response: Response, questionnaire: Questionnaire, checked: Checked) -> None:
    """A response that comes when a quota is full is kept whole, and marked."""
    if not questionnaire.quotas or response.is_test or response.state != ResponseState.COMPLETE:
        return
    counted = await count(questionnaire, response.survey_id, (), checked.walk)
    response.quotas, response.over_quota = list(counted.quotas), counted.over
    response.end_page = counted.end_page or response.end_page
    await response.save(update_fields=["quotas", "over_quota", "end_page"])


async def _place(draft: ResponseDraft, version: SurveyVersion, language: str, checked: Checked, who: "_Who") -> tuple[Response, bool]:
    """The row of this response: a new one, or the one that came from the same source under the same id."""
    columns = _columns(draft, version, language, checked, who)
    names = ", ".join(columns)
    made = await rows(
        f"INSERT INTO response ({names}) VALUES ({', '.join('?' * len(columns))}) ON CONFLICT (source, source_id) DO NOTHING RETURNING id",
        *columns.values(),
    )
    if made:
        return await Response.get(id=as_uuid(made[0]["id"])), True
    return await Response.get(source=draft.source, source_id=draft.source_id), False


@dataclass(frozen=True, slots=True)
class _Who:
    customer_id: UUID | None
    contact_id: UUID | None


async def _who(draft: ResponseDraft) -> _Who:
    """The customer and the contact, as far as they are known."""
    contact_id, contact_customer = await _contact(draft.contact)
    return _Who(await _customer(draft.customer) or contact_customer, contact_id)


def _columns(draft: ResponseDraft, version: SurveyVersion, language: str, checked: Checked, who: _Who) -> Mapping[str, object]:
    now = clock.now()
    answered_at = draft.submitted_at or now
    customer = draft.customer if isinstance(draft.customer, OutsideId) else OutsideId("", "")
    contact = draft.contact if isinstance(draft.contact, OutsideId) else OutsideId("", "")
    return {
        "id": new_id(),
        "survey_id": version.survey_id,
        "version_id": version.id,
        "invitation_id": draft.invitation_id,
        "customer_id": who.customer_id,
        "contact_id": who.contact_id,
        "customer_system": customer.system or None,
        "customer_external_id": customer.external_id or None,
        "contact_system": contact.system or None,
        "contact_external_id": contact.external_id or None,
        "channel": draft.channel,
        "language": language,
        "state": ResponseState.LEFT if draft.is_left else ResponseState.COMPLETE,
        "source": draft.source,
        "source_id": draft.source_id,
        "is_test": draft.is_test,
        "suspect": "",
        "duplicate": "",
        "seed": 0,
        "quotas": "[]",
        "over_quota": "",
        "end_page": checked.walk.end_page.id,
        "begun_at": answered_at,
        "saved_at": now,
        "submitted_at": answered_at,
    }


async def _contact(reference: UUID | OutsideId | None) -> tuple[UUID | None, UUID | None]:
    """The contact and its customer; None for an outside id that is not known yet."""
    if reference is None:
        return None, None
    where, args = ("id = ?", [reference]) if isinstance(reference, UUID) else ("system = ? AND external_id = ?", [*reference])
    found = await rows(f"SELECT id, customer_id FROM contact WHERE {where}", *args)
    if not found:
        _must_be_outside(reference, "contact")
        return None, None
    return as_uuid(found[0]["id"]), as_uuid(found[0]["customer_id"])


async def _customer(reference: UUID | OutsideId | None) -> UUID | None:
    if reference is None:
        return None
    if isinstance(reference, UUID):
        found = await rows("SELECT id AS customer_id FROM customer WHERE id = ?", reference)
    else:
        found = await rows("SELECT customer_id FROM customer_identity WHERE system = ? AND external_id = ?", *reference)
    if not found:
        _must_be_outside(reference, "customer")
        return None
    return as_uuid(found[0]["customer_id"])


def _must_be_outside(reference: UUID | OutsideId, what: str) -> None:
    if isinstance(reference, UUID):
        raise Invalid.at(what, f"UNKNOWN_{what.upper()}", f"There is no {what} with this id. An outside id may come before its {what}.")


async def _same_again(response: Response, version: SurveyVersion, checked: Checked, known: Mapping[str, object]) -> Response:
    """The response that came before. What we knew of the customer ourselves may be another by now."""
    stored: Any = (await values_of([response.id]))[response.id]
    if response.version_id == version.id and {**stored, **known} == {**checked.answers, **known}:
        return response
    raise Conflict(
        "OTHER_ANSWERS", f"Response {response.source_id} of {response.source} was taken before with other answers. Send it under a new id."
    )
