"""Bringing a translator's work into a draft."""

from collections.abc import Iterable
from uuid import UUID

from voc.core.access import Action, Actor
from voc.core.errors import Conflict, Fault, Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.surveys.check import check
from voc.surveys.draft_history import content_of, keep, locked, text_like
from voc.surveys.editions import draft_edition
from voc.surveys.models import Survey
from voc.surveys.queries import surveys_visible_to
from voc.surveys.questionnaire import QuestionnaireError
from voc.surveys.text_reviews import note_texts
from voc.surveys.translations.as_csv import entries_in_csv
from voc.surveys.translations.as_xliff import entries_in_xliff
from voc.surveys.translations.borrowed import borrowed
from voc.surveys.translations.table import Change, Entry, changes, with_changes


def entries_in(text: str, path: str = "document") -> tuple[Entry, ...]:
    """What stands in a translator's file, CSV or XLIFF, told apart by its content; Invalid at `path` for anything else."""
    try:
        return entries_in_xliff(text) if text.lstrip("\ufeff \r\n\t").startswith("<") else entries_in_csv(text)
    except QuestionnaireError as refused:
        raise Invalid(Fault(path, problem.code, problem.message) for problem in refused.problems) from None


async def entries_of_another(actor: Actor, survey: Survey, other_id: UUID, language: str) -> tuple[Entry, ...]:
    """The translations that another survey's draft has of words that this one has too, for texts it lacks. NotFound, or Invalid."""
    other = await one(surveys_visible_to(actor), other_id)
    return borrowed(draft_edition(survey), draft_edition(other), language)


def proposed(survey: Survey, entries: tuple[Entry, ...]) -> tuple[Change, ...]:
    """What the entries would do to the draft; Invalid while the draft describes nothing."""
    return changes(draft_edition(survey), entries)


@verb(Action.EDIT_SURVEY)
async def save_translations(actor: Actor, survey_id: UUID, entries: tuple[Entry, ...], expected_revision: int) -> Survey:
    """Put into the draft what can be taken of the entries, and leave the rest; a language that is new comes along.

    Everything else in the draft stays as it is written. Where nothing can be taken, nothing changes. Refuses a text that cannot stand
    in its place, by its key (Invalid), and a draft that somebody saved in between (Conflict).
    """
    survey = await locked(surveys_visible_to(actor), survey_id)
    if survey.draft_revision != expected_revision and any(change.is_taken for change in proposed(survey, entries)):
        raise Conflict("DRAFT_CHANGED", "Somebody saved this draft after you opened it. Load it again and bring your changes over.")
    return await put_in(actor, survey, entries)


async def put_in(actor: Actor, survey: Survey, entries: Iterable[Entry]) -> Survey:
    """The same for a draft that nobody else changes until the transaction ends."""
    questionnaire = draft_edition(survey)
    taken = tuple(change for change in changes(questionnaire, tuple(entries)) if change.is_taken)
    if not taken:
        return survey
    try:
        content = with_changes(questionnaire, content_of(survey.draft), taken)
    except QuestionnaireError as refused:
        raise Invalid(Fault(problem.path, problem.code, problem.message) for problem in refused.problems) from None
    kept = await keep(actor, survey, text_like(survey.draft, content))
    changed = check(kept.draft).questionnaire
    if changed:
        await note_texts(actor, kept.id, changed, [(change.language, change.key) for change in taken], is_reviewed=False)
    return kept
