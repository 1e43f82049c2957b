"""The designer (Q2): the list of pages and questions, and the panel of the one that is chosen."""

from starlette.responses import Response
from starlette.routing import Route

from voc.web import designer_live, designer_saving, designer_survey, designer_text
from voc.web.console import Desk, screen
from voc.web.designer_document import read_draft
from voc.web.designer_fields import marked, panel_at
from voc.web.designer_saving import Outcome
from voc.web.designer_view import Kept, address_at, languages_shown, view_of
from voc.web.faults import Faults, FormFault, said
from voc.web.publish_page import ONE, must_be_known, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for

LONGEST_PLACE = 2000


def routes() -> list[Route]:
    """The designer, what is done in it, and the questionnaire as a file."""
    return [
        Route(ONE, designer, methods=["GET"]),
        Route(f"{ONE}/edit", edit, methods=["POST"]),
        Route(f"{ONE}/publish", publish, methods=["POST"]),
        *designer_live.routes(),
        *designer_survey.routes(),
        *designer_text.routes(),
    ]


@screen
async def designer(desk: Desk) -> Response:
    """The list, and the panel of what the address chooses."""
    return await view_of(desk, await survey_of(desk), desk.asked("at")[:LONGEST_PLACE])


@screen
async def edit(desk: Desk) -> Response:
    """Do what the button says, by stored operations, and go on to what it was done to. What cannot be done yet stays as it was typed."""
    survey, at = await survey_of(desk), desk.form.one("at")[:LONGEST_PLACE]
    draft = read_draft(survey["draft"])
    if draft is None:
        return await view_of(desk, survey, at)
    if desk.form.one("deed") == "take":
        await desk.change("TakeOverEditing", surveyId=survey["id"], at=at)
        return desk.go(address_at(desk, survey, at))
    deed, _, path = desk.form.one("deed").partition(":")
    languages = languages_shown(desk, draft, everything=bool(desk.form.one("languages")))
    outcome = await designer_saving.done(desk, survey, draft, deed, path or at, panel_at(draft, at, languages))
    if not outcome.is_done:
        return await view_of(desk, await survey_of(desk), at, _kept(desk, outcome, desk.form.one("deed")))
    return desk.go(address_at(desk, survey, outcome.at, is_new=outcome.is_new), outcome.said, "designer" if outcome.said else "console")


@screen
async def publish(desk: Desk) -> Response:
    """Put the draft that was looked at live, as it is saved; what a colleague changed since is shown first."""
    survey, at = await survey_of(desk), desk.form.one("at")[:LONGEST_PLACE]
    words = words_for("designer", desk.me["language"])
    if desk.form.one("revision") != str(survey["draftRevision"]):
        return await view_of(desk, survey, at, Kept(faults=Faults([FormFault("", words("fault_DRAFT_CHANGED"))]), status=409))
    if await must_be_known(desk, survey, survey["draftProblems"]):
        return desk.go(f"{ADDRESS}/{survey['id']}/publish", "look_first", "publish")
    answer = await desk.change("PublishSurvey", surveyId=survey["id"])
    if answer.row is not None:
        return desk.go(address_at(desk, survey, at), "published", "designer", number=answer.row["number"])
    errors = {one["path"] for one in survey["draftProblems"] if one["severity"] == "ERROR"}
    found = [FormFault("problems", words("not_published", count=len(errors)))] if errors else []
    others = [one for one in answer.faults if one["path"].removeprefix("input.") not in errors]
    found += [FormFault("problems", said(words, one["code"], one["message"])) for one in others]
    found += [] if answer.faults else [FormFault("", said(words, answer.code, answer.message))]
    return await view_of(desk, survey, at, Kept(faults=Faults(found), status=answer.status))


def _kept(desk: Desk, outcome: Outcome, deed: str) -> Kept:
    typed = {name: "\n".join(one for one in desk.form.many(name) if one) for name, _ in desk.form.pairs()}
    seen = designer_saving.seen_in(desk)
    changed = [value for name, value in typed.items() if value and name in seen and marked(value) != seen[name]]
    return Kept(typed, changed, outcome.faults, outcome.status, outcome.asks, deed)
