"""Questions that are answered by typing. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from voc.core.expressions import Kind
from voc.surveys.described import CLOCK, CODE, said
from voc.surveys.questions.question import NOTHING, Asked, slugs
from voc.surveys.texts import Texts


class Format(StrEnum):
    """What is typed."""

    WORDS = "words"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Asked):
    """Own words."""

    kind: ClassVar[str] = "text"
    answer: ClassVar[Kind | None] = Kind.TEXT

    long: bool = field(default=True, metadata=said("Whether there is room for several lines."))
    format: Format = field(default=Format.WORDS, metadata=said("What is typed: words, a mail address, a telephone number, a web address."))
    shortest: int = field(default=0, metadata=said("The smallest number of characters.", lowest=0, highest=10_000))
    longest: int = field(default=2000, metadata=said("The largest number of characters.", lowest=1, highest=100_000))
    pattern: str = field(
        default="",
        metadata=said("A regular expression (RE2) that the whole answer must match; say in `messages.wrong` what is meant.", longest=2000),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Asked):
    """A number that is typed."""

    kind: ClassVar[str] = "number"
    answer: ClassVar[Kind | None] = Kind.NUMBER

    lowest: float | None = field(default=None, metadata=said("The smallest number allowed."))
    highest: float | None = field(default=None, metadata=said("The largest number allowed."))
    decimals: int = field(default=0, metadata=said("How many digits may follow the decimal sign.", lowest=0, highest=6))
    unit: Texts = field(default=NOTHING, metadata=said("What is counted or measured, shown after the number.", longest=60))


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Asked):
    """A day."""

    kind: ClassVar[str] = "date"
    answer: ClassVar[Kind | None] = Kind.MOMENT

    earliest: date | None = field(default=None, metadata=said("The first day allowed, such as `2026-01-31`."))
    latest: date | None = field(default=None, metadata=said("The last day allowed."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Asked):
    """A time of day, kept as `14:30`."""

    kind: ClassVar[str] = "time"
    answer: ClassVar[Kind | None] = Kind.TEXT

    earliest: str = field(default="", metadata=said("The first time allowed, such as `09:00`.", pattern=CLOCK))
    latest: str = field(default="", metadata=said("The last time allowed.", pattern=CLOCK))


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTime(Asked):
    """A day with a time, on the customer's own clock, kept as `2026-01-31T14:30`."""

    kind: ClassVar[str] = "date_time"
    answer: ClassVar[Kind | None] = Kind.MOMENT

    earliest: date | None = field(default=None, metadata=said("The first day allowed, such as `2026-01-31`."))
    latest: date | None = field(default=None, metadata=said("The last day allowed."))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortField:
    """One of several short things to type."""

    code: str = field(metadata=said("What its answer is kept under: `<id>_<code>`. Never change it once the survey is live.", pattern=CODE))
    text: Texts = field(default=NOTHING, metadata=said("What is to be typed.", longest=2000))
    format: Format = field(default=Format.WORDS, metadata=said("What is typed."))
    longest: int = field(default=300, metadata=said("The largest number of characters.", lowest=1, highest=10_000))
    optional: bool = field(default=False, metadata=said("Whether it may be left out although the question must be answered."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields(Asked):
    """Several short things to type, such as the lines of an address."""

    kind: ClassVar[str] = "fields"

    fields: tuple[ShortField, ...] = field(metadata=said("What is to be typed, in order.", fewest=1))

    def field_names(self) -> Iterator[tuple[ShortField, str]]:
        """Each field with the name of its answer."""
        return ((one, f"{self.id}_{slug}") for one, slug in zip(self.fields, slugs(one.code for one in self.fields), strict=True))

    def answers(self) -> dict[str, Kind]:
        """One answer a field."""
        return {name: Kind.NUMBER if one.format is Format.NUMBER else Kind.TEXT for one, name in self.field_names()}
