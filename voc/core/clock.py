"""The one place that knows what time it is: aware UTC, and a test may stop it."""

from datetime import UTC, datetime, timedelta

_frozen: datetime | None = None


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _frozen or datetime.now(UTC)


def freeze(at: datetime) -> None:
    """Stop the clock at an aware moment; for tests and rehearsals in a process of their own."""
    global _frozen  # noqa: PLW0603 - a process has one clock
    if at.tzinfo is None:
        raise ValueError("The clock takes aware moments only: give the datetime a time zone.")
    _frozen = at.astimezone(UTC)


def advance(step: timedelta) -> None:
    """Move a stopped clock."""
    if _frozen is None:
        raise ValueError("Freeze the clock before moving it.")
    freeze(_frozen + step)


def thaw() -> None:
    """Let the clock run again."""
    global _frozen  # noqa: PLW0603
    _frozen = None
