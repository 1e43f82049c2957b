"""Keeping a walk with a draft as a test."""

from typing import Any

from voc.api.exposed import takes
from voc.api.response_changes import QuestionAnswerInput, values_in
from voc.surveys.edits import SaveWalk


@takes
class NamedScoreInput:
    """What a named score must come to."""

    key: str
    """The short name of the score."""
    value: float
    """What it must come to."""


@takes
class SaveWalkInput:
    """A walk to keep as a test, in place of the one with this key. To take one away, `remove` `walks/<key>`."""

    key: str
    """Its short name."""
    name: str | None
    """What it shows, for colleagues."""
    language: str | None
    """The language it is answered in; the first when left out."""
    seed: int | None
    """Decides every random order; as written when left out."""
    answers: list[QuestionAnswerInput]
    """What is answered."""
    asked: list[str] | None
    """The keys of all questions that must be asked, in order; any when left out."""
    must_ask: list[str] | None
    """Questions that must be among those asked."""
    must_not_ask: list[str] | None
    """Questions that must not be asked."""
    end_page: str | None
    """The key of the end page it must lead to; any when left out."""
    scores: list[NamedScoreInput] | None
    """What named scores must come to."""


def save_walk_of(given: SaveWalkInput) -> SaveWalk:
    """The edit that keeps it; what is left out is not written."""
    written: dict[str, Any] = {
        "id": given.key,
        "name": given.name,
        "language": given.language,
        "seed": given.seed,
        "answers": dict(values_in(given.answers)),
        "asked": given.asked,
        "must_ask": given.must_ask,
        "must_not_ask": given.must_not_ask,
        "end_page": given.end_page,
        "scores": {score.key: score.value for score in given.scores or ()},
    }
    return SaveWalk({name: value for name, value in written.items() if value not in (None, [], {}, "")})
