"""How moments, figures and the API's own words appear to one colleague: in their language and their zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal
from markupsafe import Markup

from voc.core import clock
from voc.web.wording import Words

_WRITTEN_AS_IN = {"en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What templates use to show values as the API gives them: ISO moments, decimals as text, enums in capitals."""

    words: Words
    zone: str
    now: datetime

    @classmethod
    def to(cls, words: Words, zone: str) -> "Shown":
        """For a reader of these words, in that zone, now."""
        return cls(words, zone, clock.now())

    def ago(self, moment: str) -> Markup:
        """How far away a moment is, with the exact moment behind it: `2 hours ago`."""
        return Markup('<time datetime="{}" title="{}" data-away>{}</time>').format(moment, self.exact(moment), self.away(moment))

    def at(self, moment: str) -> Markup:
        """The exact moment, for where there is room: `3 March 2026, 11:02`."""
        return Markup('<time datetime="{}">{}</time>').format(moment, self.exact(moment))

    def away(self, moment: str) -> str:
        """How far away a moment is, as bare text."""
        return format_timedelta(_read(moment) - self.now, add_direction=True, locale=self._locale)

    def exact(self, moment: str) -> str:
        """A moment as bare text, with a short day: `3 Mar 2026, 11:02`."""
        there = _read(moment).astimezone(ZoneInfo(self.zone))
        return f"{format_date(there, 'medium', self._locale)}, {format_time(there, 'short', locale=self._locale)}"

    def day(self, moment: str) -> str:
        """The day of a moment: `3 March 2026`."""
        return format_date(_read(moment).astimezone(ZoneInfo(self.zone)), "long", self._locale)

    def short_day(self, moment: str) -> str:
        """The day of a moment where room is scarce: `3 Mar`."""
        return format_skeleton("MMMd", _read(moment).astimezone(ZoneInfo(self.zone)), locale=self._locale)

    def is_past(self, moment: str) -> bool:
        """Whether a moment has gone by."""
        return _read(moment) < self.now

    def number(self, value: object) -> str:
        """A figure without needless zeros: `7`, `1.200,5`."""
        return format_decimal(str(value), locale=self._locale)

    def money(self, value: Mapping[str, str] | None) -> str:
        """An amount with its currency; empty where there is none."""
        return format_currency(value["amount"], value["currency"], locale=self._locale) if value else ""

    def named(self, kind: str, value: str) -> str:
        """The word for a value of the API, such as `named("state", "IN_PROGRESS")`; a value we have no word for yet is shown as it is."""
        key = f"{kind}_{value}"
        return self.words.plain(key) if key in self.words.keys() else value.replace("_", " ").replace("-", " ").capitalize()  # noqa: SIM118

    def language(self, code: str) -> str:
        """The name of a language in the reader's own."""
        try:
            name = Locale.parse(code, sep="-").get_display_name(self._locale) or code
        except (ValueError, UnknownLocaleError):
            return code
        return name[:1].upper() + name[1:]

    @property
    def _locale(self) -> str:
        return _WRITTEN_AS_IN.get(self.words.language, self.words.language)


def _read(moment: str) -> datetime:
    return datetime.fromisoformat(moment)
