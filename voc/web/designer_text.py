"""A questionnaire as a file (Q2) and a test of it: the text, and its problems as you go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.designer_document import answers_before, read_draft
from voc.web.faults import NO_FAULTS, Changed, Faults, FormFault, form_faults, said
from voc.web.publish_page import ONE, must_be_known, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for


def routes() -> list[Route]:
    """One questionnaire: its text, and a test of it."""
    return [
        Route(f"{ONE}/text", text_of, methods=["GET"]),
        Route(f"{ONE}/text", save, methods=["POST"]),
        Route(f"{ONE}/test", send_test, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Draft:
    """The text as it stands on the page, the revision it began from, and what is wrong with it."""

    text: str
    revision: int
    problems: Sequence[Mapping[str, Any]]


@screen
async def text_of(desk: Desk) -> Response:
    """The draft as text, with its problems and versions."""
    survey = await survey_of(desk)
    return _page(desk, survey, _stored(survey))


@screen
async def save(desk: Desk) -> Response:
    """Check, save, or publish the text, by the button that was pressed. Whatever was typed is kept."""
    survey, deed = await survey_of(desk), desk.form.one("deed")
    typed = _typed(desk, survey)
    if deed == "check" or not desk.may(Action.EDIT_SURVEY):
        return _page(desk, survey, await _checked(desk, typed))
    if typed.text != survey["draft"]:
        answer = await desk.change("SaveSurveyDraft", surveyId=survey["id"], document=typed.text, expectedRevision=typed.revision)
        if answer.row is None:
            return await _not_saved(desk, survey, typed, answer)
        typed = Draft(typed.text, answer.row["draftRevision"], answer.row["draftProblems"])
    else:
        typed = _stored(survey)
    if deed == "publish":
        return await _publish(desk, survey, typed)
    return desk.go(f"{ADDRESS}/{survey['id']}/text", "saved", "questionnaires")


@screen
async def send_test(desk: Desk) -> Response:
    """The published questionnaire to one's own mailbox, marked as a test."""
    survey = await survey_of(desk)
    language = desk.form.one("language") or None
    answer = await desk.change("SendTest", surveyId=survey["id"], language=language, idempotencyKey=desk.form.one("once")[:100] or None)
    if answer.row is None:
        words = words_for("questionnaires", desk.me["language"])
        faults = Faults([FormFault("", said(words, answer.code, answer.message))])
        return _page(desk, survey, _stored(survey), faults, answer.status)
    begun = "preview" if desk.form.one("from") == "preview" else "text"
    return desk.go(f"{ADDRESS}/{survey['id']}/{begun}", "test_sent", "questionnaires", email=desk.me["member"]["email"])


async def _publish(desk: Desk, survey: Mapping[str, Any], draft: Draft) -> Response:
    if await must_be_known(desk, survey, draft.problems):
        return desk.go(f"{ADDRESS}/{survey['id']}/publish", "look_first", "publish")
    answer = await desk.change("PublishSurvey", surveyId=survey["id"])
    if answer.row is not None:
        return desk.go(f"{ADDRESS}/{survey['id']}/text", "published", "questionnaires", number=answer.row["number"])
    words = words_for("questionnaires", desk.me["language"])
    if not answer.faults:
        return _page(desk, survey, draft, Faults([FormFault("", said(words, answer.code, answer.message))]), answer.status)
    # Errors of the draft stand among the problems, with their lines; what only publishing finds is said above.
    errors = {problem["path"] for problem in draft.problems if problem["severity"] == "ERROR"}
    found = [FormFault("problems", words("not_published", count=len(errors)))] if errors else []
    others = (fault for fault in answer.faults if fault["path"].removeprefix("input.") not in errors)
    found += [FormFault("draft", said(words, fault["code"], fault["message"])) for fault in others]
    return _page(desk, survey, draft, Faults(found), answer.status)


async def _not_saved(desk: Desk, survey: Mapping[str, Any], typed: Draft, answer: Changed) -> Response:
    """A text that could not be kept stays on the page. After a colleague's, theirs is shown too, and saving again replaces it."""
    words = words_for("questionnaires", desk.me["language"])
    if answer.code != "DRAFT_CHANGED":
        return _page(desk, survey, typed, form_faults(answer, words, {"document": "draft", "text": "draft"}), answer.status)
    typed = await _checked(desk, replace(typed, revision=survey["draftRevision"]))
    return _page(desk, survey, typed, Faults([FormFault("theirs", words("fault_DRAFT_CHANGED"))]), answer.status, theirs=survey["draft"])


async def _check(desk: Desk, text: str, language: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (await desk.ask("CheckQuestionnaire", document=text, language=language))["checkQuestionnaire"]
    return found


async def _checked(desk: Desk, draft: Draft) -> Draft:
    return replace(draft, problems=(await _check(desk, draft.text, desk.me["language"]))["problems"])


def _stored(survey: Mapping[str, Any]) -> Draft:
    return Draft(survey["draft"], survey["draftRevision"], survey["draftProblems"])


def _typed(desk: Desk, survey: Mapping[str, Any]) -> Draft:
    revision = desk.form.one("revision")
    known = int(revision) if revision.isdecimal() and len(revision) < 10 else 0
    text = desk.form.one("draft").replace("\r\n", "\n")
    return Draft(text, known, survey["draftProblems"])


def _answers(typed: str, saved: str) -> list[tuple[str, str]]:
    """The names of answers to complete: of what is typed where it can be read, else of what is saved."""
    found = read_draft(typed) or read_draft(saved)
    return answers_before(found.document, "", found.languages[0]) if found else []


def _page(
    desk: Desk, survey: Mapping[str, Any], draft: Draft, faults: Faults = NO_FAULTS, status: int = 200, theirs: str | None = None
) -> Response:
    return desk.page(
        "console/designer_text.html",
        "questionnaires",
        status=status,
        faults=faults,
        d=words_for("designer", desk.me["language"]),
        survey=survey,
        draft=draft,
        theirs=theirs,
        answers=_answers(draft.text, survey["draft"]),
        once=desk.new_key(),
        is_saved=draft.text == survey["draft"],
        may_edit=desk.may(Action.EDIT_SURVEY),
        may_publish=desk.may(Action.PUBLISH_SURVEY),
        may_test=desk.may(Action.INVITE),
    )
