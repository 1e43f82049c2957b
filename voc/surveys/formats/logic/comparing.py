"""Comparisons and sums in CEL. A comparison with an answer that was not given is not met, as in the systems we read. PURE."""

import operator
from collections.abc import Callable
from datetime import date, timedelta

from voc.core.expressions import Kind
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
    distributed,
    given,
    negated,
    quoted,
)
from voc.surveys.formats.logic.tree import Unsayable

_HOLDS: dict[str, Callable[[object, object], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,  # type: ignore[dict-item]
    "<=": operator.le,  # type: ignore[dict-item]
    ">": operator.gt,  # type: ignore[dict-item]
    ">=": operator.ge,  # type: ignore[dict-item]
}
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def number(value: str | float) -> float | None:
    """The number that is written, if it is one."""
    try:
        found = float(value)
    except ValueError:
        return None
    return found if abs(found) < 1e15 and (isinstance(value, float) or value.strip()[-1:].isdigit()) else None


def holds(term: Term) -> Condition:
    """A term where a condition is wanted."""
    if isinstance(term, Condition):
        return term
    if isinstance(term, Answer) and term.kind is Kind.YES_NO:
        return compared("==", term, Constant(term.marks[0]))
    if isinstance(term, Answer) and term.kind is Kind.NUMBER:
        return compared("!=", term, Constant(0.0))
    if isinstance(term, Either):
        return distributed(term, holds)
    if isinstance(term, Reckoned):
        return Condition(f"{term.cel} != 0", f"{term.cel} == 0")
    if isinstance(term, Constant):
        return NEVER if term.value in ("", "0", 0.0) else ALWAYS
    return given(term)


def reckoned(term: Term) -> str:
    """A term as a number in CEL; Unsayable where it is none."""
    if isinstance(term, Reckoned):
        return term.cel
    if isinstance(term, Constant) and (value := number(term.value)) is not None:
        return repr(value) if value >= 0 else f"({value!r})"
    if isinstance(term, Answer) and term.kind is Kind.NUMBER:
        return term.cel
    if isinstance(term, Answer) and term.kind is Kind.TEXT:
        if any(number(code) is None for code in term.codes):
            raise Unsayable(f"the codes of `{term.name}` are no numbers")
        return f"double({term.cel})"
    if isinstance(term, Condition | Ticked):
        return f"({given(term).yes} ? 1.0 : 0.0)"
    if isinstance(term, Either):
        return f"(({term.condition.yes}) ? {reckoned(term.then)} : {reckoned(term.otherwise)})"
    raise Unsayable("something is no number")


def compared(sign: str, left: Term, right: Term) -> Condition:
    """A comparison in CEL; Unsayable where the two cannot be compared."""
    if isinstance(left, Constant) and not isinstance(right, Constant):
        return compared(_MIRRORED[sign], right, left)
    if isinstance(left, Either):
        return distributed(left, lambda one: compared(sign, one, right))
    if isinstance(right, Either):
        return distributed(right, lambda one: compared(sign, left, one))
    if isinstance(left, Several) and len(left.terms) == 1:
        return compared(sign, left.terms[0], right)
    if isinstance(right, Constant):
        return _with_constant(sign, left, right.value)
    return _with_term(sign, left, right)


def _with_constant(sign: str, left: Term, value: str | float) -> Condition:
    if value == "" and sign in {"==", "!="}:
        return negated(given(left)) if sign == "==" else given(left)
    if isinstance(left, Constant):
        return ALWAYS if _is_met(left.value, sign, value) else NEVER
    if isinstance(left, Ticked | Condition):
        if sign not in {"==", "!="}:
            return _plainly(sign, reckoned(left), value)
        found = given(left)
        return found if (value in ("Y", "1", 1.0, "true")) == (sign == "==") else negated(found)
    if isinstance(left, Answer):
        return _answer_with_constant(sign, left, value)
    return _plainly(sign, reckoned(left), value)


def _answer_with_constant(sign: str, left: Answer, value: str | float) -> Condition:
    if left.kind is Kind.YES_NO:
        if sign not in {"==", "!="}:
            raise Unsayable(f"`{left.name}` is yes or no")
        wanted = "true" if str(value).lower() in {left.marks[0].lower(), "1", "1.0", "true"} else "false"
        equal = Condition(f"{left.cel} == {wanted}", f"{left.cel} != {wanted}")
        return equal if sign == "==" else negated(equal)
    if left.kind is Kind.TEXTS:
        return _list_with_constant(sign, left, str(value))
    if left.kind is Kind.MOMENT:
        return _moment_with_constant(sign, left, str(value))
    if left.kind is Kind.NUMBER:
        return _plainly(sign, left.cel, value)
    if left.codes and (sign not in {"==", "!="} or not isinstance(value, str) or value not in left.codes):
        fitting = [code for code in left.codes if _is_met(code, sign if sign != "!=" else "==", value)]
        if fitting:
            chosen = f"{left.cel} == {quoted(fitting[0])}" if len(fitting) == 1 else f"{left.cel} in [{', '.join(map(quoted, fitting))}]"
            found = Condition(chosen, chosen.replace(" == ", " != ", 1) if len(fitting) == 1 else f"!({chosen})")
            return negated(found) if sign == "!=" else found
        if sign not in {"==", "!="}:
            return NEVER
    if sign in {"==", "!="}:
        written = quoted(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value))
        equal = Condition(f"{left.cel} == {written}", f"{left.cel} != {written}")
        return equal if sign == "==" else negated(equal)
    return _plainly(sign, reckoned(left), value)


def _list_with_constant(sign: str, left: Answer, value: str) -> Condition:
    if sign not in {"==", "!="}:
        raise Unsayable(f"`{left.name}` is a list")
    alone = f"(size({left.cel}) == 1 && {quoted(value)} in {left.cel})"
    return Condition(alone, f"!{alone}") if sign == "==" else Condition(f"!{alone}", alone)


def _moment_with_constant(sign: str, left: Answer, value: str) -> Condition:
    try:
        day = date.fromisoformat(value[:10])
        begins, ends = (f'timestamp("{one.isoformat()}T00:00:00Z")' for one in (day, day + timedelta(days=1)))
    except (ValueError, OverflowError):
        raise Unsayable(f"`{value[:40]}` is no day") from None
    if sign in {"==", "!="}:
        on = both((_either_way("<=", begins, left.cel), _either_way("<", left.cel, ends)))
        return on if sign == "==" else negated(on)
    return _either_way({"<": "<", "<=": "<", ">": ">=", ">=": ">="}[sign], left.cel, ends if sign in {"<=", ">"} else begins)


def _with_term(sign: str, left: Term, right: Term) -> Condition:
    if isinstance(left, Reckoned) and isinstance(right, Answer) and right.kind is Kind.MOMENT:
        return _with_term(_MIRRORED[sign], right, left)
    if isinstance(left, Answer) and isinstance(right, Answer) and left.kind == right.kind:
        if left.kind is Kind.MOMENT and sign in {"==", "!="}:
            raise Unsayable("two days cannot be compared for being the same")
        if left.kind is not Kind.TEXT or sign in {"==", "!="}:
            return _either_way(sign, left.cel, right.cel)
    if isinstance(left, Answer) and left.kind is Kind.MOMENT and isinstance(right, Reckoned) and sign not in {"==", "!="}:
        return _either_way(sign, left.cel, right.cel)
    return _either_way(sign, reckoned(left), reckoned(right))


def _plainly(sign: str, cel: str, value: str | float) -> Condition:
    found = number(value)
    if found is None:
        raise Unsayable(f"`{str(value)[:40]}` is no number")
    return _either_way(sign, cel, str(int(found)) if found.is_integer() else repr(found))


def _either_way(sign: str, left: str, right: str) -> Condition:
    """With `!(a < b)` for the opposite of an order where `a` may not be there."""
    said = f"{left} {sign} {right}"
    opposite = f"{left} {_OPPOSITE[sign]} {right}"
    missing = [f"!has({cel})" for cel in (left, right) if cel.startswith("answers.") and " " not in cel]
    if sign in {"==", "!="} or not missing:
        return Condition(said, opposite)
    return Condition(said, f"({' || '.join([*missing, opposite])})")


def _is_met(left: str | float, sign: str, right: str | float) -> bool:
    first, second = number(left), number(right)
    if first is not None and second is not None:
        return _HOLDS[sign](first, second)
    if sign not in {"==", "!="}:
        return False
    return _HOLDS[sign](str(left), str(right))
