"""An infix expression of another system as a tree: one parser for all of them, a grammar for each. PURE."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

DEEPEST = 60
LONGEST = 20_000
_BINDS = {"or": 1, "and": 2, "==": 3, "!=": 3, "in": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}
_UNARY = 7


class Unsayable(ValueError):
    """An expression, or a part of it, has no counterpart in our conditions; the message says which part."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or a number as it was written."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Name:
    """Something that the expression speaks of by name."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; the name in small letters. A list in square brackets is the function `list`."""

    name: str
    arguments: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Operation:
    """`and`, `or`, `not`, a comparison or a sum; the operator in our spelling."""

    operator: str
    operands: "tuple[Node, ...]"


Node = Literal | Name | Call | Operation


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one system writes expressions: groups `text`, `quoted`, `number`, `name`, `sign`, and its signs in ours."""

    token: re.Pattern[str]
    signs: Mapping[str, str]


def read(text: str, grammar: Grammar) -> Node:
    """The tree of an expression; Unsayable where it cannot be read."""
    if len(text) > LONGEST:
        raise Unsayable("it is too long")
    return _Parser(_tokens(text, grammar), grammar.signs).whole()


def _tokens(text: str, grammar: Grammar) -> list[tuple[str, str]]:
    tokens, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = grammar.token.match(text, at)
        if match is None or match.end() == at:
            raise Unsayable(f"`{text[at : at + 20]}` cannot be read")
        kind = match.lastgroup or "sign"
        tokens.append(("text" if kind == "quoted" else kind, match[kind]))
        at = match.end()
    return tokens


class _Parser:
    """Reads tokens by the strength with which operators bind."""

    def __init__(self, tokens: list[tuple[str, str]], signs: Mapping[str, str]) -> None:
        self._tokens = tokens
        self._signs = signs
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        """The tree of all tokens."""
        tree = self._expression(0)
        if self._at < len(self._tokens):
            raise Unsayable(f"`{self._tokens[self._at][1]}` was not expected")
        return tree

    def _expression(self, least: int) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unsayable("it is nested too deeply")
        left = self._single()
        while (operator := self._operator()) and _BINDS.get(operator, 0) > least:
            self._at += 1
            left = Operation(operator, (left, self._expression(_BINDS[operator])))
        self._depth -= 1
        return left

    def _operator(self) -> str:
        if self._at >= len(self._tokens):
            return ""
        kind, text = self._tokens[self._at]
        return "" if kind in {"text", "number"} else self._signs.get(text.lower(), "")

    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise Unsayable("it stops in the middle")
        self._at += 1
        return self._tokens[self._at - 1]

    def _single(self) -> Node:
        kind, text = self._next()
        if kind == "text":
            return Literal(text)
        if kind == "number":
            return Literal(float(text))
        follows = self._at < len(self._tokens) and self._tokens[self._at] == ("sign", "(")
        if kind == "name" and follows:
            self._at += 1
            return Call(text.lower(), self._arguments())
        sign = self._signs.get(text.lower(), "")
        if sign in {"not", "-", "+"}:
            return Operation("negative" if sign == "-" else sign, (self._expression(_UNARY),))
        if kind == "name" and sign not in _BINDS:
            return Name(text)
        if text == "(":
            inner = self._expression(0)
            self._close()
            return inner
        if (kind, text) == ("sign", "["):
            return Call("list", self._arguments("]"))
        raise Unsayable(f"`{text}` was not expected")

    def _arguments(self, closing: str = ")") -> tuple[Node, ...]:
        if self._at < len(self._tokens) and self._tokens[self._at] == ("sign", closing):
            self._at += 1
            return ()
        found = [self._expression(0)]
        while self._at < len(self._tokens) and self._tokens[self._at] == ("sign", ","):
            self._at += 1
            found.append(self._expression(0))
        self._close(closing)
        return tuple(found)

    def _close(self, closing: str = ")") -> None:
        if self._next() != ("sign", closing):
            raise Unsayable("a bracket is not closed")
