"""Rules: what people choose is said in CEL and read back the same; what is not simple stays text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.surveys.sample import document
from voc.surveys.course import course_of
from voc.surveys.parse import parse
from voc.surveys.rules.listing import rules_in
from voc.surveys.rules.reading import rule_of
from voc.surveys.rules.rule import Comparison, How, Joined, Rule, Sign, joined
from voc.surveys.rules.saying import in_words
from voc.surveys.rules.writing import cel_of

NUMBERS = st.integers(-1000, 1000).map(float) | st.sampled_from([0.5, 2.25, -7.5])
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
NAMES = st.sampled_from(["answers.nps", "answers.cause", "scores.effort", "answers.in_store", "answers.has_it"])
ORDERED = st.sampled_from([Sign.AT_MOST, Sign.BELOW, Sign.AT_LEAST, Sign.ABOVE])
COMPARED = (
    st.builds(Comparison, NAMES, st.sampled_from([Sign.IS, Sign.IS_NOT]), st.tuples(NUMBERS | TEXTS | st.booleans()))
    | st.builds(Comparison, NAMES, ORDERED, st.tuples(NUMBERS))
    | st.builds(Comparison, NAMES, st.sampled_from([Sign.ONE_OF, Sign.NONE_OF]), st.lists(TEXTS, min_size=1, max_size=3).map(tuple))
    | st.builds(Comparison, NAMES, st.sampled_from([Sign.CHOSEN, Sign.NOT_CHOSEN]), st.tuples(TEXTS))
    | st.builds(Comparison, NAMES, st.sampled_from([Sign.ANSWERED, Sign.NOT_ANSWERED]))
)
RULES = st.recursive(COMPARED, lambda inner: st.builds(joined, st.sampled_from(How), st.lists(inner, min_size=2, max_size=3)), max_leaves=6)


@settings(max_examples=100, deadline=None)
@given(RULES)
def test_a_rule_goes_through_cel_and_back(rule: Rule) -> None:
    assert rule_of(cel_of(rule)) == rule


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        ("answers.nps <= 6", Comparison("answers.nps", Sign.AT_MOST, (6.0,))),
        ("6 >= answers.nps", Comparison("answers.nps", Sign.AT_MOST, (6.0,))),
        ("answers.solved", Comparison("answers.solved", Sign.IS, (True,))),
        ("!answers.solved", Comparison("answers.solved", Sign.IS, (False,))),
        ("answers.cause in ['wait', \"it's\"]", Comparison("answers.cause", Sign.ONE_OF, ("wait", "it's"))),
        ("!has( answers.why )", Comparison("answers.why", Sign.NOT_ANSWERED)),
        (
            '"shop" in answers.places && (scores.effort > 2.5 || !("web" in answers.places))',
            Joined(
                How.ALL,
                (
                    Comparison("answers.places", Sign.CHOSEN, ("shop",)),
                    Joined(
                        How.ANY, (Comparison("scores.effort", Sign.ABOVE, (2.5,)), Comparison("answers.places", Sign.NOT_CHOSEN, ("web",)))
                    ),
                ),
            ),
        ),
    ],
)
def test_a_simple_condition_is_a_rule(condition: str, rule: Rule) -> None:
    assert rule_of(condition) == rule


@pytest.mark.parametrize(
    "condition",
    [
        *("answers.a == answers.b", "size(answers.a) > 2", "answers.why.contains('x')", "!(answers.nps <= 6)", "answers.a + 1 > 2"),
        *("true", "answers.a ? answers.b : answers.c", "answers.nps <", "", "answers.nps == '\\x41'", "!(answers.a && answers.b)"),
    ],
)
def test_what_is_not_simple_stays_text(condition: str) -> None:
    assert rule_of(condition) is None


def test_every_rule_of_a_document_is_a_sentence_with_its_place() -> None:
    found = document()
    found["pages"][1]["show_if"] = 'answers.nps >= 9 || answers.cause in ["wait", "answer"]'
    found["pages"][1]["questions"][0]["show_if"] = "size(answers.cause) > 3"
    questionnaire = parse(found)
    course = course_of(questionnaire)
    assert [(one.place, in_words(one, course, "en")) for one in rules_in(questionnaire)] == [
        ("questions/cause/show_if", "Asked when “How likely are you to recommend us?” is 6 or less."),
        (
            "pages/second/show_if",
            "Shown when “How likely are you to recommend us?” is 9 or more or “What went wrong?” is ‘The wait’ or ‘The answer’.",
        ),
        ("questions/why/show_if", "Asked when size(answers.cause) > 3."),
        ("end_pages/let_down/show_if", "Shown when “How likely are you to recommend us?” is 6 or less."),
    ]
    assert (
        in_words(next(rules_in(questionnaire)), course, "nl")
        == "Gevraagd als “Hoe waarschijnlijk is het dat u ons aanbeveelt?” 6 of lager is."
    )
