"""Texts of other systems, in one language or several, as plain texts of ours; links and what cannot be kept are told apart. PURE."""

import re
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from html import unescape

from voc.surveys.described import ADDRESS
from voc.surveys.formats.languages import language_codes
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.plain_text import has_markup, plain_text
from voc.surveys.questions import Link, Medium
from voc.surveys.texts import Texts

DEFAULT = "default"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}")
_TAG = re.compile(r"<(?P<tag>img|audio|video|source|iframe|embed|a)\b(?P<rest>[^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|href|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SCRIPT = re.compile(r"<\s*script|\bon[a-z]+\s*=|javascript\s*:", re.IGNORECASE)
_MEDIA = {"img": Medium.IMAGE, "audio": Medium.AUDIO, "video": Medium.VIDEO, "source": Medium.VIDEO, "a": Medium.PAGE}


def is_by_language(value: object) -> bool:
    """Whether this is one text in several languages: an object from languages to texts."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(isinstance(text, str) for text in value.values())
        and all(name == DEFAULT or _LANGUAGE.fullmatch(str(name)) for name in value)
    )


class Spoken:
    """The languages of one file, and its texts read in them; `rewrite` is done to every plain text."""

    def __init__(self, base: str, others: Iterable[str], notes: Notes, rewrite: Callable[[str], str] = str) -> None:
        self.codes = language_codes([base, *others])
        self.names = tuple(self.codes)
        self.languages = tuple(self.codes.values())
        self.base = self.languages[0]
        self._base_name = base
        self._notes = notes
        self._rewrite = rewrite
        self._noted: set[str] = set()

    def reporting_to(self, notes: Notes) -> "Spoken":
        """The same languages, with a report of its own."""
        found = copy(self)
        found._notes, found._noted = notes, set()
        return found

    def texts(self, value: object, source_id: str, longest: int = 20_000, otherwise: str = "") -> Texts:
        """The plain texts; in the base language `otherwise`, or the first that is there, where the file has none."""
        said = {code: text for name, code in self.codes.items() if (text := self._plain(self._written(value, name), source_id, longest))}
        if said and self.base not in said:
            said = {self.base: self._plain(otherwise, source_id, longest) or next(iter(said.values())), **said}
        elif not said and (plain := self._plain(otherwise, source_id, longest)):
            said = {self.base: plain}
        return Texts(said)

    def links(self, value: object, source_id: str) -> tuple[Link, ...]:
        """The pictures, sounds and pages that a text in HTML leads to; addresses that are none are reported."""
        found: dict[str, Link] = {}
        for name in self.codes:
            html = self._written(value, name)
            for match in _TAG.finditer(html) if "<" in html else ():
                self._link(match["tag"].lower(), match["rest"], source_id, found)
        if found:
            self._notes.simplified(source_id, "LINKS_APART", ", ".join(found), "Pictures and links of the text stand beside it now.")
        return tuple(found.values())

    def _link(self, tag: str, rest: str, source_id: str, found: dict[str, Link]) -> None:
        said = {match[1].lower(): unescape(match[2] or match[3] or match[4] or "").strip() for match in _ATTRIBUTE.finditer(rest)}
        url = said.get("src") or said.get("href") or ""
        if not url or url.startswith(("#", "mailto:", "tel:")):
            return
        url = f"https:{url}" if url.startswith("//") else url
        if not re.fullmatch(ADDRESS, url):
            self._notes.dropped(source_id, "LINK_DROPPED", url, "This is no address on the web, so the link was left out.")
            return
        alt = self._plain(said.get("alt", ""), source_id, 300)
        found.setdefault(url, Link(url=url, medium=_MEDIA.get(tag, Medium.PAGE), text=Texts({self.base: alt} if alt else {})))

    def _written(self, value: object, name: str) -> str:
        if isinstance(value, Mapping):
            found = value.get(name)
            return str(found if found or name != self._base_name else value.get(DEFAULT) or "") if isinstance(found or "", str) else ""
        if isinstance(value, bool) or value is None or name != self._base_name:
            return ""
        return str(value) if isinstance(value, str | int | float) else ""

    def _plain(self, written: str, source_id: str, longest: int) -> str:
        if not written:
            return ""
        if _SCRIPT.search(written):
            why = "Scripts never come along. The words around them did."
            self._notes.dropped(source_id, "SCRIPT_DROPPED", written[:200], why)
        elif has_markup(written) and source_id not in self._noted:
            self._noted.add(source_id)
            self._notes.simplified(source_id, "MARKUP_DROPPED", written[:120], "The text had layout in HTML; its words came along.")
        plain = self._rewrite(plain_text(written))
        if len(plain) > longest:
            why = f"At most {longest} characters fit here; the rest was cut off. Look whether it still says what it should."
            self._notes.simplified(source_id, "TEXT_CUT", plain[longest - 1 :], why)
            plain = plain[: longest - 1].rstrip() + "…"
        return plain


def other_languages(texts: Iterable[object], base: str) -> tuple[str, ...]:
    """The names of all languages but the base one, in the order in which they are met."""
    found: dict[str, None] = {}
    for value in texts:
        if isinstance(value, Mapping) and is_by_language(value):
            found.update(dict.fromkeys(name for name, text in value.items() if name not in (DEFAULT, base) and text.strip()))
    return tuple(found)
