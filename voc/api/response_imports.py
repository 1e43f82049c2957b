"""Responses that another system collected: bringing its export onto the survey that was imported from it."""

import strawberry

from voc.api.context import Info
from voc.api.exposed import shape, takes
from voc.api.given_files import bytes_of
from voc.api.global_ids import row_id
from voc.api.idempotency import Keyed
from voc.api.mutations import mutation
from voc.api.surveys import Survey
from voc.core.find import one
from voc.responses.import_export import ExportFile, import_export, try_export
from voc.responses.import_responses import Outcome
from voc.surveys.formats.exported import OutsideColumns
from voc.surveys.queries import surveys_visible_to

MOST_AT_ONCE = 25_000


@shape
class ExportColumn:
    """A column of a file of responses."""

    column: str
    """Its name in the first row of the file."""
    answer: str | None
    """The answer of ours that it holds, as `Question.answers` names it; null where it was not used."""
    why: str
    """Why it was not used; empty where it was."""
    values_left_out: int
    """How many of its values fitted no answer."""


@shape
class ExportLoss:
    """A value that fits no answer. The rest of its response is not touched by that."""

    line: int
    """The line of the file where its response begins, from 1."""
    column: str
    """Its column, or the answer that it would have been."""
    message: str
    """What to do about it, for a person."""


@shape
class ImportedResponses:
    """What came of a file of responses."""

    survey: Survey
    """The survey."""
    is_trial: bool
    """Whether this only says what would come of it, and nothing was stored."""
    stored: int
    """How many responses are new."""
    known: int
    """How many were there already, from an earlier time or an earlier line, and stay as they are."""
    columns: list[ExportColumn]
    """Every column, used or not; those that only tell who answered and when are left out."""
    values_left_out: int
    """How many values fitted no answer, in all."""
    losses: list[ExportLoss]
    """The first hundred of them."""


@takes
class ImportResponsesInput(Keyed):
    """An export of responses: its text in `document`, or its bytes in `documentBase64`; exactly one."""

    survey_id: strawberry.ID
    """The survey. It was imported from a file of Qualtrics or LimeSurvey, and published."""
    document: str | None
    """The text of the file: CSV or TSV, as Qualtrics or LimeSurvey exports it."""
    document_base64: str | None
    """The bytes of the file in base64, or those of the file packed with gzip; at most 5 MB of bytes and 25,000 responses."""
    customer_column: str | None
    """The column with the customers' ids; the usual one of that system when left out."""
    customer_system: str | None
    """The system that knows these ids; without it, responses are of nobody."""
    contact_column: str | None
    """The column with the contacts' ids."""
    contact_system: str | None
    """The system that knows these ids."""
    is_trial: bool | None
    """Whether only to say what would come of it, with nothing stored; no when left out."""


@shape
class ResponseImportMutations:
    """Bringing responses along."""

    @mutation(ImportedResponses)
    async def import_responses(self, info: Info, input: ImportResponsesInput) -> ImportedResponses:
        """Store every response of an export once. Asked again, it stores nothing twice.

        Each belongs to the newest edition of the survey and was invited by nobody. A value that fits no answer is left out and told with
        its line. Customers and contacts are joined by their outside ids, also when they become known later.
        """
        survey = await one(surveys_visible_to(info.context.actor), row_id(input.survey_id, "Survey", path="surveyId"))
        file = ExportFile(
            survey=survey.key,
            data=bytes_of(input.document, input.document_base64),
            most=MOST_AT_ONCE,
            columns=OutsideColumns(input.customer_column or "", input.contact_column or ""),
            customer_system=input.customer_system or "",
            contact_system=input.contact_system or "",
        )
        found = await (try_export if input.is_trial else import_export)(info.context.actor, file)
        return ImportedResponses(
            survey=survey,  # type: ignore[arg-type] # a row, of which this type is a view
            is_trial=bool(input.is_trial),
            stored=found.stored,
            known=found.known,
            columns=_columns(found),
            values_left_out=sum(found.losses.counts.values()),
            losses=[ExportLoss(line=loss.line, column=loss.column, message=_WAY_OUT) for loss in found.losses.first],
        )


_WAY_OUT = (
    "This value is no answer to its question, so it was left out. Correct it before you store the responses: those that are stored stay "
    "as they are."
)


def _columns(found: Outcome) -> list[ExportColumn]:
    counts = found.losses.counts
    used = [
        ExportColumn(column=column, answer=answer, why="", values_left_out=counts.get(column, 0)) for column, answer in found.used.items()
    ]
    return [*used, *(ExportColumn(column=one.column, answer=None, why=one.why, values_left_out=0) for one in found.not_used)]
