"""Small shapes that several rooms publish: money, attributes, ids of other systems."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from voc.api.exposed import shape, takes


@shape
class Money:
    """An amount in a currency."""

    amount: Decimal
    """How much, in units of the currency, such as "1250.00"."""
    currency: str
    """The currency by its ISO 4217 code, such as EUR."""


@shape
class Attribute:
    """A named value, such as a fact another system told beyond the fields this API knows, or a text by its language."""

    key: str
    """Its name."""
    value: str
    """Its value, as text."""


@takes
class AttributeInput:
    """A named value."""

    key: str
    """Its name, or the language of a text."""
    value: str
    """Its value, as text."""


@shape
class ExternalId:
    """The id under which an outside system knows something."""

    system: str
    """The outside system, such as crm."""
    external_id: str
    """The id there, as text."""


def attributes_of(values: Mapping[str, Any]) -> list[Attribute]:
    """A map as named values, by name."""
    return [Attribute(key=key, value=value if isinstance(value, str) else str(value)) for key, value in sorted(values.items())]


def map_of(given: list[AttributeInput] | None) -> dict[str, str]:
    """Named values as a map; the last of one name counts."""
    return {item.key: item.value for item in given or ()}


def money_of(amount: Decimal | None, currency: str | None) -> Money | None:
    """An amount with its currency, where both are known."""
    return None if amount is None or currency is None else Money(amount=amount, currency=currency)
