"""What a job of a kind does: a reaction (database work) or an effect (something outside, then database work)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from voc.core.access import Actor

Run: TypeAlias = Callable[[Actor, str], Awaitable[object]]
RunMany: TypeAlias = Callable[[Actor, Sequence[str]], Awaitable[object]]
Finish: TypeAlias = Callable[[], Awaitable[object]]
Act: TypeAlias = Callable[[Actor, str, str], Awaitable[Finish | None]]

MAX_SECONDS = 540


class Retry(Exception):
    """Raised by a handler that asks to be called again later; it counts as a failure, and `reason` is kept without personal data."""

    def __init__(self, after: timedelta, reason: str) -> None:
        super().__init__(reason)
        self.after = after
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Terms:
    """How a kind of job is run.

    It is dead after `attempts` failures, and then `on_dead` is called once. At most `rate` start per second and
    `concurrency` run at a time over all machines (0: no limit). One run may take `seconds`.
    """

    attempts: int = 8
    rate: float | None = None
    concurrency: int = 0
    seconds: float = 300
    on_dead: Run | None = None

    def __post_init__(self) -> None:
        if self.attempts < 1 or self.seconds > MAX_SECONDS or (self.rate is not None and self.rate <= 0):
            raise ValueError(f"A job needs at least one attempt, at most {MAX_SECONDS} seconds and a rate above zero.")


USUAL = Terms()


@dataclass(frozen=True, slots=True)
class Reaction:
    """Database work: `run(actor, ref)` happens in the transaction that ends the job, so it happens exactly once.

    `only_while` is a query without placeholders: while it finds nothing, events add no job of this kind. `run_many` does in fewer
    statements what `run` does for each ref; where it fails for some, each is run alone.
    """

    kind: str
    run: Run
    terms: Terms = USUAL
    only_while: str | None = None
    run_many: RunMany | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """Something outside: `act(actor, ref, key)` runs without a transaction and may happen again after a crash, with the same `key`.

    What it returns is called in the transaction that ends the job: a coroutine function, or None.
    """

    kind: str
    act: Act
    terms: Terms = USUAL


Handler: TypeAlias = Reaction | Effect
