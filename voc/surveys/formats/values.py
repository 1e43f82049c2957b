"""Values of a file that anybody may have written: read as what they should be, or as nothing. PURE."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

Raw = Mapping[str, Any]


def maps_in(value: object) -> list[Raw]:
    """The objects in a list; whatever else it holds is left out."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def items_in(value: object) -> list[object]:
    """The members of a list; none, where it is no list."""
    return list(value) if isinstance(value, list) else []


def text_in(value: object) -> str:
    """A name or code as text: true as `true`, 5.0 as `5`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip() if isinstance(value, str | int | float) else ""


def number_in(value: object) -> float | None:
    """A number, also where it was written as text."""
    if isinstance(value, bool):
        return None
    try:
        found = float(value) if isinstance(value, int | float | str) else None
    except (ValueError, OverflowError):
        return None
    return found if found is not None and isfinite(found) and abs(found) < 1e12 else None


def whole_in(value: object, lowest: int, highest: int) -> int | None:
    """A whole number within bounds."""
    found = number_in(value)
    return int(found) if found is not None and found.is_integer() and lowest <= found <= highest else None


def flag_in(value: object) -> bool:
    """Whether something is set: true, `true`, 1."""
    return value is True or value == 1 or (isinstance(value, str) and value.strip().lower() in {"true", "yes", "on", "1"})


def first_of(raw: Raw, *keys: str) -> Any:
    """The first of these members that is there."""
    return next((raw[key] for key in keys if raw.get(key) is not None), None)


def walk(value: object, depth: int = 0) -> Iterator[Raw]:
    """Every object in an object, from the outside in."""
    if depth > 100:
        return
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from walk(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, depth + 1)
