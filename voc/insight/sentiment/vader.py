"""English texts, read by the package vaderSentiment (Hutto and Gilbert, 2014); the only file that imports it. PURE.

The score is the package's own `compound`, unchanged. The evidence is what the package itself reckoned for each word.
"""

import hashlib
import sys
from heapq import heappop, heappush
from importlib.metadata import version as version_of
from typing import Any

from vaderSentiment.vaderSentiment import SPECIAL_CASES, SentimentIntensityAnalyzer

from voc.insight.sentiment.analysis import Analysis, Evidence, Label
from voc.insight.sentiment.language import FROM_SURVEY
from voc.insight.sentiment.sentences import Span, clauses, sentences
from voc.insight.sentiment.vader_evidence import evidence_of

POSITIVE_FROM = 0.05
NEGATIVE_FROM = -0.05
CLEARLY = 0.3
"""Parts of a text disagree when one is at least this positive and another at least this negative."""
LONGEST_SENTENCE = 400
_OWN_RULES = 1


class Vader:
    """Reads English. The lexicon is loaded once, when it is built."""

    name = "vader"
    languages = frozenset({"en"})

    def __init__(self) -> None:
        self._package = SentimentIntensityAnalyzer()
        lexicon = hashlib.sha256((self._package.lexicon_full_filepath + self._package.emoji_full_filepath).encode()).hexdigest()
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        # Python 3.12 changed how floats are summed, and with it a few scores in the last digit.
        self.version = f"{version_of('vaderSentiment')} lexicon {lexicon[:12]} python {python} rules {_OWN_RULES}"

    def analyse(self, text: str, language: str) -> Analysis:
        """The package's compound, the words behind it, and `mixed` where sentences or clauses clearly disagree."""
        compound, evidence = self._read(text)
        parts = sentences(text)
        scores = self._scores(text, parts, compound)
        label = Label.MIXED if self._disagree(text, parts, scores) else label_of(compound)
        sentence = _carrying(text, parts, scores, label)
        return Analysis(label, compound, sentence, evidence, language, FROM_SURVEY, self.name, self.version)

    def compound(self, text: str) -> float:
        """The package's compound of a text, nothing else."""
        return float(_Package(self._package).polarity_scores(text)["compound"])

    def _read(self, text: str) -> tuple[float, tuple[Evidence, ...]]:
        package = _Package(self._package)
        compound = float(package.polarity_scores(text)["compound"])
        return compound, evidence_of(text, package.weights, self._package.lexicon, self._package.emojis, SPECIAL_CASES)

    def _scores(self, text: str, parts: list[Span], compound: float) -> list[float]:
        return [compound] if len(parts) == 1 else [self.compound(part.of(text)) for part in parts]

    def _disagree(self, text: str, parts: list[Span], scores: list[float]) -> bool:
        spoken = list(scores)
        for part in parts:
            inside = clauses(text, part)
            if len(inside) > 1:
                spoken += [self.compound(clause.of(text)) for clause in inside]
        return bool(spoken) and max(spoken) >= CLEARLY and min(spoken) <= -CLEARLY


def label_of(compound: float) -> Label:
    """Positive from 0.05, negative from -0.05, as the package's authors propose."""
    if compound >= POSITIVE_FROM:
        return Label.POSITIVE
    return Label.NEGATIVE if compound <= NEGATIVE_FROM else Label.NEUTRAL


class _Package(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """The package for one text. It remembers the weight of each word just before they are summed.

    For each word with weight the package lower-cases the whole text again; five thousand emoji took it a minute and a half. Here its
    rules see no more of the text than they look at, which changes no result.
    """

    def __init__(self, package: Any) -> None:
        self.lexicon = package.lexicon
        self.emojis = package.emojis
        self.weights: list[float] = []

    def score_valence(self, sentiments: list[float], text: str) -> dict[str, float]:
        self.weights = [float(weight) for weight in sentiments]
        scores: dict[str, float] = super().score_valence(sentiments, text)
        return scores

    def _negation_check(self, valence: float, words: list[str], start_i: int, i: int) -> Any:
        first = max(i - 3, 0)
        return super()._negation_check(valence, words[first : i + 1], start_i, i - first)

    def _special_idioms_check(self, valence: float, words: list[str], i: int) -> Any:
        first = max(i - 3, 0)
        return super()._special_idioms_check(valence, words[first : i + 3], i - first)

    def _but_check(self, words: list[str], sentiments: list[float]) -> list[float]:
        """As the package does, which for each weight changes the first one that is equal to it, not always the one it stands at."""
        turn = next((place for place, word in enumerate(words) if word.lower() == "but"), None)
        if turn is None:
            return sentiments
        places: dict[float, list[int]] = {}
        for place, weight in enumerate(sentiments):
            if weight:
                places.setdefault(weight, []).append(place)
        for place in range(len(sentiments)):
            weight = sentiments[place]
            if weight:
                first = heappop(places[weight])
                sentiments[first] = weight * (0.5 if first < turn else 1.5 if first > turn else 1)
                heappush(places.setdefault(sentiments[first], []), first)
        return sentiments


def _carrying(text: str, parts: list[Span], scores: list[float], label: Label) -> str:
    if label is Label.NEUTRAL or not parts:
        return ""
    direction = {Label.POSITIVE: 1, Label.NEGATIVE: -1}.get(label)
    weights = [abs(score) if direction is None else direction * score for score in scores]
    strongest = weights.index(max(weights))
    sentence = parts[strongest].of(text)
    return sentence if len(sentence) <= LONGEST_SENTENCE else sentence[: LONGEST_SENTENCE - 1] + "…"
