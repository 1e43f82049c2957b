"""Expressions of SurveyJS as trees: names in braces, words for signs, `empty` behind its operand, lists. PURE."""

import re
from collections.abc import Mapping
from functools import partial
from typing import TypeGuard

from voc.core.expressions import Kind
from voc.surveys.formats.logic.comparing import compared
from voc.surveys.formats.logic.saying import Function, LookUp, chosen_if, has_chosen, said, sum_of, term_of
from voc.surveys.formats.logic.terms import (
    Answer,
    Condition,
    Constant,
    Either,
    Reckoned,
    Several,
    Term,
    both,
    either,
    given,
    negated,
    quoted,
)
from voc.surveys.formats.logic.tree import DEEPEST, LONGEST, Call, Literal, Name, Node, Operation, Unsayable

_TOKEN = re.compile(
    r"""\s*(?:(?P<name>\{[^{}]*\})
      | (?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
      | (?P<number>0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w-]))
      | (?P<sign>&&|\|\||<>|!=|===?|>=|<=|\*=|[=<>!()\[\],+\-*/%^|&])
      | (?P<word>[^\s()\[\]{},'"=<>!&|+*/%^-](?:[^\s()\[\]{},'"=<>!&|+*/%^-]|-(?=\w))*))""",
    re.VERBOSE,
)
_COMPARISONS = {
    **{"=": "==", "==": "==", "===": "==", "equal": "==", "!=": "!=", "<>": "!=", "notequal": "!=", ">": ">", "greater": ">"},
    **{">=": ">=", "greaterorequal": ">=", "<": "<", "less": "<", "<=": "<=", "lessorequal": "<="},
}
_BETWEEN = {
    **{"contains": "contains", "contain": "contains", "*=": "contains", "notcontains": "notcontains", "notcontain": "notcontains"},
    **{"anyof": "anyof", "allof": "allof", "noneof": "noneof"},
}
_JOINS = ({"or": "or", "||": "or", "|": "or"}, {"and": "and", "&&": "and", "&": "and"})
_SUMS = ({"+": "+", "-": "-"}, {"*": "*", "/": "/"})
_YES = {"y", "yes", "true", "1", "on", "ja", "oui", "si", "sí"}
_NOTHING = {"undefined", "null"}


def read(text: str) -> Node:
    """The tree of an expression; Unsayable where it cannot be read."""
    if len(text) > LONGEST:
        raise Unsayable("it is too long")
    return _Parser(text).whole()


def condition(tree: Node, look_up: LookUp) -> Condition:
    """The expression as a condition of ours; Unsayable names the part that has no counterpart."""
    return said(_adapted(tree, look_up), look_up, FUNCTIONS)


def names_in(tree: Node) -> set[str]:
    """Every name that the expression speaks of."""
    if isinstance(tree, Name):
        return {tree.text}
    parts = tree.arguments if isinstance(tree, Call) else tree.operands if isinstance(tree, Operation) else ()
    return set().union(*map(names_in, parts)) if parts else set()


def _adapted(tree: Node, look_up: LookUp) -> Node:
    """A box that was ticked counts as a number above 0 there, and as yes here."""
    if isinstance(tree, Call):
        return Call(tree.name, tuple(_adapted(one, look_up) for one in tree.arguments))
    if not isinstance(tree, Operation):
        return tree
    if tree.operator in {"==", "!="} and isinstance(tree.operands[1], Call) and tree.operands[1].name == "list":
        same = Call("exactly", tree.operands)
        return same if tree.operator == "==" else Operation("not", (same,))
    if tree.operator in {">", ">="} and isinstance(tree.operands[0], Name) and isinstance(tree.operands[1], Literal):
        term = look_up(tree.operands[0].text)
        if isinstance(term, Answer) and term.kind is Kind.YES_NO:
            return Operation("==", (tree.operands[0], Literal("true")))
    if tree.operator in {"==", "!="} and isinstance(tree.operands[0], Name) and isinstance(tree.operands[1], Literal):
        term = look_up(tree.operands[0].text)
        if _is_yes_no(term):
            return Operation(tree.operator, (tree.operands[0], Literal(_yes_or_no(term, tree.operands[1].value))))
    return Operation(tree.operator, tuple(_adapted(one, look_up) for one in tree.operands))


def _is_yes_no(term: Term) -> TypeGuard[Answer | Either]:
    return _is_yes_no(term.then) if isinstance(term, Either) else isinstance(term, Answer) and term.kind is Kind.YES_NO


def _yes_or_no(term: Answer | Either, value: str | float) -> str:
    """`y`, `Yes`, 1, or whatever the file stores for yes, as `true`; all else as `false`."""
    first = term.then if isinstance(term, Either) else term
    marks = first.marks if isinstance(first, Answer) else ("true", "false")
    return "true" if value == 1.0 or str(value).lower() in {*_YES, marks[0].lower()} - {marks[1].lower()} else "false"


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if match is None:
                raise Unsayable(f"`{text[at : at + 20].strip()}` cannot be read")
            self._tokens.append((match.lastgroup or "sign", match[match.lastgroup or 0]))
            at = match.end()
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        """The tree of all tokens."""
        tree = self._joined(0)
        if self._at < len(self._tokens):
            raise Unsayable(f"`{self._tokens[self._at][1]}` was not expected")
        return tree

    def _taken(self, signs: Mapping[str, str]) -> str:
        """The next piece in our spelling, if it is one of these signs."""
        if self._at < len(self._tokens):
            kind, piece = self._tokens[self._at]
            if kind in {"sign", "word"} and piece.lower() in signs:
                self._at += 1
                return signs[piece.lower()]
        return ""

    def _joined(self, level: int) -> Node:
        if level == len(_JOINS):
            return self._comparison()
        self._depth += level == 0
        if self._depth > DEEPEST:
            raise Unsayable("it is nested too deeply")
        parts = [self._joined(level + 1)]
        while self._taken(_JOINS[level]):
            parts.append(self._joined(level + 1))
        self._depth -= level == 0
        return parts[0] if len(parts) == 1 else Operation("and" if level else "or", tuple(parts))

    def _comparison(self) -> Node:
        if self._taken({"not": "not"}):
            return Operation("not", (self._comparison(),))
        left = self._sum(0)
        while found := self._taken(_COMPARISONS) or self._taken(_BETWEEN) or self._taken({"empty": "empty", "notempty": "notempty"}):
            if found in {"empty", "notempty"}:
                left = Call(found, (left,))
            elif found in _BETWEEN.values():
                left = Call(found, (left, self._sum(0)))
            else:
                left = Operation(found, (left, self._sum(0)))
        return left

    def _sum(self, level: int) -> Node:
        if level == len(_SUMS):
            return self._single()
        left = self._sum(level + 1)
        while sign := self._taken(_SUMS[level]):
            left = Operation(sign, (left, self._sum(level + 1)))
        return left

    def _single(self) -> Node:
        if self._at >= len(self._tokens):
            raise Unsayable("it stops in the middle")
        kind, piece = self._tokens[self._at]
        self._at += 1
        if kind == "name":
            return Name(piece[1:-1].strip())
        if kind == "text":
            return Literal(re.sub(r"\\(.)", r"\1", piece[1:-1]))
        if kind == "number":
            return Literal(float(int(piece, 16)) if piece[:2].lower() == "0x" else float(piece))
        if piece == "(":
            return self._until(")")
        if piece == "[":
            return Call("list", self._listed("]"))
        if piece in {"!", "-"} or piece.lower() == "negate":
            self._depth += 1
            if self._depth > DEEPEST:
                raise Unsayable("it is nested too deeply")
            inner = self._single()
            self._depth -= 1
            return Operation("negative" if piece == "-" else "not", (inner,))
        if kind == "word":
            if self._taken({"(": "("}):
                return Call(piece.lower(), self._listed(")"))
            return Literal("" if piece in _NOTHING else piece)
        raise Unsayable(f"`{piece}` was not expected")

    def _until(self, end: str) -> Node:
        """What stands in brackets. Old versions of SurveyJS forgave a last bracket that was forgotten; so do we."""
        found = self._joined(0)
        if not self._taken({end: end}) and self._at < len(self._tokens):
            raise Unsayable("a bracket is not closed")
        return found

    def _listed(self, end: str) -> tuple[Node, ...]:
        if self._taken({end: end}):
            return ()
        found = [self._joined(0)]
        while self._taken({",": ","}):
            found.append(self._joined(0))
        if not self._taken({end: end}):
            raise Unsayable("a bracket is not closed")
        return tuple(found)


def _terms(look_up: LookUp, nodes: tuple[Node, ...]) -> list[Term]:
    return [term_of(one, look_up, FUNCTIONS) for one in nodes]


def _one(look_up: LookUp, nodes: tuple[Node, ...]) -> Term:
    if not nodes:
        raise Unsayable("a function lacks something")
    return term_of(nodes[0], look_up, FUNCTIONS)


def _is_given(look_up: LookUp, nodes: tuple[Node, ...]) -> Term:
    return given(_one(look_up, nodes))


def _is_empty(look_up: LookUp, nodes: tuple[Node, ...]) -> Term:
    return negated(given(_one(look_up, nodes)))


def _has(look_up: LookUp, nodes: tuple[Node, ...]) -> Condition:
    """`contains`: a code among several, or a part of a text; `contains` of a list means all of it."""
    left, right = _terms(look_up, nodes)
    wanted = right.terms if isinstance(right, Several) else (right,)
    return both(_holds_one(left, one) for one in wanted)


def _holds_one(left: Term, wanted: Term) -> Condition:
    if isinstance(left, Answer) and left.kind is Kind.TEXT and not left.codes and isinstance(wanted, Constant):
        found = f"{left.cel}.contains({quoted(str(wanted.value))})"
        return Condition(found, f"(!has({left.cel}) || !{found})")
    if isinstance(left, Several):
        return either(_holds_one(one, wanted) for one in left.terms)
    return has_chosen(left, wanted) if isinstance(left, Answer) and left.kind is Kind.TEXTS else compared("==", left, wanted)


def _among(look_up: LookUp, nodes: tuple[Node, ...], join: object = either, *, opposite: bool = False) -> Term:
    left, right = _terms(look_up, nodes)
    wanted = right.terms if isinstance(right, Several) else (right,)
    found = (both if join is both else either)(_holds_one(left, one) for one in wanted)
    return negated(found) if opposite else found


def _exactly(look_up: LookUp, nodes: tuple[Node, ...]) -> Term:
    left, right = _terms(look_up, nodes)
    wanted = right.terms if isinstance(right, Several) else (right,)
    if not isinstance(left, Answer) or left.kind is not Kind.TEXTS:
        raise Unsayable("a list can only be compared with several choices")
    size = len(wanted)
    many = Condition(f"size({left.cel}) == {size}", f"size({left.cel}) != {size}")
    return both([many, *(has_chosen(left, one) for one in wanted)])


def _listing(look_up: LookUp, nodes: tuple[Node, ...]) -> Term:
    return Several(tuple(_terms(look_up, nodes)))


def _now(_: LookUp, nodes: tuple[Node, ...]) -> Term:
    if nodes:
        raise Unsayable("a day that is reckoned has no counterpart")
    return Reckoned("now")


FUNCTIONS: dict[str, Function] = {
    "empty": _is_empty,
    "notempty": _is_given,
    "contains": _has,
    "notcontains": lambda look_up, nodes: negated(_has(look_up, nodes)),
    "anyof": _among,
    "allof": partial(_among, join=both),
    "noneof": partial(_among, opposite=True),
    "exactly": _exactly,
    "list": _listing,
    "iif": lambda look_up, nodes: chosen_if(_terms(look_up, nodes)),
    "sum": lambda look_up, nodes: sum_of(_terms(look_up, nodes)),
    "today": _now,
    "currentdate": _now,
}
