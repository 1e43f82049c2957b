"""Surveys of SurveyJS, part by part: how they are written, what their expressions say, what has no counterpart."""

import json
from typing import Any

import pytest

from tests.surveys.formats.samples import item_of
from voc.surveys.flow import walk
from voc.surveys.formats.imported import Imported, NotImportable
from voc.surveys.formats.surveyjs import read_surveyjs
from voc.surveys.formats.surveyjs.literal import read_literal
from voc.surveys.questions import Choosing, Consent, Hidden, Matrix, Nps, Number, Rating, SideBySide, SingleChoice, Slider, Text, YesNo

CHOICES: dict[str, Any] = {"type": "radiogroup", "name": "one", "choices": ["a|Apple", {"value": 2, "text": "Two"}]}
SEVERAL: dict[str, Any] = {"type": "checkbox", "name": "many", "choices": ["x", "y", "z"]}


def brought(*elements: dict[str, Any], **more: Any) -> Imported:
    """A survey of one page with these elements."""
    return read_surveyjs({"pages": [{"name": "p", "elements": list(elements)}], **more})


def condition(expression: str) -> str:
    """The expression as a condition of a question behind the usual ones."""
    number = {"type": "text", "inputType": "number", "name": "age"}
    day = {"type": "text", "inputType": "date", "name": "day"}
    agreed = {"type": "boolean", "name": "ok", "valueTrue": "sure"}
    table = {"type": "matrix", "name": "grid", "rows": ["r1", "r2"], "columns": ["good", "bad"]}
    asked = {"type": "text", "name": "last", "visibleIf": expression}
    question = brought(CHOICES, SEVERAL, number, day, agreed, table, asked).questionnaire.question("last")
    assert question is not None
    return question.show_if


@pytest.mark.parametrize(
    ("expression", "cel"),
    [
        ("{one} = 'a'", 'answers.one == "a"'),
        ("{one} <> 2", 'answers.one != "2"'),
        ("'a' == {one}", 'answers.one == "a"'),
        ("{one} empty", "!has(answers.one)"),
        ("{one} notempty and {age} >= 18", "has(answers.one) && answers.age >= 18"),
        ("!({one} = 'a' or {one} = '2')", 'answers.one != "a" && answers.one != "2"'),
        ("{many} contains 'x'", '"x" in answers.many'),
        ("{many} anyof ['x', 'y']", '"x" in answers.many || "y" in answers.many'),
        ("{many} allof ['x', 'y']", '"x" in answers.many && "y" in answers.many'),
        ("{many} notcontains 'x'", '!("x" in answers.many)'),
        ("{many.length} > 1", "(has(answers.many) ? double(size(answers.many)) : 0.0) > 1"),
        ("{ok} = 'sure'", "answers.ok == true"),
        ("{ok} = false", "answers.ok == false"),
        ("{grid.r1} = 'good'", 'answers.grid_r1 == "good"'),
        ("{age} + 1 > 5", "(answers.age + 1.0) > 5"),
        ("({age} > 5", "answers.age > 5"),
        ("{outside} = 'vip'", 'answers.outside == "vip"'),
        ("today() > {day}", "answers.day < now"),
    ],
)
def test_an_expression_is_a_condition(expression: str, cel: str) -> None:
    assert condition(expression) == cel


@pytest.mark.parametrize("expression", ["age({day}) > 18", "{one} =", "{panel.x} = 1", "{one} % 2 = 0", "x" * 30_000, "(" * 500 + "{one}"])
def test_an_expression_that_has_no_counterpart_is_left_out_and_reported(expression: str) -> None:
    imported = brought(CHOICES, {"type": "text", "name": "last", "visibleIf": expression})
    question = imported.questionnaire.question("last")

    assert question is not None
    assert question.show_if == ""
    assert item_of(imported.report, "last", "CONDITION_DROPPED").question_id == "last"


def test_a_condition_that_looks_ahead_is_left_out_and_reported() -> None:
    imported = brought({"type": "text", "name": "first", "visibleIf": "{one} = 'a'"}, CHOICES)

    assert item_of(imported.report, "first", "CONDITION_DROPPED").what == 'answers.one == "a"'


def test_a_fact_from_outside_is_a_hidden_question_that_texts_and_conditions_read() -> None:
    imported = brought({"type": "text", "name": "q", "title": "Hello {userName}", "visibleIf": "{plan} = 'gold'"})
    hidden = [question.key for question in imported.questionnaire.questions() if isinstance(question, Hidden)]
    question = imported.questionnaire.question("q")

    assert hidden == ["plan", "userName"]
    assert question is not None
    assert (question.text.say("en"), question.show_if) == ("Hello {answers.user_name|…}", 'answers.plan == "gold"')


def test_conditions_of_panels_and_choices_come_along() -> None:
    panel = {"type": "panel", "name": "more", "title": "More", "visibleIf": "{one} = 'a'", "elements": [{"type": "text", "name": "why"}]}
    offered = {
        "type": "radiogroup",
        "name": "two",
        "choices": [{"value": "u", "visibleIf": "{one} = 'a'"}, "v"],
        "choicesVisibleIf": "{many} contains {item}",
    }
    found = {question.id: question for question in brought(CHOICES, SEVERAL, panel, offered).questionnaire.questions()}

    assert found["why"].show_if == found["more"].show_if == 'answers.one == "a"'
    assert isinstance(found["two"], SingleChoice)
    assert [choice.show_if for choice in found["two"].choices] == ['"u" in answers.many && answers.one == "a"', '"v" in answers.many']


def test_triggers_show_skip_and_end() -> None:
    elements = [
        CHOICES,
        *({"type": "text", "name": name} for name in ("t1", "t2", "t3")),
        {"type": "text", "name": "extra", "visible": False},
    ]
    triggers = [
        {"type": "visible", "operator": "equal", "name": "one", "value": "a", "questions": ["extra"]},
        {"type": "skip", "expression": "{one} = 2", "gotoName": "t3"},
        {"type": "setvalue", "setToName": "t1", "expression": "{one} = 'a'"},
    ]
    raw = {
        "pages": [{"elements": elements}, {"elements": [{"type": "text", "name": "end"}]}],
        "triggers": [*triggers, {"type": "complete", "expression": "{t3} = 'stop'"}],
    }
    imported = read_surveyjs(raw)

    def asked(**answers: object) -> list[str]:
        return [question.id for step in walk(imported.questionnaire, answers).steps for question in step.questions]

    assert asked(one="a") == ["one", "t1", "t2", "t3", "extra", "end"]
    assert asked(one="2") == ["one", "t3", "end"]
    assert asked(t3="stop") == ["one", "t1", "t2", "t3"]
    assert item_of(imported.report, "t1", "TRIGGER_DROPPED").fate == "dropped"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"type": "rating", "rateMin": 0, "rateMax": 10}, Nps),
        ({"type": "rating", "rateValues": [1, 2, {"value": 3, "text": "Good"}]}, Rating),
        ({"type": "rating", "rateValues": ["bad", "good"]}, SingleChoice),
        ({"type": "text", "inputType": "range"}, Slider),
        ({"type": "text", "validators": [{"type": "numeric", "minValue": 3}]}, Number),
        ({"type": "dropdown", "choicesByUrl": {"url": "https://example.com/x"}}, Text),
        ({"type": "matrix", "rows": ["a"], "columns": ["b"]}, Matrix),
        ({"type": "matrixdynamic", "columns": [{"name": "c", "cellType": "text"}]}, SideBySide),
        ({"type": "myyesno"}, YesNo),
        ({"type": "infobox", "isRequired": True}, Consent),
        ({"type": "hologram"}, Text),
    ],
)
def test_a_type_becomes_the_kind_that_fits(raw: dict[str, Any], kind: type) -> None:
    (question,) = brought({"name": "q", **raw}).questionnaire.questions()
    assert isinstance(question, kind)


def test_what_can_be_switched_on_stands_behind_the_choices() -> None:
    question = brought({**SEVERAL, "hasOther": True, "showNoneItem": True, "otherText": "Else"}, locale="nl").questionnaire.question("many")

    assert isinstance(question, Choosing)
    assert [(one.code, one.text.say("nl"), one.own_words, one.exclusive) for one in question.all_choices[3:]] == [
        ("other", "Else", True, False),
        ("none", "Geen", False, True),
    ]


def test_the_base_language_is_the_default_and_gaps_fall_back_to_it() -> None:
    title = {"default": "How?", "nl": "Hoe?", "zh-cn": "怎么样"}
    questionnaire = brought({"type": "comment", "name": "q", "title": title, "description": "Say"}).questionnaire

    assert questionnaire.languages == ("en", "nl", "zh-Hans")
    assert questionnaire.fallback == ("en",)
    assert questionnaire.origin is not None
    assert questionnaire.origin.languages == ("en", "nl", "zh-cn")


def test_settings_that_have_no_counterpart_are_all_in_the_report() -> None:
    imported = brought({"type": "text", "name": "q", "defaultValue": "x", "somethingNew": 3, "requiredIf": "{q} = 1", "minWidth": "5px"})

    assert [(item.source_id, item.code) for item in imported.report] == [
        ("q", "DEFAULT_DROPPED"),
        ("q", "SETTING_DROPPED"),
        ("q", "REQUIRED_IF_SIMPLIFIED"),
        ("survey", "LAYOUT_DROPPED"),
    ]


def test_the_words_at_the_end_come_along() -> None:
    ends = [{"expression": "{one} = 'a'", "html": "<h3>Great</h3><p>Till soon</p>"}]
    found = brought(CHOICES, completedHtml="<h3>Thanks</h3>", completedHtmlOnCondition=ends, navigateToUrl="https://example.com")

    assert [(end.title.say("en"), end.text.say("en"), end.show_if) for end in found.questionnaire.end_pages] == [
        ("Great", "Till soon", 'answers.one == "a"'),
        ("Thanks", "", ""),
    ]
    assert item_of(found.report, "survey", "REDIRECT_DROPPED").what == "https://example.com"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a: 'it\\'s', \"b\": [1,2,], /* no */ c: `t`, }", {"a": "it's", "b": [1, 2], "c": "t"}),
        ("// mine\nexport const json = {a: 'x' + \"y\", b: .5, c: 0x10, d: undefined};\nfoo();", {"a": "xy", "b": 0.5, "c": 16, "d": None}),
        ("const s = new Survey.Model({a: -1})", {"a": -1}),
    ],
)
def test_javascript_is_read_without_being_run(text: str, value: object) -> None:
    assert read_literal(text.encode()) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{a: f()}", "NOT_JSON"),
        ("{a: 1", "CUT_OFF"),
        ('{"a": [1', "CUT_OFF"),
        ("", "EMPTY"),
        ("no object", "NOT_JSON"),
        ('{"a" 1}', "NOT_JSON"),
    ],
)
def test_a_text_that_holds_no_object_is_refused(text: str, code: str) -> None:
    with pytest.raises(NotImportable) as refusal:
        read_literal(text.encode())
    assert refusal.value.code == code


def test_a_survey_of_2000_questions_is_read_in_time() -> None:
    elements = [{**CHOICES, "name": f"q{at}", **({"visibleIf": f"{{q{at - 1}}} = 'a'"} if at % 3 == 1 else {})} for at in range(2000)]
    data = json.dumps({"pages": [{"elements": elements[at : at + 20]} for at in range(0, 2000, 20)]}).encode()

    assert sum(1 for _ in read_surveyjs(data).questionnaire.questions()) == 2000
