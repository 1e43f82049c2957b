"""All ways through a questionnaire, and what is skipped on one: bounded, told, never a dead end."""

from time import perf_counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.surveys.sample import document
from tests.surveys.strategies import answers, questionnaires
from voc.responses.answers import check
from voc.responses.rehearsal import rehearse
from voc.surveys.course import course_of
from voc.surveys.parse import parse
from voc.surveys.paths import Path, paths_of
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Asked
from voc.surveys.skipped import Why, skipped_on
from voc.surveys.walking import walk

few = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


def test_all_ways_are_listed_with_their_length_and_end() -> None:
    found = paths_of(parse(document()))
    assert [(path.asked, path.end_page, dict(path.answers)) for path in found.listed] == [
        (("nps", "why"), "thanks", {"nps": 7}),
        (("nps", "cause", "why"), "let_down", {"nps": 0}),
    ]
    assert (found.more, found.is_all) == (0, True)
    assert found.listed[0].seconds < found.listed[1].seconds


def test_more_ways_than_are_listed_are_counted() -> None:
    found = document()
    found["pages"] = [{"id": "all", "questions": [_yes_no(number) for number in range(5)]}]
    found["end_pages"] = found["end_pages"][1:]
    ways = paths_of(parse(found), most=3)
    assert (len(ways.listed), ways.more, ways.is_all) == (3, 2, True)


def test_the_size_of_two_thousand_questions_is_bounded_and_told() -> None:
    found = document()
    found["pages"] = [{"id": f"p{page}", "questions": [_yes_no(50 * page + number) for number in range(50)]} for page in range(41)]
    found["end_pages"] = found["end_pages"][1:]
    questionnaire = parse(found)
    begins = perf_counter()
    ways = paths_of(questionnaire)
    assert perf_counter() - begins < 10
    assert not ways.is_all
    assert ways.listed


@few
@given(st.data())
def test_every_way_ends_and_its_answers_lead_along_it(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    ways = paths_of(questionnaire)
    assert ways.listed
    assert all(_goes(questionnaire, path) for path in ways.listed if not questionnaire.shuffles)


@few
@given(st.data())
def test_a_rehearsal_says_what_pages_and_programs_say(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    given_answers, seed = data.draw(answers(questionnaire)), data.draw(st.sampled_from([0, 7]))
    rehearsed = rehearse(questionnaire, given_answers, seed=seed)
    checked = check(questionnaire, given_answers, questionnaire.default_language, seed=seed)
    assert (rehearsed.faults, rehearsed.checked.answers) == (checked.faults, checked.answers)
    assert rehearsed.steps == walk(questionnaire, checked.answers, seed=seed).steps
    everything = {one.id for one in course_of(questionnaire).questions.values() if isinstance(one, Asked)}
    assert {one.question.id for one in rehearsed.skipped} | set(rehearsed.asked) == everything
    assert not {one.question.id for one in rehearsed.skipped} & set(rehearsed.asked)


def test_what_is_skipped_says_which_condition_was_not_met() -> None:
    found = document()
    found["pages"][0]["end_if"] = "answers.nps == 10"
    questionnaire = parse(found)
    content = [(one.question.id, one.why, one.condition) for one in skipped_on(questionnaire, walk(questionnaire, {"nps": 9}))]
    glad = [(one.question.id, one.why, one.condition) for one in skipped_on(questionnaire, walk(questionnaire, {"nps": 10}))]
    assert content == [("cause", Why.CONDITION, "answers.nps <= 6")]
    assert glad == [("cause", Why.CONDITION, "answers.nps <= 6"), ("why", Why.ENDED, "answers.nps == 10")]


def test_a_full_quota_ends_the_walk_and_says_so() -> None:
    found = document()
    found["quotas"] = [{"id": "angry", "limit": 1, "when": "answers.nps <= 6", "end_page": "thanks"}]
    rehearsed = rehearse(parse(found), {"nps": 2}, full=["angry"])
    assert (rehearsed.asked, rehearsed.end_page.id, rehearsed.quotas) == (("nps", "cause"), "thanks", ("angry",))
    assert [(one.question.id, one.why) for one in rehearsed.skipped] == [("why", Why.QUOTA_FULL)]
    assert [(one.question.id, one.value, one.band) for one in rehearsed.scores] == [("nps", 2, "detractor")]


def _yes_no(number: int) -> dict[str, Any]:
    shown = {"show_if": f"answers.q{number - 1}"} if number % 50 else {}
    return {"id": f"q{number}", "kind": "yes_no", "text": {"en": "Yes?", "nl": "Ja?"}, **shown}


def _goes(questionnaire: Questionnaire, path: Path) -> bool:
    way = walk(questionnaire, path.answers)
    return way.end_page.id == path.end_page and not way.faults
