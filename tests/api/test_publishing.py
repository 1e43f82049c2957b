"""Publishing over the API: what it would meet, by a second person's leave, and at a moment."""

from datetime import timedelta

import pytest

from tests.api import loop
from tests.api.loop import House
from voc.core import clock
from voc.core.access import Role
from voc.core.settings import Settings, install

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
async def made(db: str, settings: Settings) -> House:
    """A published survey in a house where a second person must agree, whose draft calls a question otherwise."""
    install(settings)
    made = await loop.furnished(db)
    install(settings.model_copy(update={"publish_approval": "second_person"}))
    draft = (await made.ask("Survey", id=made.ids["survey"]))["draft"]
    text = draft.replace("id: why\n", "id: reason\n").replace("answers.why", "answers.reason")
    await made.change("SaveSurveyDraft", surveyId=made.ids["survey"], document=text, expectedRevision=1)
    return made


async def test_a_renamed_question_is_told_decided_and_published_by_leave(made: House) -> None:
    survey = made.ids["survey"]
    check = await made.ask("PublishCheck", survey=survey)
    assert (check["isSound"], check["isChanged"], check["isApprovalNeeded"], check["openRequest"]) == (True, True, True, None)
    assert [(one["question"], one["likely"]) for one in check["lost"]] == [("why", "reason")]
    assert [one["question"] for one in check["undecided"]] == ["why"]
    assert check["renames"] == [{"from": "why", "to": "reason"}]
    assert "QUESTION_RENAMED" in [one["code"] for one in check["difference"]["changes"]]
    apart = await made.ask("PublishCheck", survey=survey, removed=["why"])
    assert [one["code"] for one in apart["difference"]["changes"]][:2] == ["QUESTION_ADDED", "QUESTION_REMOVED"]

    assert (await made.ask("RequestPublish", input={"surveyId": survey}))["code"] == "RENAMED"
    renames = [{"from": "why", "to": "reason"}]
    assert (await made.ask("PublishSurvey", input={"surveyId": survey, "renames": renames}))["code"] == "APPROVAL_NEEDED"
    first = await made.change("RequestPublish", surveyId=survey, renames=renames, note="Please.")
    assert (await made.ask("ApprovePublish", input={"requestId": first["id"]}))["code"] == "OWN_REQUEST"
    sara = await made.member("Sara", Role.DESIGNER, "delivery")
    (waiting,) = (await made.ask("PublishRequests", sara, filter={"waitsForMe": True}))["nodes"]
    assert (waiting["id"], waiting["mayDecide"], waiting["note"], waiting["askedBy"]) == (first["id"], True, "Please.", "Ada")
    assert (await made.ask("PublishRequests", filter={"waitsForMe": True}))["nodes"] == []
    assert (await made.change("RefusePublish", sara, requestId=first["id"], reason="Say why."))["state"] == "REFUSED"

    at = (clock.now() + timedelta(days=1)).isoformat()
    second = await made.change("RequestPublish", surveyId=survey, renames=renames, publishAt=at)
    assert (await made.change("ApprovePublish", sara, requestId=second["id"]))["state"] == "SCHEDULED"
    assert (await made.ask("PublishCheck", survey=survey))["openRequest"]["decidedBy"] == "Sara"
    await made.let_reactions_run(minutes=24 * 60)
    (newest, _) = (await made.ask("SurveyVersions", id=survey))["versions"]["nodes"]
    assert (newest["number"], newest["approvedBy"], newest["renames"]) == (2, "Sara", renames)
    codes = [one["code"] for one in (await made.ask("SurveyDiff", survey=survey, to=2, **{"from": 1}))["changes"]]
    assert "QUESTION_RENAMED" in codes


async def test_what_waits_is_taken_back(made: House) -> None:
    request = await made.change("RequestPublish", surveyId=made.ids["survey"], removed=["why"])
    assert (await made.change("WithdrawPublish", requestId=request["id"]))["state"] == "WITHDRAWN"
    assert (await made.ask("WithdrawPublish", input={"requestId": request["id"]}))["code"] == "DECIDED_ALREADY"
