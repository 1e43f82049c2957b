"""Lint keeps incomplete questionnaires from being published and gives honest advice on the others."""

from typing import Any

import pytest

from tests.surveys.sample import document, with_questions
from voc.surveys.lint import lint
from voc.surveys.parse import parse
from voc.surveys.paths import paths
from voc.surveys.questionnaire import Questionnaire, Severity
from voc.surveys.reach import unreachable


def found_in(questionnaire: Questionnaire) -> list[tuple[str, str, str]]:
    return [(problem.severity.value, problem.code, problem.path) for problem in lint(questionnaire)]


def test_a_sound_questionnaire_has_nothing_to_be_said_of_it() -> None:
    assert lint(parse(document())) == ()


def test_a_missing_translation_is_an_error() -> None:
    found = document()
    del found["pages"][1]["questions"][0]["text"]["nl"]
    (problem,) = lint(parse(found))
    assert (problem.severity, problem.path) == (Severity.ERROR, "pages[1].questions[0].text")
    assert problem.message == "This text is missing in `nl`. Translate it, take the language out, or choose a `fallback`."


def test_a_language_we_do_not_speak_needs_its_own_words() -> None:
    questionnaire = with_questions({"id": "q", "kind": "text", "text": {"en": "Why?"}})
    assert lint(questionnaire) == ()
    found = document()
    found["languages"] = ["nl", "en", "fy"]
    problems = [problem for problem in lint(parse(found)) if problem.path == "words"]
    assert [problem.code for problem in problems] == ["MISSING_TRANSLATION"]
    assert problems[0].message.startswith("We have no words in `fy` for `back`, `call_back`, ")


def test_a_scale_without_words_at_its_ends_is_warned_of() -> None:
    questionnaire = with_questions({"id": "q", "kind": "csat"}, {"id": "r", "kind": "rating", "low": {"en": "bad"}, "high": {"en": "good"}})
    assert found_in(questionnaire) == [("warning", "MISSING_END_LABELS", "pages[0].questions[0]")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Short. " * 20, []),
        ("A text of some words. " * 10, ["LONG_TEXT"]),
        ("one two three four five six seven eight nine ten one two three four five six seven eight nine ten more?", ["LONG_SENTENCE"]),
        ("one two three four five six seven eight nine ten one two three four five six seven eight nine ten?", []),
    ],
)
def test_long_texts_and_sentences_are_warned_of(text: str, codes: list[str]) -> None:
    questionnaire = with_questions({"id": "q", "kind": "yes_no", "text": {"en": text.strip()}})
    assert found_in(questionnaire) == [("warning", code, "pages[0].questions[0].text.en") for code in codes]


def test_a_subject_of_fifty_characters_is_cut_off_by_phones() -> None:
    found = document()
    found["invitation"]["subject"] = {"en": "x" * 50, "nl": "x" * 49}
    assert found_in(parse(found)) == [("warning", "LONG_SUBJECT", "invitation.subject.en")]


def test_a_survey_of_more_than_three_minutes_is_warned_of() -> None:
    questionnaire = with_questions(*({"id": f"q{number}", "kind": "text"} for number in range(8)))
    assert found_in(questionnaire) == [("warning", "LONG_SURVEY", "pages")]


def test_promising_fewer_minutes_than_it_takes_is_warned_of() -> None:
    found = document()
    found["minutes"] = 1
    found["pages"][1]["questions"] = [{"id": f"q{number}", "kind": "text", "text": {"en": "Why?", "nl": "Waarom?"}} for number in range(5)]
    assert found_in(parse(found)) == [("warning", "LONG_SURVEY", "minutes")]


@pytest.mark.parametrize(
    ("condition", "reachable"),
    [
        ("answers.score >= 4", True),
        ("answers.score > 5", False),
        ("answers.score < 3 && answers.score > 3", False),
        ("answers.cause == 'price'", True),
        ("answers.cause == 'prize'", False),
        ("answers.cause == 'other'", True),
        ("answers.happy && !answers.happy", False),
        ("'a' in answers.several && 'b' in answers.several", True),
        ("'z' in answers.several", False),
        ("size(answers.several) > 2", False),
        ("!has(answers.score)", False),
        ("!has(answers.cause)", True),
        ("answers.detail == 'x'", False),
        ("answers.words == 'no claim is made about typed words'", True),
        ("answers.amount > 1e9", True),
        ("answers.day < timestamp('1900-01-01T00:00:00Z')", True),
    ],
)
def test_a_question_that_nobody_can_reach_is_an_error(condition: str, reachable: bool) -> None:
    choices: list[dict[str, Any]] = [{"code": code, "text": {"en": code}} for code in ("price", "wait")]
    questionnaire = with_questions(
        {"id": "score", "kind": "csat", "required": True, "low": {"en": "bad"}, "high": {"en": "good"}},
        {"id": "cause", "kind": "single_choice", "choices": choices, "other": {"en": "Other"}},
        {"id": "happy", "kind": "yes_no"},
        {"id": "several", "kind": "multiple_choice", "choices": [{"code": code, "text": {"en": code}} for code in "ab"]},
        {"id": "detail", "kind": "single_choice", "choices": choices, "show_if": "answers.score == 1"},
        {"id": "words", "kind": "text"},
        {"id": "amount", "kind": "number"},
        {"id": "day", "kind": "date"},
        {"id": "last", "kind": "yes_no", "show_if": condition},
    )
    expected = [] if reachable else [("pages[0].questions[8].show_if", f"Nobody can ever see `last`: `{condition}` is never met.")]
    assert [(problem.path, problem.message) for problem in unreachable(questionnaire)] == expected


def test_a_question_hidden_by_its_page_or_by_what_it_builds_on_is_not_reachable() -> None:
    found = document()
    found["pages"][1]["show_if"] = "answers.nps >= 9"
    found["pages"][1]["questions"].append(
        {"id": "low", "kind": "yes_no", "show_if": "answers.cause == 'wait'", "text": {"en": "Long?", "nl": "Lang?"}}
    )
    assert [problem.path for problem in unreachable(parse(found))] == ["pages[1].questions[1].show_if"]


def test_pages_and_end_pages_that_nobody_can_reach_are_errors() -> None:
    found = document()
    found["pages"][1]["show_if"] = "answers.nps == 11"
    found["end_pages"].insert(1, {"id": "never", "show_if": "answers.nps < 3", "title": {"en": "Thanks", "nl": "Dank"}})
    problems = unreachable(parse(found))
    assert [(problem.path, problem.code) for problem in problems] == [
        ("pages[1].show_if", "UNREACHABLE"),
        ("end_pages[1].show_if", "UNREACHABLE"),
    ]


def test_too_many_combinations_are_no_reason_for_a_claim() -> None:
    many = [{"id": f"q{number}", "kind": "nps", "low": {"en": "a"}, "high": {"en": "b"}} for number in range(5)]
    condition = " && ".join(f"answers.q{number} > 10" for number in range(5))
    assert unreachable(with_questions(*many, {"id": "last", "kind": "yes_no", "show_if": condition})) == ()


def test_every_way_through_is_walked() -> None:
    walks = list(paths(parse(document())))
    assert {walked.end_page.id for walked in walks} == {"let_down", "thanks"}
    assert {tuple(step.id for step in walked.steps) for walked in walks} == {("first", "second"), ("first", "first-2", "second")}
