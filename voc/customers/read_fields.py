"""PURE. Reading a map of fields one by one, while all faults are collected with their places."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Any, Final, TypeAlias, TypeVar

from voc.core.errors import Fault, Invalid
from voc.customers import values
from voc.customers.values import Unreadable

T = TypeVar("T")


class Unset(Enum):
    """Nothing was said about a field, which is not the same as saying that it is empty."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET
Said: TypeAlias = T | Unset | None


class Fields:
    """The fields of one thing. Absent is UNSET, null and an empty text are None; a fault is noted and reads as UNSET."""

    def __init__(self, given: object, at: str, faults: list[Fault], others: Mapping[str, str] | None = None) -> None:
        self._at = at
        self.faults = faults
        if not isinstance(given, Mapping):
            self.fault("", "NOT_A_MAP", 'This takes a map of fields, as {"externalId": "42"}.')
            given = {}
        others = others or {}
        self._left: dict[str, Any] = {
            others.get(name, name) if isinstance(name, str) else str(name): value for name, value in given.items()
        }

    def fault(self, name: str, code: str, message: str) -> None:
        """Note that something is wrong with a field."""
        self.faults.append(Fault(self._place(name), code, message))

    def take(self, name: str, read: Callable[[object], T]) -> Said[T]:
        """The field as `read` understands it."""
        if name not in self._left:
            return UNSET
        given = self._left.pop(name)
        if given is None or (isinstance(given, str) and not given.strip()):
            return None
        try:
            return read(given)
        except Unreadable as unreadable:
            self.fault(name, unreadable.code, f"`{name}` {unreadable.message}")
            return UNSET

    def text(self, name: str, limit: int) -> Said[str]:
        """A text field."""
        return self.take(name, partial(values.text, limit=limit))

    def needed(self, name: str, limit: int, default: str = "") -> str:
        """A text field that must be there, unless there is a default; without either, a fault is noted and it reads as empty."""
        before = len(self.faults)
        found = self.text(name, limit)
        if isinstance(found, str):
            return found
        if not default and len(self.faults) == before:
            self.fault(name, "REQUIRED", f"`{name}` is needed.")
        return default

    def nested(self, name: str) -> "Fields | Unset | None":
        """The fields of a thing inside this one."""
        given = self._left.pop(name, UNSET)
        if given is None or isinstance(given, Unset):
            return given
        return Fields(given, self._place(name), self.faults)

    def nested_sequence(self, name: str, names: tuple[str, str] | None = None) -> "list[Fields]":
        """The fields of each thing in a list; empty when absent or null. With two `names`, a map is read as a list of such pairs."""
        given = self._left.pop(name, None)
        if names and isinstance(given, Mapping):
            return [Fields(dict(zip(names, pair, strict=True)), self._place(f"{name}.{pair[0]}"), self.faults) for pair in given.items()]
        if given is None:
            return []
        if isinstance(given, str) or not isinstance(given, Sequence):
            self.fault(name, "NOT_A_LIST", f"`{name}` takes a list.")
            return []
        return [Fields(each, self._place(f"{name}[{number}]"), self.faults) for number, each in enumerate(given)]

    def attributes(self) -> dict[str, str | None] | Unset:
        """The attributes, and every field that nobody has asked for, as text. Null as a whole says nothing; null in one takes it away."""
        named = self.take("attributes", values.attributes)
        try:
            others = values.attributes(self._left)
        except Unreadable as unreadable:
            self.fault("attributes", unreadable.code, f"`attributes` {unreadable.message}")
            return UNSET
        found = others | (named if isinstance(named, dict) else {})
        if len(found) > values.MOST_ATTRIBUTES:
            self.fault("attributes", "TOO_MANY", f"`attributes` takes at most {values.MOST_ATTRIBUTES} attributes; these are {len(found)}.")
        return found or UNSET

    def refuse(self) -> None:
        """Raise Invalid with all faults, if there are any."""
        if self.faults:
            raise Invalid(self.faults)

    def _place(self, name: str) -> str:
        return ".".join(part for part in (self._at, name) if part)
