"""What a value can be, and the refusal of one that is no answer. PURE."""

from collections.abc import Callable
from typing import TypeAlias

Value: TypeAlias = int | float | str | bool | list[str]
Read: TypeAlias = Callable[[object, str], Value | None]


class Wrong(Exception):
    """A value is no answer: the name of the word that says why, with what fills it.

    `wrong_kind` is no word of a questionnaire: no page can send such a value, only a program.
    """

    def __init__(self, name: str, **limits: object) -> None:
        super().__init__(name)
        self.name, self.limits = name, limits
