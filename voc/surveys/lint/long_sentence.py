"""A sentence has at most twenty words. PURE."""

import re
from collections.abc import Iterator

from voc.surveys.lint.rule import Finding, Rule, all_texts
from voc.surveys.questionnaire import Questionnaire, Severity

LONGEST_SENTENCE = 20
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, _, text in all_texts(questionnaire):
        longest = max((len(_WORD.findall(sentence)) for sentence in _SENTENCES.split(text)), default=0)
        if longest > LONGEST_SENTENCE:
            message = f"A sentence of {longest} words is hard to read. Make two of it: {LONGEST_SENTENCE} words at most."
            dutch = f"Een zin van {longest} woorden leest moeilijk. Maak er twee van, van hooguit {LONGEST_SENTENCE} woorden."
            yield Finding(path, message, dutch)


RULE = Rule(
    "LONG_SENTENCE",
    Severity.WARNING,
    _find,
    good=({"text": {"en": "You called us. How was it?"}},),
    bad=({"text": {"en": "When you called us on the day that you told us of, how was it to be put on hold so often then?"}},),
)
