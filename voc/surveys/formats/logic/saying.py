"""A tree said in CEL: names are looked up, functions are those that the systems share. PURE."""

from collections.abc import Callable, Mapping

from voc.core.expressions import LONGEST, Kind
from voc.surveys.formats.logic.comparing import compared, holds, reckoned
from voc.surveys.formats.logic.terms import (
    ALWAYS,
    NEVER,
    Answer,
    Condition,
    Constant,
    Either,
    Reckoned,
    Several,
    Term,
    Ticked,
    both,
    either,
    given,
    negated,
    quoted,
)
from voc.surveys.formats.logic.tree import Call, Literal, Name, Node, Operation, Unsayable

LookUp = Callable[[str], Term]
Function = Callable[[LookUp, tuple[Node, ...]], Term]


def said(tree: Node, look_up: LookUp, functions: Mapping[str, Function]) -> Condition:
    """The condition in CEL; Unsayable names the part that has no counterpart."""
    condition = holds(_term(tree, look_up, functions))
    if len(condition.yes) > LONGEST:
        raise Unsayable("it is too long")
    return condition


def term_of(tree: Node, look_up: LookUp, functions: Mapping[str, Function]) -> Term:
    """What a part of an expression stands for."""
    return _term(tree, look_up, functions)


def _term(node: Node, look_up: LookUp, functions: Mapping[str, Function]) -> Term:
    if isinstance(node, Literal):
        return Constant(node.value)
    if isinstance(node, Name):
        return look_up(node.text)
    if isinstance(node, Call):
        return _call(node, look_up, functions)
    return _operation(node, look_up, functions)


def _operation(node: Operation, look_up: LookUp, functions: Mapping[str, Function]) -> Term:
    sign = node.operator
    terms = [_term(one, look_up, functions) for one in node.operands]
    if sign in {"and", "or"}:
        return (both if sign == "and" else either)(holds(one) for one in terms)
    if sign == "not":
        return negated(holds(terms[0]))
    if sign == "negative":
        first = terms[0]
        return Constant(-first.value) if isinstance(first, Constant) and isinstance(first.value, float) else Reckoned(f"-{reckoned(first)}")
    if sign in {"+", "-", "*", "/"} and len(terms) == 2:
        return Reckoned(f"({reckoned(terms[0])} {sign} {reckoned(terms[1])})")
    if sign in {"==", "!=", "<", "<=", ">", ">="}:
        return compared(sign, terms[0], terms[1])
    raise Unsayable(f"`{sign}` has no counterpart")


def _call(node: Call, look_up: LookUp, functions: Mapping[str, Function]) -> Term:
    if node.name in functions:
        return functions[node.name](look_up, node.arguments)
    plain = _PLAIN.get(node.name)
    if plain is None:
        raise Unsayable(f"there is no `{node.name}()`")
    return plain([_term(one, look_up, functions) for one in node.arguments])


def _need(terms: list[Term], least: int) -> list[Term]:
    if len(terms) < least:
        raise Unsayable("a function lacks something")
    return terms


def chosen_if(terms: list[Term]) -> Term:
    """`if(a, b, c)`."""
    condition, then, otherwise = _need([*terms, Constant("")], 3)[:3]
    return Either(holds(condition), then, otherwise)


def length_of(terms: list[Term]) -> Term:
    """The number of characters."""
    first = _need(terms, 1)[0]
    if not isinstance(first, Answer) or first.kind is not Kind.TEXT:
        raise Unsayable("the length of something that is no text")
    return Reckoned(f"(has({first.cel}) ? double(size({first.cel})) : 0.0)")


def count_of(terms: list[Term]) -> Term:
    """How many are answered, or how many were chosen."""
    parts = []
    for one in _flat(terms):
        if isinstance(one, Answer) and one.kind is Kind.TEXTS:
            parts.append(f"double(size({one.cel}))")
        elif not isinstance(one, Constant):
            parts.append(f"({given(one).yes} ? 1.0 : 0.0)")
    return Reckoned(f"({' + '.join(parts)})" if len(parts) > 1 else "".join(parts) or "0.0")


def sum_of(terms: list[Term]) -> Term:
    """The sum, where what is not answered counts for nothing."""
    parts = []
    for one in _flat(terms):
        said_so = reckoned(one)
        parts.append(f"(has({one.cel}) ? {said_so} : 0.0)" if isinstance(one, Answer) else said_so)
    return Reckoned(f"({' + '.join(parts)})" if parts else "0.0")


def matching(pattern: Term, text: Term) -> Condition:
    """A regular expression."""
    if not isinstance(pattern, Constant) or not isinstance(text, Answer) or text.kind is not Kind.TEXT:
        raise Unsayable("a pattern can only be held against a text")
    found = f"{text.cel}.matches({quoted(str(pattern.value))})"
    return Condition(found, f"(!has({text.cel}) || !{found})")


def _within(terms: list[Term], word: str) -> Condition:
    text, part = _need(terms, 2)[:2]
    if isinstance(text, Answer) and text.kind is Kind.TEXT and isinstance(part, Constant):
        found = f"{text.cel}.{word}({quoted(str(part.value))})"
        return Condition(found, f"(!has({text.cel}) || !{found})")
    raise Unsayable("only a text can contain something")


def has_chosen(question: Term, code: Term) -> Condition:
    """Whether a code was chosen."""
    if not isinstance(code, Constant):
        raise Unsayable("a choice that is reckoned")
    value = str(int(code.value)) if isinstance(code.value, float) and code.value.is_integer() else str(code.value)
    if isinstance(question, Answer) and question.kind is Kind.TEXTS:
        return given(Ticked(question.name, value))
    return compared("==", question, Constant(value))


def _flat(terms: list[Term]) -> list[Term]:
    return [inner for one in terms for inner in (_flat(list(one.terms)) if isinstance(one, Several) else [one])]


def _same(terms: list[Term]) -> Term:
    return _need(terms, 1)[0]


def _now(_: list[Term]) -> Term:
    return Reckoned("now")


_PLAIN: dict[str, Callable[[list[Term]], Term]] = {
    "is_empty": lambda terms: negated(given(_same(terms))),
    "empty": lambda terms: negated(given(_same(terms))),
    "not": lambda terms: negated(holds(_same(terms))),
    "boolean": lambda terms: holds(_same(terms)),
    "if": chosen_if,
    "count": count_of,
    "count-selected": count_of,
    "count-non-empty": count_of,
    "sum": sum_of,
    "strlen": length_of,
    "string-length": length_of,
    "regexmatch": lambda terms: matching(*_need(terms, 2)[:2]),
    "regex": lambda terms: matching(*_need(terms, 2)[1::-1]),
    "contains": lambda terms: _within(terms, "contains"),
    "starts-with": lambda terms: _within(terms, "startsWith"),
    "ends-with": lambda terms: _within(terms, "endsWith"),
    "selected": lambda terms: has_chosen(*_need(terms, 2)[:2]),
    "true": lambda _: ALWAYS,
    "false": lambda _: NEVER,
    "today": _now,
    "now": _now,
    **dict.fromkeys(("intval", "floatval", "number", "int", "string", "trim", "normalize-space", "date", "once"), _same),
}
