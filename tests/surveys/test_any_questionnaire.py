"""What holds for every questionnaire there can be."""

import json
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.surveys.schema_check import refusals
from tests.surveys.some_answer import some_answer
from tests.surveys.strategies import answers, questionnaires
from voc.responses.answers import check
from voc.responses.what_next import step_after
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
def test_it_goes_through_yaml_and_json_without_loss_fits_its_schema_and_lint_points_into_it(questionnaire: Questionnaire) -> None:
    assert parse(dump(questionnaire)) == questionnaire
    assert questionnaire_in(as_yaml(questionnaire)) == questionnaire
    assert questionnaire_in(as_json(questionnaire)) == questionnaire
    assert dump(questionnaire_in(as_yaml(questionnaire))) == dump(questionnaire)
    assert hash(questionnaire_in(as_json(questionnaire))) == hash(questionnaire)
    assert list(refusals(dump(questionnaire), SCHEMA, SCHEMA)) == []
    for problem in lint(questionnaire):
        assert problem.message.endswith(".")
        assert problem.path.split(".", 1)[0].split("[", 1)[0] in dump(questionnaire)


@given(st.data())
def test_every_way_goes_on_to_an_end_and_back(data: st.DataObject) -> None:
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
    for earlier, later in pairwise(walked.steps):
        assert flow.previous_step(questionnaire, given_answers, before=later.id, seed=seed) == earlier
    order = flow.places(questionnaire, given_answers, seed)
    assert [order[step.id] for step in walked.steps] == sorted(order[step.id] for step in walked.steps)
    for step in walked.steps:
        assert step.questions
        for question in step.questions:
            assert not isinstance(question, Hidden | NotAsked)
            assert not isinstance(question, Choosing) or set(walked.choices(question)) <= set(question.all_choices)
            assert not isinstance(question, InRows) or set(walked.rows(question)) <= set(question.rows)


@given(st.data())
def test_no_answers_lead_into_a_dead_end(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    seed = data.draw(SEEDS)
    known = dict(check(questionnaire, data.draw(answers(questionnaire)), "en", seed=seed).answers)
    while (checked := check(questionnaire, known, "en", seed=seed)).missing:
        asked = [question for step in checked.walk.steps for question in step.questions if question.id in checked.missing]
        given_here = some_answer(asked[0], checked.walk)
        known = {**checked.answers, **given_here}
        after = check(questionnaire, known, "en", seed=seed)
        assert asked[0].id not in after.missing, (asked[0], given_here, after.faults)
    assert not checked.faults
    last = checked.walk.steps[-1].id if checked.walk.steps else ""
    assert step_after(questionnaire, checked, last, seed) == ""


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
