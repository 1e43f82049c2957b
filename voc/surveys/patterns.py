"""Regular expressions that designers write (RE2): they can never run away, whatever is typed. PURE."""

import json

from voc.core import expressions
from voc.core.expressions import Expression, ExpressionError, Fault, Kind

_HERE = expressions.environment({"typed": {"text": Kind.TEXT}})


def fault_in(pattern: str) -> str:
    """What is wrong with a pattern; "" where it can be used."""
    try:
        outcome = _expression(pattern).evaluate({"typed": {"text": "x"}})
    except ExpressionError as refused:
        return refused.message
    return outcome.reason.split("\\A", 1)[0].rstrip(": ") if isinstance(outcome, Fault) else ""


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text is as the pattern says; a pattern that cannot be used is no hindrance."""
    return bool(fault_in(pattern)) or _expression(pattern).evaluate({"typed": {"text": text}}) is True


def _expression(pattern: str) -> Expression:
    whole = json.dumps(rf"\A(?:{pattern})\z", ensure_ascii=False)
    return expressions.compile(f"typed.text.matches({whole})", _HERE)
