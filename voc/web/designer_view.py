"""The designer as a page: the list of pages and questions, the panel of the one that is chosen, what is to mend, and who else is here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from voc.core.access import Action
from voc.surveys.questions import KINDS
from voc.web.console import Desk
from voc.web.designer_document import Draft, answers_before, page_of, pages, place_of, read_draft
from voc.web.designer_fields import Panel, box_id, panel_at
from voc.web.designer_list import listing
from voc.web.designer_live import company_at
from voc.web.faults import NO_FAULTS, Faults
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for

FEW_LANGUAGES = 2
MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed and is not saved, by the names of its boxes, and why it was not."""

    typed: Mapping[str, str] = field(default_factory=dict)
    changed: Sequence[str] = ()
    faults: Faults = NO_FAULTS
    status: int = 200
    asks: Sequence[Markup] = ()
    deed: str = ""


NOTHING_KEPT = Kept()


async def view_of(desk: Desk, survey: Mapping[str, Any], at: str, kept: Kept = NOTHING_KEPT) -> Response:
    """The page for a place of a draft, with what could not be saved."""
    draft = read_draft(survey["draft"])
    everything = bool(desk.asked("languages") or desk.form.one("languages"))
    frame: dict[str, Any] = {
        "d": words_for("designer", desk.me["language"]),
        "survey": survey,
        "draft": draft,
        "at": at,
        "may_edit": desk.may(Action.EDIT_SURVEY),
        "may_publish": desk.may(Action.PUBLISH_SURVEY),
        "kinds": list(KINDS),
    }
    if draft is None:
        return desk.page("console/designer_broken.html", "designer", faults=kept.faults, status=kept.status, **frame)
    languages = languages_shown(desk, draft, everything=everything)
    panel = panel_at(draft, at, languages)
    live = await desk.live("DraftChanged", survey=survey["id"])
    company = await company_at(desk, survey["id"], panel.at if panel else "")
    if panel is None and at and not kept.typed:
        desk.pass_over("at")
    return desk.page(
        "console/designer.html",
        "designer",
        faults=kept.faults,
        status=kept.status,
        live=live,
        company=company,
        is_locked=bool(company.holder) and not kept.typed,
        typed=kept.typed,
        asks=kept.asks,
        meant="{}!{}{}".format(*kept.deed.partition(":")),
        panel=panel or panel_at(draft, "", languages),
        lost=[] if panel else kept.changed,
        languages=languages,
        everything=everything,
        box_id=box_id,
        to=lambda place, **more: address_at(desk, survey, place, **more),
        is_new=bool(desk.asked("new")),
        brands=await _brands(desk, panel.at if panel else ""),
        **frame,
        **_reading(desk, survey, draft, panel, at),
    )


def languages_shown(desk: Desk, draft: Draft, *, everything: bool) -> tuple[str, ...]:
    """The languages whose texts stand side by side: the first and the reader's own, or all."""
    if everything or len(draft.languages) <= FEW_LANGUAGES:
        return draft.languages
    own = desk.me["language"]
    beside = own if own in draft.languages[1:] else draft.languages[1]
    return draft.languages[0], beside


async def _brands(desk: Desk, at: str) -> list[Mapping[str, Any]]:
    """The brands to choose from, where the panel of the whole is shown to somebody who may change it."""
    return list((await desk.ask("Brands"))["brands"]) if not at and desk.may(Action.EDIT_SURVEY) else []


def _reading(desk: Desk, survey: Mapping[str, Any], draft: Draft, panel: Panel | None, at: str) -> dict[str, Any]:
    own = desk.me["language"]
    language = own if own in draft.languages else draft.languages[0]
    listed = list(pages(draft.document, language))
    found = [(one, *place_of(draft.document, one["path"], listed)) for one in survey["draftProblems"]]
    place = panel.at if panel else ""
    page_at, number = page_of(draft.document, place)
    has_conditions = panel is not None and any(one.widget == "condition" for one in panel.fields)
    return {
        "listed": listed,
        "listing": listing(listed, page_at, number),
        "language_of_list": language,
        "problems": found,
        "most_problems": MOST_PROBLEMS,
        "here_wrong": {name: one for one, where, name in found if where == place},
        "wrong_places": {where for one, where, _ in found if one["severity"] == "ERROR"},
        "answers": answers_before(draft.document, place, language) if has_conditions else [],
        "own_page": page_at,
        "own_number": number + 1,
        "is_item": panel is not None and bool(at) and not (panel.is_question or "/" not in at),
    }


def address_at(desk: Desk, survey: Mapping[str, Any], at: str, *, is_new: bool = False, everything: bool | None = None) -> str:
    """The address of a place in the designer, showing as many languages as now unless said."""
    if everything is None:
        everything = bool(desk.asked("languages") or desk.form.one("languages"))
    values = {"at": at, "languages": "all" if everything else "", "new": "1" if is_new else ""}
    asked = urlencode({name: value for name, value in values.items() if value})
    return f"{ADDRESS}/{survey['id']}{'?' if asked else ''}{asked}{'#panel' if at else ''}"
