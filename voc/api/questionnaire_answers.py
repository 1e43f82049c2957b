"""What answers to a question are: the names they are kept under, and what they are held to."""

from collections.abc import Iterator, Mapping
from datetime import date as day
from typing import Any

from voc.api.exposed import enum, shape
from voc.core.expressions import Kind
from voc.surveys.questions import Asked, CallMeBack, Choosing, Fields, FileUpload, InRows, Matrix, Question, SideBySide

_LIMITS = (
    *("lowest", "highest", "step", "decimals", "total", "shortest", "longest", "pattern"),
    *("at_least", "at_most", "earliest", "latest", "most_files", "most_megabytes"),
)
enum(
    Kind,
    "What an answer holds.",
    name="AnswerKind",
    NUMBER="A number.",
    TEXT="A text: own words, or a code.",
    YES_NO="Yes or no.",
    TEXTS="Several codes.",
    MOMENT="A day, or a day with a time.",
    ATTRIBUTES="Several values by their keys.",
)


@shape
class AnswerName:
    """One answer that a question takes, and what it is about: at most one of row, choice and field is there."""

    name: str
    """The name under which it is kept, and by which conditions and texts speak of it."""
    kind: Kind
    """What it holds."""
    row: str | None
    """The code of the row."""
    column: str | None
    """The code of the column, where each cell has an answer of its own; or the key of the group of columns."""
    choice: str | None
    """The code of the choice beside which the words are typed."""
    field: str | None
    """The code of the field."""


@shape
class QuestionLimits:
    """What an answer is held to; null where there is no such limit."""

    lowest: float | None
    """The smallest number."""
    highest: float | None
    """The largest number."""
    step: float | None
    """The distance between two numbers."""
    decimals: int | None
    """How many decimals a number may have."""
    total: float | None
    """What the numbers must add up to."""
    shortest: int | None
    """The smallest number of characters."""
    longest: int | None
    """The largest number of characters."""
    pattern: str | None
    """The regular expression (RE2) that the whole answer must match."""
    at_least: int | None
    """The smallest number of choices."""
    at_most: int | None
    """The largest number of choices."""
    earliest: str | None
    """The first day or time allowed."""
    latest: str | None
    """The last day or time allowed."""
    most_files: int | None
    """The largest number of files."""
    most_megabytes: int | None
    """The largest size of one file, in MB."""
    accepts: list[str]
    """What files may be; empty where none are asked."""


def limits_of(question: Question) -> QuestionLimits:
    """The limits of a question."""

    def limit(name: str) -> Any:
        found = getattr(question, name, None)
        return str(found) if isinstance(found, day) else None if found == "" else found

    accepts = [kind.value for kind in question.accepts] if isinstance(question, FileUpload) else []
    return QuestionLimits(**{name: limit(name) for name in _LIMITS}, accepts=accepts)


def names_of(question: Question) -> list[AnswerName]:
    """Every answer that a question takes."""
    about = dict(_about(question))
    nothing: dict[str, str | None] = dict.fromkeys(("row", "column", "choice", "field"))
    return [AnswerName(name=name, kind=kind, **{**nothing, **about.get(name, {})}) for name, kind in question.names().items()]


def _about(question: Question) -> Iterator[tuple[str, Mapping[str, str | None]]]:
    if isinstance(question, Matrix):
        yield from ((name, {"row": row.code, "column": column.code if column else None}) for row, column, name in question.cell_names())
    elif isinstance(question, SideBySide):
        yield from ((name, {"row": row.code, "column": group.id}) for row, group, name in question.cell_names())
    elif isinstance(question, InRows):
        yield from ((name, {"row": row.code}) for row, name in question.row_names())
    if isinstance(question, InRows):
        yield from ((name, {"row": code}) for code, name in question.words_names().items())
    if isinstance(question, Choosing):
        yield from ((name, {"choice": code}) for code, name in question.words_names.items())
    if isinstance(question, Fields):
        yield from ((name, {"field": one.code}) for one, name in question.field_names())
    if isinstance(question, CallMeBack):
        yield question.window_name, {"field": "window"}
    if isinstance(question, Asked) and question.comment:
        yield question.comment_name, {"field": "comment"}
