"""Facts and what follows them. A fact is emitted in the transaction that makes it true; each of its reactions becomes a job there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from voc.core.jobs.handlers import Handler, Reaction
from voc.core.jobs.outbox import Following, add_following
from voc.core.jobs.purge import PURGE
from voc.core.jobs.routines import Routine


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, by the id of what it happened to. Rooms define their own in their `events.py`."""

    ref: UUID


@dataclass(frozen=True, slots=True)
class _Installed:
    reactions: Mapping[type[Event], tuple[Handler, ...]]
    handlers: Mapping[str, Handler]
    routines: tuple[Routine, ...]


_installed: _Installed | None = None


def install(reactions: Mapping[type[Event], Sequence[Handler]], routines: Sequence[Routine] = (), others: Sequence[Handler] = ()) -> None:
    """Say what follows each event and the clock; `others` are handlers whose jobs are added by `jobs.add` alone.

    Every command does this once at its start; doing it again replaces what was said. Two handlers of one kind are a ValueError.
    """
    global _installed  # noqa: PLW0603 - a process has one story
    all_routines = (*routines, *(() if PURGE in routines else (PURGE,)))
    handlers: dict[str, Handler] = {}
    for handler in [*(one for many in reactions.values() for one in many), *others, *(routine.handler() for routine in all_routines)]:
        known = handlers.setdefault(handler.kind, handler)
        if known != handler:
            raise ValueError(f"Two different handlers are called {handler.kind}: each kind of job has one.")
    _installed = _Installed({event: tuple(many) for event, many in reactions.items()}, handlers, all_routines)


async def emit(event: Event) -> None:
    """Add a job for each reaction, in the running transaction. RuntimeError when no reactions are installed."""
    await emit_many([event])


async def emit_many(events: Iterable[Event]) -> None:
    """Emit several events, together in one or two statements."""
    await add_following(list(_following(events)))


def _following(events: Iterable[Event]) -> Iterator[Following]:
    story = _story()
    for event in events:
        for handler in story.reactions.get(type(event), ()):
            yield Following(handler.kind, event.ref, handler.only_while if isinstance(handler, Reaction) else None)


def kinds() -> frozenset[str]:
    """The kinds of jobs that can be run."""
    return frozenset(_story().handlers)


def handlers() -> Mapping[str, Handler]:
    """The handler of each kind of job."""
    return _story().handlers


def routines() -> tuple[Routine, ...]:
    """What follows the clock."""
    return _story().routines


def _story() -> _Installed:
    if _installed is None:
        raise RuntimeError("No reactions are installed: call voc.reactions.install() when the command starts.")
    return _installed
