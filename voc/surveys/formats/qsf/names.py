"""Which of our answers the names in a file stand for. PURE."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from urllib.parse import unquote

from voc.core.expression_words import KEYWORDS
from voc.core.expressions import Kind
from voc.surveys.formats.qsf.options import Built
from voc.surveys.questions import Choosing, Fields, Hidden, InRows, Matrix, Question, SideBySide, Source, slugs

_LOCATOR = re.compile(r"\s*(?P<scheme>[a-z]+)://(?P<id>[^/]+)(?:/(?P<rest>.*))?\Z", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Locator:
    """Something in the file that a condition or a text points at: `q://QID9/SelectableChoice/1`."""

    scheme: str
    id: str
    parts: tuple[str, ...]


@dataclass(slots=True)
class Names:
    """The questions by their id in the file, and the embedded data by the name of the field."""

    questions: dict[str, Built] = field(default_factory=dict)
    fields: dict[str, list[str]] = field(default_factory=dict)
    outside: dict[str, Hidden] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    _tried: dict[str, int] = field(default_factory=dict)

    def keep(self, source_id: str, built: Built) -> Built:
        """Take a question in under an id that nobody has; none of its answers shares a name with another."""
        wanted = built.question.id
        for candidate in _candidates(wanted, self._tried.get(wanted, 1)):
            renamed = built.renamed(candidate)
            names = {candidate, *renamed.question.names()}
            self._tried[wanted] = self._tried.get(wanted, 0) + 1
            if not names & self.taken:
                break
        self.taken |= names
        self.questions[source_id] = renamed
        return renamed

    def new_name(self, wanted: str) -> str:
        """A name that nobody has, as close as can be to the one that is wanted."""
        found = next(one for one in _candidates(plain_id(wanted)) if one not in self.taken)
        self.taken.add(found)
        return found

    def field(self, name: str) -> list[str]:
        """The answers that hold an embedded field; one that the flow never sets comes from the address of the survey."""
        if name not in self.fields:
            answer = self.new_name(name)
            self.fields[name] = [answer]
            self.outside[answer] = Hidden(id=answer, code=name, source=Source.LINK, key=name)
        return self.fields[name]

    def contact(self, name: str) -> list[str]:
        """The answer that holds something about the person who is asked, such as FirstName."""
        key = _CONTACT.get(name.lower(), plain_id(name))
        marked = f"m://{name}"
        if marked not in self.fields:
            answer = self.new_name(f"customer_{key}")
            self.fields[marked] = [answer]
            self.outside[answer] = Hidden(id=answer, code=name, source=Source.CUSTOMER, key=key)
        return self.fields[marked]


_CONTACT = {"firstname": "first_name", "lastname": "last_name", "email": "email", "externaldatareference": "external_id"}


def located(text: str) -> Locator | None:
    """A locator taken apart; None where it points at nothing, as broken ones do."""
    match = _LOCATOR.match(text)
    if not match or match["id"] == "undefined":
        return None
    # `QID7%231` is the first group of a side by side: QID7#1.
    return Locator(match["scheme"].lower(), unquote(match["id"]), tuple(unquote(part) for part in (match["rest"] or "").split("/") if part))


def plain_id(wanted: str) -> str:
    """A usable id: small letters, digits and _, beginning with a letter, no word of the condition language."""
    slug = next(slugs([wanted]))
    slug = slug if slug[0].isascii() and slug[0].isalpha() else f"q_{slug}"
    return f"q_{slug}" if slug in KEYWORDS else slug[:50]


def row_name(built: Built, row: str) -> str:
    """The name of what is answered in a row or field, by its id in the file; "" where there is none."""
    code, question = built.rows.get(row), built.question
    if isinstance(question, Fields):
        return next((name for one, name in question.field_names() if one.code == code), "")
    if isinstance(question, InRows):
        return next((name for one, name in question.row_names() if one.code == code), "")
    return ""


def cell_name(built: Built, row: str, column: str) -> str:
    """The name of one cell of a table that has an answer in each cell."""
    if not isinstance(built.question, Matrix):
        return ""
    wanted = (built.rows.get(row), built.choices.get(column))
    return next((name for one, two, name in built.question.cell_names() if two and (one.code, two.code) == wanted), "")


def group_name(built: Built, group: str, row: str) -> str:
    """The name of what is answered in one row of one group of a side by side."""
    question, inner = built.question, built.groups.get(group)
    if not isinstance(question, SideBySide) or inner is None:
        return ""
    wanted = (inner.rows.get(row), inner.question.id)
    return next((name for one, two, name in question.cell_names() if (one.code, two.id) == wanted), "")


def words_name(built: Built, option: str) -> str:
    """The name of the own words beside a choice or row."""
    question = built.question
    if isinstance(question, Choosing):
        return question.words_names.get(built.choices.get(option, ""), "")
    return question.words_names().get(built.rows.get(option, ""), "") if isinstance(question, InRows) else ""


def kind_of(question: Question, name: str) -> Kind | None:
    """What the answer under a name is."""
    return question.names().get(name)


def _candidates(wanted: str, first: int = 1) -> Iterator[str]:
    return chain([wanted] if first == 1 else [], (f"{wanted[:50]}_x{number}" for number in count(max(first, 2))))
