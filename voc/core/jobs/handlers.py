"""What a job of a kind does: a reaction (database work) or an effect (something outside, then database work)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from voc.core.access import Actor

Run: TypeAlias = Callable[[Actor, str], Awaitable[object]]
RunMany: TypeAlias = Callable[[Actor, Sequence[str]], Awaitable[object]]
Finish: TypeAlias = Callable[[], Awaitable[object]]
Act: TypeAlias = Callable[[Actor, str, str], Awaitable[Finish | None]]

MAX_SECONDS = 480


class Errand(NamedTuple):
    """One of several jobs of an effect: what it is about, and the key that stays the same when it happens again."""

    ref: str
    key: str


class Outcome(NamedTuple):
    """What came of an errand: `record(actor, values)` writes it in the transaction that ends the job, with those that ended beside it."""

    record: Callable[[Actor, Sequence[Any]], Awaitable[object]]
    value: object


Errands: TypeAlias = Sequence[Callable[[], Awaitable[Outcome | None]] | None]
ActMany: TypeAlias = Callable[[Actor, Sequence[Errand]], Awaitable[Errands]]


class Retry(Exception):
    """Raised by a handler that asks to be called again later; it counts as a failure, and `reason` is kept without personal data."""

    def __init__(self, after: timedelta, reason: str) -> None:
        super().__init__(reason)
        self.after = after
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Terms:
    """How a kind of job is run.

    It is dead after `attempts` failures, and then `on_dead` is called once; `on_again` is, when a colleague runs it again after all.
    At most `rate` start per second and `concurrency` run at a time over all machines (0: no limit). One run may take `seconds`.
    """

    attempts: int = 8
    rate: float | None = None
    concurrency: int = 0
    seconds: float = 300
    on_dead: Run | None = None
    on_again: Run | None = None

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

    What it returns is called in the transaction that ends the job: a coroutine function, or None. Effects of one `lane` share their
    places in a worker, so that those of another never wait for them. `act_many` prepares several at once and gives what is to be
    called for each, side by side (None where there is nothing to do); where it fails as a whole, each is acted on alone.
    """

    kind: str
    act: Act
    terms: Terms = USUAL
    act_many: ActMany | None = None
    lane: str = ""


def alone(act_many: ActMany) -> Act:
    """Acting on one as on several."""

    async def act(actor: Actor, ref: str, key: str) -> Finish | None:
        (errand,) = await act_many(actor, [Errand(ref, key)])
        outcome = await errand() if errand else None
        return partial(outcome.record, actor, [outcome.value]) if outcome else None

    return act


Handler: TypeAlias = Reaction | Effect
