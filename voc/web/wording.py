"""Our own words on pages, per language, from the catalogues in `words/<audience>.<language>.yaml`."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone
from markupsafe import Markup, escape

FOLDER = Path(__file__).parent / "words"
LAST_RESORT = "en"
_DATES_AS_IN = {"en": "en-GB"}
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "dv"})
_OWN_NAMES = {"en": "English", "nl": "Nederlands", "de": "Deutsch", "fr": "Français", "es": "Español", "ar": "العربية"}


class Words:
    """The words of one audience for a reader of `reader`; `language` is the one they come in, which may be a fallback.

    Calling it gives the text of a key, safe for HTML and marked with its language where that is not the reader's.
    With `count`, the key holds one text per plural form.
    """

    __slots__ = ("_texts", "language", "reader")

    def __init__(self, reader: str, language: str, texts: dict[str, Any]) -> None:
        self.reader, self.language, self._texts = reader, language, texts

    def __call__(self, key: str, **values: object) -> Markup:
        said = escape(self._chosen(key, values))
        return marked(said.format(**values) if values else said, self.language, self.reader)

    def plain(self, key: str, **values: object) -> str:
        """The same without markup: for titles and attributes."""
        said = self._chosen(key, values)
        return said.format(**values) if values else said

    def _chosen(self, key: str, values: Mapping[str, object]) -> str:
        text = self._texts[key]
        if not isinstance(text, dict):
            return str(text)
        form = _locale(self.language).plural_form(int(str(values["count"])))
        return str(text.get(form) or text["other"])

    def keys(self) -> frozenset[str]:
        """Every key there is."""
        return frozenset(self._texts)

    def day(self, moment: date | datetime) -> str:
        """A day as readers of the language write it: 3 March 2026."""
        return format_date(moment, format="long", locale=_locale(self.language))

    def moment(self, at: datetime, zone: str) -> str:
        """A day and a time there: 3 March 2026, 10:00."""
        there = at.astimezone(get_timezone(zone))
        return f"{self.day(there)}, {format_time(there, format='short', locale=_locale(self.language))}"


@lru_cache(maxsize=128)
def words_for(audience: str, language: str) -> Words:
    """The words of an audience (`survey`, `console`) in a language, its base language, or English."""
    spoken = catalogues()[audience]
    chosen = next((one for one in (language, base_of(language)) if one in spoken), LAST_RESORT)
    return Words(language, chosen, spoken[chosen])


@lru_cache(maxsize=1)
def catalogues() -> dict[str, dict[str, dict[str, Any]]]:
    """Every catalogue: audience, language, key."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        audience, language = path.stem.split(".")
        found.setdefault(audience, {})[language] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return found


def language_of(accept_language: str, spoken: Iterable[str], default: str) -> str:
    """The language a browser prefers among those spoken; `default` when there is none."""
    here = set(spoken)
    wishes: list[tuple[float, str]] = []
    for part in accept_language.split(",")[:20]:
        tag, _, quality = part.strip().partition(";q=")
        try:
            wishes.append((-float(quality or 1), tag))
        except ValueError:
            continue
    for _, tag in sorted(wishes, key=lambda wish: wish[0]):
        for candidate in (tag, base_of(tag).lower()):
            if candidate in here:
                return candidate
    return default


def direction(language: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    return "rtl" if base_of(language) in _RIGHT_TO_LEFT else "ltr"


def marked(text: str | Markup, language: str, reader: str) -> Markup:
    """A text, safe for HTML, and marked with its language where that is not the reader's."""
    if not text or not language or base_of(language) == base_of(reader):
        return escape(text)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(language, direction(language), text)


def own_name(language: str) -> str:
    """What a language calls itself."""
    if language in _OWN_NAMES:
        return _OWN_NAMES[language]
    try:
        return Locale.parse(language, sep="-").get_display_name() or language
    except (ValueError, UnknownLocaleError):
        return language


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(_DATES_AS_IN.get(language, language), sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse(LAST_RESORT)


def base_of(language: str) -> str:
    """The language without its region: `nl` of `nl-BE`."""
    return language.split("-", 1)[0]
