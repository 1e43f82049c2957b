"""What a rule is, and how it speaks of texts. PURE."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from voc.surveys.check_logic import questions_with_paths
from voc.surveys.questionnaire import Questionnaire, Severity, texts_of
from voc.surveys.questions import Question

Example = Mapping[str, Any]
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


class Finding(NamedTuple):
    """One place where a rule is broken, and a sentence with the way out, in English and in Dutch where we have it."""

    path: str
    message: str
    dutch: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `good` and `bad` are parts of a questionnaire in which it finds nothing, or something.

    An example is `{"questions": [...]}`, or any other parts of the document; `{"text": {"en": "…"}}` stands for one question on a
    scale with that text. The tests put the rest around it.
    """

    code: str
    severity: Severity
    find: Callable[[Questionnaire], Iterator[Finding]]
    good: tuple[Example, ...]
    bad: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Sender:
    """The brand under which a questionnaire is asked; `host` is where the addresses of its links begin."""

    name: str = "Our service"
    accent: str = "#1f4e79"
    on_accent: str = "#ffffff"
    host: str = "https://survey.example.com"


STRANGER = Sender()


@dataclass(frozen=True, slots=True)
class SenderRule:
    """A rule that asks who sends as well: None where that is not known. Its examples say the sender too."""

    code: str
    severity: Severity
    find: Callable[[Questionnaire, Sender | None], Iterator[Finding]]
    good: tuple[tuple[Example, Sender | None], ...]
    bad: tuple[tuple[Example, Sender | None], ...]


def asked_texts(questionnaire: Questionnaire, *kinds: type[Question]) -> Iterator[tuple[str, str, str]]:
    """Path, language and text of every question of these kinds, without what placeholders put in."""
    for path, question in questions_with_paths(questionnaire):
        if isinstance(question, kinds or Question):
            for language, text in question.text.items():
                yield f"{path}.text.{language}", language.split("-", 1)[0], _PLACEHOLDER.sub("", text)


def all_texts(questionnaire: Questionnaire) -> Iterator[tuple[str, str, str]]:
    """Path, language and text of everything written."""
    for path, texts in texts_of(questionnaire):
        for language, text in texts.items():
            yield f"{path}.{language}", language, text


def one_of(*words: str) -> re.Pattern[str]:
    """A pattern that finds any of these words or phrases, whole, in capitals or not."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
