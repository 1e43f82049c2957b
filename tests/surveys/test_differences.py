"""What changed between two editions is said in words, with what it does to every metric."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.surveys.sample import document
from tests.surveys.strategies import questionnaires
from voc.surveys.difference_words import change_in_words, effect_in_words
from voc.surveys.differences import Difference, TrendVerdict, difference
from voc.surveys.parse import parse
from voc.surveys.questionnaire import Questionnaire

Edit = Callable[[dict[str, Any]], object]


def after(edit: Edit) -> Difference:
    changed = document()
    edit(changed)
    return difference(parse(document()), parse(changed))


def question(found: dict[str, Any], number: int, page: int = 0) -> dict[str, Any]:
    one: dict[str, Any] = found["pages"][page]["questions"][number]
    return one


def as_csat(found: dict[str, Any]) -> None:
    question(found, 0)["kind"] = "csat"
    question(found, 1)["show_if"] = "answers.nps <= 2"
    found["end_pages"][0]["show_if"] = "answers.nps <= 2"


def nothing(_: dict[str, Any]) -> None:
    pass


def test_the_same_document_differs_in_nothing() -> None:
    found = after(nothing)
    assert found.changes == ()
    assert [(effect.metric, effect.question, effect.verdict) for effect in found.effects] == [("nps", "nps", TrendVerdict.GOES_ON)]


@pytest.mark.parametrize(
    ("edit", "verdict", "codes"),
    [
        (
            lambda found: question(found, 0)["text"].update(en="How likely is it that you recommend us?"),
            TrendVerdict.BREAKS,
            ["TEXT_CHANGED"],
        ),
        (lambda found: question(found, 0)["low"].update(en="never"), TrendVerdict.MAY_SHIFT, ["FIELD_CHANGED"]),
        (lambda found: question(found, 0).pop("required"), TrendVerdict.MAY_SHIFT, ["FIELD_CHANGED"]),
        (lambda found: found["pages"][1].update(show_if="answers.nps > 6"), TrendVerdict.GOES_ON, ["CONDITION_CHANGED"]),
        (lambda found: question(found, 1)["choices"].pop(0), TrendVerdict.GOES_ON, ["CHOICE_REMOVED"]),
        (lambda found: question(found, 1)["choices"].reverse(), TrendVerdict.GOES_ON, ["CHOICE_ORDER"]),
        (lambda found: question(found, 0, 1).update(id="reason"), TrendVerdict.GOES_ON, ["QUESTION_RENAMED"]),
        (lambda found: found["pages"].pop(1), TrendVerdict.GOES_ON, ["PAGE_REMOVED", "QUESTION_REMOVED"]),
        (
            lambda found: question(found, 0).update(
                text={"en": "how likely are you  to recommend us?", "nl": "Hoe waarschijnlijk is het dat u ons aanbeveelt?"}
            ),
            TrendVerdict.GOES_ON,
            ["TEXT_CHANGED"],
        ),
    ],
)
def test_each_change_has_its_effect_on_the_metric(edit: Edit, verdict: TrendVerdict, codes: list[str]) -> None:
    found = after(edit)
    assert [change.code for change in found.changes] == codes
    assert [effect.verdict for effect in found.effects] == [verdict]


def test_another_scale_breaks_one_trend_and_begins_another() -> None:
    found = after(as_csat)
    assert {(effect.metric, effect.verdict) for effect in found.effects} == {("csat", TrendVerdict.BREAKS)}
    assert effect_in_words(found.effects[0], "en") == (
        "CSAT of `nps`: the trend breaks here. `nps` was a question of the kind nps and is now csat."
    )


def with_a_page_before(edit: Edit = nothing) -> Questionnaire:
    """The sample after a page with one question; the page of its metric is called like the metric."""
    found = document()
    found["pages"][0]["id"] = "nps"
    bought = {"id": "bought", "kind": "yes_no", "text": {"en": "Did you buy?", "nl": "Kocht u iets?"}}
    found["pages"].insert(0, {"id": "before", "questions": [bought]})
    edit(found)
    return parse(found)


def on_its_own_page(found: dict[str, Any]) -> None:
    own = found["pages"][1]["questions"].pop(0)
    found["pages"].insert(1, {"id": "own", "show_if": "answers.bought", "questions": [own]})


@pytest.mark.parametrize(
    ("edit", "verdict", "reason"),
    [
        (lambda found: found["pages"][0].update(end_if="!answers.bought"), TrendVerdict.BREAKS, "`end_if` of `before` was nothing"),
        (lambda found: found["pages"][1].update(show_if="answers.bought"), TrendVerdict.BREAKS, "`show_if` of `nps` was nothing"),
        (on_its_own_page, TrendVerdict.BREAKS, "`show_if` of `own` was nothing"),
        (lambda found: found["pages"][1].update(end_if="answers.nps > 6"), TrendVerdict.GOES_ON, "goes on"),
    ],
)
def test_who_is_asked_is_told_wherever_it_is_decided(edit: Edit, verdict: TrendVerdict, reason: str) -> None:
    (effect,) = difference(with_a_page_before(), with_a_page_before(edit)).effects
    assert effect.verdict is verdict
    assert effect_in_words(effect, "en").count(reason) == 1


def test_other_cut_offs_break_the_trend_and_are_said_in_dutch_too() -> None:
    before, later = document(), document()
    for found in (before, later):
        as_csat(found)
    question(later, 0)["highest"] = 7
    (effect,) = difference(parse(before), parse(later)).effects
    assert effect.verdict is TrendVerdict.BREAKS
    assert effect_in_words(effect, "nl") == "CSAT van `nps`: de trend breekt hier. De schaal van `nps` ging van 1–5, 2/2 naar 1–7, 2/2."


def test_a_question_that_moved_up_is_told_as_the_one_that_moved() -> None:
    def edit(found: dict[str, Any]) -> None:
        found["pages"].insert(0, found["pages"].pop(1))

    found = after(edit)
    assert [(change.code, change.name) for change in found.changes] == [("QUESTION_MOVED", "why")]
    assert change_in_words(found.changes[0], "en") == "`why` was question 3 and is question 1 of those that stayed."


def test_a_new_language_may_shift_the_line() -> None:
    found = after(lambda found: found.update(languages=["en", "nl", "de"], fallback=["en"]))
    assert [effect.verdict for effect in found.effects] == [TrendVerdict.MAY_SHIFT]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(questionnaires(), questionnaires())
def test_any_two_editions_can_be_told_apart_in_words(one: Questionnaire, other: Questionnaire) -> None:
    assert difference(one, one).changes == ()
    found = difference(one, other)
    for language in ("en", "nl"):
        assert all(change_in_words(change, language) for change in found.changes)
        assert all(effect_in_words(effect, language) for effect in found.effects)
    assert {effect.question for effect in found.effects} == {metric.id for edition in (one, other) for metric in edition.metrics()}
