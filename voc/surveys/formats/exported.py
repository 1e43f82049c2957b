"""Responses read out of another system's export, ready to be stored under our answer names. PURE."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

MOST_TOLD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedResponse:
    """One response of the file. `source_id` is its id there, `line` where it begins; `answers` are raw values by the names of ours."""

    source_id: str
    answers: Mapping[str, object]
    line: int = 0
    language: str = ""
    begun_at: datetime | None = None
    submitted_at: datetime | None = None
    is_complete: bool = True
    is_test: bool = False
    customer: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ColumnNotUsed:
    """A column of the file that no answer was taken from, and why."""

    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Loss:
    """One value that was left out: the line of the file where its response begins, and its column or answer."""

    line: int
    column: str


@dataclass(slots=True)
class Losses:
    """The values that fitted no answer: how many of each column, and which were the first."""

    counts: dict[str, int] = field(default_factory=dict)
    first: list[Loss] = field(default_factory=list)

    def add(self, line: int, column: str) -> None:
        """One more."""
        self.counts[column] = self.counts.get(column, 0) + 1
        if len(self.first) < MOST_TOLD:
            self.first.append(Loss(line, column))


@dataclass(frozen=True, slots=True)
class Exported:
    """The responses of a file, read one by one as they are asked for, and only once; meanwhile `losses` fills.

    `count` says how many there are, of a file that was looked through to its end. `used` are the columns that found an answer, with its
    name; `not_used` those that did not.
    """

    responses: Iterable[ExportedResponse]
    count: int
    used: Mapping[str, str]
    not_used: tuple[ColumnNotUsed, ...] = ()
    losses: Losses = field(default_factory=Losses)


@dataclass(frozen=True, slots=True)
class OutsideColumns:
    """The columns that hold the ids of customers and contacts in another system; left empty, the usual ones are taken."""

    customer: str = ""
    contact: str = ""
