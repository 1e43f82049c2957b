"""Days and times of day. PURE."""

import re
from datetime import date, datetime, time

from voc.responses.read_answer.typed import line
from voc.responses.read_answer.wrong import Value, Wrong
from voc.surveys.questions import Date, DateTime, Time

_TYPED_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_TYPED_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?")


def day(question: Date, raw: object) -> Value | None:
    """A day as `2026-01-31`."""
    if isinstance(raw, datetime):
        raw = raw.date()
    found = raw if isinstance(raw, date) else _day(line(raw))
    if found is None:
        return None
    _within(question, found)
    return found.isoformat()


def time_of_day(question: Time, raw: object) -> Value | None:
    """A time of day as `14:30`."""
    if isinstance(raw, datetime):
        raw = raw.time()
    found = raw if isinstance(raw, time) else _time(line(raw))
    if found is None:
        return None
    text = f"{found:%H:%M}"
    if question.earliest and text < question.earliest:
        raise Wrong("time_too_early", earliest=question.earliest)
    if question.latest and text > question.latest:
        raise Wrong("time_too_late", latest=question.latest)
    return text


def moment(question: DateTime, raw: object) -> Value | None:
    """A day with a time on the customer's own clock, as `2026-01-31T14:30`; what is said of zones is left out."""
    if not isinstance(raw, datetime):
        text = line(raw)
        if not text:
            return None
        on, _, at = text.replace("T", " ", 1).rpartition(" ")
        found, clock = _day(on.strip()), _time(re.sub(r"(?:Z|[+-]\d{2}:?\d{2})\Z", "", at))
        if found is None or clock is None:
            raise Wrong("not_a_date")
        raw = datetime.combine(found, clock)
    _within(question, raw.date())
    return f"{raw.date().isoformat()}T{raw:%H:%M}"


def _day(text: str) -> date | None:
    if not text:
        return None
    typed = _TYPED_DAY.fullmatch(text)
    try:
        return date(int(typed[3]), int(typed[2]), int(typed[1])) if typed else date.fromisoformat(text)
    except ValueError:
        raise Wrong("not_a_date") from None


def _time(text: str) -> time | None:
    if not text:
        return None
    typed = _TYPED_TIME.fullmatch(text)
    if not typed or int(typed[1]) > 23 or int(typed[2]) > 59:
        raise Wrong("not_a_time")
    return time(int(typed[1]), int(typed[2]))


def _within(question: Date | DateTime, found: date) -> None:
    if question.earliest and found < question.earliest:
        raise Wrong("too_early", earliest=f"{question.earliest:%d-%m-%Y}")
    if question.latest and found > question.latest:
        raise Wrong("too_late", latest=f"{question.latest:%d-%m-%Y}")
