"""Python values as conditions hold them: numbers, text, yes or no, moments in UTC."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from math import isfinite
from uuid import UUID


class Unusable(ValueError):
    """A value does not fit the kind its field was declared with; the message has no value in it, for values may be personal."""


def as_number(value: object) -> float:
    """An int, float, Decimal or a text that reads as one; never a yes or no."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise Unusable("is not a number")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise Unusable("is not a number") from None
    if not isfinite(number):
        raise Unusable("is not a finite number")
    return number


def as_text(value: object) -> str:
    """Text itself; ids, numbers and dates as they are commonly written."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal | UUID):
        raise Unusable("is not text")
    return str(value).encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair, typed or pasted, must not stop a rule


def as_yes_no(value: object) -> bool:
    """True or False; 0, 1 and "yes" are not taken for them."""
    if not isinstance(value, bool):
        raise Unusable("is not yes or no")
    return value


def as_texts(value: object) -> list[str]:
    """Several texts; one text alone is not several letters."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise Unusable("is not a list of texts")
    return [as_text(item) for item in value]


def as_attributes(value: object) -> dict[str, str]:
    """A mapping of text to text; empty values are left out, yes and no read `true` and `false`."""
    if not isinstance(value, Mapping):
        raise Unusable("is not a group of attributes")
    return {as_text(key): str(item).lower() if isinstance(item, bool) else as_text(item) for key, item in value.items() if item is not None}


def as_moment(value: object) -> datetime:
    """An aware moment in UTC: of a datetime (naive ones are UTC), a date (its first minute), or either as ISO text."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise Unusable("is not a date or time") from None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time.min)
    if not isinstance(value, datetime):
        raise Unusable("is not a date or time")
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError:
        raise Unusable("is too far away in time") from None
