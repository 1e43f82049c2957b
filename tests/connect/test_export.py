"""Responses as CSV: everything joined, nothing held, nothing that a spreadsheet would run."""

import csv
import io
from datetime import timedelta
from types import ModuleType
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from tests.followup import makers
from voc.api.global_ids import global_id
from voc.connect import export
from voc.connect.endpoints import routes
from voc.connect.export import Which, export_responses
from voc.connect.export_columns import FACTS
from voc.core.access import Action, Actor, Held, Role
from voc.core.db import count_statements
from voc.core.errors import Forbidden
from voc.customers.models import CustomerIdentity
from voc.insight.models import Label, Metric, Reading, Score
from voc.responses.models import Response, ResponseState
from voc.staff.tokens import create_token
from voc.surveys.models import SurveyVersion

ANALYST = Actor("Ada", frozenset({Held(Role.ANALYST)}))


async def exported(actor: Actor, which: Which, delimiter: str = ",") -> list[dict[str, str]]:
    text = "".join([part async for part in export_responses(actor, which, delimiter)])
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True))


async def tagged(response: Response) -> None:
    """Give a response a score and a reading."""
    of: dict[str, Any] = {"response_id": response.id, "survey_id": response.survey_id, "version_id": response.version_id}
    of |= {"channel": "email", "language": "en", "answered_at": response.submitted_at, "question": "nps", "metric": Metric.NPS}
    await Score.create(value=2, low=0, high=10, band="detractor", **of)
    await Score.create(value=9, low=0, high=10, band="promoter", superseded_at=response.submitted_at, **of)
    of = {"response_id": response.id, "question": "why", "language": "en", "language_from": "survey", "analyser": "vader"}
    await Reading.create(label=Label.NEGATIVE, score=-0.54321, sentence="x", analyser_version="3.3.2", **of)


async def test_a_row_has_all_that_a_response_is_joined_to(db: str, clock: ModuleType) -> None:
    version, billing = await makers.survey(), await makers.team("billing")
    anna = await makers.customer()
    await CustomerIdentity.create(customer=anna, system="crm", external_id="42")
    await CustomerIdentity.create(customer=anna, system="shop", external_id="s-1")
    call = await makers.contact(anna, billing, external_id="c-1", queue="Invoices NL", started_at=clock.now() - timedelta(hours=2))
    words = '=HYPERLINK("http://x")\nand "quotes", too'
    made = await makers.response(version, {"nps": 2, "why": words, "reason": "late"}, after=call)
    await tagged(made)
    task = await makers.task(billing, response=made)
    call_id, now = call.id, clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    (row,) = await exported(ANALYST, Which(survey_id=version.survey_id))
    assert row == {
        "responseId": global_id("Response", made.id),
        "survey": "after-call",
        "version": "1",
        "state": "complete",
        "channel": "email",
        "language": "en",
        "begunAt": now,
        "submittedAt": now,
        "changedAt": "",
        "suspect": "",
        "invitationId": "",
        "customerId": global_id("Customer", anna.id),
        "crmId": "42",
        "customerExternalIds": "crm:42 shop:s-1",
        "contactId": global_id("Contact", call_id),
        "contactSystem": "genesys",
        "contactExternalId": "c-1",
        "touchpoint": "after-call",
        "team": "billing",
        "queue": "Invoices NL",
        "agent": "sara",
        "contactStartedAt": "2026-03-03T08:00:00Z",
        "contactEndedAt": "2026-03-03T09:00:00Z",
        "taskIds": global_id("Task", task.id),
        "nps": "2",
        "nps.metric": "nps",
        "nps.band": "detractor",
        "csat": "",
        "csat.metric": "",
        "csat.band": "",
        "ces": "",
        "ces.metric": "",
        "ces.band": "",
        "reason": "late",
        "reason_other": "",
        "reason_other.mood": "",
        "reason_other.moodScore": "",
        "why": "'" + words,
        "why.mood": "negative",
        "why.moodScore": "-0.5432",
    }


async def test_ids_that_are_not_known_yet_are_there_as_told(db: str) -> None:
    version = await makers.survey()
    told: dict[str, Any] = {
        "customer_system": "crm",
        "customer_external_id": "77",
        "contact_system": "ivr",
        "contact_external_id": "call-1",
    }
    await makers.response(version, {"nps": 9}, **told)
    (row,) = await exported(ANALYST, Which())
    assert (row["customerId"], row["crmId"], row["customerExternalIds"]) == ("", "77", "crm:77")
    assert (row["contactId"], row["contactSystem"], row["contactExternalId"]) == ("", "ivr", "call-1")
    assert row["after-call.nps"] == "9"


async def test_questions_of_every_version_and_survey_are_columns(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await makers.survey()
    page = makers.DOCUMENT["pages"][0]
    newer = {**makers.DOCUMENT, "pages": [{**page, "questions": [{**page["questions"][0], "id": "would_recommend"}]}]}
    second = await SurveyVersion.create(survey_id=first.survey_id, number=2, document=newer, published_by="Dora")
    other = await makers.survey("delivery", {**newer, "key": "delivery"})
    await makers.response(first, {"nps": 3})
    monkeypatch.setitem(makers.KINDS, "would_recommend", "nps")
    await makers.response(second, {"would_recommend": 4})
    await makers.response(other, {"would_recommend": 5})
    of_one = await exported(ANALYST, Which(survey_id=first.survey_id))
    assert [(row["version"], row["nps"], row["would_recommend"]) for row in of_one] == [("1", "3", ""), ("2", "", "4")]
    of_all = await exported(ANALYST, Which())
    assert [(row["after-call.would_recommend"], row["delivery.would_recommend"]) for row in of_all] == [("", ""), ("4", ""), ("", "5")]


async def test_sensitive_answers_are_stars_for_whoever_may_not_see_who_customers_are(db: str) -> None:
    page = makers.DOCUMENT["pages"][0]
    marked = [{**one, "sensitive": one["id"] in ("why", "reason")} for one in page["questions"]]
    open_then = await makers.survey()
    await SurveyVersion.create(
        survey_id=open_then.survey_id, number=2, document={**makers.DOCUMENT, "pages": [{**page, "questions": marked}]}, published_by="Dora"
    )
    await makers.response(open_then, {"nps": 3, "reason_other": "my illness", "why": "I am Anna, call 0612345678"})
    columns = ("nps", "reason", "reason_other", "why")
    (row,) = await exported(ANALYST, Which())
    assert [row[f"after-call.{name}"] for name in columns] == ["3", "", "***", "***"]
    (row,) = await exported(Actor("Lea", frozenset({Held(Role.LEAD)})), Which())
    assert [row[f"after-call.{name}"] for name in columns] == ["3", "", "my illness", "I am Anna, call 0612345678"]


async def test_a_period_takes_what_was_sent_in_it_and_tests_are_never_there(db: str, clock: ModuleType) -> None:
    version = await makers.survey()
    for days in (3, 2, 1):
        await makers.response(version, {"nps": days}, submitted_at=clock.now() - timedelta(days=days))
    await makers.response(version, {"nps": 0}, is_test=True)
    await makers.response(version, {"nps": 7}, state=ResponseState.OPEN, submitted_at=None)
    since, until = clock.now() - timedelta(days=2), clock.now() - timedelta(days=1)
    assert [row["nps"] for row in await exported(ANALYST, Which(version.survey_id, since, until))] == ["2"]
    assert [(row["nps"], row["state"]) for row in await exported(ANALYST, Which(version.survey_id), ";")][-1] == ("7", "open")
    assert len(await exported(ANALYST, Which(version.survey_id))) == 4


async def test_pages_follow_each_other_and_take_a_few_statements_each(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    version = await makers.survey()
    made = [await makers.response(version, {"nps": number % 11}, customer_id=(await makers.customer()).id) for number in range(7)]
    monkeypatch.setattr(export, "PAGE", 3)
    with count_statements() as seen:
        parts = [part async for part in export_responses(ANALYST, Which(version.survey_id))]
    assert len(parts) == 1 + 3
    assert [row["responseId"] for row in csv.DictReader(io.StringIO("".join(parts)))] == [global_id("Response", one.id) for one in made]
    assert seen.count == 1 + 3 * 6 + 1, seen.texts


async def test_without_responses_there_is_a_header(db: str) -> None:
    version = await makers.survey()
    parts = [part async for part in export_responses(ANALYST, Which(version.survey_id))]
    assert len(parts) == 1
    assert parts[0].startswith(",".join(FACTS) + ",nps,nps.metric,nps.band,")


async def test_only_what_may_be_seen_is_exported_and_only_by_those_who_may(db: str) -> None:
    version, mine, other = await makers.survey(), await makers.team("mine"), await makers.team("other")
    anna = await makers.customer()
    for number, team in enumerate((mine, other, None)):
        await makers.response(version, {"nps": number}, after=await makers.contact(anna, team))
    with pytest.raises(Forbidden):
        export_responses(Actor("Sanne", frozenset({Held(Role.HANDLER)})), Which())
    blind = Actor("CRM", frozenset({Held(Role.INTEGRATION)}), scope=frozenset({Action.EXPORT}))
    assert await exported(blind, Which()) == []
    both = frozenset({Held(Role.HANDLER, mine.id), Held(Role.INTEGRATION)})
    lead = Actor("Lea", both)
    assert len(await exported(lead, Which())) == 3


async def test_programs_fetch_it_by_http(db: str) -> None:
    version = await makers.survey()
    await makers.response(version, {"nps": 4})
    _, token = await create_token(Actor.system("test"), name="BI", role=Role.INTEGRATION)
    transport = httpx.ASGITransport(Starlette(routes=list(routes())))
    async with httpx.AsyncClient(transport=transport, base_url="http://voc") as client:
        assert (await client.get("/export/responses.csv")).status_code == 401
        client.headers["Authorization"] = f"Bearer {token}"
        wrong = [await client.get("/export/responses.csv", params=params) for params in ({"survey": "nothing"}, {"since": "2026-03-03"})]
        assert [(one.status_code, one.json()["error"]["message"]) for one in wrong] == [
            (422, "There is no survey `nothing`."),
            (422, "`since` does not say in which time zone: add the offset, as +01:00, or end it with Z."),
        ]
        got = await client.get("/export/responses.csv", params={"survey": "after-call", "until": "2199-01-01T00:00:00Z"})
    assert (got.status_code, got.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert [row["nps"] for row in csv.DictReader(io.StringIO(got.text))] == ["4"]


async def test_a_renamed_question_is_one_column_under_the_name_it_has_now(db: str) -> None:
    version = await makers.survey()
    questions = version.document["pages"][0]["questions"]
    renamed = {**version.document, "pages": [{**version.document["pages"][0], "questions": [{**questions[0], "id": "score"}]}]}
    renamed = {name: value for name, value in renamed.items() if name in {"key", "name", "languages", "invitation"}} | {
        "pages": renamed["pages"],
        "end_pages": [{"id": "thanks", "title": {"en": "Thank you"}}],
    }
    newer = await SurveyVersion.create(
        survey_id=version.survey_id, number=2, document=renamed, published_by="Dora", renamed={questions[0]["id"]: "score"}
    )
    first = await makers.response(version, {questions[0]["id"]: 3})
    makers.KINDS["score"] = makers.KINDS[questions[0]["id"]]
    second = await makers.response(newer, {"score": 9})
    rows = {row["responseId"]: row for row in await exported(ANALYST, Which(survey_id=version.survey_id))}
    assert [rows[global_id("Response", one.id)]["score"] for one in (first, second)] == ["3", "9"]
    assert questions[0]["id"] not in rows[global_id("Response", first.id)]
