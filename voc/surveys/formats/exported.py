"""Responses read out of another system's export, ready to be stored under our answer names. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedResponse:
    """One response of the file. `source_id` is its id there; `answers` are raw values by the names of our answers."""

    source_id: str
    answers: Mapping[str, object]
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
class Exported:
    """The responses of a file, the columns that were not used, and how many values of which column fitted no answer."""

    responses: tuple[ExportedResponse, ...]
    columns_used: int
    not_used: tuple[ColumnNotUsed, ...]
    values_lost: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutsideColumns:
    """The columns that hold the ids of customers and contacts in another system; left empty, the usual ones are taken."""

    customer: str = ""
    contact: str = ""
