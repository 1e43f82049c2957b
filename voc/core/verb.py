"""The frame around every write: may you, one transaction, and the bus woken once it is committed."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from voc.core import jobs, live
from voc.core.access import Action, Actor
from voc.core.db import in_transaction_now, transaction

P = ParamSpec("P")
T = TypeVar("T")
Verb = Callable[Concatenate[Actor, P], Coroutine[Any, Any, T]]
VERBS: dict[str, Action] = {}
Called = TypeVar("Called", bound=Callable[..., Awaitable[Any]])
_joining: dict[object, Any] = {}


def verb(action: Action) -> Callable[[Verb[P, T]], Verb[P, T]]:
    """Make a coroutine function a verb: its first argument is the actor, who must be granted the action (SignInNeeded, Forbidden).

    The body runs in one transaction; a verb called by a verb is a savepoint of it. Whatever it raises undoes all of it.
    """

    def decorate(function: Verb[P, T]) -> Verb[P, T]:
        VERBS[f"{function.__module__}.{function.__qualname__}"] = action

        @wraps(function)
        async def framed(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            actor.must(action)
            outermost = not in_transaction_now()
            async with transaction():
                outcome = await function(actor, *args, **kwargs)
            if outermost:
                jobs.wake()
                live.wake()
            return outcome

        async def joining(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            actor.must(action)
            return await function(actor, *args, **kwargs)

        _joining[framed] = joining
        return framed

    return decorate


def joining(run: Called) -> Called:
    """The verb without a savepoint of its own, for a caller whose transaction ends with whatever it raises; any other function as it is."""
    joined: Called = _joining.get(run, run)
    return joined
