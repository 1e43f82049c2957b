"""Which words of a text the VADER package gave weight to, and why, at their places in the text. PURE.

The package replaces emoji by their descriptions and splits at blanks. This walks the same way and remembers where each letter came
from, so that every span lies inside the text as the customer typed it.
"""

import re
import string
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from voc.insight.sentiment.analysis import Evidence

LEXICON = "lexicon"
NEGATED = "lexicon, negated"
STRONGER = "lexicon, strengthened"
WEAKER = "lexicon, weakened"
PHRASE = "phrase"
EMOJI = "emoji"
MOST_NAMED = 300

_TOKEN = re.compile(r"\S+")
_LONGEST_PHRASE = 14


def evidence_of(
    text: str, weights: Sequence[float], lexicon: Mapping[str, float], emojis: Mapping[str, str], phrases: Collection[str]
) -> tuple[Evidence, ...]:
    """The words with weight, in the order of the text; `weights` are the package's, one for each of its words.

    `phrases` are those the package knows as a whole. Of very many words the heaviest are named.
    """
    if not any(weights):
        return ()
    plain, places = _without_emoji(text, emojis)
    found: list[_Weighed] = []
    for token, weight in zip(_TOKEN.finditer(plain), weights, strict=True):
        if weight:
            first, last = _stripped(token.group(), token.start())
            start, end = (first, last) if places is None else (places[first], places[last - 1] + 1)
            if places and any(letter in emojis for letter in text[start:end]):
                rule = EMOJI
            else:
                rule = _rule(plain[first:last], weight, lexicon)
                if rule != LEXICON and _stands_in(plain, first, last, phrases):
                    rule = PHRASE
            _append(found, _Weighed(start, end, weight, rule))
    if len(found) > MOST_NAMED:
        found = sorted(sorted(found, key=lambda one: -abs(one.weight))[:MOST_NAMED])
    return tuple(Evidence(one.start, one.end, text[one.start : one.end], round(one.weight, 4), one.rule) for one in found)


class _Weighed(NamedTuple):
    start: int
    end: int
    weight: float
    rule: str


def _append(found: list[_Weighed], one: _Weighed) -> None:
    """Words of one emoji's description stand at the same sign: their weights are added up there."""
    if found and found[-1].rule == EMOJI and one.start < found[-1].end:
        last = found.pop()
        one = _Weighed(last.start, max(last.end, one.end), last.weight + one.weight, EMOJI)
    found.append(one)


def _without_emoji(text: str, emojis: Mapping[str, str]) -> tuple[str, list[int] | None]:
    if text.isascii() or not any(letter in emojis for letter in text):
        return text, None
    letters: list[str] = []
    places: list[int] = []
    after_blank = True
    for place, letter in enumerate(text):
        said = emojis.get(letter)
        shown = letter if said is None else said if after_blank else f" {said}"
        letters.append(shown)
        places += [place] * len(shown)
        after_blank = letter == " " if said is None else False
    return "".join(letters), places


def _stripped(token: str, start: int) -> tuple[int, int]:
    inner = token.strip(string.punctuation)
    if len(inner) <= 2:
        return start, start + len(token)
    skipped = token.index(inner)
    return start + skipped, start + skipped + len(inner)


def _rule(word: str, weight: float, lexicon: Mapping[str, float]) -> str:
    usual = lexicon.get(word.lower(), 0.0)
    if usual * weight < 0:
        return NEGATED
    if abs(weight - usual) < 1e-9:
        return LEXICON
    return STRONGER if abs(weight) > abs(usual) else WEAKER


def _stands_in(plain: str, first: int, last: int, phrases: Collection[str]) -> bool:
    near = plain[max(first - _LONGEST_PHRASE, 0) : last + _LONGEST_PHRASE].lower()
    return any(phrase in near for phrase in phrases)
