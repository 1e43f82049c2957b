"""Logic (Q4): every rule as a sentence, changed by three selects or as text; the map, all ways through, and saved walks tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Invalid
from voc.surveys.check import check
from voc.surveys.course import Course, course_of
from voc.surveys.documents import yaml_of
from voc.surveys.edits import Put, edited
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.rules.reading import rule_of
from voc.surveys.rules.rule import How, Sign
from voc.surveys.rules.saying import cut
from voc.surveys.rules.writing import cel_of
from voc.web.console import Desk, screen
from voc.web.designer_document import Draft, answers_before, place_of, raw_at, read_draft
from voc.web.faults import NO_FAULTS, Faults, FormFault, said
from voc.web.logic_map import map_of
from voc.web.logic_rule_form import MOST_ROWS, Row, names_known, rows_of, rule_in, values_known
from voc.web.publish_page import ONE, survey_of, with_code
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for

LONGEST_PLACE = 2000
MOST_RULES = 400
MOST_PLACES = 400


def routes() -> list[Route]:
    """The page, and saving one rule."""
    return [Route(f"{ONE}/logic", logic, methods=["GET"]), Route(f"{ONE}/logic", change, methods=["POST"])]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of one rule."""

    how: str
    rows: Sequence[Row]
    text: str
    is_text: bool
    faults: Faults = NO_FAULTS
    status: int = 200


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
    if draft is None or questionnaire is None or not at.endswith(("/show_if", "/end_if", "/when")):
        return await _page(desk, survey, "", None)
    deed, typed = desk.form.one("deed"), _typed(desk)
    if deed == "more":
        return await _page(desk, survey, at, typed)
    condition, faults = _condition(desk, draft, at, deed, typed, course_of(questionnaire))
    if not faults:
        edit = {"put": {"path": at, "value": {"text": condition}}} if condition else {"remove": {"path": at}}
        revision = desk.form.one("revision")
        answer = await desk.change(
            "EditDraft", surveyId=survey["id"], operations=[edit], expectedRevision=int(revision) if revision.isdigit() else 0
        )
        if answer.row is not None:
            return desk.go(f"{ADDRESS}/{survey['id']}/logic", "saved" if condition else "removed", "logic")
        words = words_for("logic", desk.me["language"])
        told = [(one["code"], one["message"]) for one in answer.faults] or [(answer.code, answer.message)]
        return await _page(desk, survey, at, _with(typed, [FormFault("", said(words, *one)) for one in told], answer.status))
    return await _page(desk, survey, at, _with(typed, faults, 422))


def _with(typed: Typed, faults: Sequence[FormFault], status: int) -> Typed:
    return Typed(typed.how, typed.rows, typed.text, typed.is_text, Faults(faults), status)


def _typed(desk: Desk) -> Typed:
    one = desk.form.one
    count = min(MOST_ROWS, int(one("rows")) if one("rows").isdigit() else 0)
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
    form = _form(draft, course, at, typed, own) if at and desk.may(Action.EDIT_SURVEY) else None
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
        pages=_pages(questionnaire, flow["rules"][:MOST_RULES], own),
        others=[one for one in flow["rules"] if not one["page"]],
        left_out=max(0, len(flow["rules"]) - MOST_RULES),
        free=_free(draft, course, ruled, own),
        asked={name: question.text.say(own) for name, question in course.questions.items()},
        map=map_of(questionnaire),
        with_code=with_code,
        signs=list(Sign),
        **frame,
    )


def _pages(
    questionnaire: Questionnaire, rules: Sequence[Mapping[str, Any]], language: str
) -> list[tuple[str, str, int, list[Mapping[str, Any]]]]:
    """Every page: its id, heading, number of questions, and the rules on it."""
    on: dict[str, list[Mapping[str, Any]]] = {}
    for one in rules:
        on.setdefault(one["page"], []).append(one)
    return [(page.id, page.title.say(language), len(page.questions), on.get(page.id, [])) for page in questionnaire.pages]


def _form(draft: Draft, course: Course, at: str, typed: Typed | None, language: str) -> Mapping[str, Any] | None:
    """The form of the rule at a place; None where no rule can stand there."""
    owner, _, end = at.rpartition("/")
    if end not in ("show_if", "end_if", "when") or not isinstance(raw_at(draft.document, owner), Mapping):
        return None
    written = raw_at(draft.document, at)
    condition = written if isinstance(written, str) else ""
    names = [name for name, _ in answers_before(draft.document, owner, language)]
    if owner.startswith("pages/") and end == "show_if":
        page = raw_at(draft.document, owner)
        own = {str(one.get("id")) for one in page.get("questions", []) if isinstance(one, Mapping)}
        names = [name for name in names if course.owners[name.partition(".")[2]].id not in own] if own else names
    simple = rows_of(rule_of(condition)) if condition else (How.ALL, [])
    how, rows = (typed.how, list(typed.rows)) if typed else (simple[0].value, list(simple[1])) if simple else (How.ALL.value, [])
    return {
        "at": at,
        "subject": _subject(course, owner, language),
        "condition": condition,
        "how": how,
        "rows": [*rows, Row(), *([] if rows else [Row()])][:MOST_ROWS],
        "is_simple": simple is not None,
        "text": typed.text if typed else condition,
        "names": names_known(course, names, language),
        "values": values_known(course, names, language),
    }


def _subject(course: Course, owner: str, language: str) -> str:
    """Whom a rule is about: the question as customers read it, else the name of the page, end page or quota."""
    kind, name = (*owner.split("/"), "")[:2]
    question = course.questionnaire.question(name) if kind == "questions" else None
    return f"“{cut(question.text.say(language), 60)}”" if question and question.text else name


def _free(draft: Draft, course: Course, ruled: set[str], language: str) -> list[tuple[str, str]]:
    """The places where a rule may be added, each with its words: pages and questions, but for the first, and ends of pages."""
    found: list[tuple[str, str]] = []
    for number, page in enumerate(course.questionnaire.pages):
        if number:
            found.append((f"pages/{page.id}/show_if", page.id))
        found += [(f"questions/{one.id}/show_if", one.text.say(language) or one.id) for one in page.questions]
        found.append((f"pages/{page.id}/end_if", page.id))
    found += [(f"end_pages/{end.id}/show_if", end.id) for end in course.questionnaire.end_pages[:-1]]
    return [(place, words) for place, words in found[1:] if place not in ruled][:MOST_PLACES]
