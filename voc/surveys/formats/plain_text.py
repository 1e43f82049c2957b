"""HTML of other systems to plain text: scripts and styles gone with their contents, entities read, lines kept. PURE."""

import re
from html import unescape
from unicodedata import normalize

import nh3

_BREAKING = {
    *("br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote", "pre", "center"),
    *("table", "caption", "tr", "td", "th", "section", "article", "header", "footer", "figure", "figcaption", "option"),
}
_BREAK = re.compile(rf"</?(?:{'|'.join(sorted(_BREAKING, key=len, reverse=True))})(?:\s[^>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t\f\v\xa0]+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u200b\ufeff]")


def plain_text(html: str) -> str:
    """The words of a piece of HTML as a reader sees them, one line for each block; text without markup stays as it is.

    Letters are written in one way (NFC), for the same word comes with its accents apart from one keyboard and in one piece from another.
    """
    if "<" in html:
        html = _TAG.sub("", _BREAK.sub("\n", nh3.clean(html, tags=_BREAKING, attributes={})))
    text = _UNPRINTABLE.sub("", normalize("NFC", unescape(html))).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def has_markup(html: str) -> bool:
    """Whether there is anything that plain text cannot hold."""
    return "<" in html and bool(_TAG.search(html))
