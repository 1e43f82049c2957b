"""Editing a draft step by step: small edits that two designers can make at the same time, each of which can be undone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from voc.core import clock, live
from voc.core.access import Action, Actor
from voc.core.db import execute
from voc.core.errors import Conflict, Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.surveys.changed_places import changed_places
from voc.surveys.check import check
from voc.surveys.difference_words import change_in_words
from voc.surveys.differences import difference
from voc.surveys.documents import is_json, json_of, known_text, yaml_of
from voc.surveys.draft import remember_step, text_faults
from voc.surveys.edits import Edit, edited, places, value_at
from voc.surveys.events import DRAFT
from voc.surveys.kept_comments import with_comments
from voc.surveys.models import DraftStep, Survey
from voc.surveys.queries import surveys_visible_to
from voc.surveys.questionnaire import QuestionnaireError


@verb(Action.EDIT_SURVEY)
async def edit_draft(actor: Actor, survey_id: UUID, edits: tuple[Edit, ...], expected_revision: int) -> Survey:
    """Make all edits on the draft as it is now, or none.

    Somebody else may have edited since `expected_revision`: as long as they touched other places, both go on. Else it is a Conflict that
    says what they changed. Invalid, by the number of the edit, where one cannot be done. The draft is written anew in our own layout.
    """
    survey = await locked(surveys_visible_to(actor), survey_id)
    document = content_of(survey.draft)
    if survey.draft_revision != expected_revision:
        await _check_apart(survey, document, edits, expected_revision)
    return await keep(actor, survey, text_like(survey.draft, edited(document, edits)))


@verb(Action.EDIT_SURVEY)
async def undo_draft(actor: Actor, survey_id: UUID, expected_revision: int) -> Survey:
    """Bring back the draft as it was before the last step, up to fifty steps. A Conflict where there is none, or somebody was faster."""
    return await _step(actor, survey_id, expected_revision, back=True)


@verb(Action.EDIT_SURVEY)
async def redo_draft(actor: Actor, survey_id: UUID, expected_revision: int) -> Survey:
    """Do again what was undone last. Refuses where nothing was, or somebody was faster (Conflict)."""
    return await _step(actor, survey_id, expected_revision, back=False)


async def steps_since(survey_id: UUID, revision: int) -> Sequence[DraftStep]:
    """The steps of a draft after a revision that are not undone, in order, as far back as they are kept."""
    return await DraftStep.filter(survey_id=survey_id, number__gt=revision, is_undone=False).order_by("number")


def places_of_step(step: DraftStep) -> tuple[str, ...]:
    """What a step changed; the whole (an empty place) where one side of it cannot be read."""
    try:
        return changed_places(content_of(step.before), content_of(step.after))
    except Conflict:
        return ("",)


def content_of(text: str) -> dict[str, Any]:
    """The document in a draft's text, which nobody changes; a Conflict where it cannot be read."""
    try:
        content = known_text(text).content
    except QuestionnaireError as unreadable:
        problem = unreadable.problems[0]
        message = f"The draft cannot be read at line {problem.line}: {problem.message} Mend its text first."
        raise Conflict("UNREADABLE_DRAFT", message) from None
    if not isinstance(content, dict):
        raise Conflict("UNREADABLE_DRAFT", "The draft is no group of fields. Mend its text first.")
    return content


async def _step(actor: Actor, survey_id: UUID, expected_revision: int, *, back: bool) -> Survey:
    survey = await locked(surveys_visible_to(actor), survey_id)
    if survey.draft_revision != expected_revision:
        raise Conflict("DRAFT_CHANGED", "Somebody changed this draft after you opened it. Look at it again before you undo or redo.")
    steps = DraftStep.filter(survey_id=survey.id, is_undone=not back)
    step = await steps.order_by("-number" if back else "number").first()
    if step is None or survey.draft != (step.after if back else step.before):
        raise Conflict("NOTHING_TO_UNDO" if back else "NOTHING_TO_REDO", f"There is nothing to {'undo' if back else 'redo'}.")
    await DraftStep.filter(id=step.id).update(is_undone=back)
    return await _write(survey, step.before if back else step.after)


async def locked(visible: QuerySet[Survey], survey_id: UUID) -> Survey:
    """The survey, which nobody else changes until the transaction ends; NotFound where it may not be seen."""
    await execute("UPDATE survey SET draft_revision = draft_revision WHERE id = ?", survey_id)
    return await one(visible, survey_id)


async def keep(actor: Actor, survey: Survey, text: str) -> Survey:
    """Make a text the draft of a locked survey, as a step that can be undone; Invalid for a text that cannot be kept."""
    if text == survey.draft:
        return survey
    if faults := text_faults("operations", text):
        raise Invalid(faults)
    await remember_step(actor, survey, text)
    return await _write(survey, text)


def text_like(before: str, content: dict[str, Any]) -> str:
    """A document as text, in the language of the text before it and with its comments.

    JSON is how long imported drafts are kept, for it is read much faster.
    """
    return json_of(content) if is_json(before) else with_comments(before, yaml_of(content))


async def _write(survey: Survey, text: str) -> Survey:
    survey.draft, survey.draft_revision, survey.updated_at = text, survey.draft_revision + 1, clock.now()
    if survey.last_number == 0:
        survey.name = _name_in(text) or survey.name  # later it is called as its newest version is
    await survey.save(update_fields=["draft", "draft_revision", "updated_at", "name"])
    await live.note(DRAFT, survey.id)
    return survey


def _name_in(text: str) -> str:
    """The name that a draft has in its first language; "" where it has none, or cannot be read."""
    try:
        content = content_of(text)
    except Conflict:
        return ""
    names, languages = content.get("name"), content.get("languages")
    first = languages[0] if isinstance(languages, list) and languages else ""
    return str(names.get(first) or "").strip()[:200] if isinstance(names, dict) else ""


async def _check_apart(survey: Survey, now: dict[str, Any], edits: tuple[Edit, ...], expected_revision: int) -> None:
    """Whether the edits are about other places than what was changed since; a Conflict where they are not, or nobody knows any more."""
    since = await DraftStep.filter(survey_id=survey.id, number__gt=expected_revision).order_by("number").first()
    if since is None or since.number != expected_revision + 1:
        raise Conflict("DRAFT_CHANGED", "Somebody saved this draft after you opened it. Load it again and bring your changes over.")
    before = content_of(since.before)
    if all(value_at(before, path) == value_at(now, path) if path else before == now for edit in edits for path in places(edit)):
        return
    raise Conflict(
        "DRAFT_CHANGED",
        f"{since.made_by} changed the same place meanwhile. {_told(since.before, survey.draft)}Look at it, then do yours again.",
    )


def _told(before: str, after: str) -> str:
    old, new = check(before).questionnaire, check(after).questionnaire
    changes = difference(old, new).changes[:3] if old and new else ()
    return "".join(f"{change_in_words(change, 'en')} " for change in changes)
