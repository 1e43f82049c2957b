"""Values out of a file in which anything may be of any type: what was meant, else something empty. PURE."""

from collections.abc import Iterator
from math import isfinite

Group = dict[str, object]
_YES = {"true", "on", "1", "yes"}


def group(value: object) -> Group:
    """A group of fields; a list counts as one whose keys are its places, anything else as an empty one."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list):
        return {str(place): item for place, item in enumerate(value)}
    return {}


def items(value: object) -> list[object]:
    """A list; a group counts as the list of its values in the order of its numeric keys."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return [value[key] for key in sorted(value, key=_place)] if all(str(key).isdecimal() for key in value) else list(value.values())
    return []


def groups(value: object) -> Iterator[Group]:
    """The groups in a list or in a group with numeric keys."""
    return (item for item in items(value) if isinstance(item, dict))


def text(value: object) -> str:
    """A text; a number as it is written, a whole one without decimals. Anything else is no text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and isfinite(value) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value) if isinstance(value, str | int | float) else ""


def word(value: object) -> str:
    """A text on one line, without spaces at its ends and at most 200 characters long: an id, a code, a name."""
    return " ".join(text(value).split())[:200].strip()


def number(value: object) -> float | None:
    """A finite number, also where it is written as a text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if isfinite(found) and abs(found) < 1e12 else None


def whole(value: object) -> int | None:
    """A whole number."""
    found = number(value)
    return None if found is None else int(found)


def yes(value: object) -> bool:
    """Whether something is switched on: true, "true", "on" or 1."""
    return text(value).strip().lower() in _YES


def _place(key: object) -> int:
    return int(str(key)) if len(str(key)) < 12 else 0
