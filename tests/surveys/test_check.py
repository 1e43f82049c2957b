"""A text is judged as a whole, and each problem is told with its line."""

from tests.surveys.sample import document
from voc.surveys.check import as_line, check
from voc.surveys.documents import as_yaml
from voc.surveys.parse import parse
from voc.surveys.questionnaire import Problem

TEXT = as_yaml(parse(document()))


def line_of(part: str, text: str = TEXT) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_a_sound_text_is_a_questionnaire_without_problems() -> None:
    found = check(TEXT)
    assert found.questionnaire == parse(document())
    assert found.problems == ()


def test_problems_are_told_in_the_order_of_the_text() -> None:
    text = TEXT.replace("answers.nps <= 6", "answers.nps <=", 1).replace("required: true", "required: maybe").replace("key: ", "kee: ")
    found = check(text)
    assert found.questionnaire is None
    assert [as_line("x.yaml", problem) for problem in found.errors] == [
        f"x.yaml:{line_of('key: ')}: error UNKNOWN_FIELD kee: There is no field `kee` here. Did you mean `key`?",
        f"x.yaml:{line_of('key: ')}: error MISSING key: Add `key`: the name for programs and files.",
        f"x.yaml:{line_of('required: ')}: error WRONG_TYPE pages[0].questions[0].required: `required` must be true or false, not text.",
        f"x.yaml:{line_of('answers.nps <= 6')}: error CONDITION pages[0].questions[1].show_if: "
        "The condition stops in the middle. Finish it. (at column 15 of `answers.nps <=`)",
    ]


def test_warnings_leave_the_questionnaire_and_do_not_count_as_errors() -> None:
    text = TEXT.replace("en: How was our call?", "en: " + "How was our call? " * 4)
    found = check(text)
    assert found.questionnaire is not None
    assert found.errors == ()
    (warning,) = found.problems
    assert as_line("x.yaml", warning) == (
        f"x.yaml:{line_of('How was our call?')}: warning LONG_SUBJECT invitation.subject.en: "
        "The subject has 71 characters; phones cut it off. Keep it under 50."
    )


def test_a_text_that_cannot_be_read_has_one_problem_at_its_line() -> None:
    found = check("key: a\nkey: b\n")
    assert found.questionnaire is None
    assert found.problems == (Problem("", "UNREADABLE", "`key` stands twice in one group. Keep one.", line=2),)
    assert as_line("x.yaml", found.problems[0]) == "x.yaml:2: error UNREADABLE: `key` stands twice in one group. Keep one."


def test_an_empty_text_lacks_everything() -> None:
    assert check("").problems[0].message == "The document must be a group of fields, not nothing."
