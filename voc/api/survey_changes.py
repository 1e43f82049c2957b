"""Changes of what we ask."""

import strawberry

from voc.api.context import Info
from voc.api.documents import QuestionnaireDocument, text_of
from voc.api.exposed import one_of, shape, takes
from voc.api.global_ids import row_id
from voc.api.idempotency import Keyed
from voc.api.mutations import mutation
from voc.api.narrowing import id_of
from voc.api.surveys import Survey
from voc.surveys import models
from voc.surveys.change_survey import change_brand, change_key
from voc.surveys.draft import create_survey, save_draft
from voc.surveys.library import load


@one_of
class SurveyContent:
    """Where the first draft of a survey comes from; exactly one."""

    document: QuestionnaireDocument | None = strawberry.UNSET
    """This document."""
    library: str | None = strawberry.UNSET
    """The ready questionnaire with this key."""


@takes
class CreateSurveyInput(Keyed):
    """A new survey."""

    key: str
    """Short name that policies use; the document's own key is made to say the same."""
    name: str
    """Name for colleagues."""
    content: SurveyContent
    """What its first draft is."""
    brand_id: strawberry.ID | None
    """The brand it is asked under; the usual one when left out."""


@takes
class SaveSurveyDraftInput:
    """A new text for a draft."""

    survey_id: strawberry.ID
    """The survey."""
    document: QuestionnaireDocument
    """The whole draft. It is kept even where it does not parse."""
    expected_revision: int
    """The `draftRevision` this text began from; a Conflict when somebody saved in between."""


@takes
class ChangeBrandInput:
    """A survey to ask under another brand."""

    survey_id: strawberry.ID
    """The survey."""
    brand_id: strawberry.ID
    """The brand."""


@takes
class ChangeKeyInput:
    """A survey to give another key."""

    survey_id: strawberry.ID
    """The survey, which was never published."""
    key: str
    """Its new key."""


@shape
class SurveyMutations:
    """Changes of what we ask."""

    @mutation(Survey)
    async def create_survey(self, info: Info, input: CreateSurveyInput) -> models.Survey:
        """Make a survey with a first draft. Nobody is asked with it before it is published."""
        content = input.content
        text = load(content.library).text if isinstance(content.library, str) else text_of(content.document)
        return await create_survey(info.context.actor, input.key, input.name, id_of(input.brand_id, "Brand", "brandId"), text)

    @mutation(Survey)
    async def save_survey_draft(self, info: Info, input: SaveSurveyDraftInput) -> models.Survey:
        """Replace the draft. `draftProblems` of the result says what is still to mend."""
        survey_id = row_id(input.survey_id, "Survey", path="surveyId")
        return await save_draft(info.context.actor, survey_id, text_of(input.document), input.expected_revision)

    @mutation(Survey)
    async def change_brand(self, info: Info, input: ChangeBrandInput) -> models.Survey:
        """Ask a survey under another brand from now on."""
        survey_id, brand_id = row_id(input.survey_id, "Survey", path="surveyId"), row_id(input.brand_id, "Brand", path="brandId")
        return await change_brand(info.context.actor, survey_id, brand_id)

    @mutation(Survey)
    async def change_key(self, info: Info, input: ChangeKeyInput) -> models.Survey:
        """Give a survey that was never published another key, in its draft as well."""
        return await change_key(info.context.actor, row_id(input.survey_id, "Survey", path="surveyId"), input.key)
