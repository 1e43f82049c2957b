"""Every stored operation runs with data on both databases, and none takes more statements than it may, however many rows there are."""

from pathlib import Path
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from tests.api import loop
from tests.api.ceilings import MOST
from tests.api.loop import House
from tests.api.readings import READS
from voc.api.global_ids import row_id
from voc.api.stored_documents import stored_operations
from voc.core.access import Role
from voc.core.db import count_statements
from voc.core.resources import folder
from voc.core.settings import Settings, install
from voc.outreach.models import InboundMessage
from voc.responses.models import Response

pytestmark = pytest.mark.usefixtures("clock")
OPERATIONS = stored_operations(folder("schema") / "operations")


@pytest.fixture
async def made(db: str, settings: Settings) -> House:
    """An organisation in which the loop has run, with a bit of everything; nobody listens where its webhook is."""
    install(settings.model_copy(update={"webhook_private": True}))
    made = await loop.lived_in(db)
    sara = await made.member("Sara", Role.HANDLER, "delivery")
    await made.change("CreateToken", name="IVR", role="INTEGRATION", scope=["SUBMIT_RESPONSE"], teamId=made.ids["delivery"])
    await made.change("SaveWebhook", name="CRM", url="http://127.0.0.1:9/hook", kinds=["*"])
    await made.change("CreateTranslatorLink", surveyId=made.ids["survey"], language="it", translator="Maria", days=7)
    poster = await made.change("CreateOpenLink", surveyId=made.ids["survey"], kind="POSTER", name="Counter")
    made.ids["openLink"] = poster["id"]
    chat = await made.change("CreateSurvey", key="after-chat", name="After a chat", content={"library": "csat-after-chat"})
    await made.change("RequestPublish", surveyId=chat["id"], publishAt="2026-12-01T09:00:00+01:00")
    await made.change("SaveTouchpoint", key="visit")
    arms = [{"key": one, "survey": "nps-after-delivery"} for one in ("a", "b")]
    rules = {"touchpoints": ["visit"], "survey": "nps-after-delivery", "variants": arms}
    await made.change("SavePolicy", key="trial", name="A trial", rules=rules)
    await made.change("PauseSending", scope="POLICY", ref="after-delivery", reason="A wrong text.")
    await made.change("TakeTask", sara, taskId=made.ids["task0"], expectedVersion=1)
    await made.change("GiveTask", taskId=made.ids["task0"], expectedVersion=2, teamId=made.ids["care"], reason="They know more.")
    await made.change("AddNote", taskId=made.ids["task0"], text="Called, no answer.")
    stray = {"externalId": "S1", "touchpoint": "repair", "queue": "other-line", "endedAt": "2026-03-03T09:00:00Z"}
    await made.change("RecordContact", contact={**stray, "customer": {"email": "new@example.nl"}})
    await made.let_reactions_run(strict=False)
    given = await made.change("CreateInvitation", surveyId=made.ids["survey"], contact={"id": made.ids["contact0"]}, channel="OTHER")
    await made.change("ReportDelivery", invitationId=given["invitation"]["id"], isDelivered=False, detail="No signal.")
    await made.change("SuppressAddress", channel="EMAIL", address="gone@example.nl", reason="asked by letter")
    customer_id = row_id(made.ids["customer"], "Customer", path="customer")
    message = InboundMessage(gateway="twilio", provider_id="SM1", sender="+31612345678", text="Bel mij even", is_signed=True)
    message.customer_id = customer_id
    await message.save()
    await made.change("SubmitResponse", **{**loop.response_of(1), "sourceId": "held"})
    await Response.filter(source_id="held").update(suspect="too_fast, several_scores")
    return made


async def test_every_stored_query_answers_with_data(made: House) -> None:
    for name, given in READS.items():
        body = await made.answer(name, **given(made))
        assert "errors" not in body, (name, body["errors"])
        assert not [field for field, value in body["data"].items() if is_empty(value)], (name, body["data"])


async def test_no_query_takes_more_statements_when_there_are_more_rows(made: House) -> None:
    few = {name: await statements_of(made, name) for name in READS}
    await loop.live(made, range(3, 12), strict=False)
    many = {name: await statements_of(made, name) for name in READS}
    # One more or less is no growth: which of two loads comes first decides whether they share a statement. Nine more rows would be nine.
    assert {name: (few[name], many[name]) for name in READS if many[name] > few[name] + 1} == {}


async def test_an_inbox_of_fifty_tasks_takes_six_statements(db: str) -> None:
    made = await loop.furnished(db)
    await loop.live(made, range(50))
    with count_statements() as seen:
        tasks = (await made.ask("TaskInbox", view="TEAM", first=50))["nodes"]
    assert len(tasks) == 50
    assert all(task["customer"]["name"] and task["contact"]["endedAt"] and task["team"]["name"] == "Delivery" for task in tasks)
    assert all(task["scores"] and task["reading"]["sentiment"] and task["comment"] for task in tasks)
    assert seen.count <= 6, seen.texts


def test_every_stored_operation_is_named_after_its_file_and_has_a_ceiling() -> None:
    for name, text in OPERATIONS.items():
        definitions = [node for node in parse(text).definitions if isinstance(node, OperationDefinitionNode)]
        assert [node.name.value for node in definitions if node.name] == [name]
    assert set(MOST) == set(OPERATIONS)


def test_every_stored_query_is_asked_here() -> None:
    assert set(READS) == {name for name in OPERATIONS if kind_of(name) == "query"}


def test_every_stored_mutation_and_subscription_is_run_by_a_test() -> None:
    tests = "".join(
        (Path(__file__).parent / name).read_text("utf-8")
        for name in (
            "loop.py",
            "test_changes.py",
            "test_delivery.py",
            "test_drafts.py",
            "test_dry_runs.py",
            "test_health.py",
            "test_previews.py",
            "test_publishing.py",
            "test_views.py",
            "test_ways.py",
        )
    )
    assert [name for name in OPERATIONS if kind_of(name) != "query" and f'"{name}"' not in tests] == []


async def statements_of(made: House, name: str) -> int:
    """How many statements a stored query takes now."""
    await made.answer(name, **READS[name](made))  # questionnaires are read once in a process
    with count_statements() as seen:
        await made.answer(name, **READS[name](made))
    return seen.count


def kind_of(name: str) -> str:
    """Query, mutation or subscription."""
    (operation,) = (node for node in parse(OPERATIONS[name]).definitions if isinstance(node, OperationDefinitionNode))
    return operation.operation.value


def is_empty(value: Any) -> bool:
    """Whether a root field brought nothing at all."""
    nodes = value.get("nodes", True) if isinstance(value, dict) else value
    return not nodes
