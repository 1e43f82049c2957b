"""Whether a machine pressed the button: mail scanners open every link, and some press what they find. PURE.

One sign alone proves nothing, for people are fast too; two make an answer suspect. It is then held, never lost.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

SIGNS_NEEDED = 2
FASTEST_PERSON = timedelta(seconds=2)
FASTEST_CHANGE_OF_MIND = timedelta(seconds=60)


class Sign(StrEnum):
    """Something a scanner does and a person hardly ever."""

    SEVERAL_SCORES = "several_scores"
    TOO_FAST = "too_fast"
    CONTRADICTION = "contradiction"


def opened_several_scores(seen: Iterable[tuple[int | None, datetime]]) -> bool:
    """Whether links with different scores of one invitation were opened within a minute."""
    scored = sorted((at, score) for score, at in seen if score is not None)
    return any(later - earlier <= FASTEST_CHANGE_OF_MIND and score != other for (earlier, score), (later, other) in pairwise(scored))


def was_too_fast(served_at: datetime | None, posted_at: datetime) -> bool:
    """Whether nobody could have read the page before the button was pressed; a page we never served was not read at all."""
    return served_at is None or posted_at - served_at < FASTEST_PERSON


def came_back(first_sent_at: datetime | None, posted_at: datetime) -> bool:
    """Whether the same link was sent again later, as a person does who wants to be heard."""
    return first_sent_at is not None and posted_at - first_sent_at >= FASTEST_CHANGE_OF_MIND
