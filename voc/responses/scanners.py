"""Whether a machine pressed the button: mail scanners open every link, and some press what they find. PURE.

One sign alone proves nothing, for people are fast too; two make a press suspect. Its answer is then held, never lost.

**Signs belong to the press, never to the link.** A scanner in front of an office opens everything a moment after the mail arrives, and
the person who reads it later must not pay for that. So each sign is measured from the very page whose button was pressed, whose moment
its stamp tells: was *that page* served within ten seconds of a delivery; were links with other scores opened in one go with *that page*,
each within ten seconds of the next; was *that page* pressed too soon; did *this press* say the opposite of another in the same visit.
Who begins ten seconds after a scanner ended bears none of its signs. Whether somebody asked for the stylesheet is no sign here: ours
stands in the page itself. Nothing is kept of networks or browsers, so a whole office behind one address is as many people as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SIGNS_NEEDED = 2
FASTEST_PERSON = timedelta(seconds=2)
FASTEST_READER = timedelta(seconds=10)
"""Before that nobody has the mail open and its link followed."""
A_MINUTE = timedelta(seconds=60)
"""How long one and the same visitor goes on."""


class Sign(StrEnum):
    """Something a scanner does and a person hardly ever."""

    TOO_FAST = "too_fast"
    ON_ARRIVAL = "on_arrival"
    CONTRADICTION = "contradiction"
    SEVERAL_SCORES = "several_scores"


class Deed(StrEnum):
    """What a button does."""

    SENT = "sent"
    DECLINED = "declined"
    STOPPED = "stopped"
    CHOSEN = "chosen"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a button. `served_at` is what the stamp of its page says; None where no page of ours was pressed."""

    deed: Deed
    served_at: datetime | None
    pressed_at: datetime

    @property
    def seen_at(self) -> datetime:
        """When whoever pressed came to the page, as far as we know."""
        return self.served_at or self.pressed_at

    @property
    def was_too_fast(self) -> bool:
        """Whether nobody could have read the page before the button was pressed; a page we never served was not read at all."""
        return self.served_at is None or self.pressed_at - self.served_at < FASTEST_PERSON


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known beside a press: when messages arrived, which links were opened with which score, when the opposite was said."""

    arrivals: Sequence[datetime] = ()
    opposites: Sequence[datetime] = ()
    opened: Sequence[tuple[int | None, datetime]] = ()


def signs_of(press: Press, evidence: Evidence) -> tuple[Sign, ...]:
    """The signs of a scanner that this press bears."""
    found = {
        Sign.TOO_FAST: press.was_too_fast,
        Sign.ON_ARRIVAL: any(timedelta() <= press.seen_at - at <= FASTEST_READER for at in evidence.arrivals),
        Sign.CONTRADICTION: any(_is_same_visit(press, at) for at in evidence.opposites),
        Sign.SEVERAL_SCORES: opened_several_scores(evidence.opened, press),
    }
    return tuple(sign for sign, is_there in found.items() if is_there)


def opened_several_scores(opened: Iterable[tuple[int | None, datetime]], press: Press) -> bool:
    """Whether links with different scores were opened in one go with the page that was pressed: a minute at most, no pause in it."""
    near = [(at, score) for score, at in opened if abs(at - press.seen_at) <= A_MINUTE and at <= press.pressed_at]
    before = sorted((one for one in near if one[0] <= press.seen_at), key=_moment, reverse=True)
    after = sorted((one for one in near if one[0] > press.seen_at), key=_moment)
    scores = {score for run in (before, after) for score in _without_pause(run, press.seen_at)}
    return len(scores - {None}) > 1


def came_back(first_sent_at: datetime | None, press: Press) -> bool:
    """Whether the same link was sent again later, as a person does who wants to be heard."""
    return first_sent_at is not None and press.pressed_at - first_sent_at >= A_MINUTE


def in_words(signs: Iterable[Sign]) -> str:
    """The signs as they are kept; empty where they are too few to hold anything."""
    found = list(signs)
    return ", ".join(found) if len(found) >= SIGNS_NEEDED else ""


def _is_same_visit(press: Press, at: datetime) -> bool:
    return press.seen_at - at <= FASTEST_READER and timedelta() <= press.pressed_at - at < A_MINUTE


def _moment(opened: tuple[datetime, int | None]) -> datetime:
    return opened[0]


def _without_pause(run: Iterable[tuple[datetime, int | None]], start: datetime) -> Iterable[int | None]:
    last = start
    for at, score in run:
        if abs(at - last) > FASTEST_READER:
            return
        last = at
        yield score
