"""Expressions of SurveyJS as trees: names in braces, words for signs, `empty` behind its operand, lists. PURE."""

import re
from collections.abc import Mapping

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
_NOTHING = {"undefined", "null"}


def read(text: str) -> Node:
    """The tree of an expression; Unsayable where it cannot be read."""
    if len(text) > LONGEST:
        raise Unsayable("it is too long")
    return _Parser(text).whole()


def names_in(tree: Node) -> set[str]:
    """Every name that the expression speaks of."""
    if isinstance(tree, Name):
        return {tree.text}
    parts = tree.arguments if isinstance(tree, Call) else tree.operands if isinstance(tree, Operation) else ()
    return set().union(*map(names_in, parts)) if parts else set()


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
