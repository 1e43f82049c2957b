"""A rule as a condition in CEL; `rule_of` reads the same rule of it again. PURE."""

import json

from voc.surveys.rules.rule import Comparison, How, Rule, Sign, Value

_SIGNS = {Sign.IS: "==", Sign.IS_NOT: "!=", Sign.BELOW: "<", Sign.AT_MOST: "<=", Sign.ABOVE: ">", Sign.AT_LEAST: ">="}


def cel_of(rule: Rule) -> str:
    """The condition."""
    if isinstance(rule, Comparison):
        return _compared(rule)
    sign = " && " if rule.how is How.ALL else " || "
    return sign.join(cel_of(part) if isinstance(part, Comparison) else f"({cel_of(part)})" for part in rule.parts)


def _compared(one: Comparison) -> str:
    if one.sign in (Sign.ANSWERED, Sign.NOT_ANSWERED):
        return f"{'' if one.sign is Sign.ANSWERED else '!'}has({one.name})"
    if one.sign in (Sign.ONE_OF, Sign.NONE_OF):
        among = f"{one.name} in [{', '.join(map(_value, one.values))}]"
        return among if one.sign is Sign.ONE_OF else f"!({among})"
    value = _value(one.values[0])
    if one.sign in (Sign.CHOSEN, Sign.NOT_CHOSEN):
        chosen = f"{value} in {one.name}"
        return chosen if one.sign is Sign.CHOSEN else f"!({chosen})"
    return f"{one.name} {_SIGNS[one.sign]} {value}"


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return str(int(value)) if float(value).is_integer() else repr(float(value))
