"""HTML in several languages to our plain texts, with what it links to. PURE."""

import re
from collections.abc import Iterable
from html import unescape
from html.parser import HTMLParser

from voc.surveys.described import ADDRESS
from voc.surveys.formats.plain_text import has_markup, plain_text
from voc.surveys.formats.qsf.loose import group, text
from voc.surveys.formats.qsf.report import Notes
from voc.surveys.questions import NOTHING, Link, Medium
from voc.surveys.texts import Texts

_ACTIVE = re.compile(r"<\s*(?:script|object|embed|form|input|button|iframe)\b|\bon[a-z]+\s*=|javascript\s*:", re.IGNORECASE)
_FORMATTED = re.compile(r"<\s*(?:b|strong|i|em|u|h[1-6]|table|ul|ol|font|span|sup|sub|center|style)\b", re.IGNORECASE)
_USABLE = re.compile(ADDRESS)
_MEDIA = {"img": Medium.IMAGE, "audio": Medium.AUDIO, "video": Medium.VIDEO, "iframe": Medium.PAGE, "embed": Medium.PAGE, "a": Medium.PAGE}
_BRACED = re.compile(r"\{(\s*[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)+\s*(?:\|[^{}]*)?)\}")


class TextReader:
    """Reads texts of one file: its languages, and the report of what HTML cannot take along."""

    def __init__(self, languages: dict[str, str], base: str, notes: Notes) -> None:
        self.languages = languages
        self.base = languages[base]
        self.notes = notes
        self.fallback: tuple[str, ...] = tuple(languages.values()) if len(languages) > 1 else ()

    def several(self, source_id: str, html: object, told: Iterable[tuple[str, object]] = (), longest: int = 20_000) -> Texts:
        """The text and its translations, as `(language of the file, HTML)`; a language without it falls back to the others."""
        first = self.plain(source_id, html, longest)
        found = {self.base: first} if first else {}
        for name, translated in told:
            language = self.languages.get(name)
            if language and language not in found and (said := self.plain(source_id, translated, longest)):
                found[language] = said
        ranked = {language: found[language] for language in self.languages.values() if language in found}
        return Texts(ranked, self.fallback) if ranked else NOTHING

    def plain(self, source_id: str, html: object, longest: int = 20_000) -> str:
        """One text without markup. What did not come along is reported under the source id."""
        raw = text(html)
        if not raw:
            return ""
        if "<" in raw or "&" in raw:
            self._report(source_id, raw)
        said = plain_text(raw)
        if "{" in said:
            said = _BRACED.sub(r"(\1)", said)
        if len(said) > longest:
            self.notes.simplified(
                source_id, "TEXT_SHORTENED", said[:100], f"It was cut at {longest} characters. Shorten it in your own words."
            )
            said = f"{said[: longest - 1].rstrip()}…"
        return said

    def links(self, source_id: str, htmls: Iterable[object]) -> tuple[Link, ...]:
        """Pictures, sounds and pages that texts speak of, each once; those without a usable address are reported."""
        found: dict[str, Link] = {}
        for html in htmls:
            raw = text(html)
            if "<" in raw:
                for link in self._links_in(source_id, raw):
                    found.setdefault(link.url, link)
        return tuple(found.values())

    def _links_in(self, source_id: str, raw: str) -> Iterable[Link]:
        for tag, address, words in _found_links(raw):
            url = f"https:{address}" if address.startswith("//") else address
            if _USABLE.fullmatch(url):
                self.notes.changed(source_id, "LINK_KEPT", url, "It is kept as a link beside the text. It still points to the old place.")
                named = plain_text(words)[:300]
                yield Link(url=url, medium=_MEDIA[tag], text=Texts({self.base: named}, self.fallback) if named else NOTHING)
            elif address and not address.startswith("#"):
                what = f"{tag}: {address}"
                self.notes.dropped(source_id, "LINK_DROPPED", what, "Its address cannot be opened from elsewhere. Add the link by hand.")

    def _report(self, source_id: str, raw: str) -> None:
        if _ACTIVE.search(raw):
            self.notes.dropped(source_id, "SCRIPT_DROPPED", "script or form in a text", "Texts are plain here; nothing in them runs.")
        if has_markup(raw) and _FORMATTED.search(raw):
            self.notes.simplified(
                source_id, "FORMATTING_DROPPED", "", "Bold, tables, lists and colours became plain text with its lines kept."
            )


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str, str]] = []
        self._open: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _MEDIA and tag != "source":
            return
        given = {name: value or "" for name, value in attrs}
        address = "".join((given.get("href" if tag == "a" else "src") or "").split())
        if tag == "a":
            self._close()
            self._open = (address, [])
        elif address:
            self.found.append(("video" if tag == "source" else tag, address, given.get("alt") or given.get("title") or ""))

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._close()

    def _close(self) -> None:
        if self._open:
            self.found.append(("a", self._open[0], "".join(self._open[1])))
            self._open = None

    def ended(self) -> list[tuple[str, str, str]]:
        self.close()
        self._close()
        return self.found


def _found_links(raw: str) -> list[tuple[str, str, str]]:
    finder = _Finder()
    try:
        finder.feed(raw[:200_000])
        return finder.ended()
    except (AssertionError, ValueError):
        return []


def translations_of(payload: dict[str, object]) -> list[tuple[str, dict[str, object]]]:
    """The translations of a question, as `(language of the file, its texts)`."""
    return [(name.strip(), group(said)) for name, said in group(payload.get("Language")).items() if isinstance(said, dict | list) and said]


def shown_title(html: str) -> str:
    """A title on one line."""
    return _BRACED.sub(r"(\1)", " ".join(plain_text(unescape(html)).split()))
