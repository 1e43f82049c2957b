"""The analysers there are, and which one reads a text. PURE.

A further language is one class that keeps the promises of `Analyser` and one line in `_MAKERS`.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from voc.insight.sentiment.analysis import Analyser, Analysis
from voc.insight.sentiment.language import language_of
from voc.insight.sentiment.unknown import Unknown
from voc.insight.sentiment.vader import Vader

_MAKERS: dict[str, Callable[[], Analyser]] = {"en": Vader}
_UNKNOWN = Unknown()


def analyse(text: str, survey_language: str) -> Analysis:
    """The mood of a text that answers a survey in that language, by the analyser that knows the language it is written in."""
    spoken = language_of(text, survey_language)
    analysis = analyser_for(spoken.language).analyse(text, spoken.language)
    return replace(analysis, language_from=spoken.decided_by)


def analyser_for(language: str) -> Analyser:
    """The analyser for a language; built at its first use, once per process."""
    maker = _MAKERS.get(language)
    return _UNKNOWN if maker is None else _built(maker)


@cache
def _built(maker: Callable[[], Analyser]) -> Analyser:
    return maker()
