"""Whether translations still fit their source: by what was said of them, else by the version that is live. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from voc.surveys.questionnaire import Questionnaire
from voc.surveys.translations.table import Line, lines


@dataclass(frozen=True, slots=True)
class Review:
    """What was known of a translation when it was written or read again: marks of both texts, and who said so when."""

    source_mark: str
    text_mark: str
    is_reviewed: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one translation stands: whether its source changed since it was made, and who read it again, if it is as they read it."""

    key: str
    is_changed_since: bool
    reviewed_by: str
    reviewed_at: datetime | None


def standings(
    questionnaire: Questionnaire, language: str, reviews: Mapping[str, Review], published: Questionnaire | None
) -> tuple[Standing, ...]:
    """Every text of a language, by key. What nobody spoke of is held against the live version: its source is another now, and it is not."""
    live = {line.key: line for line in lines(published)} if published else {}
    return tuple(_standing(line, questionnaire.default_language, language, reviews.get(line.key), live) for line in lines(questionnaire))


def mark_of(text: str) -> str:
    """A short mark of a text, to see whether it is still the same."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def _standing(line: Line, first: str, language: str, review: Review | None, live: Mapping[str, Line]) -> Standing:
    source, text = line.texts.get(first, ""), line.texts.get(language, "")
    if not text or line.is_ours:
        return Standing(line.key, False, "", None)
    if review is None:
        before = live.get(line.key)
        is_old = before is not None and before.texts.get(language) == text and mark_of(before.texts.get(first, "")) != mark_of(source)
        return Standing(line.key, is_old, "", None)
    is_as_read = (review.source_mark, review.text_mark) == (mark_of(source), mark_of(text))
    if is_as_read and review.is_reviewed:
        return Standing(line.key, False, review.by, review.at)
    return Standing(line.key, review.source_mark != mark_of(source) and review.text_mark == mark_of(text), "", None)
