"""What LimeSurvey's expressions speak of (`code`, `code_SQ001.NAOK`, `424242X3X174`) as answers of ours. PURE."""

import re
from collections.abc import Iterable, Mapping

from voc.core.expressions import Kind
from voc.surveys.formats.logic.saying import said, term_of
from voc.surveys.formats.logic.terms import Answer, Condition, Reckoned, Several, Term, Ticked, quoted
from voc.surveys.formats.logic.tree import Grammar, Node, Unsayable, read
from voc.surveys.formats.lss.making import OTHER_CODE
from voc.surveys.formats.lss.source import Item
from voc.surveys.questions import (
    Cells,
    Choice,
    Fields,
    Matrix,
    MultipleChoice,
    NotAsked,
    Question,
    SideBySide,
    SingleChoice,
    Slider,
)

_TOKEN = re.compile(
    r"""(?:"(?P<text>(?:\\.|[^"\\])*)")|(?:'(?P<quoted>(?:\\.|[^'\\])*)')
      | (?P<name>\d+X\d+X\d+\w*(?:\#\d)?(?:\.\w+)? | [A-Za-z_]\w*(?::\w+)?(?:[.]\w+)*)
      | (?P<number>\d+(?:\.\d+)?|\.\d+)
      | (?P<sign>==|!=|<=|>=|&&|\|\||[-+*/!<>(),=])""",
    re.VERBOSE,
)
_SIGNS = {
    **{sign: sign for sign in ("==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "and", "or")},
    **{"&&": "and", "||": "or", "!": "not", "=": "==", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="},
}
GRAMMAR = Grammar(_TOKEN, _SIGNS)
_DEEPEST = 5
_SAME_VALUE = {"naok", "code", "value", "valuenaok", "shown"}


class Answers:
    """Every name of LimeSurvey's that means an answer of ours.

    `nearly` holds the names that no question has, with the one that they were taken as: LimeSurvey takes underscores out of codes when it
    makes a survey of a file, and leaves them in expressions.
    """

    def __init__(self, pairs: Iterable[tuple[Item, Question]], survey_id: str) -> None:
        self._terms: dict[str, Term] = {}
        self._sums: dict[str, str] = {}
        self.nearly: dict[str, str] = {}
        for item, question in pairs:
            for name in (item.code, f"{survey_id}X{item.group}X{item.id}"):
                self._add(name, "_" if name == item.code else "", item, question)
        self._folded: dict[str, list[str]] = {}
        for name in self._terms:
            self._folded.setdefault(name.replace("_", ""), []).append(name)

    def condition(self, text: str, own: str = "") -> Condition:
        """A relevance expression in CEL; Unsayable names what has no counterpart. `own` is what `self` and `this` mean."""
        return said(_tree(text), lambda name: self.term(own if name.split(".")[0].lower() in {"self", "this"} and own else name), {})

    def term(self, name: str, depth: int = 0) -> Term:
        """What a name stands for."""
        plain = name.removeprefix("that.").removeprefix("self.")
        bare, _, suffix = plain.partition(".")
        if bare in self._sums:
            return self._sum(bare, depth)
        found = self._terms.get(bare) or self._near(bare)
        if found is None:
            raise Unsayable(f"there is no question `{name[:60]}` that is answered")
        if suffix.lower() in {"value", "valuenaok"} and isinstance(found, Answer) and found.points:
            return _by_points(found)
        if suffix and suffix.lower() not in _SAME_VALUE:
            raise Unsayable(f"`.{suffix[:40]}` has no counterpart")
        if suffix.lower() == "shown" and isinstance(found, Answer) and found.codes:
            raise Unsayable("the words of an answer cannot be compared")
        return found

    def _near(self, name: str) -> Term | None:
        alike = self._folded.get(name.replace("_", ""), [])
        if len(alike) != 1:
            return None
        self.nearly[name] = alike[0]
        return self._terms[alike[0]]

    def _sum(self, name: str, depth: int) -> Term:
        if depth >= _DEEPEST:
            raise Unsayable("sums build on each other")
        written = self._sums[name].strip()
        inner = written[1:-1] if written.startswith("{") and written.endswith("}") else written
        if "{" in inner:
            raise Unsayable(f"`{name}` is made of words")
        return term_of(_tree(inner), lambda other: self.term(other, depth + 1), {})

    def _add(self, name: str, joint: str, item: Item, question: Question) -> None:
        if not name or name in self._terms or name in self._sums:
            return
        if isinstance(question, NotAsked):
            if item.type == "*":
                self._sums[name] = question.expression
            return
        parts = dict(_parts(question))
        for end, term in parts.items():
            self._terms.setdefault(f"{name}{joint}{end}", term)
        own = question.names().get(question.id)
        if isinstance(question, MultipleChoice) or (own is None and parts):
            self._terms[name] = Several(tuple(term for end, term in parts.items() if not end.endswith("comment")))
        elif own is not None:
            self._terms[name] = _own(question, own)


def tables(question: Question) -> Mapping[str, Term]:
    """For each row or choice of a question, by its code, what tells that it was answered: what array filters go by."""
    if isinstance(question, MultipleChoice):
        return {choice.code: Ticked(question.id, choice.code) for choice in question.choices}
    return dict(_parts(question))


def _own(question: Question, kind: Kind) -> Term:
    if isinstance(question, SingleChoice):
        return _coded(question.id, question.choices)
    return Answer(question.id, kind)


def _coded(name: str, choices: Iterable[Choice]) -> Answer:
    listed = tuple(choices)
    points = {one.code: one.points for one in listed if one.points is not None}
    return Answer(name, Kind.TEXT, tuple(one.code for one in listed), points)


def _parts(question: Question) -> Iterable[tuple[str, Term]]:
    if isinstance(question, SingleChoice | MultipleChoice):
        yield from _choices(question)
    elif isinstance(question, Matrix):
        yield from _cells(question)
    elif isinstance(question, SideBySide):
        for row, group, name in question.cell_names():
            yield f"{row.code}_{group.id[1:]}", _coded(name, group.columns)
            yield f"{row.code}#{group.id[1:]}", _coded(name, group.columns)
    elif isinstance(question, Fields):
        kinds = question.answers()
        yield from ((one.code, Answer(name, kinds[name])) for one, name in question.field_names())
    elif isinstance(question, Slider):
        yield from ((row.code, Answer(name, Kind.NUMBER)) for row, name in question.row_names())


def _choices(question: SingleChoice | MultipleChoice) -> Iterable[tuple[str, Term]]:
    words = question.words_names
    for choice in question.choices:
        own = words.get(choice.code)
        if choice.code == OTHER_CODE and own:
            yield "other", Answer(own, Kind.TEXT)
        elif isinstance(question, MultipleChoice):
            yield choice.code, Ticked(question.id, choice.code)
            if own:
                yield f"{choice.code}comment", Answer(own, Kind.TEXT)
    if question.comment:
        yield "comment", Answer(question.comment_name, Kind.TEXT)


def _cells(question: Matrix) -> Iterable[tuple[str, Term]]:
    for row, column, name in question.cell_names():
        if column is not None:
            yield f"{row.code}_{column.code}", Answer(name, Kind.NUMBER if question.cells is Cells.NUMBER else Kind.TEXT)
        elif question.cells is Cells.MULTIPLE:
            yield from ((f"{row.code}_{one.code}", Ticked(name, one.code)) for one in question.columns)
        else:
            yield row.code, _coded(name, question.columns)


def _by_points(answer: Answer) -> Term:
    worth = " : ".join(f"{answer.cel} == {quoted(code)} ? {points!r}" for code, points in answer.points.items())
    return Reckoned(f"({worth} : 0.0)")


def _tree(text: str) -> Node:
    return read(re.sub(r"\A\s*\{(.*)\}\s*\Z", r"\1", text, flags=re.DOTALL), GRAMMAR)
