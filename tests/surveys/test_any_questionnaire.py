"""What holds for every questionnaire there can be."""

from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.surveys.strategies import answers, questionnaires
from voc.surveys import flow
from voc.surveys.documents import as_json, as_yaml, questionnaire_in
from voc.surveys.lint import lint
from voc.surveys.parse import dump, parse
from voc.surveys.questionnaire import Questionnaire, QuestionnaireError

slow = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@slow
@given(questionnaires())
def test_it_goes_through_yaml_and_json_without_loss(questionnaire: Questionnaire) -> None:
    assert parse(dump(questionnaire)) == questionnaire
    assert questionnaire_in(as_yaml(questionnaire)) == questionnaire
    assert questionnaire_in(as_json(questionnaire)) == questionnaire
    assert dump(questionnaire_in(as_yaml(questionnaire))) == dump(questionnaire)
    assert hash(questionnaire_in(as_json(questionnaire))) == hash(questionnaire)


@slow
@given(st.data())
def test_no_answers_lead_into_a_dead_end(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    given_answers = data.draw(answers(questionnaire))
    walked = flow.walk(questionnaire, given_answers)
    assert not walked.faults
    assert walked.end_page in questionnaire.end_pages
    visited, step = [], flow.next_step(questionnaire, given_answers)
    while step:
        visited.append(step)
        step = flow.next_step(questionnaire, given_answers, after=step.id)
    assert tuple(visited) == walked.steps
    asked = [question for step in walked.steps for question in step.questions]
    order = list(questionnaire.questions())
    assert [order.index(question) for question in asked] == sorted(order.index(question) for question in asked)
    assert flow.walk(questionnaire, walked.answers) == walked


@slow
@given(st.data())
def test_back_leads_to_where_next_came_from(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    given_answers = data.draw(answers(questionnaire))
    steps = flow.steps(questionnaire, given_answers)
    for earlier, later in pairwise(steps):
        assert flow.previous_step(questionnaire, given_answers, before=later.id) == earlier


@slow
@given(questionnaires())
def test_lint_never_breaks_and_points_into_the_document(questionnaire: Questionnaire) -> None:
    for problem in lint(questionnaire):
        assert problem.message.endswith(".")
        assert problem.path.split(".", 1)[0].split("[", 1)[0] in dump(questionnaire)


@slow
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
