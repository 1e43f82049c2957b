"""Running one claimed job: record the start, act, and end it together with its changes in one fenced transaction."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from voc.core import live
from voc.core.access import Actor
from voc.core.db import transaction
from voc.core.jobs import claims
from voc.core.jobs.claims import Claim, Started
from voc.core.jobs.errands import act_together
from voc.core.jobs.failing import KilledItsWorker, describe, fail
from voc.core.jobs.handlers import Effect, Handler, Reaction
from voc.core.jobs.wakeup import wake
from voc.core.verb import joining

log = logging.getLogger("voc.jobs")
SUSPECT_STARTS = 2


class Turnstile:
    """Lets jobs run side by side, but a suspect alone: if it kills the process again, no neighbour is blamed."""

    def __init__(self) -> None:
        self._running = 0
        self._open, self._idle = asyncio.Event(), asyncio.Event()
        self._open.set()
        self._idle.set()

    @asynccontextmanager
    async def beside_others(self) -> AsyncIterator[None]:
        """Run with others, unless somebody runs alone."""
        while not self._open.is_set():
            await self._open.wait()
        self._running += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Wait until nobody runs, and let nobody start meanwhile."""
        while not self._open.is_set():
            await self._open.wait()
        self._open.clear()
        try:
            await self._idle.wait()
            yield
        finally:
            self._open.set()


async def perform(claimed: Claim, handlers: Mapping[str, Handler], turnstile: Turnstile) -> Exception | None:
    """Run the job unless another claim owns it; gives the error when it failed. What became of it stands in its row."""
    async with turnstile.beside_others():
        started = (await claims.start([claimed])).get(claimed.id)
        if started is None:
            return None
        if started.starts <= SUSPECT_STARTS:
            return await _run(claimed, started, handlers[claimed.kind])
        await claims.unstart(claimed)
    return await _perform_alone(claimed, handlers, turnstile)


async def perform_bundle(bundle: Sequence[Claim], handlers: Mapping[str, Handler], turnstile: Turnstile) -> None:
    """Run jobs of one kind together: reactions in one transaction, or each in its own when one of them fails; effects side by side.

    What becomes of each is the same as if it ran alone, the cost is not.
    """
    if len(bundle) == 1:
        await perform(bundle[0], handlers, turnstile)
        return
    async with turnstile.beside_others():
        started = await claims.start(bundle)
        suspects = [one for one in bundle if one.id in started and started[one.id].starts > SUSPECT_STARTS]
        for one in suspects:
            await claims.unstart(one)
        usual = [one for one in bundle if one.id in started and one not in suspects]
        handler = handlers[bundle[0].kind]
        if not usual:
            pass
        elif isinstance(handler, Effect):
            if not await act_together(usual, started, handler):
                await asyncio.gather(*(_run(one, started[one.id], handler) for one in usual))
        elif not await _react_together(usual, started, handler):
            for one in usual:
                await _run(one, started[one.id], handler)
    for one in suspects:
        await _perform_alone(one, handlers, turnstile)


async def _perform_alone(claimed: Claim, handlers: Mapping[str, Handler], turnstile: Turnstile) -> Exception | None:
    async with turnstile.alone():
        started = (await claims.start([claimed])).get(claimed.id)
        return await _run(claimed, started, handlers[claimed.kind]) if started else None


async def _react_together(bundle: Sequence[Claim], started: Mapping[str, Started], handler: Reaction) -> bool:
    actor = Actor.system(handler.kind)
    try:
        async with asyncio.timeout(handler.terms.seconds), transaction():
            await _run_each(handler, actor, [started[job_id].ref for job_id in await claims.finish(bundle)])
    except asyncio.CancelledError:
        for one in bundle:
            await asyncio.shield(claims.release(one))
        raise
    except Exception as error:
        log.info("a bundle of jobs failed and runs one by one", extra={"kind": handler.kind, "error": describe(error)})
        return False
    wake()
    live.wake()
    return True


async def _run_each(handler: Reaction, actor: Actor, refs: Sequence[str]) -> None:
    if handler.run_many is not None and refs:
        await joining(handler.run_many)(actor, refs)
        return
    run = joining(handler.run)
    for ref in refs:
        await run(actor, ref)


async def _run(claimed: Claim, started: Started, handler: Handler) -> Exception | None:
    actor = Actor.system(handler.kind)
    try:
        if started.starts > claims.CRASHES:
            raise KilledItsWorker(f"Its process died {claims.CRASHES} times while it ran.")
        async with asyncio.timeout(handler.terms.seconds):
            if isinstance(handler, Reaction):
                await _react(claimed, handler, actor, started.ref)
            else:
                finish = await handler.act(actor, started.ref, claimed.id)
                async with transaction():
                    if await claims.finish([claimed]) and finish:
                        await finish()
    except asyncio.CancelledError:
        await asyncio.shield(claims.release(claimed))
        raise
    except Exception as error:
        await fail(claimed, started, handler, actor, error)
        return error
    wake()
    live.wake()
    return None


async def _react(claimed: Claim, handler: Reaction, actor: Actor, ref: str) -> None:
    async with transaction():
        if await claims.finish([claimed]):
            await joining(handler.run)(actor, ref)
