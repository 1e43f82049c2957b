"""A kiosk asks what the server would ask, knows without it who sees what, and says plainly what it cannot ask."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.responses.documents import EVERY_KIND, SHORT, both
from voc.surveys import library
from voc.surveys.kiosk import Plan, is_left_out, kiosk_problems, plan_of
from voc.surveys.kiosk_tables import Facts, key_of
from voc.surveys.parse import parse
from voc.surveys.paths import paths
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.walking import walk

NOWHERE = Facts()


def way_on_device(plan: Plan, answers: Mapping[str, object]) -> tuple[list[str], str]:
    """The screens and the end page as the device finds them: what `kiosk.js` does, in words of ours."""
    counted: dict[str, object] = {}
    screens: list[str] = []

    def key(number: int) -> str:
        return key_of(tuple(counted.get(name) for name in plan.tables[number].reads))

    def is_met(number: int) -> bool:
        return key(number) in plan.tables[number].met

    for stop in plan.stops:
        if not all(is_met(one) or key(one) in plan.tables[one].unsure for one in stop.when):
            continue
        if stop.end is not None and is_met(stop.end):
            break
        if stop.question is None:
            continue
        if stop.is_screen:
            screens.append(stop.question.id)
            counted |= {name: answers[name] for name in stop.question.names() if name in answers}
        elif stop.value:
            counted[stop.question.id] = stop.value
    return screens, next(end for end, when in plan.ends if all(is_met(one) for one in when))


def way_on_server(questionnaire: Questionnaire, answers: Mapping[str, object]) -> tuple[list[str], str]:
    """The same as the server walks."""
    way = walk(questionnaire, answers)
    return [question.id for step in way.steps for question in step.questions if not is_left_out(question)], way.end_page.id


def document(*pages: dict[str, Any], **more: Any) -> Questionnaire:
    """A questionnaire with these pages."""
    ends = [{"id": "thanks", "title": both("Thanks", "Dank")}]
    return parse({**SHORT, "pages": list(pages), "end_pages": ends, **more})


def page(page_id: str, *questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": page_id, "questions": list(questions), **more}


def question(question_id: str, kind: str = "nps", **more: Any) -> dict[str, Any]:
    return {"id": question_id, "kind": kind, "text": both(question_id, question_id), **more}


COLOURS = [{"code": code, "text": both(code, code), "points": points} for code, points in (("red", 1), ("green", 2), ("blue", 3))]
TWISTED = document(
    page("a", question("nps"), question("colours", "multiple_choice", choices=COLOURS)),
    page("b", question("again", "yes_no", show_if="'red' in answers.colours"), question("where", "hidden", value="{brand.name|hall}")),
    page("c", question("sure", "yes_no", show_if="has(answers.again) && !answers.again"), show_if="answers.nps < 9", end_if="answers.sure"),
    page("d", question("deep", show_if="scores.taste >= 4.0 || answers.where == 'hall'"), show_if="answers.nps != 3"),
    page("e", question("each", "yes_no"), loop="colours"),
    scores=[{"id": "taste", "questions": ["colours"]}],
    end_pages=[
        {"id": "quick", "show_if": "has(answers.sure) && answers.sure", "title": both("Q", "Q")},
        {"id": "rich", "show_if": "answers.deep > 5", "title": both("R", "R")},
        {"id": "last", "title": both("L", "L")},
    ],
)


def test_the_way_on_the_device_is_the_way_of_the_server() -> None:
    fit = [one for ready in library.ready() if not kiosk_problems(one := ready.questionnaire, NOWHERE)]
    assert len(fit) >= 10
    for questionnaire in [TWISTED, parse(SHORT), parse(EVERY_KIND), *fit]:
        assert kiosk_problems(questionnaire, NOWHERE) == ()
        plan = plan_of(questionnaire, NOWHERE)
        ways = {str(answers): answers for walked in paths(questionnaire) for answers in [_asked_only(plan, walked.answers)]}
        for answers in list(ways.values())[:60]:
            assert way_on_device(plan, answers) == way_on_server(questionnaire, answers), (questionnaire.key, answers)


def _asked_only(plan: Plan, answers: Mapping[str, object]) -> dict[str, object]:
    asked = {name for one in plan.questions() for name in one.names()}
    return {name: value for name, value in answers.items() if name in asked}


@pytest.mark.parametrize(
    ("questionnaire", "codes", "says"),
    [
        (document(page("a", question("mail", "text", format="email", required=True), question("nps"))), ["PERSONAL"], "`mail` must be"),
        (document(page("a", question("why", "text")), page("b", question("x"), show_if="answers.why == 'no'")), ["UNDECIDABLE"], "`why`"),
        (
            document(page("a", question("nps"), question("c", "single_choice", choices=[{**COLOURS[0], "show_if": "answers.nps > 3"}]))),
            ["VARYING"],
            "`c` offers",
        ),
        (document(page("a", question("nps"), question("x"), show=1)), ["DRAWN"], "show all"),
        (document(page("a", question("call", "call_me_back"))), ["NOTHING_TO_ASK"], "Nothing is left"),
    ],
)
def test_what_a_kiosk_cannot_ask_is_said_with_the_question(questionnaire: Questionnaire, codes: list[str], says: str) -> None:
    problems = kiosk_problems(questionnaire, NOWHERE)
    assert [problem.code for problem in problems] == codes
    assert says in problems[0].message
    assert kiosk_problems(questionnaire, NOWHERE) is problems, "a batch of answers asks for each of them: tried once"


def test_nothing_personal_is_asked() -> None:
    questionnaire = document(
        page("a", question("nps"), question("call", "call_me_back"), question("file", "file"), question("mail", "text", format="email")),
        page("b", question("ill", "yes_no", sensitive=True), question("born", "date", reason=both("For a present", "-"))),
        page(
            "c", question("who", "text", text=both("What is your name?", "Wat is uw naam?")), question("last", show_if="has(answers.mail)")
        ),
    )
    plan = plan_of(questionnaire, NOWHERE)
    assert [one.id for one in plan.questions()] == ["nps", "last"]
    assert way_on_device(plan, {"nps": 3}) == (["nps"], "thanks")


def test_the_place_of_the_kiosk_decides_what_it_asks() -> None:
    questionnaire = document(page("a", question("place", "hidden"), question("till", show_if="answers.place == 'till'"), question("nps")))
    at_the_till = plan_of(questionnaire, Facts(link=(("place", "till"),)))
    assert way_on_device(at_the_till, {}) == (["till", "nps"], "thanks")
    assert way_on_device(plan_of(questionnaire, NOWHERE), {}) == (["nps"], "thanks")
