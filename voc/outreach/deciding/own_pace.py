"""How a policy gets on within its rehearsal, by what it would have asked there. PURE."""

from collections import deque
from datetime import UTC, datetime, timedelta

from voc.outreach.policies.sampling import Pace, month_of, part_of_month

_ASKED_FOR, _DRAWN_FOR, _FRESH = timedelta(days=90), timedelta(days=28), timedelta(hours=6)


class OwnPace:
    """What was drawn and asked so far, told in the order of time since it began."""

    def __init__(self, began: datetime) -> None:
        self._began = began
        self._drawn: deque[datetime] = deque()
        self._asked: deque[tuple[datetime, datetime, datetime | None, bool]] = deque()
        self._counted_at, self._counted, self._pace = datetime.min.replace(tzinfo=UTC), 0, Pace()

    def drawn(self, at: datetime) -> None:
        """A contact came as far as the draw."""
        self._drawn.append(at)

    def asked(self, at: datetime, open_until: datetime, answered_at: datetime | None, *, is_known: bool) -> None:
        """It was asked about; `is_known` where it really was, so that whoever did not answer would not have."""
        self._asked.append((at, open_until, answered_at, is_known))

    def at(self, now: datetime) -> Pace:
        """The pace, counted again every six hours and when the contacts doubled. Those of whom nothing is known may still answer."""
        if len(self._drawn) >= 2 * self._counted or now - self._counted_at >= _FRESH:
            self._counted_at, self._pace = now, self._count(now)
            self._counted = len(self._drawn)
        return self._pace

    def _count(self, now: datetime) -> Pace:
        while self._drawn and self._drawn[0] <= now - _DRAWN_FOR:
            self._drawn.popleft()
        while self._asked and self._asked[0][0] <= now - _ASKED_FOR:
            self._asked.popleft()
        month = month_of(now)
        answered = [answered_at for _, _, answered_at, _ in self._asked if answered_at and answered_at <= now]
        return Pace(
            answers=sum(one >= month for one in answered),
            open=sum(until > now and not (answered_at and answered_at <= now) for _, until, answered_at, _ in self._asked),
            asked=sum(is_known for _, _, _, is_known in self._asked),
            answered=len(answered),
            contacts=len(self._drawn),
            over_days=max((now - self._drawn[0]) / timedelta(days=1), 1.0) if self._drawn else 1.0,
            of_month=part_of_month(self._began, now),
        )
