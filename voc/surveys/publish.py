"""Publishing: the draft becomes a version that never changes."""

from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.errors import Conflict, Fault, Invalid
from voc.core.events import emit
from voc.core.find import one
from voc.core.verb import verb
from voc.surveys.check import check
from voc.surveys.difference_words import change_in_words
from voc.surveys.differences import difference
from voc.surveys.events import SurveyPublished
from voc.surveys.models import Survey, SurveyVersion
from voc.surveys.parse import dump
from voc.surveys.queries import current_version, questionnaire_of, surveys_visible_to
from voc.surveys.questionnaire import Questionnaire


@verb(Action.PUBLISH_SURVEY)
async def publish_survey(actor: Actor, survey_id: UUID, *, confirm_renames: bool = False) -> SurveyVersion:
    """Freeze the draft as the version customers will see from now on; invitations that are out keep the one they were sent with.

    Refuses a draft with errors, each with its place (Invalid), and one that says what the published version says already (Conflict).
    A question that lost the id under which its answers are kept is a Conflict too, unless `confirm_renames` says that it is meant.
    """
    survey = await one(surveys_visible_to(actor), survey_id)
    questionnaire = _publishable(survey)
    document = dump(questionnaire)
    published = await current_version(survey.id)
    if published and published.document == document:
        raise Conflict("UNCHANGED", "Nothing has changed since the last publication.")
    if published and not confirm_renames:
        _refuse_renames(questionnaire_of(published), questionnaire)
    number = survey.last_number + 1
    name = questionnaire.name.say(questionnaire.default_language)
    # Of two publishers at once, or a publisher and a designer who saves, the second gets a Conflict.
    mine = await Survey.filter(id=survey.id, last_number=survey.last_number, draft_revision=survey.draft_revision).update(
        last_number=number, name=name, updated_at=clock.now()
    )
    if not mine:
        raise Conflict("DRAFT_CHANGED", "Somebody saved or published this survey at the same moment. Look at it again.")
    version = await SurveyVersion.create(survey=survey, number=number, document=document, published_by=actor.name)
    await emit(SurveyPublished(version.id))
    return version


def _refuse_renames(published: Questionnaire, draft: Questionnaire) -> None:
    renamed = [change for change in difference(published, draft).changes if change.code == "QUESTION_RENAMED"]
    if renamed:
        told = " ".join(change_in_words(change, "en") for change in renamed)
        message = f"{told} Give questions their old id back, or confirm the new one (`confirmRenames`, `--renamed`) to begin anew with it."
        raise Conflict("RENAMED", message)


def _publishable(survey: Survey) -> Questionnaire:
    found = check(survey.draft)
    faults = found.faults
    if found.questionnaire and found.questionnaire.key != survey.key:
        message = f"The document says `key: {found.questionnaire.key}`, but this survey is `{survey.key}`. Change the line."
        faults.append(Fault("key", "WRONG_VALUE", message))
    if faults or found.questionnaire is None:
        raise Invalid(faults)
    return found.questionnaire
