"""Questionnaires of other systems: importing a file, and the report of what is not in the draft as it was in the file."""

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.context import Info
from voc.api.exposed import computed, enum, exposes, field, shape, takes
from voc.api.given_files import bytes_of
from voc.api.idempotency import Keyed
from voc.api.mutations import mutation
from voc.api.narrowing import id_of
from voc.api.nodes import Node
from voc.api.surveys import Survey
from voc.surveys import models
from voc.surveys.formats.file_format import FileFormat
from voc.surveys.formats.imported import Fate
from voc.surveys.import_file import import_file
from voc.surveys.queries import import_reports_visible_to

enum(
    FileFormat,
    "The formats of files that can be imported. New values may be added: handle unknown ones.",
    name="SurveyFileFormat",
    QSF="Qualtrics, .qsf.",
    LSS="LimeSurvey, .lss, .lsg, .lsq or the archive .lsa.",
    SURVEYJS="SurveyJS: JSON, or a JavaScript literal.",
    XLSFORM="XLSForm: a workbook .xlsx or .xls, or .csv.",
    FORMBRICKS="Formbricks: the JSON of its API.",
    VOC="Our own: YAML or JSON.",
)
enum(
    Fate,
    "What became of something in an imported file.",
    name="ImportFate",
    CHANGED="It came along in another way.",
    SIMPLIFIED="Part of it came along.",
    DROPPED="It did not come along.",
)


@shape
class ImportReportItem:
    """One thing that is not in the draft as it was in the file."""

    source_id: str
    """Its id in the file: a question's, a block's, a quota's."""
    question: str
    """The id of our question that it is about; empty where there is none."""
    code: str
    """What it is, for programs, such as SCRIPT_DROPPED; new codes may be added."""
    fate: Fate
    """What became of it."""
    what: str
    """What it was, as the file has it."""
    why: str
    """What became of it and what to do about it, for a person."""


Only = Annotated[Fate | None, strawberry.argument(description="Only items of this fate; all when left out.")]


@exposes(models.ImportReport, visible=import_reports_visible_to)
class ImportReport(Node):
    """What came of importing one file."""

    at: datetime
    """When it was imported."""
    by: str
    """Who imported it."""
    file_name: str
    """The name of the file; empty where it came without one."""
    questions: int
    """How many questions and texts the draft had then."""

    @computed
    def format(row: models.ImportReport) -> FileFormat:  # noqa: N805 - the source is the row
        """The format that the file was in."""
        return FileFormat(row.format)

    @field(list[ImportReportItem])
    def items(row: Parent[models.ImportReport], fate: Only = None) -> list[ImportReportItem]:  # noqa: N805
        """Everything that was changed, simplified or dropped, in the order of the file."""
        return [
            ImportReportItem(
                source_id=one["source_id"],
                question=one["question_id"],
                code=one["code"],
                fate=Fate(one["fate"]),
                what=one["what"],
                why=one["why"],
            )
            for one in row.items
            if fate is None or one["fate"] == fate.value
        ]

    @field(Survey | None)
    async def survey(row: Parent[models.ImportReport], info: Info) -> models.Survey | None:  # noqa: N805
        """The survey that was made of the file."""
        return await info.context.loaders.row(models.Survey, row.survey_id)


@shape
class ImportedSurvey:
    """A survey made of a file. Nobody is asked with it before it is published."""

    survey: Survey
    """The survey, with the draft to go on from."""
    report: ImportReport
    """What is not in the draft as it was in the file."""


@takes
class ImportSurveyInput(Keyed):
    """A file to make a survey of: its text in `document`, or its bytes in `documentBase64`; exactly one."""

    document: str | None
    """The text of the file: QSF, LSS, JSON, YAML, CSV."""
    document_base64: str | None
    """The bytes of the file in base64, for workbooks and archives, or for a text packed with gzip; at most 5 MB of bytes."""
    format: FileFormat | None
    """The format of the file; told from its content when left out."""
    file_name: str | None
    """The name of the file, for the report."""
    key: str | None
    """Short name that policies use; made from the title when left out."""
    name: str | None
    """Name for colleagues; the title of the file when left out."""
    brand_id: strawberry.ID | None
    """The brand it is asked under; the usual one when left out."""


@shape
class SurveyImportMutations:
    """Bringing questionnaires along."""

    @mutation(ImportedSurvey)
    async def import_survey(self, info: Info, input: ImportSurveyInput) -> ImportedSurvey:
        """Make a survey of a file from Qualtrics, LimeSurvey, SurveyJS, XLSForm, Formbricks, or of our own.

        Everything that could not come along as it was is in the report. A file that cannot be read leaves nothing behind.
        """
        report = await import_file(
            info.context.actor,
            bytes_of(input.document, input.document_base64),
            file_name=input.file_name or "",
            format=input.format,
            key=input.key or "",
            name=input.name or "",
            brand_id=id_of(input.brand_id, "Brand", "brandId"),
        )
        survey = await info.context.loaders.row(models.Survey, report.survey_id)
        return ImportedSurvey(survey=survey, report=report)  # type: ignore[arg-type] # rows, of which these types are views
