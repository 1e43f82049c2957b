"""Every stored mutation does what it says, on both databases."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api import loop
from tests.api.loop import House
from tests.surveys.formats.qsf_files import document, question, written
from voc.core import clock
from voc.core.access import Actor, Role, held
from voc.core.ids import new_id
from voc.core.models import Job
from voc.core.settings import Settings, install
from voc.responses.models import Response
from voc.staff.models import Member
from voc.staff.passwords import matches

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
async def made(db: str, settings: Settings) -> House:
    """An organisation in which the loop has run."""
    install(settings.model_copy(update={"webhook_private": True}))
    return await loop.lived_in(db)


async def test_colleagues_come_get_roles_and_leave(made: House) -> None:
    member = await made.change("AddMember", name="Tom", email="Tom@house.example")
    lead = {"memberId": member["id"], "role": "LEAD", "teamId": made.ids["delivery"]}
    given = await made.change("GiveRole", **lead)
    assert given["roles"] == [{"role": "LEAD", "team": {"id": made.ids["delivery"], "name": "Delivery"}}]
    assert (await made.change("TakeRole", **lead))["roles"] == []
    assert (await made.change("DeactivateMember", memberId=member["id"]))["isActive"] is False
    assert (await made.ask("DeactivateMember", input={"memberId": (await me(made))["member"]["id"]}))["code"] == "LAST_ADMIN"


async def test_whoever_asks_changes_their_own_account(made: House) -> None:
    changed = await made.change("UpdateMe", language="nl", timeZone="Europe/Brussels")
    assert (changed["language"], changed["timeZone"]) == ("nl", "Europe/Brussels")
    await made.change("ChangePassword", oldPassword="", newPassword="a sentence works well")
    assert await matches("a sentence works well", (await Member.get(name="Ada")).password_hash)


async def test_a_token_is_shown_once_and_revoked(made: House) -> None:
    given = {"name": "IVR", "role": "INTEGRATION", "idempotencyKey": "k1"}
    first, again = await made.change("CreateToken", **given), await made.change("CreateToken", **given)
    assert first["secret"].startswith("voc_")
    assert (again["secret"], again["token"]) == (None, first["token"])
    assert (await made.change("RevokeToken", tokenId=first["token"]["id"]))["revokedAt"]


async def test_news_of_customers_and_accounts_come_in_batches(made: House) -> None:
    told = {"externalId": "C0", "segment": "gold", "value": {"amount": "99.90", "currency": "EUR"}}
    faulty = {"externalId": "C9", "value": {"amount": "1.00", "currency": "EURO"}, "email": "nobody"}
    batch = await made.ask("UpsertCustomers", input={"customers": [told, faulty, {"externalId": "C10", "name": "New"}]})
    assert [result["status"] for result in batch["results"]] == ["UPDATED", "REFUSED", "RECORDED"]
    assert {fault["path"] for fault in batch["results"][1]["faults"]} == {"customers[1].value.currency", "customers[1].email"}
    assert (batch["recorded"], batch["updated"], batch["unchanged"], batch["refused"]) == (1, 1, 0, 1)
    assert batch["results"][1]["customer"] is None
    assert (await made.change("UpsertCustomer", customer=told))["crmId"] == "C0"
    accounts = await made.ask("UpsertAccounts", input={"accounts": [{"externalId": "A0", "name": "Vries Holding"}]})
    assert [result["status"] for result in accounts["results"]] == ["UPDATED"]


async def test_what_is_left_out_is_kept_and_null_clears(made: House) -> None:
    told = {
        "externalId": "C0",
        "segment": None,
        "value": None,
        "attributes": [{"key": "loyalty", "value": None}, {"key": "vip", "value": "yes"}],
    }
    await made.change("UpsertCustomer", customer=told)
    customer = await made.ask("Customer", by={"external": {"system": "crm", "externalId": "C0"}})
    assert (customer["segment"], customer["value"], customer["name"]) == (None, None, "Anna Vries 0")
    assert customer["attributes"] == [{"key": "vip", "value": "yes"}]
    assert [(each["channel"], each["state"]) for each in customer["consents"]] == [("EMAIL", "GRANTED")]
    assert (customer["account"]["name"], customer["account"]["value"]) == ("Vries & Co", {"amount": "9000.00", "currency": "EUR"})


async def test_a_contact_told_twice_is_one_contact(made: House) -> None:
    first = await made.change("RecordContact", contact={"externalId": "K77", "touchpoint": "delivery"})
    again = await made.change("RecordContact", contact={"externalId": "K77", "customer": {"externalId": "C1"}})
    assert again["id"] == first["id"]
    assert (first["interactionId"], first["customer"], again["customer"] is None) == ("K77", None, False)


async def test_a_batch_over_a_thousand_is_refused_as_a_whole(made: House) -> None:
    many = [{"externalId": str(number)} for number in range(1001)]
    (error,) = (await made.answer("RecordContacts", input={"contacts": many}))["errors"]
    assert (error["extensions"]["code"], error["extensions"]["faults"][0]["code"]) == ("BAD_USER_INPUT", "TOO_MANY")


async def test_consent_is_noted(made: House) -> None:
    customer = {"external": {"system": "crm", "externalId": "C0"}}
    noted = await made.change("SetConsent", customer=customer, channel="SMS", state="REFUSED", source="call")
    assert {(each["channel"], each["state"], each["source"]) for each in noted["consents"]} >= {("SMS", "REFUSED", "call")}
    nobody = {"external": {"system": "crm", "externalId": "nobody"}}
    assert (await made.ask("SetConsent", input={"customer": nobody, "channel": "SMS", "state": "REFUSED"}))["__typename"] == "NotFound"


async def test_a_task_goes_from_hand_to_hand_and_is_closed(made: House) -> None:
    sara = await made.member("Sara", Role.HANDLER, "delivery")
    tom = await made.member("Tom", Role.HANDLER, "delivery")
    task = made.ids["task0"]
    taken = await made.change("TakeTask", sara, taskId=task, expectedVersion=1)
    assert (taken["state"], taken["assignee"]["name"]) == ("IN_PROGRESS", "Sara")
    late = await made.ask("TakeTask", tom, input={"taskId": task, "expectedVersion": 1})
    assert (late["__typename"], late["code"]) == ("Conflict", "TASK_TAKEN")
    given = await made.change("GiveTask", sara, taskId=task, expectedVersion=2, memberId=made.ids["Tom"])
    waiting = await made.change("StartWaiting", tom, taskId=task, expectedVersion=given["version"], reason="She calls back.")
    assert waiting["state"] == "WAITING"
    resumed = await made.change("ResumeTask", tom, taskId=task, expectedVersion=waiting["version"])
    await made.change("AddNote", tom, taskId=task, text="Sent flowers.")
    closing = {"solved": "YES", "cause": "late parcel", "outcome": "We paid the shipping back."}
    closed = await made.change("CloseTask", tom, taskId=task, expectedVersion=resumed["version"], **closing)
    await made.change("ReopenTask", tom, taskId=task, expectedVersion=closed["version"], reason="She called again.")
    seen = await made.ask("Task", tom, id=task)
    assert [step["what"] for step in seen["steps"]] == [
        *("RAISED", "TAKEN", "GIVEN", "WAITING", "RESUMED", "NOTED", "CLOSED", "REOPENED"),
    ]
    assert [note["text"] for note in seen["notes"]] == ["Sent flowers."]


async def test_a_task_is_raised_by_hand_once_for_each_key(made: House) -> None:
    given = {"title": "Call back", "contact": {"id": made.ids["contact0"]}, "idempotencyKey": str(new_id())}
    first, again = await made.change("RaiseTask", **given), await made.change("RaiseTask", **given)
    assert (first["id"], first["team"]["name"]) == (again["id"], "Delivery")
    assert (await made.ask("RaiseTask", input={**given, "title": "Mail"}))["code"] == "IDEMPOTENCY_MISMATCH"


async def test_a_draft_is_saved_checked_and_published(made: House) -> None:
    survey = await made.ask("Survey", id=made.ids["survey"])
    broken = await made.change("SaveSurveyDraft", surveyId=survey["id"], document="key: [", expectedRevision=survey["draftRevision"])
    assert (broken["draftRevision"], broken["draftProblems"][0]["severity"]) == (survey["draftRevision"] + 1, "ERROR")
    assert (await made.ask("PublishSurvey", input={"surveyId": survey["id"]}))["__typename"] == "InvalidInput"
    lost = {"surveyId": survey["id"], "document": survey["draft"], "expectedRevision": survey["draftRevision"]}
    assert (await made.ask("SaveSurveyDraft", input=lost))["code"] == "DRAFT_CHANGED"
    document = (await made.ask("SurveyVersion", id=made.ids["version"]))["document"]
    document["minutes"] = 1
    await made.change("SaveSurveyDraft", surveyId=survey["id"], document=document, expectedRevision=broken["draftRevision"])
    assert (await made.change("PublishSurvey", surveyId=survey["id"]))["number"] == 2


async def test_sending_stops_and_goes_on(made: House) -> None:
    pause = await made.change("PauseSending", scope="EVERYTHING", reason="A wrong text.")
    await made.change("RecordContact", contact=loop.contact(20))
    await made.let_reactions_run(minutes=10)
    assert [one["reason"] for one in (await made.ask("Decisions", first=1))["nodes"]] == ["POLICY_PAUSED"]
    assert (await made.change("ResumeSending", pauseId=pause["id"]))["endedBy"] == "Ada"
    await made.let_reactions_run(minutes=10)
    assert [one["reason"] for one in (await made.ask("Decisions", first=1))["nodes"]] == ["ASKED"]


async def test_a_personal_link_is_made_for_another_system(made: House) -> None:
    given = {"surveyId": made.ids["survey"], "customer": {"id": made.ids["customer"]}, "channel": "SMS", "idempotencyKey": "link"}
    first, again = await made.change("CreateInvitation", **given), await made.change("CreateInvitation", **given)
    assert first == again
    assert "/s/" in first["link"]
    failed = await made.change("ReportDelivery", invitationId=first["invitation"]["id"], isDelivered=False, detail="No signal.")
    assert failed["state"] == "FAILED"
    assert (await made.change("RetryInvitation", invitationId=first["invitation"]["id"]))["state"] == "PLANNED"
    assert (await made.change("WithdrawInvitation", invitationId=first["invitation"]["id"]))["state"] == "WITHDRAWN"
    assert (await made.change("SendTest", surveyId=made.ids["survey"], language="nl"))["state"] == "PLANNED"


async def test_the_rest_are_reminded(made: House) -> None:
    first = await made.change("RemindInvitations", surveyId=made.ids["survey"])
    assert (first["planned"], first["leftOut"]) == (0, [{"reason": "TOO_SOON", "count": 3}])
    await made.let_reactions_run(minutes=2 * 24 * 60)
    again = await made.change("RemindInvitations", surveyId=made.ids["survey"])
    assert (again["planned"], again["leftOut"]) == (3, [])


async def test_a_customer_is_left_alone(made: House) -> None:
    customer = {"id": made.ids["customer"]}
    until = (clock.now() + timedelta(days=14)).isoformat()
    await made.change("HoldCustomer", customer=customer, source="call:1", reason="Asked in this call.", until=until)
    assert {hold["source"] for hold in await holds(made)} >= {"call:1"}
    await made.change("ReleaseCustomer", customer=customer, source="call:1")
    assert "call:1" not in {hold["source"] for hold in await holds(made)}
    await made.change("SuppressCustomer", customer=customer, channels=["EMAIL"], reason="asked in a call")
    (entry,) = (await made.ask("Suppressions", filter={"customerId": customer["id"]}))["nodes"]
    assert entry["reason"] == "asked in a call"


async def test_an_address_gets_no_messages_until_somebody_lifts_it(made: House) -> None:
    given = await made.change("SuppressAddress", channel="EMAIL", address="Eve@Klant.example", reason="asked by letter")
    (found,) = (await made.ask("Suppressions", filter={"address": "eve@klant.example ", "isInForce": True}))["nodes"]
    assert (found["id"], found["reason"], found["by"], found["customer"]) == (given["id"], "asked by letter", "Ada", None)
    assert (await made.ask("Suppressions", filter={"address": "somebody@klant.example"}))["nodes"] == []
    analyst = Actor("Ann", held({Role.ANALYST}))
    told = await made.answer("Suppressions", analyst, filter={"address": "eve@klant.example"})
    assert [error["extensions"]["code"] for error in told["errors"]] == ["FORBIDDEN"]
    assert len((await made.ask("Suppressions", analyst))["nodes"]) == len((await made.ask("Suppressions"))["nodes"])
    refused = await made.ask("LiftSuppression", input={"suppressionId": given["id"], "reason": " "})
    assert [fault["path"] for fault in refused["faults"]] == ["reason"]
    assert not (await made.change("LiftSuppression", suppressionId=given["id"], reason="It works again."))["isInForce"]
    (lifted,) = (await made.ask("Suppressions", filter={"isInForce": False}))["nodes"]
    assert (lifted["liftedBy"], lifted["liftReason"]) == ("Ada", "It works again.")
    assert (await made.ask("LiftSuppression", input={"suppressionId": given["id"], "reason": "Again."}))["code"] == "HAS_ENDED"


async def test_rules_are_saved_and_retired(made: House) -> None:
    rules: dict[str, Any] = {"touchpoints": ["delivery"], "survey": "nps-after-delivery", "when": "contact.outcome == 'solved'"}
    assert (await made.change("SavePolicy", key="after-delivery", name="After a delivery", rules=rules))["number"] == 2
    wrong = await made.ask("SavePolicy", input={"key": "x", "name": "X", "rules": {**rules, "when": "contact.outcom == 'solved'"}})
    assert [fault["path"] for fault in wrong["faults"]] == ["rules.when"]
    draft = await made.change("DraftPolicy", key="after-delivery", name="After a delivery", rules={**rules, "quietDays": 3})
    assert [(one["number"], one["state"]) for one in draft["versions"]] == [(3, "DRAFT"), (2, "IN_FORCE"), (1, "PAST")]
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    waiting = await made.change("ActivatePolicy", policyId=made.ids["policy"], startsAt=tomorrow)
    assert (waiting["number"], waiting["versions"][0]["state"]) == (2, "WAITING")
    assert (await made.change("WithdrawPolicyStart", policyId=made.ids["policy"]))["versions"][0]["state"] == "DRAFT"
    policy = await made.ask("Policy", key="after-delivery")
    assert (policy["touchpoints"], policy["rules"]["quietDays"], policy["versions"][0]["rules"]["quietDays"]) == (["delivery"], 30, 3)
    assert (await made.change("RetirePolicy", policyId=made.ids["policy"]))["retiredAt"]
    place = {"by": "SEGMENT", "teams": [{"value": "gold", "team": "care"}]}
    await made.change("SaveRoute", key="gold", name="Gold", rules={"when": "true", "teams": [place], "dueHours": 4, "priority": "HIGH"})
    (gold,) = [route for route in await made.ask("Routes") if route["key"] == "gold"]
    assert gold["rules"]["teams"] == [{"by": "SEGMENT", "question": "", "team": "", "teams": [{"value": "gold", "team": "care"}]}]
    assert (await made.change("RetireRoute", key="gold"))["retiredAt"]


async def test_a_webhook_is_saved_told_and_stopped(made: House) -> None:
    saved = await made.change("SaveWebhook", name="CRM", url="http://127.0.0.1:9/hook", kinds=["task.changed"])
    renewed = await made.change("RenewWebhookSecret", webhookId=saved["webhook"]["id"])
    assert saved["secret"].startswith("whsec_")
    assert renewed["secret"] not in ("", saved["secret"])
    await made.change("AddNote", taskId=made.ids["task0"], text="Called.")
    await made.let_reactions_run(strict=False)
    (delivery,) = (await made.ask("Webhooks"))[0]["deliveries"]["nodes"]
    assert (delivery["kind"], delivery["state"], delivery["attempts"]) == ("task.changed", "WAITING", 1)
    assert (await made.ask("ReplayHook", input={"deliveryId": delivery["id"]}))["code"] == "STILL_WAITING"
    assert (await made.change("StopWebhook", webhookId=saved["webhook"]["id"]))["stoppedAt"]


async def test_a_dead_job_is_run_again(made: House) -> None:
    now = clock.now()
    await Job.create(kind="insight.tag", ref=str(new_id()), state="dead", due=now, created_at=now, finished_at=now, error="It broke.")
    (job,) = (await made.ask("Jobs", filter={"state": "DEAD"}))["nodes"]
    assert (await made.change("RetryJob", jobId=job["id"]))["state"] == "READY"
    assert (await made.ask("RetryJob", input={"jobId": job["id"]}))["code"] == "NOT_DEAD"


async def me(made: House) -> dict[str, Any]:
    """Whoever asks."""
    found: dict[str, Any] = await made.ask("Me")
    return found


async def holds(made: House) -> list[dict[str, Any]]:
    """Why the customer is left alone."""
    found: list[dict[str, Any]] = (await made.ask("AgentBrief", by={"customer": {"id": made.ids["customer"]}}))["holds"]
    return found


async def test_a_file_of_another_system_becomes_a_draft_with_its_report(made: House) -> None:
    report = await made.ask("ImportReport", id=made.ids["import"])
    assert (report["fileName"], report["survey"]["key"]) == ("visit.json", "visit")
    assert {item["question"] for item in report["items"]} >= {"hand"}
    taken = await made.ask("ImportSurvey", input={"document": '{"elements": [{"type": "comment", "name": "a"}]}', "key": "visit"})
    assert taken["code"] == "SURVEY_EXISTS"


async def test_the_responses_of_another_system_come_onto_the_survey_that_came_from_it(made: House) -> None:
    asked = document([question(1), question(2, "TE/SL"), question(3, "MC/NPS", Choices={})])
    brought = await made.change("ImportSurvey", document=written(asked).decode(), key="elsewhere")
    survey = brought["survey"]["id"]
    unpublished = await made.ask("ImportResponses", input={"surveyId": survey, "document": "a,b\n"})
    await made.change("PublishSurvey", surveyId=survey)
    table = 'ResponseId,Q1,Q2,Q3,Client,IPAddress\n,,,,,\nR_1,1,Fine,9,C0,192.0.2.1\nR_2,7,"Two\nlines",eleven,C9,\nR_3,2,,0,C0,\n'
    file = {"surveyId": survey, "document": table, "customerColumn": "client", "customerSystem": "crm"}

    tried = await made.change("ImportResponses", **file, isTrial=True)
    stored = await made.change("ImportResponses", **file)
    again = await made.change("ImportResponses", **file)

    counted = [(one["isTrial"], one["stored"], one["known"], one["valuesLeftOut"]) for one in (tried, stored, again)]
    assert counted == [(True, 3, 0, 2), (False, 3, 0, 2), (False, 0, 3, 2)]
    assert [(one["line"], one["column"]) for one in stored["losses"]] == [(4, "Q1"), (4, "Q3")]
    assert {one["column"]: one["answer"] for one in stored["columns"]} == {"Q1": "q1", "Q2": "q2", "Q3": "q3", "IPAddress": None}
    kept = await Response.filter(survey__key="elsewhere").order_by("source_id").values_list("source_id", "customer__name")
    assert kept == [("R_1", "Anna Vries 0"), ("R_2", None), ("R_3", "Anna Vries 0")]
    refused = [unpublished, await made.ask("ImportResponses", input={**file, "customerColumn": "nobody"})]
    refused += [await made.ask("ImportResponses", input={**file, "customerSystem": None})]
    codes = [(one["faults"][0]["path"], one["faults"][0]["code"]) for one in refused]
    assert codes == [("survey", "UNKNOWN_VERSION"), ("document", "NO_SUCH_COLUMN"), ("customerSystem", "SYSTEM_NEEDED")]
