"""Everything that a questionnaire says comes over the API, and answers to every kind go both ways."""

from types import ModuleType
from typing import Any

from tests.api import loop
from tests.api.everything import EVERYTHING
from voc.surveys.parse import dump, parse

VALUES: dict[str, dict[str, Any]] = {
    "shops": {"choices": ["north", "other"]},
    "shops_other": {"text": "Market"},
    "clean_north": {"number": 4},
    "table_x": {"choice": "a"},
    "order": {"choices": ["b", "a"]},
    "at": {"time": "14:30"},
    "moment": {"dateTime": "2026-01-31T14:30"},
    "share_x": {"number": 60},
    "share_y": {"number": 40},
    "agree": {"yesNo": True},
}


async def test_a_questionnaire_goes_in_and_comes_out_whole(clock: ModuleType, db: str) -> None:
    made = await loop.furnished(db)
    survey = await made.change("CreateSurvey", key="everything", name="Everything", content={"document": EVERYTHING})
    found = (await made.ask("SurveyQuestionnaire", id=survey["id"], language="en"))["draftQuestionnaire"]
    assert found["document"] == dump(parse(EVERYTHING))
    asked = {question["key"]: question for page in found["pages"] for question in page["questions"]}
    assert asked["shops"]["answers"][1] == {
        "name": "shops_other",
        "kind": "TEXT",
        "row": None,
        "column": None,
        "choice": "other",
        "field": None,
    }
    assert [(row["code"], row["text"]) for row in asked["table"]["rows"]] == [("x", "X"), ("y", "Y")]
    assert [column["code"] for column in asked["table"]["columns"]] == ["a", "b"]
    assert (asked["table"]["code"], asked["table"]["sourceId"], asked["table"]["hasLogic"]) == ("Q7", "QID7", True)
    assert (asked["share"]["limits"]["total"], asked["share"]["isRequired"]) == (100, True)
    assert (found["pages"][1]["loop"], found["quotas"][0]["limit"], found["scores"][0]["questions"]) == ("shops", 5, ["shops"])


async def test_answers_to_every_kind_are_taken_and_told_in_words(clock: ModuleType, db: str) -> None:
    made = await loop.furnished(db)
    survey = await made.change("CreateSurvey", key="everything", name="Everything", content={"document": EVERYTHING})
    await made.change("PublishSurvey", surveyId=survey["id"])
    answers = [{"question": name, "value": value} for name, value in VALUES.items()]
    response = await made.change("SubmitResponse", survey={"key": "everything"}, answers=answers, channel="IVR", language="en")
    told = {one["question"]: one for one in (await made.ask("Response", id=response["id"]))["answers"]}
    assert set(told) == set(VALUES)
    assert (told["at"]["time"], told["moment"]["local"], told["order"]["choices"]) == ("14:30", "2026-01-31T14:30", ["b", "a"])
    assert (told["table_x"]["choice"], told["table_x"]["asked"], told["table_x"]["shown"]) == ("a", "How was it? – X", "Good")
    assert (told["clean_north"]["point"], told["share_x"]["number"], told["agree"]["yesNo"]) == (4, 60, True)
