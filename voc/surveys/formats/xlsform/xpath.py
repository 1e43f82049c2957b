"""XPath as forms write it (`${age} >= 18 and selected(${why}, 'a')`) over answers of ours. PURE."""

import re
from collections.abc import Iterable, Mapping

from voc.core.expressions import Kind
from voc.surveys.formats.logic.saying import said, term_of
from voc.surveys.formats.logic.terms import Answer, Condition, Constant, Term
from voc.surveys.formats.logic.tree import Grammar, Node, Unsayable, read
from voc.surveys.questions import NotAsked, Question, SingleChoice

_TOKEN = re.compile(
    r"""(?:"(?P<text>[^"]*)")|(?:'(?P<quoted>[^']*)')
      | (?P<name>\$\{\s*[^{}]+?\s*\}|\.\.|\.(?!\d)|[A-Za-z_][\w.\-]*(?::[A-Za-z_][\w.\-]*)?)
      | (?P<number>\d+(?:\.\d+)?|\.\d+)
      | (?P<sign>!=|<=|>=|[-+*<>(),=])""",
    re.VERBOSE,
)
_SIGNS = {
    **{sign: sign for sign in ("!=", "<", "<=", ">", ">=", "+", "-", "*", "and", "or")},
    **{"=": "==", "div": "/", "mod": "%"},
}
GRAMMAR = Grammar(_TOKEN, _SIGNS)
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " "})
_DEEPEST = 5


class Answers:
    """Every name of the form that means an answer of ours."""

    def __init__(self, pairs: Iterable[tuple[str, Question]]) -> None:
        self._terms: dict[str, Term] = {}
        self._sums: dict[str, str] = {}
        for name, question in pairs:
            if isinstance(question, NotAsked):
                if question.was.startswith("calculated"):
                    self._sums.setdefault(name, question.expression)
            elif question.id in (kinds := question.names()):
                self._terms.setdefault(name, _own(question, kinds[question.id]))

    def condition(self, text: str, own: str = "", columns: Mapping[str, str] | None = None) -> Condition:
        """An expression in CEL; `own` is what `.` means, `columns` are those of a choice. Unsayable names what has no counterpart."""
        return said(tree(text), lambda name: self.term(name, own, columns), {})

    def term(self, name: str, own: str = "", columns: Mapping[str, str] | None = None, depth: int = 0) -> Term:
        """What a name stands for."""
        if name == "." and own:
            return self.term(f"${{{own}}}", depth=depth)
        if name.startswith("${"):
            plain = name[2:-1].strip()
            if plain in self._terms:
                return self._terms[plain]
            if plain in self._sums and depth < _DEEPEST:
                return term_of(tree(self._sums[plain]), lambda other: self.term(other, plain, None, depth + 1), {})
            raise Unsayable(f"there is no question `{plain[:60]}` that is answered")
        if columns is not None and name not in {".", ".."}:
            return Constant(columns.get(name.lower(), name if name.lower() not in columns else ""))
        raise Unsayable(f"`{name[:60]}` has no counterpart")


def tree(text: str) -> Node:
    """The tree of an expression."""
    return read(text.translate(_QUOTES).strip(), GRAMMAR)


def _own(question: Question, kind: Kind) -> Term:
    if isinstance(question, SingleChoice):
        return Answer(question.id, kind, question.codes)
    return Answer(question.id, kind, marks=("OK", "") if kind is Kind.YES_NO else ("Y", "N"))
