"""The one check of answers, for pages and for programs."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.responses.documents import every_kind, short
from voc.responses.answers import check, kind_of

EVERY = every_kind()
SHORT = short()


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        ("nps", "7", 7),
        ("nps", 0, 0),
        ("nps", 10.0, 10),
        ("stars", "0", 0),
        ("one", "green", "green"),
        ("many", ["blue", "red", "blue"], ["red", "blue"]),
        ("line", "  two\r\nlines \x00", "two\nlines"),
        ("amount", "12,50", 12.5),
        ("amount", 99, 99.0),
        ("people", "3", 3),
        ("people", 3.0, 3),
        ("day", "2026-03-01", "2026-03-01"),
        ("day", "1-3-2026", "2026-03-01"),
        ("day", date(2026, 3, 1), "2026-03-01"),
        ("again", "no", False),
        ("again", True, True),
    ],
)
def test_an_answer_is_kept_in_its_canonical_form_and_reads_the_same_again(question: str, raw: object, value: object) -> None:
    checked = check(EVERY, {question: raw}, "en")
    assert (dict(checked.answers), checked.faults) == ({question: value}, ())
    assert type(checked.answers[question]) is type(value)
    assert check(EVERY, checked.answers, "en").answers == checked.answers


@pytest.mark.parametrize(
    ("question", "raw", "code", "message"),
    [
        ("nps", "11", "NOT_A_CHOICE", "Choose one of the answers shown."),
        ("nps", 6.5, "NOT_A_CHOICE", "Choose one of the answers shown."),
        ("nps", "good", "NOT_A_NUMBER", "Type a number, such as 12."),
        ("nps", True, "WRONG_KIND", "This question takes a number."),
        ("line", ["x"], "WRONG_KIND", "This question takes a text."),
        ("ces", 0, "NOT_A_CHOICE", "Choose one of the answers shown."),
        ("one", "pink", "NOT_A_CHOICE", "Choose one of the answers shown."),
        ("many", ["red"], "TOO_FEW_CHOICES", "Choose at least 2 answers."),
        ("many", ["red", "green", "blue"], "TOO_MANY_CHOICES", "Choose at most 2 answers."),
        ("line", "x" * 21, "TOO_LONG", "Use at most 20 characters."),
        ("amount", "1.234", "TOO_MANY_DECIMALS", "Use at most 2 decimals."),
        ("amount", -1, "TOO_LOW", "Type a number of 0 or more."),
        ("amount", "100,01", "TOO_HIGH", "Type a number of 100 or less."),
        ("amount", float("nan"), "NOT_A_NUMBER", "Type a number, such as 12."),
        ("people", "1e9", "NOT_A_NUMBER", "Type a number, such as 12."),
        ("day", "31-02-2026", "NOT_A_DATE", "Type a date, such as 31-12-2026."),
        ("day", "2025-12-31", "TOO_EARLY", "Choose a day on or after 01-01-2026."),
        ("again", "maybe", "NOT_A_CHOICE", "Choose one of the answers shown."),
    ],
)
def test_a_wrong_answer_is_refused_with_the_way_out(question: str, raw: object, code: str, message: str) -> None:
    checked = check(EVERY, {question: raw}, "en")
    assert dict(checked.answers) == {}
    assert [(fault.path, fault.code, fault.message) for fault in checked.faults] == [(question, code, message)]


def test_all_faults_are_told_at_once_in_the_readers_language_and_in_the_order_of_the_page() -> None:
    checked = check(EVERY, {"again": "?", "nps": "12", "csat": 5}, "nl-BE")
    assert [(fault.path, fault.message) for fault in checked.faults] == [
        ("nps", "Kies een van de antwoorden."),
        ("again", "Kies een van de antwoorden."),
    ]
    assert dict(checked.answers) == {"csat": 5}


@pytest.mark.parametrize("nothing", [None, "", "   ", []])
def test_nothing_is_no_answer(nothing: object) -> None:
    checked = check(EVERY, {question.id: nothing for question in EVERY.questions() if question.id != "hello"}, "en")
    assert (dict(checked.answers), checked.faults) == ({}, ())


def test_what_must_be_answered_is_missed() -> None:
    assert [(fault.path, fault.code) for fault in check(SHORT, {"why": "Fine."}, "en").faults] == [("nps", "MISSING")]


def test_a_step_is_checked_for_its_own_questions_only() -> None:
    assert check(SHORT, {"what_went_wrong": ["late"]}, "en", asked={"why"}).faults == ()


def test_answers_to_questions_that_are_not_shown_count_for_nothing_and_cannot_be_wrong() -> None:
    shown = check(SHORT, {"nps": 3, "what_went_wrong": ["late"]}, "en")
    hidden = check(SHORT, {"nps": 9, "what_went_wrong": ["late"]}, "en")
    wrong = check(SHORT, {"nps": 9, "what_went_wrong": ["never heard of"]}, "en")
    assert (dict(shown.answers), shown.walk.end_page.id) == ({"nps": 3, "what_went_wrong": ["late"]}, "sorry")
    assert (dict(hidden.answers), hidden.walk.end_page.id) == ({"nps": 9}, "thanks")
    assert (dict(wrong.answers), wrong.faults) == ({"nps": 9}, ())


def test_own_words_count_only_while_something_else_is_chosen() -> None:
    assert dict(check(EVERY, {"one": "other", "one_other": "purple"}, "en").answers) == {"one": "other", "one_other": "purple"}
    assert dict(check(EVERY, {"one": "red", "one_other": "purple"}, "en").answers) == {"one": "red"}
    assert kind_of(EVERY, "one_other") == "text"
    assert kind_of(EVERY, "one") == "single_choice"


def test_a_question_that_does_not_exist_is_named() -> None:
    faults = check(SHORT, {"nps": 9, "npss": 9}, "en").faults
    assert [(fault.path, fault.code) for fault in faults] == [("npss", "UNKNOWN_QUESTION")]


ANYTHING = some.none() | some.booleans() | some.integers() | some.floats() | some.text() | some.lists(some.text() | some.integers())


@given(some.dictionaries(some.sampled_from([question.id for question in EVERY.questions()] + ["one_other"]), ANYTHING))
def test_whatever_is_sent_is_answered_and_what_is_kept_stays_the_same(raw: dict[str, Any]) -> None:
    checked = check(EVERY, raw, "en")
    again = check(EVERY, checked.answers, "en")
    assert (again.answers, again.faults) == (checked.answers, ())
