"""What the logic page shows: its pages with their rules, the form of one rule, and where a rule may be added. PURE."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voc.surveys.course import Course
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.rules.reading import rule_of
from voc.surveys.rules.rule import How
from voc.surveys.rules.saying import cut
from voc.web.designer_document import Draft, answers_before, raw_at
from voc.web.faults import NO_FAULTS, Faults
from voc.web.logic_rule_form import MOST_ROWS, Row, names_known, rows_of, values_known

MOST_PLACES = 400


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of one rule."""

    how: str
    rows: Sequence[Row]
    text: str
    is_text: bool
    faults: Faults = NO_FAULTS
    status: int = 200


def pages_with(
    questionnaire: Questionnaire, rules: Sequence[Mapping[str, Any]], language: str
) -> list[tuple[str, str, int, list[Mapping[str, Any]]]]:
    """Every page: its id, heading, number of questions, and the rules on it."""
    on: dict[str, list[Mapping[str, Any]]] = {}
    for one in rules:
        on.setdefault(one["page"], []).append(one)
    return [(page.id, page.title.say(language), len(page.questions), on.get(page.id, [])) for page in questionnaire.pages]


def form_of(draft: Draft, course: Course, at: str, typed: Typed | None, language: str) -> Mapping[str, Any] | None:
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


def free_places(draft: Draft, course: Course, ruled: set[str], language: str) -> list[tuple[str, str]]:
    """The places where a rule may be added, each with its words: pages and questions, but for the first, and ends of pages."""
    found: list[tuple[str, str]] = []
    for number, page in enumerate(course.questionnaire.pages):
        if number:
            found.append((f"pages/{page.id}/show_if", page.id))
        found += [(f"questions/{one.id}/show_if", one.text.say(language) or one.id) for one in page.questions]
        found.append((f"pages/{page.id}/end_if", page.id))
    found += [(f"end_pages/{end.id}/show_if", end.id) for end in course.questionnaire.end_pages[:-1]]
    return [(place, words) for place, words in found[1:] if place not in ruled][:MOST_PLACES]
