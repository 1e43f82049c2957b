"""Telling dispatchers that a transaction with new jobs was committed, so that they need not wait for their poll."""

from contextvars import ContextVar

from voc.core import bus

BELL = "jobs"
_added: ContextVar[bool] = ContextVar("jobs_added", default=False)


def note_added() -> None:
    """Remember that the running transaction added jobs."""
    _added.set(True)


def wake() -> None:
    """Call after the outermost transaction was committed; nothing happens when it added no jobs. Best effort."""
    if _added.get():
        _added.set(False)
        bus.ring(BELL)
