"""Whether a contact meets the condition of a policy; what was worked out for the same plain values is not worked out again. PURE."""

from datetime import datetime
from functools import lru_cache

from voc.core.expressions import Expression, Fault, Kind, compile
from voc.outreach.deciding.facts import Facts
from voc.outreach.policies.conditions import ACCOUNT, CONTACT, CUSTOMER, HERE

Reads = tuple[tuple[str, str], ...]
_PLAIN = frozenset(
    (side, name)
    for side, names in (("contact", CONTACT), ("customer", CUSTOMER), ("account", ACCOUNT))
    for name, kind in names.items()
    if kind in (Kind.TEXT, Kind.YES_NO)
)


def meets(condition: str, facts: Facts, now: datetime) -> bool | Fault:
    """Whether the contact, its customer and account, and what was asked before meet the condition; the customer must be known."""
    expression, plain = _read(condition)
    if plain is not None:
        return _worked_out(condition, tuple(getattr(getattr(facts, side), name, None) for side, name in plain))
    customer = facts.customer
    sides = {"contact": facts.contact.values, "history": facts.history}
    if customer:
        sides["customer"] = customer.values
    if facts.account:
        sides["account"] = facts.account.values
    return expression.evaluate({name: sides[name]() for name, _ in expression.reads if name in sides}, now)


@lru_cache(maxsize=1024)
def _read(condition: str) -> tuple[Expression, Reads | None]:
    expression = compile(condition, HERE)
    return expression, tuple(sorted(expression.reads)) if expression.reads <= _PLAIN else None


@lru_cache(maxsize=16_384)
def _worked_out(condition: str, values: tuple[object, ...]) -> bool | Fault:
    expression, plain = _read(condition)
    given: dict[str, dict[str, object]] = {}
    for (side, name), value in zip(plain or (), values, strict=True):
        given.setdefault(side, {})[name] = value
    return expression.evaluate(given)
