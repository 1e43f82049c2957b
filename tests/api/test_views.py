"""What different colleagues are shown of the same things, and what happens as it happens."""

import asyncio
from contextlib import aclosing
from typing import Any

import pytest

from tests.api import loop
from tests.api.loop import House
from voc.api.context import Credential
from voc.api.credentials import Caller
from voc.api.event_stream import events
from voc.api.requests import Asked
from voc.api.streams import cursor_now
from voc.core.access import Action, Actor, Held, Role
from voc.core.db import count_statements

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
async def made(db: str) -> House:
    """An organisation in which the loop has run."""
    return await loop.lived_in(db)


async def test_a_handler_sees_whom_their_team_calls_back_and_nobody_elses_tasks(made: House) -> None:
    sara = await made.member("Sara", Role.HANDLER, "delivery")
    tom = await made.member("Tom", Role.HANDLER, "care")
    tasks = (await made.ask("TaskInbox", sara, view="TEAM"))["nodes"]
    assert {task["customer"]["name"] for task in tasks} == {"Anna Vries 0", "Anna Vries 1", "Anna Vries 2"}
    assert (await made.ask("TaskInbox", tom))["nodes"] == []
    assert await made.ask("Node", tom, id=tasks[0]["id"]) is None
    assert await made.ask("InboxCounts", tom) == dict.fromkeys(("mine", "team", "unowned", "atRisk", "waiting", "doneThisWeek"), 0)


async def test_names_are_masked_until_a_task_of_the_team_is_open(made: House) -> None:
    by = {"external": {"system": "crm", "externalId": "C0"}}
    sara = await made.member("Sara", Role.HANDLER, "delivery")
    tom = await made.member("Tom", Role.HANDLER, "care")
    plain, masked = await made.ask("Customer", sara, by=by), await made.ask("Customer", tom, by=by)
    assert (plain["name"], plain["firstName"], plain["isMasked"]) == ("Anna Vries 0", "Anna", False)
    assert (masked["name"], masked["email"], masked["firstName"], masked["isMasked"]) == ("A*** V*** 0", "a***@***.nl", None, True)
    await made.change("CloseTask", sara, taskId=made.ids["task0"], expectedVersion=1, solved="YES")
    assert (await made.ask("Customer", sara, by=by))["isMasked"]


async def test_a_task_of_ones_own_making_unmasks_nobody(made: House) -> None:
    by = {"external": {"system": "crm", "externalId": "C0"}}
    tom = await made.member("Tom", Role.HANDLER, "care")
    task = await made.change("RaiseTask", tom, title="Who is this?", customer={"id": made.ids["customer"]})
    assert (await made.ask("Task", tom, id=task["id"]))["customer"]["isMasked"]
    assert (await made.ask("Customer", tom, by={"id": made.ids["customer"]}))["isMasked"]
    assert [one["customer"]["name"][1:4] for one in (await made.ask("TaskInbox", tom, view="TEAM"))["nodes"]] == ["***"]
    brief = await made.ask("AgentBrief", tom, by={"customer": by})
    assert (brief["customer"]["name"], brief["customer"]["phone"]) == ("A*** V*** 0", "+31*****78")


async def test_an_inbox_of_a_handler_takes_no_more_statements(made: House) -> None:
    sara = await made.member("Sara", Role.HANDLER, "delivery")
    with count_statements() as seen:
        tasks = await made.ask("TaskInbox", sara, view="TEAM")
    assert (len(tasks["nodes"]), seen.count) == (3, 6)


async def test_a_timeline_tells_everything_newest_first(made: House) -> None:
    customer = await made.ask("Customer", by={"id": made.ids["customer"]})
    kinds = [item["subject"]["__typename"] for item in customer["timeline"]]
    assert sorted(kinds) == ["Contact", "Decision", "Invitation", "Response", "Task"]
    assert kinds[-1] == "Contact"
    assert [item["at"] for item in customer["timeline"]] == sorted((item["at"] for item in customer["timeline"]), reverse=True)
    short = await made.ask("Customer", by={"id": made.ids["customer"]}, events=1)
    assert short["timeline"] == customer["timeline"][:1]


async def test_a_program_that_may_not_know_colleagues_gets_tasks_without_them(made: House) -> None:
    sara = await made.member("Sara", Role.HANDLER, "delivery")
    await made.change("TakeTask", sara, taskId=made.ids["task0"], expectedVersion=1)
    program = Actor("CRM", frozenset({Held(Role.INTEGRATION)}))
    tasks = {task["id"]: task for task in (await made.ask("TaskInbox", program))["nodes"]}
    assert (tasks[made.ids["task0"]]["assignee"], tasks[made.ids["task0"]]["team"]["name"]) == (None, "Delivery")


async def test_a_scope_hides_what_it_leaves_out(made: House) -> None:
    ivr = Actor("IVR", frozenset({Held(Role.INTEGRATION)}), scope=frozenset({Action.SUBMIT_RESPONSE}))
    assert (await made.ask("Customers", ivr))["nodes"] == []
    body = await made.answer("RecordContact", ivr, input={"contact": {"externalId": "K1"}})
    assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]


async def test_answers_to_sensitive_questions_are_hidden_from_whoever_may_not_know_the_customer(made: House) -> None:
    document = (await made.ask("SurveyVersion", id=made.ids["version"]))["document"]
    (why,) = (question for page in document["pages"] for question in page["questions"] if question["id"] == "why")
    why["sensitive"] = True
    survey = await made.ask("Survey", id=made.ids["survey"])
    await made.change("SaveSurveyDraft", surveyId=survey["id"], document=document, expectedRevision=survey["draftRevision"])
    await made.change("PublishSurvey", surveyId=survey["id"])
    given = loop.response_of(0) | {"sourceId": "R77"}
    response = await made.change("SubmitResponse", **given)
    await made.let_reactions_run()
    analyst = await made.member("Noor", Role.ANALYST, "care")
    plain, hidden = await made.ask("Response", id=response["id"]), await made.ask("Response", analyst, id=response["id"])
    assert shown(plain)["why"] == loop.WORDS[0]
    assert (shown(hidden)["why"], shown(hidden)["nps"]) == (None, "0")
    assert [reading["evidence"] for reading in hidden["readings"] if reading["question"] == "why"] == [[]]
    seen = {one["id"]: one["comment"] for one in (await made.ask("Comments", analyst))["nodes"]}
    assert (seen[response["id"]], seen[made.ids["response1"]]) == ("It rained.", loop.WORDS[1])


async def test_every_kind_of_answer_has_its_shape_and_its_words(made: House) -> None:
    response = await made.ask("Response", id=made.ids["response0"])
    kinds = {answer["question"]: answer for answer in response["answers"]}
    assert (kinds["nps"]["point"], kinds["nps"]["lowest"], kinds["nps"]["highest"]) == (0, 0, 10)
    assert (kinds["on_time"]["yesNo"], kinds["on_time"]["shown"]) == (False, "No")
    assert kinds["what_went_wrong"]["choices"] == ["late", "other"]
    assert kinds["what_went_wrong"]["shown"] == "It came too late, Something else"
    assert kinds["what_went_wrong_other"]["asked"] == "What went wrong? – Something else"
    assert kinds["why"]["__typename"] == "TextAnswer"


async def test_a_stream_of_tasks_resumes_without_a_gap(made: House) -> None:
    sara = await made.member("Sara", Role.HANDLER, "delivery")
    cursor = await cursor_now()
    await made.change("TakeTask", sara, taskId=made.ids["task0"], expectedVersion=1)
    await made.change("AddNote", sara, taskId=made.ids["task1"], text="Called.")
    first, second = await heard(made, "TaskChanged", sara, 2, after=cursor)
    assert (first["taskId"], first["task"]["assignee"]) == (made.ids["task0"], {"id": made.ids["Sara"], "name": "Sara"})
    assert second["task"]["id"] == made.ids["task1"]
    assert await heard(made, "TaskChanged", sara, 1, after=first["cursor"]) == [second]


async def test_a_stream_tells_only_what_the_listener_may_see(made: House) -> None:
    sara = await made.member("Sara", Role.HANDLER, "delivery")
    tom = await made.member("Tom", Role.HANDLER, "care")
    cursor = await cursor_now()
    await made.change("AddNote", sara, taskId=made.ids["task0"], text="Called.")
    await made.change("GiveTask", sara, taskId=made.ids["task1"], expectedVersion=1, teamId=made.ids["care"], reason="They know more.")
    (event, *_) = await heard(made, "TaskChanged", tom, 1, after=cursor)
    assert event["task"]["id"] == made.ids["task1"]
    noted, given = await heard(made, "TaskChanged", sara, 2, after=cursor)
    assert (noted["task"]["id"], given["taskId"], given["task"]) == (made.ids["task0"], made.ids["task1"], None)
    designer = Actor("Dee", frozenset({Held(Role.DESIGNER)}), is_member=True)
    asked = Asked(query=made.engine.documents.named("TaskChanged"), operation_name="TaskChanged", variables={})
    stream = events(made.engine, made.engine.prepare(asked, Caller(designer, Credential.INSIDE)))
    assert [error["extensions"]["code"] for error in (await anext(stream))["errors"]] == ["FORBIDDEN"]


async def test_a_stream_of_responses_brings_what_came_in(made: House) -> None:
    cursor = await cursor_now()
    response = await made.change("SubmitResponse", **(loop.response_of(1) | {"sourceId": "R88"}))
    await made.let_reactions_run()
    (event,) = await heard(made, "ResponseReceived", made.admin, 1, after=cursor)
    assert (event["responseId"], event["response"]["state"]) == (response["id"], "COMPLETE")
    assert event["response"]["scores"] == [{"metric": "NPS", "value": 1.0, "band": "DETRACTOR"}]


async def heard(made: House, name: str, actor: Actor, most: int, **variables: Any) -> list[dict[str, Any]]:
    """The next events of a stored subscription."""
    asked = Asked(query=made.engine.documents.named(name), operation_name=name, variables=variables)
    found: list[dict[str, Any]] = []
    async with aclosing(events(made.engine, made.engine.prepare(asked, Caller(actor, Credential.INSIDE)))) as stream:
        while len(found) < most:
            body = await asyncio.wait_for(anext(stream), 10)
            assert "errors" not in body, body
            (event,) = body["data"].values()
            if event not in found:
                found.append(event)
    return found


def shown(response: dict[str, Any]) -> dict[str, str | None]:
    """The answers in words, by question."""
    return {answer["question"]: answer["shown"] for answer in response["answers"]}
