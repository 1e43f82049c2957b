"""Surveys of Formbricks: blocks or questions, jumps, ends, hidden fields, recall."""

import json
from typing import Any

import pytest

from tests.surveys.formats.samples import item_of
from voc.surveys.flow import walk
from voc.surveys.formats.formbricks import read_formbricks
from voc.surveys.formats.imported import NotImportable
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Consent, Csat, Fields, Matrix, Rating, SingleChoice, Statement, YesNo


def survey(**more: Any) -> dict[str, Any]:
    """A small survey of three pages."""
    return {
        "name": "Parcel",
        "blocks": [
            {"id": "b1", "elements": [_element("stars", "rating", range=5, scale="star")]},
            {"id": "b2", "elements": [_element("why", "openText")]},
            {"id": "b3", "elements": [_element("more", "openText", inputType="email")]},
        ],
        "endings": [
            {"id": "e1", "type": "endScreen", "headline": {"default": "Thanks"}},
            {"id": "e2", "type": "endScreen", "headline": {"default": "Sorry"}},
        ],
        **more,
    }


def _element(id: str, type: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "type": type, "headline": {"default": f"About {id}"}, "required": False, **more}


def _rule(operator: str, value: object, target: str, left: str = "stars") -> dict[str, Any]:
    return {
        "conditions": {
            "connector": "and",
            "conditions": [
                {
                    "leftOperand": {"type": "element", "value": left},
                    "operator": operator,
                    "rightOperand": {"type": "static", "value": value},
                }
            ],
        },
        "actions": [{"objective": "jumpToBlock", "target": target}],
    }


def with_logic(*rules: dict[str, Any], fallback: str = "", **more: Any) -> Questionnaire:
    """The small survey with jumps from its first page."""
    raw = survey(**more)
    raw["blocks"][0] |= {"logic": list(rules), **({"logicFallback": fallback} if fallback else {})}
    return read_formbricks(raw).questionnaire


def asked(questionnaire: Questionnaire, **answers: object) -> list[str]:
    """The questions that somebody with these answers meets, then the end."""
    walked = walk(questionnaire, answers)
    return [question.id for step in walked.steps for question in step.questions] + [walked.end_page.title.say("en")]


def test_a_jump_leads_past_pages() -> None:
    questionnaire = with_logic(_rule("isGreaterThanOrEqual", 4, "b3"))

    assert asked(questionnaire, stars=5) == ["stars", "more", "Thanks"]
    assert asked(questionnaire, stars=2) == ["stars", "why", "more", "Thanks"]
    assert asked(questionnaire) == ["stars", "why", "more", "Thanks"]


def test_the_first_jump_that_is_met_counts() -> None:
    questionnaire = with_logic(_rule("isLessThan", 3, "b2"), _rule("isLessThan", 5, "b3"))

    assert asked(questionnaire, stars=1) == ["stars", "why", "more", "Thanks"]
    assert asked(questionnaire, stars=4) == ["stars", "more", "Thanks"]


def test_a_jump_to_an_end_ends_there() -> None:
    questionnaire = with_logic(_rule("isLessThan", 2, "e2"))

    assert asked(questionnaire, stars=1) == ["stars", "Sorry"]
    assert asked(questionnaire, stars=3) == ["stars", "why", "more", "Thanks"]


def test_whoever_meets_no_jump_takes_the_fallback() -> None:
    questionnaire = with_logic(_rule("isLessThan", 3, "b2"), fallback="b3")

    assert asked(questionnaire, stars=1) == ["stars", "why", "more", "Thanks"]
    assert asked(questionnaire, stars=4) == ["stars", "more", "Thanks"]


def test_old_files_have_questions_with_jumps_of_their_own() -> None:
    raw = survey(questions=[_element("nps", "nps"), _element("why", "openText"), _element("last", "openText")])
    del raw["blocks"]
    raw["questions"][0]["logic"] = [{"condition": "greaterEqual", "value": 9, "destination": "last"}]
    questionnaire = read_formbricks(raw).questionnaire

    assert [page.id for page in questionnaire.pages] == ["page_1", "page_2", "page_3"]
    assert asked(questionnaire, nps=10) == ["nps", "last", "Thanks"]


def test_a_jump_that_leads_back_is_left_out_and_reported() -> None:
    raw = survey()
    raw["blocks"][2]["logic"] = [_rule("isSubmitted", None, "b1", left="more")]
    imported = read_formbricks(raw)

    assert item_of(imported.report, "b3", "JUMP_DROPPED").what == "b1"
    assert asked(imported.questionnaire, more="x@y.nl") == ["stars", "why", "more", "Thanks"]


def test_a_condition_nobody_can_say_is_left_out_and_reported() -> None:
    raw = survey()
    raw["blocks"][0]["logic"] = [_rule("isLessThan", 3, "b3", left="a_variable")]
    imported = read_formbricks(raw)

    assert "a_variable" in item_of(imported.report, "b1", "JUMP_DROPPED").why


def test_a_recalled_answer_is_a_placeholder_with_its_fallback() -> None:
    raw = survey(hiddenFields={"enabled": True, "fieldIds": ["order"]})
    raw["blocks"][1]["elements"][0]["headline"] = {"default": "Why #recall:stars/fallback:thatnbspmany# for #recall:order/fallback:it#?"}
    question = read_formbricks(raw).questionnaire.question("why")

    assert question is not None
    assert question.text.say("en") == "Why {answers.stars|that many} for {answers.order|it}?"


def test_a_button_that_decides_is_a_question_and_any_other_is_text() -> None:
    raw = survey(blocks=[{"id": "b1", "elements": [_element("go", "cta", buttonLabel={"default": "Start"})]}, *survey()["blocks"]])
    assert isinstance(read_formbricks(raw).questionnaire.question("go"), Statement)

    raw["blocks"][0]["logic"] = [_rule("isSkipped", None, "e2", left="go")]
    questionnaire = read_formbricks(raw).questionnaire

    assert isinstance(questionnaire.question("go"), YesNo)
    assert asked(questionnaire, go=False) == ["go", "Sorry"]
    assert asked(questionnaire, go=True)[:2] == ["go", "stars"]


def test_every_type_becomes_the_kind_that_fits() -> None:
    label = {"default": "A"}
    elements = [
        _element("csat", "csat", range=5),
        _element("ces", "ces", range=5),
        _element("one", "multipleChoiceSingle", choices=[{"id": "a", "label": label}, {"id": "other", "label": {"default": "Else"}}]),
        _element("grid", "matrix", rows=[{"default": "Row"}], columns=[{"default": "Good"}, {"default": "Bad"}]),
        _element("ok", "consent", label={"default": "Yes, you may"}),
        _element("where", "address", city={"show": True, "required": True}, zip={"show": False}),
        _element("new", "hologram"),
    ]
    imported = read_formbricks(survey(blocks=[{"id": "b", "elements": elements}]))
    found = {question.id: question for question in imported.questionnaire.questions()}

    assert isinstance(found["csat"], Csat)
    assert isinstance(found["ces"], Rating)
    assert isinstance(found["one"], SingleChoice)
    assert [(choice.code, choice.own_words) for choice in found["one"].choices] == [("a", False), ("other", True)]
    assert isinstance(found["grid"], Matrix)
    assert [row.code for row in found["grid"].rows] == ["Row"]
    assert isinstance(found["ok"], Consent)
    assert isinstance(found["where"], Fields)
    assert [one.code for one in found["where"].fields] == ["city"]
    assert item_of(imported.report, "new", "UNKNOWN_TYPE").question_id == "new"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"name": "x"}, "NOT_FORMBRICKS"),
        ([survey(), survey()], "SEVERAL_SURVEYS"),
        (_element("q", "openText"), "BARE_QUESTION"),
    ],
)
def test_what_is_no_survey_is_refused(raw: object, code: str) -> None:
    with pytest.raises(NotImportable) as refusal:
        read_formbricks(json.dumps(raw).encode())
    assert refusal.value.code == code


def test_a_survey_inside_an_answer_of_the_api_is_found() -> None:
    assert read_formbricks(json.dumps({"data": survey()}).encode()) == read_formbricks(survey())
