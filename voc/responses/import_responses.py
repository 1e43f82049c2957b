"""Responses that another system collected, taken over onto a survey of ours."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

import orjson

from voc.core import clock, settings
from voc.core.access import Action, Actor
from voc.core.db import as_uuid, execute_many, marks, padded, rows
from voc.core.errors import Invalid
from voc.core.events import emit_many
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.customers.bulk import insert_new
from voc.customers.models import Channel
from voc.responses.answers import kind_of
from voc.responses.events import ResponseSubmitted
from voc.responses.models import Response, ResponseState
from voc.responses.queries import questionnaire_by_version
from voc.responses.read_answer import Read, Value, Wrong, readers
from voc.surveys.course import course_of
from voc.surveys.formats.exported import ColumnNotUsed, Exported, ExportedResponse, Losses
from voc.surveys.models import Survey, SurveyVersion
from voc.surveys.questionnaire import Questionnaire

BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """Onto which survey (its key) responses are taken over, from which system, and in which systems their outside ids are known."""

    survey: str
    source: str
    customer_system: str = ""
    contact_system: str = ""


@dataclass(slots=True)
class Outcome:
    """How many responses were new, how many were there already, and what of the file was not used."""

    losses: Losses
    used: Mapping[str, str]
    not_used: tuple[ColumnNotUsed, ...]
    stored: int = 0
    known: int = 0


async def import_responses(actor: Actor, order: ImportOrder, exported: Exported) -> Outcome:
    """Store every response of an export once, a thousand at a time; doing it again stores nothing twice.

    Each is pinned to the newest published version of the survey, counts as complete or left as it was there, and was invited by nobody.
    What cannot be read as an answer to its question is left out and counted. Customers and contacts are joined by their outside ids,
    also when they become known later. Refuses a survey that is not there or was never published (Invalid).
    """
    return await _in_batches(exported, partial(import_batch, actor, order))


async def try_responses(actor: Actor, order: ImportOrder, exported: Exported) -> Outcome:
    """What storing an export would come to, with nothing stored: the same counts, the same losses, the same refusals."""
    actor.must(Action.IMPORT_RESPONSES)
    return await _in_batches(exported, partial(_tried, order))


@verb(Action.IMPORT_RESPONSES)
async def import_batch(actor: Actor, order: ImportOrder, part: Sequence[ExportedResponse], losses: Losses) -> int:
    """Store one batch, all of it or none; gives how many were new. Values that fit no answer are added to `losses`."""
    version = await published_version(order.survey)
    questionnaire = await questionnaire_by_version(version.id)
    fresh = {one.source_id: one for one in part}
    contacts = await _contacts(order, part)
    customers = await _customers(order, part)
    made = [_row(fresh[key], order, version, questionnaire, contacts, customers) for key in sorted(fresh)]
    new = await insert_new(Response, made, unless=("source", "source_id"))
    stored = {row["source_id"]: row["id"] for row in made if row["id"] in new}
    answers = _Answers(questionnaire, losses)
    written = [row for key, response_id in stored.items() for row in answers.rows(response_id, fresh[key])]
    if written:
        await execute_many(_ANSWER, written)
    await emit_many(ResponseSubmitted(response_id) for response_id in stored.values())
    return len(stored)


async def _tried(order: ImportOrder, part: Sequence[ExportedResponse], losses: Losses) -> int:
    version = await published_version(order.survey)
    answers = _Answers(await questionnaire_by_version(version.id), losses)
    fresh = {one.source_id: one for one in part}
    found = Response.filter(source=order.source, source_id__in=list(fresh)).values_list("source_id", flat=True)
    new = fresh.keys() - set(await found)
    for key in sorted(new):
        answers.rows(version.id, fresh[key])
    return len(new)


async def _in_batches(exported: Exported, take: Callable[[Sequence[ExportedResponse], Losses], Awaitable[int]]) -> Outcome:
    outcome = Outcome(exported.losses, exported.used, exported.not_used)
    responses = iter(exported.responses)
    # Reading is work for the processor: the rest of the process goes on beside it.
    while part := await asyncio.to_thread(list, islice(responses, BATCH)):
        new = await take(part, exported.losses)
        outcome.stored += new
        outcome.known += len(part) - new
    return outcome


async def published_version(key: str) -> SurveyVersion:
    """What responses to a survey are pinned to: its newest edition. Raises Invalid at `survey`."""
    survey = await Survey.get_or_none(key=key)
    if survey is None:
        raise Invalid.at("survey", "UNKNOWN_SURVEY", f"There is no survey {key}. Import its file first, then its responses.")
    version = await SurveyVersion.get_or_none(survey_id=survey.id, number=survey.last_number)
    if version is None:
        raise Invalid.at("survey", "UNKNOWN_VERSION", f"Survey {key} was never published. Publish it first: responses belong to a version.")
    return version


def _row(
    one: ExportedResponse,
    order: ImportOrder,
    version: SurveyVersion,
    questionnaire: Questionnaire,
    contacts: Mapping[str, tuple[UUID | None, UUID | None]],
    customers: Mapping[str, UUID | None],
) -> dict[str, Any]:
    now = clock.now()
    contact_id, contact_customer = contacts.get(one.contact, (None, None))
    answered_at = min(one.submitted_at or one.begun_at or now, now)
    spoken = one.language if one.language in questionnaire.languages else questionnaire.default_language
    return {
        "id": new_id(),
        "survey_id": version.survey_id,
        "version_id": version.id,
        "customer_id": customers.get(one.customer) or contact_customer,
        "contact_id": contact_id,
        "customer_system": order.customer_system if one.customer and order.customer_system else None,
        "customer_external_id": one.customer if one.customer and order.customer_system else None,
        "contact_system": order.contact_system if one.contact and order.contact_system else None,
        "contact_external_id": one.contact if one.contact and order.contact_system else None,
        "channel": Channel.WEB,
        "language": spoken,
        "state": ResponseState.COMPLETE if one.is_complete else ResponseState.LEFT,
        "source": order.source,
        "source_id": one.source_id,
        "is_test": one.is_test,
        "suspect": "",
        "duplicate": "",
        "seed": 0,
        "quotas": [],
        "over_quota": "",
        "begun_at": min(one.begun_at or answered_at, answered_at),
        "saved_at": now,
        "submitted_at": answered_at,
    }


class _Answers:
    """Reads the answers of responses; made once for a batch."""

    def __init__(self, questionnaire: Questionnaire, losses: Losses) -> None:
        self._questionnaire = questionnaire
        self._read: dict[str, Read] = {
            name: read for question in course_of(questionnaire).questions.values() for name, read in readers(question)
        }
        self._country = settings.current().default_country
        self._losses = losses

    def rows(self, response_id: UUID, one: ExportedResponse) -> list[tuple[object, ...]]:
        """The rows of one response's answers."""
        found: list[tuple[object, ...]] = []
        answered_at = one.submitted_at or one.begun_at or clock.now()
        for name, given in sorted(one.answers.items()):
            value = self._value(name, given, one.line)
            if value is not None:
                number = float(value) if isinstance(value, int | float) else None
                text = value if isinstance(value, str) else None
                kind = kind_of(self._questionnaire, name)
                found.append((new_id(), response_id, name, kind, orjson.dumps(value).decode(), number, text, answered_at))
        return found

    def _value(self, name: str, given: object, line: int) -> Value | None:
        read = self._read.get(name)
        try:
            value = read(given, self._country) if read else None
        except Wrong:
            value = None
        if value is None:
            self._losses.add(line, name)
        return value


_ANSWER = """
    INSERT INTO answer (id, response_id, question, kind, value, number, text, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""


async def _contacts(order: ImportOrder, part: Sequence[ExportedResponse]) -> dict[str, tuple[UUID | None, UUID | None]]:
    ids = padded(sorted({one.contact for one in part if one.contact}))
    if not ids or not order.contact_system:
        return {}
    sql = f"SELECT id, customer_id, external_id FROM contact WHERE system = ? AND external_id IN ({marks(ids)})"
    return {row["external_id"]: (as_uuid(row["id"]), as_uuid(row["customer_id"])) for row in await rows(sql, order.contact_system, *ids)}


async def _customers(order: ImportOrder, part: Sequence[ExportedResponse]) -> dict[str, UUID | None]:
    ids = padded(sorted({one.customer for one in part if one.customer}))
    if not ids or not order.customer_system:
        return {}
    sql = f"SELECT customer_id, external_id FROM customer_identity WHERE system = ? AND external_id IN ({marks(ids)})"
    return {row["external_id"]: as_uuid(row["customer_id"]) for row in await rows(sql, order.customer_system, *ids)}
