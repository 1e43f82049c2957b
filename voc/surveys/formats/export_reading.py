"""An export of responses, read as the system writes it that the questionnaire came from. PURE."""

from voc.surveys.formats.exported import Exported, OutsideColumns
from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.limesurvey_csv import read_limesurvey_csv
from voc.surveys.formats.packed import unpacked
from voc.surveys.formats.qualtrics_csv import read_qualtrics_csv
from voc.surveys.questionnaire import Questionnaire

SYSTEMS = {"qsf": "qualtrics", "lss": "limesurvey"}
LARGEST = 256_000_000


def system_of(questionnaire: Questionnaire) -> str:
    """The system whose exports of responses fit a questionnaire: the one it was imported from. Raises NotImportable for any other."""
    found = SYSTEMS.get(questionnaire.origin.format) if questionnaire.origin else None
    if found is None:
        raise NotImportable(
            "NO_EXPORT", "This survey came from no system whose responses we read. Import its Qualtrics or LimeSurvey file."
        )
    return found


def read_export(data: bytes, questionnaire: Questionnaire, outside: OutsideColumns | None = None) -> Exported:
    """The responses of a file, which may be packed with gzip.

    Raises NotImportable for what is no export of the system that the questionnaire came from.
    """
    system = system_of(questionnaire)
    read = read_qualtrics_csv if system == "qualtrics" else read_limesurvey_csv
    return read(unpacked(data, LARGEST), questionnaire, outside)
