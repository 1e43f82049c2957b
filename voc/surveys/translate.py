"""Bringing a translator's work into a draft."""

from uuid import UUID

from voc.core.access import Action, Actor
from voc.core.errors import Fault, Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.surveys.documents import as_yaml
from voc.surveys.draft import save_draft
from voc.surveys.editions import draft_edition
from voc.surveys.models import Survey
from voc.surveys.queries import surveys_visible_to
from voc.surveys.questionnaire import QuestionnaireError
from voc.surveys.translations.as_csv import entries_in_csv
from voc.surveys.translations.as_xliff import entries_in_xliff
from voc.surveys.translations.table import Change, Entry, applied, changes


def entries_in(text: str, path: str = "document") -> tuple[Entry, ...]:
    """What stands in a translator's file, CSV or XLIFF, told apart by its content; Invalid at `path` for anything else."""
    try:
        return entries_in_xliff(text) if text.lstrip("\ufeff \r\n\t").startswith("<") else entries_in_csv(text)
    except QuestionnaireError as refused:
        raise Invalid(Fault(path, problem.code, problem.message) for problem in refused.problems) from None


def proposed(survey: Survey, entries: tuple[Entry, ...]) -> tuple[Change, ...]:
    """What the entries would do to the draft; Invalid while the draft describes nothing."""
    return changes(draft_edition(survey), entries)


@verb(Action.EDIT_SURVEY)
async def save_translations(actor: Actor, survey_id: UUID, entries: tuple[Entry, ...], expected_revision: int) -> Survey:
    """Put into the draft what can be taken of the entries, and leave the rest; a language that is new comes along.

    The draft is written anew in our own layout. Where nothing can be taken, nothing changes. Refuses a text that cannot stand in its
    place, by its key (Invalid), and a draft that somebody saved in between (Conflict).
    """
    survey = await one(surveys_visible_to(actor), survey_id)
    questionnaire = draft_edition(survey)
    taken = changes(questionnaire, entries)
    if not any(change.is_taken for change in taken):
        return survey
    try:
        text = as_yaml(applied(questionnaire, taken))
    except QuestionnaireError as refused:
        raise Invalid(Fault(problem.path, problem.code, problem.message) for problem in refused.problems) from None
    return await save_draft(actor, survey_id, text, expected_revision)
