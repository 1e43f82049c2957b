"""Each rule of lint finds what its bad examples show, and nothing in the good ones."""

from typing import Any

import pytest

from tests.surveys.sample import document
from voc.surveys.lint import RULES, SENDER_RULES, lint, lint_sender
from voc.surveys.lint.rule import Example, Rule, Sender, SenderRule
from voc.surveys.parse import parse
from voc.surveys.questionnaire import Questionnaire

GOOD = [pytest.param(rule, example, id=f"{rule.code}-{number}") for rule in RULES for number, example in enumerate(rule.good)]
BAD = [pytest.param(rule, example, id=f"{rule.code}-{number}") for rule in RULES for number, example in enumerate(rule.bad)]

SENT_WELL = [pytest.param(rule, *example, id=f"{rule.code}-{number}") for rule in SENDER_RULES for number, example in enumerate(rule.good)]
SENT_BADLY = [pytest.param(rule, *example, id=f"{rule.code}-{number}") for rule in SENDER_RULES for number, example in enumerate(rule.bad)]


# What a walk met is told by what answers are checked with, which speaks English.
ENGLISH_ONLY = {"WALK_UNFIT", "WALK_CHANGED"}


def questionnaire_of(example: Example) -> Questionnaire:
    """A whole questionnaire around an example, in the language of the example."""
    parts: dict[str, Any] = dict(example)
    if "text" in parts:
        scale = {"id": "score", "kind": "csat", "low": {}, "high": {}, "text": parts.pop("text")}
        parts["languages"] = list(scale["text"])
        parts["questions"] = [scale]
    languages = parts.pop("languages", ["en"])
    whole = document()
    for texts in (whole["name"], *whole["invitation"].values()):
        words = texts["en"]
        texts.clear()
        texts.update(dict.fromkeys(languages, words))
    questions = parts.pop("questions", [{"id": "score", "kind": "yes_no", "text": dict.fromkeys(languages, "Solved?")}])
    whole |= {"languages": languages, "pages": [{"id": "only", "questions": questions}]}
    whole["end_pages"] = [{"id": "thanks", "title": dict.fromkeys(languages, "Thanks")}]
    return parse(whole | parts)


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_a_rule_is_silent_about_its_good_examples(rule: Rule, example: Example) -> None:
    assert list(rule.find(questionnaire_of(example))) == []


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_a_rule_finds_what_its_bad_examples_show(rule: Rule, example: Example) -> None:
    found = questionnaire_of(example)
    mine = [problem for problem in lint(found) if problem.code == rule.code]
    assert mine
    assert {problem.severity for problem in mine} == {rule.severity}
    assert all(problem.message.endswith(".") for problem in mine)
    assert all(problem.said("nl-BE").endswith(".") and problem.said("de") == problem.message for problem in mine)
    assert rule.code in ENGLISH_ONLY or {problem.language_for("nl") for problem in mine} == {"nl"}


@pytest.mark.parametrize(("rule", "example", "sender"), SENT_WELL)
def test_a_rule_about_senders_is_silent_about_its_good_examples(rule: SenderRule, example: Example, sender: Sender | None) -> None:
    assert list(rule.find(questionnaire_of(example), sender)) == []


@pytest.mark.parametrize(("rule", "example", "sender"), SENT_BADLY)
def test_a_rule_about_senders_finds_what_its_bad_examples_show(rule: SenderRule, example: Example, sender: Sender | None) -> None:
    mine = [problem for problem in lint_sender(questionnaire_of(example), sender) if problem.code == rule.code]
    assert mine
    assert all(problem.message.endswith(".") and problem.dutch.endswith(".") for problem in mine)


def test_every_rule_has_examples_and_a_code_of_its_own() -> None:
    rules: tuple[Rule | SenderRule, ...] = (*RULES, *SENDER_RULES)
    assert all(rule.good and rule.bad for rule in rules)
    assert len({rule.code for rule in rules}) == len(rules)
