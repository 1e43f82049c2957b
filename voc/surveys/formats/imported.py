"""What comes of reading another system's file: a questionnaire, and a report in which nothing is missing. PURE."""

from dataclasses import dataclass
from enum import StrEnum

from voc.surveys.questionnaire import Questionnaire


class Fate(StrEnum):
    """What became of something in the file."""

    CHANGED = "changed"
    SIMPLIFIED = "simplified"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One thing that is not in the questionnaire as it was in the file.

    `source_id` is its id there (a question's, a block's, a quota's …), `question_id` ours, empty where it has none; `code` is for
    programs, such as SCRIPT_DROPPED; `what` shows what it was and `why` says in a sentence what became of it and what to do about it.
    """

    source_id: str
    question_id: str
    code: str
    fate: Fate
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A questionnaire that parses, and what was changed, simplified or dropped on the way."""

    questionnaire: Questionnaire
    report: tuple[ReportItem, ...]


class NotImportable(ValueError):
    """A file cannot be read: `code` for programs, the message names the place and the way out. Nothing was made of it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
