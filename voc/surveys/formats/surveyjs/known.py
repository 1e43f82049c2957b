"""What the expressions of one file may speak of: its questions by their names, what it reckons, and facts from outside. PURE."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from voc.core.expressions import Kind
from voc.surveys.formats.keys import words_apart
from voc.surveys.formats.logic.saying import LookUp, term_of
from voc.surveys.formats.logic.terms import Answer, Constant, Either, Reckoned, Several, Term, given
from voc.surveys.formats.logic.tree import Unsayable
from voc.surveys.formats.surveyjs.expressions import FUNCTIONS
from voc.surveys.formats.surveyjs.parsing import read
from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.questions import Asked, Choosing, Fields, Hidden, Matrix, Question, SideBySide, Slider, Source
from voc.surveys.questions.rows import CELL_KINDS, InRows

_OF_A_PLACE = re.compile(
    r"(?:panelIndex|rowIndex|rowName|rowValue|visiblePanelIndex|item|choice|self|\$self|locale|pageno|pagecount)\b|[#$]", re.I
)
_INDEX = re.compile(r"\[(\d+|\w+)\]")
_NAMED_WELL = re.compile(r"[^\W\d][\w .\-]{0,100}")
_LENGTH = re.compile(r"(.+)\.(?:length|count)")
MOST_FROM_OUTSIDE = 100


@dataclass(slots=True)
class Known:
    """Looks names up. A name that is no question is a fact from outside: it becomes a hidden question."""

    setting: Setting
    reckoned: Mapping[str, str] = field(default_factory=dict)
    outside: dict[str, Hidden] = field(default_factory=dict)
    _terms: dict[str, list[Term]] = field(default_factory=dict)
    _depth: int = 0

    def add(self, names: tuple[str, ...], question: Question, marks: tuple[str, str] = ("true", "false")) -> None:
        """Make a question known under its names; `marks` are what the file stores for yes and no."""
        for name in dict.fromkeys(name for name in names if name):
            for path, term in _terms_of(question, marks):
                whole = f"{name}.{path}" if path else name
                self._terms.setdefault(whole, []).append(term)
                if path != path.lower() or path.count("."):
                    self._terms.setdefault(whole.lower(), [term])

    def look_up(self, scope: str = "", item: str | None = None) -> LookUp:
        """For the place of an expression: the name of the panel around it, and the choice or row it is about."""
        return lambda name: self._term(name, scope, item)

    def answer_name(self, name: str, scope: str) -> str:
        """The name under which the answer is kept that a text speaks of; "" where a text cannot say it."""
        try:
            term = self._term(name, scope, None)
        except Unsayable:
            return ""
        first = term.terms[0] if isinstance(term, Several) and term.terms else term
        first = first.then if isinstance(first, Either) else first
        return first.name if isinstance(first, Answer) else ""

    def _term(self, name: str, scope: str, item: str | None) -> Term:
        name = " ".join(name.split())
        if item is not None and name.lower() in {"item", "choice", "row"}:
            return Constant(item)
        if name.startswith("panel.") and scope:
            return self._term(f"{scope}.{name[6:]}", "", None)
        found = self._question(name) or self._question(_INDEX.sub("", name))
        if found:
            return found
        if match := _LENGTH.fullmatch(name):
            return _size(self._term(match[1], scope, item))
        if name in self.reckoned:
            return self._expression(name, scope)
        return self._from_outside(name)

    def _question(self, name: str) -> Term | None:
        terms = self._terms.get(name) or self._terms.get(name.lower())
        if not terms:
            return None
        found = terms[-1]
        for term in reversed(terms[:-1]):
            found = Either(given(term), term, found)
        return found

    def _expression(self, name: str, scope: str) -> Term:
        if self._depth > 5:
            raise Unsayable(f"`{name}` is reckoned from itself")
        self._depth += 1
        try:
            return term_of(read(self.reckoned[name]), self.look_up(scope), FUNCTIONS)
        finally:
            self._depth -= 1

    def _from_outside(self, name: str) -> Term:
        if _OF_A_PLACE.match(name) or name.startswith(("panel.", "row.", "prevPanel.", "nextPanel.")) or not _NAMED_WELL.fullmatch(name):
            raise Unsayable(f"`{{{name}}}` has no counterpart")
        if name not in self.outside:
            if len(self.outside) >= MOST_FROM_OUTSIDE:
                raise Unsayable(f"`{{{name}}}` is no question")
            fact = Hidden(id="x", code=name[:200], source=Source.LINK, key=name[:200])
            self.outside[name] = self.setting.names.question(fact, words_apart(name))
            why = "This is no question of the file but a fact from outside. It is a hidden question now, filled from the link."
            self.setting.notes.changed(name, "FACT_FROM_OUTSIDE", f"{{{name}}}", why, self.outside[name].id)
        return Answer(self.outside[name].id, Kind.TEXT)


def _terms_of(question: Question, marks: tuple[str, str]) -> list[tuple[str, Term]]:
    """The answers to a question by the rest of their name: "" for the question itself, its rows, cells and fields."""
    parts = _parts_of(question, marks)
    found: list[tuple[str, Term]] = [(path, term) for path, term in parts if path]
    own = [term for path, term in parts if not path]
    if own:
        found.insert(0, ("", own[0]))
    elif parts:
        found.insert(0, ("", Several(tuple(term for _, term in parts))))
    if isinstance(question, Asked) and question.comment:
        found.append(("Comment", Answer(question.comment_name, Kind.TEXT)))
    return found


def _parts_of(question: Question, marks: tuple[str, str]) -> list[tuple[str, Term]]:
    if isinstance(question, Choosing):
        kind = Kind.TEXTS if question.answer is Kind.TEXTS else Kind.TEXT
        return [("", Answer(question.id, kind, question.codes))]
    if isinstance(question, Fields):
        return [(one.code, Answer(name, Kind.TEXT)) for one, name in question.field_names()]
    if isinstance(question, Matrix):
        codes = tuple(column.code for column in question.columns)
        return [(row.code, Answer(name, CELL_KINDS[question.cells], codes)) for row, _, name in question.cell_names()]
    if isinstance(question, SideBySide):
        return [
            (f"{row.code}.{group.id}", Answer(name, CELL_KINDS[group.cells], tuple(column.code for column in group.columns)))
            for row, group, name in question.cell_names()
        ]
    if isinstance(question, Slider | InRows) and question.rows:
        return [(row.code, Answer(name, Kind.NUMBER)) for row, name in question.row_names()]
    names = question.names()
    return [("", Answer(question.id, names[question.id], marks=marks))] if question.id in names else []


def _size(term: Term) -> Term:
    if isinstance(term, Answer) and term.kind in (Kind.TEXTS, Kind.TEXT):
        return Reckoned(f"(has({term.cel}) ? double(size({term.cel})) : 0.0)")
    raise Unsayable("the length of something that has none")
