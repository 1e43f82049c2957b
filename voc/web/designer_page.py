"""The designer (Q2): the list of pages and questions, and the panel of the one that is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.surveys.questions import KINDS
from voc.web import designer_saving, designer_text
from voc.web.console import Desk, screen
from voc.web.designer_document import Draft, answers_before, page_of, pages, place_of, read_draft
from voc.web.designer_fields import Panel, box_id, marked, panel_at
from voc.web.designer_saving import Outcome
from voc.web.faults import NO_FAULTS, Faults, FormFault, said
from voc.web.publish_page import ONE, must_be_known, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for

LONGEST_PLACE = 2000
FEW_LANGUAGES = 2
MOST_PROBLEMS = 50


def routes() -> list[Route]:
    """The designer, what is done in it, and the questionnaire as a file."""
    return [
        Route(ONE, designer, methods=["GET"]),
        Route(f"{ONE}/edit", edit, methods=["POST"]),
        Route(f"{ONE}/publish", publish, methods=["POST"]),
        *designer_text.routes(),
    ]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed and is not saved, by the names of its boxes, and why it was not."""

    typed: Mapping[str, str] = field(default_factory=dict)
    changed: Sequence[str] = ()
    faults: Faults = NO_FAULTS
    status: int = 200


NOTHING_KEPT = Kept()


@screen
async def designer(desk: Desk) -> Response:
    """The list, and the panel of what the address chooses."""
    return _page(desk, await survey_of(desk), desk.asked("at")[:LONGEST_PLACE])


@screen
async def edit(desk: Desk) -> Response:
    """Do what the button says, by stored operations, and go on to what it was done to. What cannot be done yet stays as it was typed."""
    survey, at = await survey_of(desk), desk.form.one("at")[:LONGEST_PLACE]
    draft = read_draft(survey["draft"])
    if draft is None:
        return _page(desk, survey, at)
    deed, _, path = desk.form.one("deed").partition(":")
    languages = languages_shown(desk, draft, everything=bool(desk.form.one("languages")))
    outcome = await designer_saving.done(desk, survey, draft, deed, path or at, panel_at(draft, at, languages))
    if not outcome.is_done:
        return _page(desk, await survey_of(desk), at, _kept(desk, outcome))
    return desk.go(_address(desk, survey, outcome.at, is_new=outcome.is_new), outcome.said, "designer" if outcome.said else "console")


@screen
async def publish(desk: Desk) -> Response:
    """Put the draft as it is saved live."""
    survey, at = await survey_of(desk), desk.form.one("at")[:LONGEST_PLACE]
    if await must_be_known(desk, survey, survey["draftProblems"]):
        return desk.go(f"{ADDRESS}/{survey['id']}/publish", "look_first", "publish")
    answer = await desk.change("PublishSurvey", surveyId=survey["id"])
    if answer.row is not None:
        return desk.go(_address(desk, survey, at), "published", "designer", number=answer.row["number"])
    words = words_for("designer", desk.me["language"])
    errors = {one["path"] for one in survey["draftProblems"] if one["severity"] == "ERROR"}
    found = [FormFault("problems", words("not_published", count=len(errors)))] if errors else []
    others = [one for one in answer.faults if one["path"].removeprefix("input.") not in errors]
    found += [FormFault("problems", said(words, one["code"], one["message"])) for one in others]
    found += [] if answer.faults else [FormFault("", said(words, answer.code, answer.message))]
    return _page(desk, survey, at, Kept(faults=Faults(found), status=answer.status))


def languages_shown(desk: Desk, draft: Draft, *, everything: bool) -> tuple[str, ...]:
    """The languages whose texts stand side by side: the first and the reader's own, or all."""
    if everything or len(draft.languages) <= FEW_LANGUAGES:
        return draft.languages
    own = desk.me["language"]
    beside = own if own in draft.languages[1:] else draft.languages[1]
    return draft.languages[0], beside


def _kept(desk: Desk, outcome: Outcome) -> Kept:
    typed = {name: "\n".join(one for one in desk.form.many(name) if one) for name, _ in desk.form.pairs()}
    seen = designer_saving.seen_in(desk)
    changed = [value for name, value in typed.items() if value and name in seen and marked(value) != seen[name]]
    return Kept(typed, changed, outcome.faults, outcome.status)


def _page(desk: Desk, survey: Mapping[str, Any], at: str, kept: Kept = NOTHING_KEPT) -> Response:
    draft = read_draft(survey["draft"])
    everything = bool(desk.asked("languages") or desk.form.one("languages"))
    frame = {
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
    if panel is None and at and not kept.typed:
        desk.pass_over("at")
    return desk.page(
        "console/designer.html",
        "designer",
        faults=kept.faults,
        status=kept.status,
        typed=kept.typed,
        panel=panel or panel_at(draft, "", languages),
        lost=[] if panel else kept.changed,
        languages=languages,
        everything=everything,
        box_id=box_id,
        to=lambda place, **more: _address(desk, survey, place, **more),
        is_new=bool(desk.asked("new")),
        **frame,
        **_reading(desk, survey, draft, panel, at),
    )


def _reading(desk: Desk, survey: Mapping[str, Any], draft: Draft, panel: Panel | None, at: str) -> dict[str, Any]:
    own = desk.me["language"]
    language = own if own in draft.languages else draft.languages[0]
    listed = list(pages(draft.document, language))
    found = [(one, *place_of(draft.document, one["path"])) for one in survey["draftProblems"]]
    place = panel.at if panel else ""
    page_at, number = page_of(draft.document, place)
    has_conditions = panel is not None and any(one.widget == "condition" for one in panel.fields)
    return {
        "listed": listed,
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


def _address(desk: Desk, survey: Mapping[str, Any], at: str, *, is_new: bool = False, everything: bool | None = None) -> str:
    if everything is None:
        everything = bool(desk.asked("languages") or desk.form.one("languages"))
    values = {"at": at, "languages": "all" if everything else "", "new": "1" if is_new else ""}
    asked = urlencode({name: value for name, value in values.items() if value})
    return f"{ADDRESS}/{survey['id']}{'?' if asked else ''}{asked}{'#panel' if at else ''}"
