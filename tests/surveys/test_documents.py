"""YAML and JSON are read plainly, with the line of every part, and tricks are refused."""

import pytest

from tests.surveys.sample import document
from voc.surveys.documents import HEADER, MOST_BYTES, as_json, as_yaml, questionnaire_in, read_text
from voc.surveys.parse import parse
from voc.surveys.questionnaire import QuestionnaireError

QUOTES = "Put a text that begins with a sign, or has a colon in it, in quotes."


def refused(text: str) -> tuple[int | None, str]:
    with pytest.raises(QuestionnaireError) as error:
        read_text(text)
    (problem,) = error.value.problems
    assert (problem.path, problem.code) == ("", "UNREADABLE")
    return problem.line, problem.message


def test_values_are_what_they_look_like() -> None:
    text = "a: no\nb: 12:30\nc: 2026-01-01\nd: 1e3\ne: 007\nf: 'true'\ng: true\nh: -3\ni: 2.5\nj: ~\nk:\nl: >\n  two\n  lines\nno: yes\n"
    assert read_text(text).content == {
        "a": "no",
        "b": "12:30",
        "c": "2026-01-01",
        "d": "1e3",
        "e": "007",
        "f": "true",
        "g": True,
        "h": -3,
        "i": 2.5,
        "j": None,
        "k": None,
        "l": "two lines\n",
        "no": "yes",
    }


def test_every_part_knows_its_line() -> None:
    found = read_text(
        "key: a\npages:\n  - id: one\n    questions:\n      - id: q\n        text:\n          en: Hello\n          nl: Hallo\n"
    )
    assert found.line_of("key") == 1
    assert found.line_of("pages[0]") == 3
    assert found.line_of("pages[0].questions[0].text.nl") == 8
    assert found.line_of("pages[0].questions[0].text.de") == 6
    assert found.line_of("pages[0].questions[7].id") == 4
    assert found.line_of("end_pages[0].id") == 1
    assert found.line_of("") == 1


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "`a` stands twice in one group. Keep one."),
        ("a: &x 1\n", 1, "Anchors and aliases (`&name`, `*name`) cannot be used. Write the part out, or put the text in quotes."),
        ("a: 1\nb: *bold\n", 2, "Anchors and aliases (`&name`, `*name`) cannot be used. Write the part out, or put the text in quotes."),
        (
            "a: !!python/object:os.system 1\n",
            1,
            "Tags such as `tag:yaml.org,2002:python/object:os.system` cannot be used. Leave it out, or put the text in quotes.",
        ),
        ("a: 1\n---\nb: 2\n", 2, "There is a second document in this text (after `---`). Put it in a file of its own."),
        ("? [a, b]\n: 1\n", 1, "A field name must be a plain word."),
        ("a: [1, 2\nb: 3\n", 2, f"This is not YAML: did not find expected ',' or ']' (column 2). {QUOTES}"),
        ("a: b: c\n", 1, f"This is not YAML: mapping values are not allowed in this context (column 5). {QUOTES}"),
        ("a: *bold*\n", 1, f"This is not YAML: did not find expected alphabetic or numeric character (column 9). {QUOTES}"),
        ("\ud800", 1, "This is no text: half of a character stands alone. Save the file as UTF-8."),
        ("[" * 100_000, 1, "The document is nested more than 30 levels deep."),
        ("x" * (MOST_BYTES + 1), 1, "The document is larger than 5 MB. Split the survey."),
        ('{"a": 1,\n "a": 2}', 1, "`a` stands twice in one group. Keep one."),
        ('{"a": 1,\n "b": }', 2, "This is not JSON: expecting value (column 7)."),
        ('{"a": NaN}', 1, "NaN is not a number that can be used."),
        ('{"a":' * 100_000, 1, "The document is nested more than 30 levels deep."),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_line(text: str, line: int, message: str) -> None:
    assert refused(text) == (line, message)


@pytest.mark.parametrize("text", ["a: \x07bell\n", "a: \x00\n"])
def test_broken_characters_are_refused_and_break_nothing(text: str) -> None:
    assert refused(text)[1].startswith("This is not YAML: ")


def test_an_empty_text_is_an_empty_document() -> None:
    assert read_text("# nothing yet\n").content is None


def test_json_and_yaml_of_one_questionnaire_are_the_same_questionnaire() -> None:
    questionnaire = parse(document())
    assert questionnaire_in(as_json(questionnaire)) == questionnaire_in(as_yaml(questionnaire)) == questionnaire
    assert questionnaire_in("\ufeff" + as_json(questionnaire)) == questionnaire_in("\ufeff" + as_yaml(questionnaire)) == questionnaire


def test_written_yaml_names_its_schema_and_keeps_letters_readable() -> None:
    found = document()
    found["name"]["nl"] = "Eén vraag"
    text = as_yaml(parse(found))
    assert text.startswith(HEADER)
    assert "nl: Eén vraag\n" in text
