"""An export of responses, read as the system writes it that the questionnaire came from. PURE."""

from voc.surveys.formats.exported import ColumnNotUsed, Exported, ExportedResponse, OutsideColumns
from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.limesurvey_csv import GivenResponse, read_limesurvey_csv
from voc.surveys.formats.qualtrics_csv import read_qualtrics_csv
from voc.surveys.questionnaire import Questionnaire

SYSTEMS = {"qsf": "qualtrics", "lss": "limesurvey"}


def system_of(questionnaire: Questionnaire) -> str:
    """The system whose exports of responses fit a questionnaire: the one it was imported from. Raises NotImportable for any other."""
    found = SYSTEMS.get(questionnaire.origin.format) if questionnaire.origin else None
    if found is None:
        raise NotImportable(
            "NO_EXPORT", "This survey came from no system whose responses we read. Import its Qualtrics or LimeSurvey file."
        )
    return found


def read_export(data: bytes, questionnaire: Questionnaire, outside: OutsideColumns | None = None) -> Exported:
    """The responses of a file. Raises NotImportable for what is no export of the system that the questionnaire came from."""
    if system_of(questionnaire) == "qualtrics":
        return read_qualtrics_csv(data, questionnaire, outside)
    given = read_limesurvey_csv(data, questionnaire)
    survey = questionnaire.origin.id if questionnaire.origin else ""
    responses = tuple(_exported(one, survey or questionnaire.key) for one in given.responses)
    unused = tuple(ColumnNotUsed(column, "No question of the questionnaire has this code.") for column in given.unused)
    return Exported(responses, len(given.used), unused)


def _exported(one: GivenResponse, survey: str) -> ExportedResponse:
    """LimeSurvey numbers the responses of each survey from 1, so that the survey's own number goes before."""
    return ExportedResponse(
        source_id=f"{survey}:{one.id}"[:200],
        answers=one.answers,
        language=one.language,
        begun_at=one.started_at,
        submitted_at=one.submitted_at or one.started_at,
        is_complete=one.submitted_at is not None,
        customer=one.token,
    )
