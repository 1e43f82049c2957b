"""Panels to which people add more of the same: how many is asked first, then the questions come once for each."""

import json
from typing import Any

from tests.surveys.formats.samples import item_of
from voc.surveys.flow import walk
from voc.surveys.formats.imported import Fate, Imported
from voc.surveys.formats.surveyjs import read_surveyjs
from voc.surveys.questions import Number, Statement


def read(panel: dict[str, Any], *more: dict[str, Any]) -> Imported:
    """A survey with a panel `child` in which a name and an age are asked, and more questions."""
    asked = [{"type": "text", "name": "name"}, {"type": "text", "name": "age", "visibleIf": "{panel.name} notempty"}]
    whole = {"type": "paneldynamic", "name": "child", "title": "Your children", "templateElements": asked, **panel}
    return read_surveyjs(json.dumps({"elements": [whole, *more]}).encode())


def met(found: Imported, **answers: object) -> list[str]:
    """The questions that somebody with these answers meets."""
    return [question.id for step in walk(found.questionnaire, answers).steps for question in step.questions]


def test_the_questions_come_as_often_as_was_said() -> None:
    found = read({"maxPanelCount": 2, "templateTitle": "Child {panelIndex}"})

    count = found.questionnaire.question("child")
    assert isinstance(count, Number)
    assert (count.lowest, count.highest, count.required) == (0, 2, False)
    assert count.help.say("en") == "Say how many there are: the questions below come once for each."
    assert met(found) == met(found, child=0) == ["child"]
    assert met(found, child=1, child_name="Ann") == ["child", "child_heading", "child_name", "child_age"]
    assert met(found, child=2, child_1_name="Bo")[4:] == ["child_1_name", "child_1_age"]
    heading = found.questionnaire.question("child_1_heading")
    assert heading is not None
    assert heading.text.say("en") == "Child 2"
    assert item_of(found.report, "child", "REPEATED_BY_NUMBER").fate is Fate.CHANGED


def test_conditions_and_texts_speak_of_the_panel_and_of_its_turns() -> None:
    conditions = ("{child.length} > 1", "{child[1].name} = 'Bo'", "{child} notempty", "{child} empty")
    more = [{"type": "text", "name": f"q{number}", "visibleIf": text} for number, text in enumerate(conditions)]

    found = read({}, *more, {"type": "text", "name": "last", "title": "And {child[0].name}?"})

    assert met(found)[1:] == met(found, child=0)[1:] == ["q3", "last"]
    assert met(found, child=1, child_name="Bo")[3:] == ["q2", "last"]
    assert met(found, child=2, child_1_name="Bo")[-4:] == ["q0", "q1", "q2", "last"]
    last = found.questionnaire.question("last")
    assert last is not None
    assert last.text.say("en") == "And {answers.child_name|…}?"
    assert {item.code for item in found.report} == {"REPEATED_BY_NUMBER"}


def test_what_must_be_there_is_asked_without_a_number() -> None:
    required = read({"isRequired": True})
    fixed = read({"panelCount": 2, "allowAddPanel": False, "allowRemovePanel": False})

    count = required.questionnaire.question("child")
    assert isinstance(count, Number)
    assert (count.lowest, count.required) == (1, True)
    assert met(required) == ["child", "child_name"]
    assert isinstance(fixed.questionnaire.question("child"), Statement)
    assert met(fixed) == ["child", "child_name", "child_1_heading", "child_1_name"]


def test_panels_in_panels_are_asked_once_and_large_ones_come_less_often() -> None:
    inner: dict[str, Any] = {"type": "text", "name": "x"}
    for depth in range(30):
        inner = {"type": "paneldynamic", "name": f"p{depth}", "templateElements": [inner], "maxPanelCount": 10}

    deep = read({"templateElements": [inner], "maxPanelCount": 10})
    large = read({"templateElements": [{"type": "text", "name": f"q{number}"} for number in range(40)], "maxPanelCount": 10})

    assert sum(1 for _ in deep.questionnaire.questions()) < 150
    assert sum(1 for _ in large.questionnaire.questions()) == 82
    assert item_of(large.report, "child", "REPEATED_BY_NUMBER").fate is Fate.SIMPLIFIED
