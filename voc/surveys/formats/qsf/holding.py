"""An answer of ours held against a value of the file. PURE."""

import re

from voc.core.expressions import Kind
from voc.surveys.formats.logic.comparing import compared, number
from voc.surveys.formats.logic.terms import Answer, Condition, Constant, either, given, negated, quoted
from voc.surveys.formats.logic.tree import Unsayable
from voc.surveys.formats.qsf.loose import Group, text, word

SIGNS = {
    "EqualTo": "==",
    "NotEqualTo": "!=",
    "GreaterThan": ">",
    "GreaterThanOrEqual": ">=",
    "LessThan": "<",
    "LessThanOrEqual": "<=",
    "Is": "==",
    "IsNot": "!=",
}
_NUMBERED = "^\\\\s*-?[0-9]+([.][0-9]+)?\\\\s*$"
_NOT_RE2 = re.compile(r"\(\?(?:[=!]|<[=!])|\\[1-9]")


def compared_with_any(answers: list[Answer], expression: Group) -> Condition:
    """A comparison with a value that may be held by any of several answers; Unsayable says why there is none."""
    operator = word(expression.get("Operator"))
    right = text(expression.get("RightOperand")).strip()
    if "${" in right:
        raise Unsayable("it compares two answers with each other")
    if operator in _NEGATIVE:
        return negated(compared_with_any(answers, {**expression, "Operator": _NEGATIVE[operator]}))
    return either(_compared(operator, one, right) for one in answers)


_NEGATIVE = {
    "NotEqualTo": "EqualTo",
    "IsNot": "Is",
    "Empty": "NotEmpty",
    "DoesNotContain": "Contains",
    "NotContains": "Contains",
    "DoesNotMatchRegex": "MatchesRegex",
    "NotMatchesRegex": "MatchesRegex",
}


def _compared(operator: str, answer: Answer, right: str) -> Condition:
    if operator == "NotEmpty":
        return _filled(answer)
    if operator in {"Contains", "MatchesRegex", "StartsWith", "EndsWith"}:
        return _about_words(operator, answer, right)
    sign = SIGNS.get(operator)
    if sign is None:
        raise Unsayable(f"`{operator or 'nothing'}` is not known here")
    if answer.kind is Kind.TEXT and sign != "==":
        return _as_number(sign, answer, right)
    if answer.kind is Kind.TEXTS:
        return holds(answer, right)
    return compared(sign, answer, Constant(right)) if right else negated(_filled(answer))


def _filled(answer: Answer) -> Condition:
    if answer.kind is Kind.TEXT:
        return Condition(f'(has({answer.cel}) && {answer.cel} != "")', f'(!has({answer.cel}) || {answer.cel} == "")')
    return given(answer)


def _about_words(operator: str, answer: Answer, right: str) -> Condition:
    if answer.kind is not Kind.TEXT or not right:
        raise Unsayable("only words can contain something")
    if operator == "MatchesRegex":
        right = _pattern(right)
    word_ = {"Contains": "contains", "MatchesRegex": "matches", "StartsWith": "startsWith", "EndsWith": "endsWith"}[operator]
    found = f"{answer.cel}.{word_}({quoted(right)})"
    return Condition(f"(has({answer.cel}) && {found})", f"(!has({answer.cel}) || !{found})")


def _pattern(written: str) -> str:
    match = re.fullmatch(r"/(.*)/([a-z]*)", written, re.DOTALL)
    pattern, flags = (match[1], match[2]) if match else (written, "")
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        raise Unsayable("its pattern cannot be read") from None
    if _NOT_RE2.search(pattern):
        raise Unsayable("its pattern looks around or back, which ours cannot")
    return f"(?i){pattern}" if "i" in flags else pattern


def _as_number(sign: str, answer: Answer, right: str) -> Condition:
    """Numbers that are kept as text: codes, embedded data, typed words."""
    if answer.codes:
        return compared(sign, answer, Constant(right))
    wanted = number(right) if right else None
    if wanted is None:
        raise Unsayable(f"`{right[:40]}` is no number")
    shown = str(int(wanted)) if wanted.is_integer() else repr(wanted)
    found = f'(has({answer.cel}) && {answer.cel}.matches("{_NUMBERED}") && double({answer.cel}) {sign} {shown})'
    return Condition(found, f"!{found}")


def holds(answer: Answer, code: str | None) -> Condition:
    """Whether an answer is this code, or has it among its codes; Unsayable where there is no such code."""
    if code is None:
        raise Unsayable("that choice is not here")
    if answer.kind is Kind.TEXTS:
        found = f"{quoted(code)} in {answer.cel}"
        return Condition(found, f"!({found})")
    if answer.kind is Kind.NUMBER:
        return compared("==", answer, Constant(code))
    return Condition(f"{answer.cel} == {quoted(code)}", f"{answer.cel} != {quoted(code)}")
