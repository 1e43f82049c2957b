"""Questionnaires as long as the longest we were given stay quick to read and to answer."""

from functools import cache
from time import process_time
from typing import Any

from voc.responses.answers import check
from voc.responses.what_next import step_after
from voc.surveys.parse import parse
from voc.surveys.questionnaire import Questionnaire

QUESTIONS = 2029
SHAPES: tuple[dict[str, Any], ...] = (
    {"kind": "nps", "required": True},
    {"kind": "single_choice", "choices": [{"code": f"c{at}", "text": {"en": f"Choice {at}"}} for at in range(6)], "other": {"en": "Other"}},
    {"kind": "matrix", "columns": [{"code": "1"}, {"code": "2"}], "rows": [{"code": f"r{at}"} for at in range(5)]},
    {"kind": "text"},
    {"kind": "yes_no"},
)


def document() -> dict[str, Any]:
    """Ten questions a page, every third under a condition over earlier ones."""
    questions = []
    for number in range(QUESTIONS):
        first = number - number % len(SHAPES) - len(SHAPES)
        condition = (
            {"show_if": f"answers.q{first} >= {number % 5} || answers.q{first + 1} == 'c1'"} if number > 10 and number % 3 == 0 else {}
        )
        questions.append(
            {"id": f"q{number}", "text": {"en": f"Question {number} about our service?"}, **SHAPES[number % len(SHAPES)], **condition}
        )
    return {
        "key": "long",
        "name": {"en": "Long"},
        "languages": ["en"],
        "pages": [{"id": f"p{start}", "questions": questions[start : start + 10]} for start in range(0, QUESTIONS, 10)],
        "end_pages": [{"id": "thanks", "title": {"en": "Thanks"}}],
        "invitation": {name: {"en": "x"} for name in ("subject", "greeting", "why", "use")},
    }


@cache
def long() -> Questionnaire:
    return parse(document())


def test_it_is_read_within_three_seconds() -> None:
    written = document()
    before = process_time()
    parse(written)
    assert process_time() - before < 3


def test_a_press_takes_less_than_a_sixth_of_a_second() -> None:
    answers: dict[str, object] = {f"q{number}": 5 for number in range(0, QUESTIONS, 5)}
    answers |= {f"q{number}": "c1" for number in range(1, QUESTIONS, 5)}
    check(long(), answers, "en", asked={"q5"}, seed=3)
    before = process_time()
    checked = check(long(), answers, "en", asked={"q5"}, seed=3)
    assert step_after(long(), checked, "p0", 3).startswith("p")
    assert process_time() - before < 0.15
    assert len(checked.answers) == len(answers)
