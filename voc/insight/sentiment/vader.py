"""English texts, read by the package vaderSentiment (Hutto and Gilbert, 2014); the only file that imports it. PURE.

The score is the package's own `compound`, unchanged. The evidence is what the package itself reckoned for each word.
"""

import hashlib
import sys
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
        return float(self._package.polarity_scores(text)["compound"])

    def _read(self, text: str) -> tuple[float, tuple[Evidence, ...]]:
        watched = _Watched(self._package)
        compound = float(watched.polarity_scores(text)["compound"])
        return compound, evidence_of(text, watched.weights, self._package.lexicon, self._package.emojis, SPECIAL_CASES)

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


class _Watched(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """The package for one text: same lexicon, and it remembers the weight of each word just before they are summed."""

    def __init__(self, package: Any) -> None:
        self.lexicon = package.lexicon
        self.emojis = package.emojis
        self.weights: list[float] = []

    def score_valence(self, sentiments: list[float], text: str) -> dict[str, float]:
        self.weights = [float(weight) for weight in sentiments]
        scores: dict[str, float] = super().score_valence(sentiments, text)
        return scores


def _carrying(text: str, parts: list[Span], scores: list[float], label: Label) -> str:
    if label is Label.NEUTRAL or not parts:
        return ""
    direction = {Label.POSITIVE: 1, Label.NEGATIVE: -1}.get(label)
    weights = [abs(score) if direction is None else direction * score for score in scores]
    strongest = weights.index(max(weights))
    sentence = parts[strongest].of(text)
    return sentence if len(sentence) <= LONGEST_SENTENCE else sentence[: LONGEST_SENTENCE - 1] + "…"
