"""Logic (Q4): every rule as a sentence, changed by three selects or as text; the map, all ways through, and saved walks tried."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Invalid
from voc.surveys.check import check
from voc.surveys.course import Course, course_of
from voc.surveys.documents import yaml_of
from voc.surveys.edits import Put, edited
from voc.surveys.rules.rule import How, Sign
from voc.surveys.rules.writing import cel_of
from voc.web.console import Desk, screen
from voc.web.designer_document import Draft, place_of, read_draft
from voc.web.faults import NO_FAULTS, Faults, FormFault, said
from voc.web.logic_map import map_of
from voc.web.logic_rule_form import MOST_ROWS, Row, rule_in
from voc.web.logic_view import Typed, form_of, free_places, pages_with
from voc.web.publish_page import ONE, survey_of, with_code
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for

LONGEST_PLACE = 2000
MOST_RULES = 400


def routes() -> list[Route]:
    """The page, and saving one rule."""
    return [Route(f"{ONE}/logic", logic, methods=["GET"]), Route(f"{ONE}/logic", change, methods=["POST"])]


@screen
async def logic(desk: Desk) -> Response:
    """Every rule, and the form of the one that the address chooses."""
    return await _page(desk, await survey_of(desk), desk.asked("at")[:LONGEST_PLACE], None)


@screen
async def change(desk: Desk) -> Response:
    """Save, take away, or show one row more. What cannot be decided is not saved and stays as it was typed."""
    survey, at = await survey_of(desk), desk.form.one("at")[:LONGEST_PLACE]
    draft = read_draft(survey["draft"])
    questionnaire = check(survey["draft"]).questionnaire
    if draft is None or questionnaire is None or (not _is_rule(at) and not at.startswith("walks/")):
        return await _page(desk, survey, "", None)
    deed, typed = desk.form.one("deed"), _typed(desk)
    if deed == "more":
        return await _page(desk, survey, at, typed)
    if not _is_rule(at):
        deed = "remove"
    condition, faults = _condition(desk, draft, at, deed, typed, course_of(questionnaire))
    if not faults:
        edit = {"put": {"path": at, "value": {"text": condition}}} if condition else {"remove": {"path": at}}
        answer = await desk.change(
            "EditDraft", surveyId=survey["id"], operations=[edit], expectedRevision=_number(desk.form.one("revision"))
        )
        if answer.row is not None:
            return desk.go(f"{ADDRESS}/{survey['id']}/logic", "saved" if condition else "removed" if _is_rule(at) else "forgotten", "logic")
        words = words_for("logic", desk.me["language"])
        told = [(one["code"], one["message"]) for one in answer.faults] or [(answer.code, answer.message)]
        return await _page(desk, survey, at, _with(typed, [FormFault("", said(words, *one)) for one in told], answer.status))
    return await _page(desk, survey, at, _with(typed, faults, 422))


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _is_rule(at: str) -> bool:
    return at.endswith(("/show_if", "/end_if", "/when"))


def _with(typed: Typed, faults: Sequence[FormFault], status: int) -> Typed:
    return Typed(typed.how, typed.rows, typed.text, typed.is_text, Faults(faults), status)


def _typed(desk: Desk) -> Typed:
    one = desk.form.one
    count = min(MOST_ROWS, _number(one("rows")))
    rows = [Row(one(f"name{at}"), one(f"sign{at}"), one(f"value{at}")) for at in range(count)]
    return Typed(one("how"), rows, one("text").strip(), is_text=one("deed") == "text")


def _condition(desk: Desk, draft: Draft, at: str, deed: str, typed: Typed, course: Course) -> tuple[str, list[FormFault]]:
    """The condition that is wanted, empty to take it away, and why it cannot be."""
    if deed == "remove":
        return "", []
    words = words_for("logic", desk.me["language"])
    if deed == "text":
        condition, box = typed.text, "text"
    else:
        rule, wrong = rule_in(typed.rows, How.ANY if typed.how == How.ANY else How.ALL, course)
        if wrong:
            return "", [FormFault(f"value{one.number}", words(one.word, **one.said)) for one in wrong]
        condition, box = cel_of(rule) if rule else "", "name0"
    if not condition:
        return "", [FormFault(box, words("nothing_said"))]
    return condition, [FormFault(box, text) for text in _problems(desk, draft, at, condition)]


def _problems(desk: Desk, draft: Draft, at: str, condition: str) -> list[Any]:
    """What would be wrong with the condition where it stands."""
    try:
        document = edited(dict(draft.document), (Put(at, condition),))
    except Invalid as refused:
        return [fault.message for fault in refused.faults]
    words = words_for("logic", desk.me["language"])
    found = []
    for one in check(yaml_of(document)).errors:
        if "/".join(part for part in place_of(document, one.path) if part) == at:
            found.append(said(words, one.code, one.message))
    return found


async def _page(desk: Desk, survey: Mapping[str, Any], at: str, typed: Typed | None) -> Response:
    draft, questionnaire = read_draft(survey["draft"]), check(survey["draft"]).questionnaire
    frame: dict[str, Any] = {"survey": survey, "d": words_for("designer", desk.me["language"]), "may_edit": desk.may(Action.EDIT_SURVEY)}
    if draft is None or questionnaire is None:
        return desk.page("console/logic.html", "logic", flow=None, form=None, **frame)
    flow = (await desk.ask("Flow", survey=survey["id"], language=desk.me["language"]))["surveyFlow"]
    course, own = course_of(questionnaire), desk.me["language"]
    form = form_of(draft, course, at, typed, own) if at and desk.may(Action.EDIT_SURVEY) else None
    if at and form is None and typed is None:
        desk.pass_over("at")
    ruled = {one["place"] for one in flow["rules"]}
    return desk.page(
        "console/logic.html",
        "logic",
        status=typed.status if typed else 200,
        faults=typed.faults if typed else NO_FAULTS,
        flow=flow,
        form=form,
        at=at,
        pages=pages_with(questionnaire, flow["rules"][:MOST_RULES], own),
        others=[one for one in flow["rules"] if not one["page"]],
        left_out=max(0, len(flow["rules"]) - MOST_RULES),
        free=free_places(draft, course, ruled, own),
        asked={name: question.text.say(own) for name, question in course.questions.items()},
        map=map_of(questionnaire),
        with_code=with_code,
        signs=list(Sign),
        **frame,
    )
