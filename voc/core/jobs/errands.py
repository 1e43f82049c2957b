"""Acting on several jobs of an effect side by side: prepared together, ended together with those that end at the same time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeAlias

from voc.core import live
from voc.core.access import Actor
from voc.core.db import transaction
from voc.core.jobs import claims
from voc.core.jobs.claims import Claim, Started
from voc.core.jobs.failing import describe, fail
from voc.core.jobs.handlers import Effect, Errand, Outcome
from voc.core.jobs.wakeup import wake
from voc.core.verb import joining

PREPARE_SECONDS = 60
TOGETHER_SECONDS = 0.1
_Act: TypeAlias = "asyncio.Task[Outcome | None]"
log = logging.getLogger("voc.jobs")


async def act_together(bundle: Sequence[Claim], started: Mapping[str, Started], handler: Effect) -> bool:
    """Act on jobs whose starts are recorded. One that fails fails alone; False where nothing was begun and each has to be acted on alone.

    What ended is recorded within a tenth of a second, however long others take, so that a crash repeats those alone that it cuts off.
    """
    if handler.act_many is None:
        return False
    actor, until = Actor.system(handler.kind), asyncio.get_running_loop().time() + handler.terms.seconds
    try:
        async with asyncio.timeout(PREPARE_SECONDS):
            errands = await handler.act_many(actor, [Errand(started[one.id].ref, one.id) for one in bundle])
    except asyncio.CancelledError:
        await asyncio.shield(_release(bundle))
        raise
    except Exception as error:
        log.info("several jobs could not be prepared together and run one by one", extra={"kind": handler.kind, "error": describe(error)})
        return False
    under_way = {asyncio.create_task(_act(errand, until)): one for one, errand in zip(bundle, errands, strict=True)}
    await _Party(actor, handler, started, under_way).run()
    return True


class _Party:
    """The errands of one bundle while they are under way."""

    def __init__(self, actor: Actor, handler: Effect, started: Mapping[str, Started], acts: dict[_Act, Claim]) -> None:
        self._actor, self._handler, self._started, self._acts = actor, handler, started, acts

    async def run(self) -> None:
        """Wait for them, and end each soon after its act; when cut off, what was done by then is still written down."""
        waiting = set(self._acts)
        try:
            while waiting:
                _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                if waiting:
                    _, waiting = await asyncio.wait(waiting, timeout=TOGETHER_SECONDS)
                await asyncio.shield(self._end([act for act in self._acts if act.done()]))
        except BaseException:
            await asyncio.shield(self._cut_off())
            raise

    async def _end(self, ended: Sequence[_Act]) -> None:
        claimed = {act: self._acts.pop(act) for act in ended}
        failures = {act: ConnectionError("it was cut off") if act.cancelled() else act.exception() for act in ended}
        done = [(claimed[act], act.result()) for act in ended if failures[act] is None]
        if done and not await self._finish(done):
            for one in done:
                await self._finish([one])
        for act, error in failures.items():
            if isinstance(error, Exception):
                await fail(claimed[act], self._started[claimed[act].id], self._handler, self._actor, error)

    async def _finish(self, done: Sequence[tuple[Claim, Outcome | None]]) -> bool:
        """End them in one transaction with all that came of them. False where that failed, and they have to be ended one by one."""
        try:
            async with asyncio.timeout(self._handler.terms.seconds), transaction():
                mine = set(await claims.finish([one for one, _ in done]))
                await _record(self._actor, [outcome for one, outcome in done if outcome and one.id in mine])
        except Exception as error:
            if len(done) == 1:
                await fail(done[0][0], self._started[done[0][0].id], self._handler, self._actor, error)
            return len(done) == 1
        wake()
        live.wake()
        return True

    async def _cut_off(self) -> None:
        running = {act for act in self._acts if not act.done()}
        while running:  # before Python 3.12 a cancellation may be swallowed
            for act in running:
                act.cancel()
            _, running = await asyncio.wait(running, timeout=1)
        left = [one for act, one in self._acts.items() if act.cancelled()]
        await self._end([act for act in self._acts if not act.cancelled()])
        await _release(left)


async def _act(errand: Callable[[], Awaitable[Outcome | None]] | None, until: float) -> Outcome | None:
    async with asyncio.timeout_at(until):
        return await errand() if errand else None


async def _record(actor: Actor, outcomes: Sequence[Outcome]) -> None:
    alike: dict[Callable[..., Any], list[object]] = {}
    for outcome in outcomes:
        alike.setdefault(outcome.record, []).append(outcome.value)
    for record, values in alike.items():
        await joining(record)(actor, values)


async def _release(bundle: Sequence[Claim]) -> None:
    for one in bundle:
        await claims.release(one)
