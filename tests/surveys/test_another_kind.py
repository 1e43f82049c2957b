"""Another kind of a question: what both kinds can hold stays, what finds no place is named, and the rest of a document is left alone."""

from copy import deepcopy
from typing import Any

import pytest

from voc.surveys.another_kind import as_kind
from voc.surveys.questions import KINDS
from voc.surveys.reader import Reader

COMMON: dict[str, Any] = {"text": {"en": "Why?"}, "help": {"en": "In short."}, "show_if": "answers.nps <= 6", "required": True}
CHOICE = {"code": "wait", "text": {"en": "The wait"}}
CAUSE = {"id": "cause", "kind": "single_choice", **COMMON, "choices": [CHOICE | {"points": 3}], "look": "drop_down"}
MOOD = {"id": "mood", "kind": "rating", **COMMON, "lowest": 1, "highest": 7, "labels": [{"value": 1, "text": {"en": "Bad"}}]}
LIKELY = {"id": "nps", "kind": "nps", **COMMON, "low": {"en": "not at all"}}


@pytest.mark.parametrize(
    ("question", "kind", "own", "lost"),
    [
        (CAUSE, "multiple_choice", {"choices": [CHOICE | {"points": 3}], "look": "drop_down"}, ()),
        (CAUSE, "ranking", {"choices": [CHOICE | {"points": 3}]}, ("look",)),
        (CAUSE, "matrix", {"rows": [CHOICE]}, ("look", "choices.points")),
        (CAUSE, "fields", {"fields": [CHOICE]}, ("look", "choices.points")),
        (CAUSE, "text", {}, ("choices", "look")),
        (MOOD, "single_choice", {"choices": [{"code": "1", "text": {"en": "Bad"}}]}, ("lowest", "highest")),
        (MOOD, "csat", {"lowest": 1, "highest": 7}, ("labels",)),
        (MOOD | {"lowest": -3}, "csat", {"highest": 7}, ("lowest", "labels")),
        (MOOD, "slider", {"lowest": 1, "highest": 7}, ("labels",)),
        (MOOD | {"lowest": 10**400}, "slider", {"lowest": 10**400, "highest": 7}, ("labels",)),
        (LIKELY, "rating", {"low": {"en": "not at all"}, "lowest": 0, "highest": 10}, ()),
        (LIKELY, "number", {}, ("low",)),
    ],
)
def test_what_both_kinds_can_hold_stays_and_the_rest_is_named(
    question: dict[str, Any], kind: str, own: dict[str, Any], lost: tuple[str, ...]
) -> None:
    before = deepcopy(question)
    made = as_kind(question, kind)
    assert made.question == {"id": question["id"], "kind": kind, **COMMON, **own}
    assert made.lost == lost
    assert question == before


def test_a_text_alone_must_not_be_answered() -> None:
    made = as_kind(LIKELY, "statement")
    assert "required" not in made.question
    assert made.lost == ("required", "low")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_made_of_every_other_without_a_field_it_does_not_know(kind: str) -> None:
    for question in (CAUSE, MOOD, LIKELY, as_kind(CAUSE, "matrix").question, as_kind(CAUSE, "fields").question):
        reader = Reader(["en"])
        reader.build(KINDS[kind], as_kind(question, kind).question, "")
        assert {problem.code for problem in reader.problems} <= {"MISSING"}
