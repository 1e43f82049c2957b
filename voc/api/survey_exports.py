"""Questionnaires as files: ours, those of other systems, and paper."""

from typing import Annotated

import strawberry

from voc.api.context import Info
from voc.api.exposed import enum, field, shape
from voc.api.nodes import known
from voc.core.errors import Conflict, Invalid
from voc.surveys import models
from voc.surveys.check import check
from voc.surveys.formats import export as exporting
from voc.surveys.formats.export import ExportFormat, export
from voc.surveys.queries import questionnaire_of
from voc.surveys.questionnaire import Questionnaire

enum(
    ExportFormat,
    "The formats that a questionnaire can be given in. New values may be added: handle unknown ones.",
    name="SurveyExportFormat",
    YAML="Our own, as people write it; holds everything.",
    JSON="Our own, as programs write it; holds everything.",
    SURVEYJS="The JSON of SurveyJS.",
    QSF="Qualtrics: pages, questions, words, codes; no conditions.",
    HTML="A page to print, in one language.",
)


@shape
class SurveyFileLoss:
    """Something of a questionnaire that is not in a file for another system."""

    path: str
    """Its place in the document: `pages[0].show_if`."""
    what: str
    """What it is and what to do about it, for a person."""


@shape
class SurveyFile:
    """A questionnaire as a file."""

    text: str
    """The text of the file."""
    file_name: str
    """A name for it."""
    media_type: str
    """Its media type."""
    left_behind: list[SurveyFileLoss]
    """What is not in the file; empty for our own formats, which hold everything, and for paper."""


Format = Annotated[ExportFormat, strawberry.argument(description="The format of the file.")]
Language = Annotated[str | None, strawberry.argument(description="The language of a page to print; the first when left out.")]
SurveyOrVersion = Annotated[strawberry.ID, strawberry.argument(description="The id of a Survey, for its draft, or of a SurveyVersion.")]


@shape
class SurveyExportQueries:
    """Questionnaires as files."""

    @field(SurveyFile | None)
    async def survey_export(self, info: Info, id: SurveyOrVersion, format: Format, language: Language = None) -> exporting.Exported | None:
        """The draft of a survey, or a published edition, as a file. A draft that does not parse is an error: mend it first."""
        name, key = known(id, "id")
        if name not in ("Survey", "SurveyVersion"):
            raise Invalid.at("id", "WRONG_TYPE_OF_ID", f"`id` takes the id of a Survey or a SurveyVersion, and this is the id of a {name}.")
        rows = info.context.loaders
        row = await (rows.row(models.Survey, key) if name == "Survey" else rows.row(models.SurveyVersion, key))
        if row is None:
            return None
        questionnaire = questionnaire_of(row) if isinstance(row, models.SurveyVersion) else _drafted(row)
        return export(questionnaire, format, language or "")


def _drafted(row: models.Survey) -> Questionnaire:
    found = check(row.draft).questionnaire
    if found is None:
        raise Conflict("DRAFT_UNREADABLE", "The draft is no questionnaire yet: `draftProblems` says what is to mend.")
    return found
