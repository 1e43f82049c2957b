"""What holds for every questionnaire there can be."""

import json
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.surveys.schema_check import refusals
from tests.surveys.strategies import answers, questionnaires
from voc.responses.answers import check
from voc.surveys import flow
from voc.surveys.documents import as_json, as_yaml, questionnaire_in
from voc.surveys.json_schema import json_schema
from voc.surveys.lint import lint
from voc.surveys.parse import dump, parse
from voc.surveys.questionnaire import Questionnaire, QuestionnaireError
from voc.surveys.questions import Choosing, Hidden, InRows, NotAsked

SEEDS = st.sampled_from([0, 7, 4_000_000])
SCHEMA = json_schema()


@given(questionnaires())
def test_it_goes_through_yaml_and_json_without_loss(questionnaire: Questionnaire) -> None:
    assert parse(dump(questionnaire)) == questionnaire
    assert questionnaire_in(as_yaml(questionnaire)) == questionnaire
    assert questionnaire_in(as_json(questionnaire)) == questionnaire
    assert dump(questionnaire_in(as_yaml(questionnaire))) == dump(questionnaire)
    assert hash(questionnaire_in(as_json(questionnaire))) == hash(questionnaire)


@given(questionnaires())
def test_the_json_schema_takes_what_is_written(questionnaire: Questionnaire) -> None:
    assert list(refusals(dump(questionnaire), SCHEMA, SCHEMA)) == []


@given(st.data())
def test_no_answers_lead_into_a_dead_end(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    given_answers = data.draw(answers(questionnaire))
    seed = data.draw(SEEDS)
    walked = flow.walk(questionnaire, given_answers, seed=seed)
    assert not walked.faults
    assert walked.end_page in questionnaire.end_pages
    visited, step = [], flow.next_step(questionnaire, given_answers, seed=seed)
    while step:
        visited.append(step)
        step = flow.next_step(questionnaire, given_answers, after=step.id, seed=seed)
    assert tuple(visited) == walked.steps
    order = flow.places(questionnaire, given_answers, seed)
    assert [order[step.id] for step in walked.steps] == sorted(order[step.id] for step in walked.steps)
    for step in walked.steps:
        assert step.questions
        for question in step.questions:
            assert not isinstance(question, Hidden | NotAsked)
            assert not isinstance(question, Choosing) or set(walked.choices(question)) <= set(question.all_choices)
            assert not isinstance(question, InRows) or set(walked.rows(question)) <= set(question.rows)


@given(st.data())
def test_back_leads_to_where_next_came_from(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    given_answers = data.draw(answers(questionnaire))
    seed = data.draw(SEEDS)
    steps = flow.steps(questionnaire, given_answers, seed=seed)
    for earlier, later in pairwise(steps):
        assert flow.previous_step(questionnaire, given_answers, before=later.id, seed=seed) == earlier


@given(st.data())
def test_pages_programs_and_a_second_look_give_the_same_verdict(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    given_answers = data.draw(answers(questionnaire))
    seed = data.draw(SEEDS)
    whole = check(questionnaire, given_answers, "en", seed=seed)
    shown = {question.id for step in whole.walk.steps for question in step.questions}
    pressed = check(questionnaire, given_answers, "en", seed=seed, asked=shown)
    assert (pressed.answers, pressed.faults, pressed.missing) == (whole.answers, whole.faults, whole.missing)
    again = check(questionnaire, whole.answers, "en", seed=seed)
    assert (again.answers, again.missing, again.walk) == (whole.answers, whole.missing, whole.walk)
    assert {fault.code for fault in again.faults} <= {"MISSING"}
    assert json.loads(json.dumps(whole.answers)) == whole.answers


@given(questionnaires())
def test_lint_never_breaks_and_points_into_the_document(questionnaire: Questionnaire) -> None:
    for problem in lint(questionnaire):
        assert problem.message.endswith(".")
        assert problem.path.split(".", 1)[0].split("[", 1)[0] in dump(questionnaire)


@given(questionnaires(), st.data())
def test_a_document_with_any_part_replaced_is_read_or_refused_with_reasons(questionnaire: Questionnaire, data: st.DataObject) -> None:
    document = dump(questionnaire)
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    )
    part: Any = document
    name: Any = data.draw(st.sampled_from(sorted(document)))
    for _ in range(data.draw(st.integers(0, 6))):
        following = part[name]
        if isinstance(following, dict) and following:
            part, name = following, data.draw(st.sampled_from(sorted(following)))
        elif isinstance(following, list) and following:
            part, name = following, data.draw(st.integers(0, len(following) - 1))
    part[name] = data.draw(anything)
    try:
        outcome: object = parse(document)
    except QuestionnaireError as refused:
        outcome = refused.problems
    assert isinstance(outcome, Questionnaire) or (isinstance(outcome, tuple) and outcome)
