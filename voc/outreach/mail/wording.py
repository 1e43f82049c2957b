"""Our own words in mails, per language, from the catalogues in `words/<language>.yaml`."""

from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from babel import Locale, UnknownLocaleError
from babel.dates import format_date

FOLDER = Path(__file__).parent / "words"
LAST_RESORT = "en"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "dv"})


class Words:
    """The words for a reader of one language, or of the last resort where we do not speak it."""

    def __init__(self, language: str, texts: dict[str, Any]) -> None:
        self.language, self._texts = language, texts

    def __call__(self, key: str, **values: object) -> str:
        text = self._texts[key]
        if isinstance(text, dict):
            form = locale_of(self.language).plural_form(int(str(values["count"])))
            text = text.get(form) or text["other"]
        return str(text).format(**values)


@lru_cache(maxsize=64)
def words_for(language: str) -> Words:
    """The words in this language, its base language, or English."""
    spoken = catalogues()
    chosen = next((one for one in (language, language.split("-", 1)[0]) if one in spoken), LAST_RESORT)
    return Words(chosen, spoken[chosen])


@lru_cache(maxsize=1)
def catalogues() -> dict[str, dict[str, Any]]:
    """Every catalogue, by language."""
    return {path.stem: yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in sorted(FOLDER.glob("*.yaml"))}


def direction(language: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    return "rtl" if language.split("-", 1)[0] in _RIGHT_TO_LEFT else "ltr"


def day(moment: datetime, language: str, zone: str) -> str:
    """The day of a moment where the reader lives, as their language writes it."""
    with suppress(ZoneInfoNotFoundError, ValueError):  # in a zone that nobody knows the day is at most one off
        moment = moment.astimezone(ZoneInfo(zone))
    return _written(moment.date(), language)


@lru_cache(maxsize=512)
def _written(on: date, language: str) -> str:
    return format_date(on, format="long", locale=locale_of(language))


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """What Babel knows of a language; English where it knows nothing."""
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse(LAST_RESORT)
