"""Finding an edition of a survey: a published version by its number, or the draft."""

from voc.core.errors import Invalid, NotFound
from voc.surveys.check import check
from voc.surveys.models import Survey, SurveyVersion
from voc.surveys.queries import questionnaire_of
from voc.surveys.questionnaire import Questionnaire


async def published_edition(survey: Survey, number: int | None = None) -> Questionnaire:
    """The version of that number, or the one customers see now. NotFound where there is none."""
    row = await SurveyVersion.get_or_none(survey_id=survey.id, number=survey.last_number if number is None else number)
    if row is None:
        missing = f"The survey `{survey.key}` has no version {number}" if number else f"The survey `{survey.key}` was never published"
        raise NotFound(f"{missing}.")
    return questionnaire_of(row)


def draft_edition(survey: Survey) -> Questionnaire:
    """What the draft describes; Invalid with each fault where it describes nothing."""
    found = check(survey.draft)
    if found.questionnaire is None:
        raise Invalid(found.faults)
    return found.questionnaire
