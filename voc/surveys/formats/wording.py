"""Texts of a file, with markup and in several languages, as plain texts of ours; links and pictures are kept beside them. PURE."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import is_dataclass, replace
from html import unescape
from typing import Any

from voc.surveys.described import ADDRESS
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.plain_text import plain_text
from voc.surveys.questions import Link, Medium
from voc.surveys.texts import Texts

_SCRIPT = re.compile(r"<\s*(?:script|iframe|object|embed)\b|<[^<>]*\son[a-z]+\s*=|javascript:", re.IGNORECASE)
_LAYOUT = re.compile(r"<\s*(?!/|br\b|p\b|div\b|span\b|!--)[a-z]", re.IGNORECASE)
_TAG = re.compile(r"<\s*(img|audio|video|source|a)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|href|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_MEDIA = {"img": Medium.IMAGE, "audio": Medium.AUDIO, "video": Medium.VIDEO, "source": Medium.VIDEO, "a": Medium.PAGE}
_PLACEHOLDER = re.compile(r"\{(\s*[a-z_0-9]+(?:\.[a-z_0-9]+)+\s*(?:\|[^{}]*)?)\}")
LONGEST = 20_000


class Wording:
    """Makes texts. `languages` are the file's names for them with ours, the base language first."""

    def __init__(self, languages: Mapping[str, str], notes: Notes) -> None:
        self._languages = dict(languages)
        self._notes = notes
        self._noted: set[str] = set()

    @property
    def languages(self) -> tuple[str, ...]:
        """Ours, the base language first."""
        return tuple(self._languages.values())

    @property
    def theirs(self) -> tuple[str, ...]:
        """The file's own names for them, in the same order."""
        return tuple(self._languages)

    def texts(self, raw: Mapping[str, str], source_id: str, longest: int = LONGEST) -> Texts:
        """The text in every language in which there is one; where the base language has none, the first other stands in for it."""
        found: dict[str, str] = {}
        for theirs, ours in self._languages.items():
            written = raw.get(theirs, "")
            said = plain_text(written) if written else ""
            self._note_markup(written, source_id)
            if len(said) > longest:
                self._notes.simplified(source_id, "TEXT_CUT", said, f"Only the first {longest} characters fit here. Shorten the text.")
                said = said[: longest - 1].rstrip() + "…"
            if said:
                found[ours] = said
        base = self.languages[0]
        if found and base not in found:
            found = {base: next(iter(found.values())), **found}
            self._notes.changed(source_id, "TEXT_BORROWED", found[base], f"It has no text in `{base}`; that of another language stands in.")
        return Texts(found)

    def links(self, raw: Mapping[str, str], source_id: str) -> tuple[Link, ...]:
        """The pictures, sounds and pages that the markup speaks of; those without a full address are reported."""
        found: dict[str, Link] = {}
        for written in raw.values():
            for tag, rest in _TAG.findall(written or ""):
                named = {name.lower(): unescape(one or two or three).strip() for name, one, two, three in _ATTRIBUTE.findall(rest)}
                address = named.get("href" if tag.lower() == "a" else "src", "").replace(" ", "%20")
                if re.fullmatch(ADDRESS, address):
                    found.setdefault(address, self._link(address, tag.lower(), plain_text(named.get("alt", ""))))
                elif address:
                    self._notes.dropped(
                        source_id,
                        "LINK_DROPPED",
                        shown_address(address),
                        "It is no full web address. Put the file on the web and link to it.",
                    )
        for link in found.values():
            self._notes.changed(source_id, "LINK_KEPT", link.url, "It leads to the place it led to before. See whether it may stay there.")
        return tuple(found.values())

    def _link(self, address: str, tag: str, alt: str) -> Link:
        return Link(url=address, medium=_MEDIA[tag], text=Texts({self.languages[0]: alt[:300]} if alt else {}))

    def _note_markup(self, written: str, source_id: str) -> None:
        if _SCRIPT.search(written):
            self._notes.dropped(source_id, "SCRIPT_DROPPED", plain_text(written), "Scripts and embedded pages never come along.")
        elif _LAYOUT.search(written) and source_id not in self._noted:
            self._noted.add(source_id)
            self._notes.simplified(
                source_id, "MARKUP_DROPPED", plain_text(written), "Texts are plain: the words came along, the layout did not."
            )


def with_texts(value: Any, rewrite: Callable[[str], str]) -> Any:
    """The same with every text in it that has a brace written anew."""
    if isinstance(value, Texts):
        if not any("{" in text for text in value.values()):
            return value
        return Texts({language: rewrite(text) for language, text in value.items()})
    if isinstance(value, tuple):
        anew = tuple(with_texts(one, rewrite) for one in value)
        return anew if any(one is not old for one, old in zip(anew, value, strict=True)) else value
    if is_dataclass(value) and not isinstance(value, type):
        found = {name: getattr(value, name) for name in value.__dataclass_fields__}
        changed = {name: made for name, one in found.items() if (made := with_texts(one, rewrite)) is not one}
        return replace(value, **changed) if changed else value
    return value


def joined(first: Texts, second: Texts) -> Texts:
    """Two texts with an empty line between them, in every language that has either."""
    languages = dict.fromkeys((*first, *second))
    return Texts({one: "\n\n".join(filter(None, (first.get(one, ""), second.get(one, "")))) for one in languages})


def missing_anywhere(texts: Iterable[Texts], languages: Iterable[str]) -> bool:
    """Whether any text lacks one of the languages."""
    wanted = set(languages)
    return len(wanted) > 1 and any(wanted - set(one) for one in texts)


def shown_address(address: str) -> str:
    """A place as a report may show it: of what is no file and no page only that it was something else."""
    return "something that is no file" if re.match(r"\s*[a-z]+\s*:(?!//)", address, re.IGNORECASE) else plain_text(address)


def without_scripts(written: str) -> str:
    """An expression as it was written, or its words alone where there is a script in it."""
    return plain_text(written) if _SCRIPT.search(written) else written


def harmless(text: str) -> str:
    """The text with a question mark in what looks like a placeholder of ours and is none: nobody fills it in, and everybody sees it."""
    return _PLACEHOLDER.sub(r"{\1?}", text)
