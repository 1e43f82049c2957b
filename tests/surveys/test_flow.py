"""The way through a questionnaire follows the answers."""

import pytest

from tests.surveys.sample import document, question, with_questions
from voc.surveys import flow
from voc.surveys.parse import parse
from voc.surveys.questionnaire import Questionnaire

SAMPLE = parse(document())


def shown(answers: flow.Answers, questionnaire: Questionnaire = SAMPLE) -> list[tuple[str, list[str]]]:
    return [(step.id, [found.id for found in step.questions]) for step in flow.steps(questionnaire, answers)]


def test_a_page_is_cut_where_a_question_depends_on_another_of_the_same_page() -> None:
    assert [step.id for step in flow.cuts(SAMPLE)] == ["first", "first-2", "second"]


def test_who_is_content_is_not_asked_what_went_wrong() -> None:
    assert shown({"nps": 9}) == [("first", ["nps"]), ("second", ["why"])]
    assert shown({"nps": 3}) == [("first", ["nps"]), ("first-2", ["cause"]), ("second", ["why"])]


def test_before_an_answer_nothing_that_depends_on_it_is_asked() -> None:
    assert shown({}) == [("first", ["nps"]), ("second", ["why"])]


def test_next_and_back_walk_over_what_is_shown() -> None:
    def ids(answers: flow.Answers) -> list[str]:
        walked, step = [], flow.next_step(SAMPLE, answers)
        while step:
            walked.append(step.id)
            step = flow.next_step(SAMPLE, answers, after=step.id)
        return walked

    assert ids({"nps": 9}) == ["first", "second"]
    assert ids({"nps": 0}) == ["first", "first-2", "second"]
    back = flow.previous_step(SAMPLE, {"nps": 9}, before="second")
    assert back is not None
    assert back.id == "first"
    assert flow.previous_step(SAMPLE, {"nps": 9}, before="first") is None
    assert flow.previous_step(SAMPLE, {"nps": 9}, before="unknown") is None


def test_from_a_step_that_has_become_hidden_the_way_goes_on() -> None:
    following = flow.next_step(SAMPLE, {"nps": 9}, after="first-2")
    assert following is not None
    assert following.id == "second"


def test_an_answer_to_a_question_that_is_no_longer_shown_counts_for_nothing() -> None:
    walked = flow.walk(SAMPLE, {"nps": 9, "cause": "other", "cause_other": "Noise", "why": "", "unknown": 1})
    assert walked.answers == {"nps": 9, "why": ""}
    assert flow.walk(SAMPLE, {"nps": 2, "cause": "other", "cause_other": "Noise"}).answers == {
        "nps": 2,
        "cause": "other",
        "cause_other": "Noise",
    }


def test_conditions_follow_from_hidden_answers_on() -> None:
    questionnaire = with_questions(
        {"id": "a", "kind": "yes_no"},
        {"id": "b", "kind": "yes_no", "show_if": "answers.a"},
        {"id": "c", "kind": "text", "show_if": "answers.b"},
    )
    assert shown({"a": False, "b": True}, questionnaire) == [("only", ["a"])]
    assert shown({"a": True, "b": True}, questionnaire) == [("only", ["a"]), ("only-2", ["b"]), ("only-3", ["c"])]


@pytest.mark.parametrize(("answers", "end"), [({"nps": 6}, "let_down"), ({"nps": 7}, "thanks"), ({}, "thanks")])
def test_the_end_page_follows_the_score(answers: flow.Answers, end: str) -> None:
    assert flow.end_page(SAMPLE, answers).id == end


def test_a_condition_that_cannot_be_decided_shows_its_question_and_is_told() -> None:
    questionnaire = with_questions({"id": "n", "kind": "number"}, {"id": "q", "kind": "text", "show_if": "1 / (answers.n - answers.n) > 1"})
    walked = flow.walk(questionnaire, {"n": 4})
    assert [found.id for step in walked.steps for found in step.questions] == ["n", "q"]
    assert walked.faults == (("q", "float division by zero"),)


def test_an_end_page_whose_condition_cannot_be_decided_is_passed_over() -> None:
    found = document()
    found["end_pages"][0]["show_if"] = "1 / (answers.nps - answers.nps) > 1"
    walked = flow.walk(parse(found), {"nps": 2})
    assert (walked.end_page.id, walked.faults) == ("thanks", (("let_down", "float division by zero"),))


def test_a_page_is_hidden_with_all_its_questions() -> None:
    found = document()
    found["pages"][1]["show_if"] = "answers.nps == 10"
    assert shown({"nps": 9}, parse(found)) == [("first", ["nps"])]
    assert shown({"nps": 10}, parse(found)) == [("first", ["nps"]), ("second", ["why"])]


def test_progress_counts_what_is_left_for_these_answers() -> None:
    assert flow.progress(SAMPLE, {}, at="first") == flow.Progress(0, 2, 1)
    assert flow.progress(SAMPLE, {"nps": 3}, at="first-2") == flow.Progress(1, 2, 1)
    assert flow.progress(SAMPLE, {"nps": 9}, at="second") == flow.Progress(1, 1, 1)
    assert flow.progress(SAMPLE, {"nps": 9}, at="sent") == flow.Progress(2, 0, 0)


def test_statements_are_no_questions_to_go() -> None:
    questionnaire = with_questions({"id": "s", "kind": "statement"}, {"id": "q", "kind": "yes_no"})
    assert flow.progress(questionnaire, {}, at="only").questions_to_go == 1


def test_minutes_are_as_declared_else_estimated() -> None:
    assert flow.minutes(SAMPLE) == 1
    assert flow.minutes(with_questions(*({"id": f"q{number}", "kind": "text"} for number in range(10)))) == 5
    found = document()
    found["minutes"] = 4
    assert flow.minutes(parse(found)) == 4


def test_a_step_is_found_by_its_id_only_while_it_is_shown() -> None:
    assert flow.walk(SAMPLE, {"nps": 9}).step("first-2") is None
    step = flow.walk(SAMPLE, {"nps": 1}).step("first-2")
    assert step is not None
    assert step.page.id == "first"


def test_without_conditions_a_page_is_one_step() -> None:
    assert [step.id for step in flow.cuts(parse(question(1, {"show_if": None})))] == ["first", "second"]
