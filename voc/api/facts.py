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


@takes
class MoneyInput:
    """An amount in a currency."""

    amount: Decimal
    """How much, in units of the currency, such as "1250.00"."""
    currency: str
    """The currency by its ISO 4217 code, such as EUR."""


@shape
class Attribute:
    """A fact that another system told beyond the fields this API knows."""

    key: str
    """Its name."""
    value: str
    """Its value, as text."""


@takes
class AttributeInput:
    """A fact beyond the fields this API knows."""

    key: str
    """Its name."""
    value: str | None
    """Its value, as text; null takes it away."""


@shape
class Translation:
    """A text in one language."""

    language: str
    """The language, such as nl."""
    text: str
    """The text."""


@takes
class TranslationInput:
    """A text in one language."""

    language: str
    """The language, such as nl."""
    text: str
    """The text."""


@shape
class ExternalId:
    """The id under which an outside system knows something."""

    system: str
    """The outside system, such as crm."""
    external_id: str
    """The id there, as text."""


def attributes_of(values: Mapping[str, Any]) -> list[Attribute]:
    """Facts by name."""
    return [Attribute(key=key, value=value if isinstance(value, str) else str(value)) for key, value in sorted(values.items())]


def translations_of(texts: Mapping[str, str]) -> list[Translation]:
    """A text in all its languages, by language."""
    return [Translation(language=language, text=text) for language, text in sorted(texts.items())]


def texts_in(given: list[TranslationInput] | None) -> dict[str, str]:
    """A text by its languages; the last of one language counts."""
    return {item.language: item.text for item in given or ()}


def money_of(amount: Decimal | None, currency: str | None) -> Money | None:
    """An amount with its currency, where both are known."""
    return None if amount is None or currency is None else Money(amount=amount, currency=currency)
