"""Loops, random orders, quotas, hidden facts and scores along the way."""

from typing import Any

import pytest

from tests.surveys.sample import document
from voc.surveys import flow
from voc.surveys.fills import fills
from voc.surveys.parse import parse
from voc.surveys.placeholders import filled
from voc.surveys.questionnaire import Questionnaire, QuestionnaireError
from voc.surveys.questions import Choosing, Matrix

SHOPS = {
    "id": "shops",
    "kind": "multiple_choice",
    "choices": [{"code": "north", "text": {"en": "North"}, "points": 2}, {"code": "S 1", "text": {"en": "South"}, "points": 0.5}],
    "other": {"en": "Elsewhere"},
}
CLEAN = {"id": "clean", "kind": "csat", "text": {"en": "How clean was {loop.text}?"}}
WHY = {"id": "why", "kind": "text", "show_if": "answers.clean < 3", "text": {"en": "You said {answers.clean|nothing} of {loop.text}. Why?"}}
VISIT = {"id": "visit", "loop": "shops", "questions": [CLEAN, WHY]}


def made(*pages: dict[str, Any], **parts: Any) -> Questionnaire:
    """A questionnaire of these pages, in English."""
    found = document()
    only = {"name": {"en": "Test"}, "languages": ["en"], "end_pages": [{"id": "thanks", "title": {"en": "Thanks"}}]}
    return parse({**found, **only, "invitation": {key: {"en": "x"} for key in found["invitation"]}, "pages": list(pages), **parts})


def page(page_id: str, *questions: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"id": page_id, "questions": [{"text": {"en": "?"}, **one} for one in questions], **fields}


def text(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "kind": "text", **fields}


def steps(walked: flow.Walk) -> list[str]:
    return [step.id for step in walked.steps]


def refusals(*pages: dict[str, Any], **parts: Any) -> list[tuple[str, str]]:
    with pytest.raises(QuestionnaireError) as error:
        made(*pages, **parts)
    return [(problem.path, problem.code) for problem in error.value.problems]


def test_a_page_comes_once_for_each_answer_chosen_with_names_of_its_own() -> None:
    looped = made(page("first", SHOPS), VISIT)
    walked = flow.walk(looped, {"shops": ["S 1", "other"], "shops_other": "Market", "clean_s_1": 2, "clean_north": 5})
    assert steps(walked) == ["first", "visit_s_1", "visit_s_1-2", "visit_other"]
    assert "clean_north" not in walked.answers
    said = fills(looped, walked, "en")
    asked = [filled(step.questions[0].text.say("en"), said) for step in walked.steps[1:]]
    assert asked == ["How clean was South?", "You said 2 of South. Why?", "How clean was Market?"]


def test_a_page_comes_for_each_of_a_list_and_keeps_its_condition() -> None:
    items = [{"code": "a", "text": {"en": "A"}}, {"code": "b", "text": {"en": "B"}, "show_if": "answers.again"}]
    looped = made(page("first", {"id": "again", "kind": "yes_no"}), {"id": "each", "loop_over": items, "questions": [CLEAN]})
    assert steps(flow.walk(looped, {"again": False})) == ["first", "each_a"]
    assert steps(flow.walk(looped, {"again": True})) == ["first", "each_a", "each_b"]


@pytest.mark.parametrize(
    ("pages", "problem"),
    [
        ([VISIT, page("first", SHOPS)], ("pages[0].loop", "WRONG_LOOP")),
        ([page("first", text("shops")), VISIT], ("pages[1].loop", "WRONG_LOOP")),
        (
            [page("first", SHOPS), VISIT, page("last", text("x", show_if="has(answers.why)"))],
            ("pages[2].questions[0].show_if", "LATER_QUESTION"),
        ),
        ([page("first", SHOPS), page("visit", CLEAN)], ("pages[1].questions[0].text.en", "UNKNOWN_PLACEHOLDER")),
        ([page("first", SHOPS, text("shops_other"))], ("pages[0].questions[1].id", "USED_TWICE")),
        ([page("first", text("a", text={"en": "{answers.b|x}"}), text("b"))], ("pages[0].questions[0].text.en", "LATER_QUESTION")),
        ([page("first", text("a"), text("b", text={"en": "{answers.a}"}))], ("pages[0].questions[1].text.en", "NO_FALLBACK")),
        ([page("first", text("a", pattern="("))], ("pages[0].questions[0].pattern", "WRONG_VALUE")),
    ],
)
def test_what_cannot_be_asked_is_refused(pages: list[dict[str, Any]], problem: tuple[str, str]) -> None:
    assert problem in refusals(*pages)


def test_shuffled_pages_keep_the_order_of_a_seed_and_differ_between_seeds() -> None:
    pages = [page(f"p{number}", text(f"q{number}")) for number in range(5)]
    shuffled = made(*pages, shuffles=[{"pages": ["p1", "p2 p3", "p4"], "show": 2}])
    seen = {tuple(steps(flow.walk(shuffled, {}, seed=seed))) for seed in range(1, 60)}
    assert len(seen) > 3
    assert all(walked[0] == "p0" and ("p2" in walked) == ("p3" in walked) for walked in seen)
    assert all(walked.index("p3") == walked.index("p2") + 1 for walked in seen if "p2" in walked)
    assert flow.walk(shuffled, {}, seed=5) == flow.walk(shuffled, {}, seed=5)
    assert steps(flow.walk(shuffled, {"q4": "x"})) == ["p0", "p4", "p1"]


def test_a_shuffled_page_cannot_look_at_another_of_its_shuffle() -> None:
    pages = [page("p0", text("q0")), page("p1", text("q1", show_if="has(answers.q0)"))]
    assert refusals(*pages, shuffles=[{"pages": ["p0", "p1"]}]) == [("pages[1].questions[0].show_if", "LATER_QUESTION")]


def test_choices_are_shuffled_but_for_those_that_are_fixed_and_shown_under_their_condition() -> None:
    choices = [{"code": code, "text": {"en": code}} for code in "abcde"] + [{"code": "none", "text": {"en": "None"}, "fixed": True}]
    choices[1]["show_if"] = "answers.again"
    again = {"id": "again", "kind": "yes_no"}
    found = made(page("first", again), page("next", {"id": "one", "kind": "multiple_choice", "choices": choices, "order": "random"}))
    one = next(question for question in found.questions() if isinstance(question, Choosing))
    orders = {tuple(choice.code for choice in flow.walk(found, {}, seed=seed).choices(one)) for seed in range(1, 30)}
    assert len(orders) > 5
    assert all(order[-1] == "none" and "b" not in order for order in orders)
    assert [choice.code for choice in flow.walk(found, {"again": True}).choices(one)] == ["a", "b", "c", "d", "e", "none"]
    assert flow.walk(found, {"one": ["a", "b"]}).answers == {"one": ["a"]}


def test_rows_come_under_their_conditions_and_answers_to_others_count_for_nothing() -> None:
    rows = [{"code": "x", "text": {"en": "X"}}, {"code": "y", "text": {"en": "Y"}, "show_if": "answers.again"}]
    columns = [{"code": "1", "text": {"en": "1"}}, {"code": "2", "text": {"en": "2"}, "show_if": "answers.again"}]
    table = {"id": "m", "kind": "matrix", "rows": rows, "columns": columns}
    found = made(page("first", {"id": "again", "kind": "yes_no"}, table))
    matrix = next(question for question in found.questions() if isinstance(question, Matrix))
    given = {"m_x": "2", "m_y": "1"}
    assert [step.id for step in flow.cuts(found)] == ["first", "first-2"]
    assert flow.walk(found, given).answers == {}
    assert flow.walk(found, {**given, "again": True}).answers == {**given, "again": True}
    assert [row.code for row in flow.walk(found, {}).rows(matrix)] == ["x"]
    assert [column.code for column in flow.walk(found, {}).columns(matrix)] == ["1"]


def test_nothing_more_is_asked_after_an_end() -> None:
    found = made(page("first", {"id": "go", "kind": "yes_no"}, end_if="!answers.go"), page("second", text("why")))
    assert steps(flow.walk(found, {"go": False})) == ["first"]
    assert steps(flow.walk(found, {"go": True})) == ["first", "second"]
    assert steps(flow.walk(found, {})) == ["first", "second"]


def test_a_full_quota_ends_the_survey_as_soon_as_it_is_known_who_falls_under_it() -> None:
    ends = [{"id": "late", "title": {"en": "Enough"}}, {"id": "thanks", "title": {"en": "Thanks"}}]
    quotas = [{"id": "north", "limit": 5, "when": "'north' in answers.shops", "end_page": "late"}]
    found = made(page("first", text("name")), page("second", SHOPS), page("third", text("why")), quotas=quotas, end_pages=ends)
    walked = flow.walk(found, {"shops": ["north"]}, full={"north"})
    assert (steps(walked), walked.end_page.id, walked.full_quota) == (["first", "second"], "late", "north")
    spared = flow.walk(found, {"shops": ["S 1"]}, full={"north"})
    assert (steps(spared), spared.end_page.id, spared.full_quota) == (["first", "second", "third"], "thanks", "")
    everybody = made(page("first", text("name")), quotas=[{"id": "all", "limit": 1}])
    assert flow.walk(everybody, {}, full={"all"}).steps == ()


def test_hidden_facts_are_set_on_the_way_and_the_last_one_reached_counts() -> None:
    def arm(value: str, **fields: Any) -> dict[str, Any]:
        return {"id": "arm", "kind": "hidden", "source": "fixed", "value": value, **fields}

    found = made(
        page("first", {"id": "go", "kind": "yes_no"}, arm("all {answers.go|?}")),
        page("second", arm("few"), show_if="answers.go"),
        page("third", text("why", show_if="answers.arm == 'few'"), {"id": "ref", "kind": "hidden", "value": "none"}),
    )
    assert flow.walk(found, {"go": True, "arm": "forged"}).answers == {"go": True, "arm": "few", "ref": "none"}
    assert steps(flow.walk(found, {"go": True})) == ["first", "third"]
    assert flow.walk(found, {"ref": "mail"}).answers == {"arm": "all ?", "ref": "mail"}


def test_points_are_added_up_and_averaged() -> None:
    scores = [{"id": "sum", "questions": ["shops"]}, {"id": "mean", "questions": ["shops", "stars"], "reckon": "mean"}]
    ends = [{"id": "many", "show_if": "scores.sum > 2", "title": {"en": "Many"}}, {"id": "thanks", "title": {"en": "{scores.sum|0}"}}]
    found = made(page("first", SHOPS, {"id": "stars", "kind": "rating"}), scores=scores, end_pages=ends)
    walked = flow.walk(found, {"shops": ["north", "S 1"], "stars": 5})
    assert (dict(walked.scores), walked.end_page.id) == ({"sum": 2.5, "mean": 2.5}, "many")
    assert (dict(flow.walk(found, {}).scores), flow.walk(found, {}).end_page.id) == ({}, "thanks")


def test_of_a_page_only_some_questions_are_drawn() -> None:
    found = made(page("first", *(text(f"q{number}") for number in range(6)), show=2))
    drawn = {tuple(question.id for step in flow.walk(found, {}, seed=seed).steps for question in step.questions) for seed in range(1, 40)}
    assert all(len(ids) == 2 for ids in drawn)
    assert len(drawn) > 5
