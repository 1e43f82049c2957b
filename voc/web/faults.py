"""What has to be mended in a form, by field: from the problems of a mutation, or found by the page itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from voc.web.wording import Words


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing to mend: the field of the form it concerns (empty: the whole form), and what to say beside it."""

    field: str
    text: str | Markup


class Faults:
    """The faults of one form, in the order of its fields."""

    __slots__ = ("_found",)

    def __init__(self, found: Iterable[FormFault] = ()) -> None:
        self._found = tuple(found)

    def of(self, field: str) -> str | Markup:
        """What to say beside a field; empty where it is right."""
        return next((fault.text for fault in self._found if fault.field == field), "")

    def __iter__(self) -> Iterator[FormFault]:
        return iter(self._found)

    def __bool__(self) -> bool:
        return bool(self._found)


NO_FAULTS = Faults()


@dataclass(frozen=True, slots=True)
class Changed:
    """What a mutation answered: the row when it was done, else the code and message of the problem and its faults."""

    row: Mapping[str, Any] | None
    code: str = ""
    message: str = ""
    faults: tuple[Mapping[str, str], ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return self.row is not None

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows it."""
        return {"": 200, "INVALID_INPUT": 422, "NOT_FOUND": 404}.get(self.code, 409)


def changed(data: Mapping[str, Any]) -> Changed:
    """Read the answer of a mutation with one field."""
    row = next(iter(data.values()))
    kind = row["__typename"]
    if kind == "InvalidInput":
        return Changed(None, "INVALID_INPUT", row["message"], tuple(row["faults"]))
    if kind == "Conflict":
        return Changed(None, row["code"], row["message"])
    if kind == "NotFound":
        return Changed(None, "NOT_FOUND", row["message"])
    return Changed(row)


def form_faults(answer: Changed, words: Words, fields: Mapping[str, str] | None = None) -> Faults:
    """The faults beside the fields of a form. `fields` names them where they are not called as in the API.

    A code that the words know (`fault_TEXT_MISSING`) is said in the reader's language; others as the API says them.
    """
    if answer.is_done:
        return NO_FAULTS
    if not answer.faults:
        return Faults([FormFault("", said(words, answer.code, answer.message))])
    renamed = fields or {}
    found = []
    for fault in answer.faults:
        path = fault["path"].removeprefix("input.")
        found.append(FormFault(renamed.get(path, path), said(words, fault["code"], fault["message"])))
    return Faults(found)


def said(words: Words, code: str, message: str) -> str | Markup:
    """A problem in the reader's words where we have them, else in the API's English, marked as such."""
    key = f"fault_{code}"
    if key in words.keys():  # noqa: SIM118 - not a dict
        return words(key)
    return message if words.reader.startswith("en") else Markup('<span lang="en">{}</span>').format(message)
