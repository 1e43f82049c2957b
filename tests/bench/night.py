"""A night of 100,000 contacts: recorded, decided and planned, and in the morning 20,000 mails leave. Run it by hand:

    .venv/bin/python -m tests.bench.night [--contacts 100000] [--percent 22] [--kills 0] [--milliseconds 40] [--connections 15]

A PostgreSQL of its own (with fsync and autovacuum, as in earnest), `voc worker` processes as an operator starts them, and a relay in a
process of its own that thinks 40 ms about each mail. Two workers decide the night. In the morning, before which PostgreSQL tidies up as
it has hours for in earnest, 40 % of the mails leave with one worker and the rest with two, so that both are measured on the same machine
within minutes. With `--kills 12` workers are killed with -9 at random while they decide and send, and others started in their place;
rates then say little, for what a dead worker had in hand is taken up after half a minute. In the end the books are checked: exit code 1
where a contact, a decision or an invitation was lost, or a mail repeated that no kill had cut off.

The reference is bare aiosmtplib, which hands the same bytes to such a relay over as many connections. On few cores processor times tell
more than rates: workers, PostgreSQL and relay share them, and two workers can only do more than one where one waits for the relay
rather than for the processor. By these times the whole night takes five minutes on two quiet cores; `--contacts 5000` is a nap.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiosmtplib import SMTP
from pydantic import SecretStr

from tests import databases
from tests.outreach.letters import ask
from tests.stories.night_books import faults, tell_of_repeats
from tests.stories.night_house import Sink, Workers, environment, record, sink
from tests.stories.processes import child_of, family_seconds, processor_seconds
from voc import reactions
from voc.core import bus, clock, settings
from voc.core.db import close_database, execute, open_database, rows, transaction
from voc.outreach.mail.render import render

SECRET = "night " * 8
EARNEST = ("shared_buffers=256MB", "max_connections=200", "max_wal_size=4GB", "checkpoint_timeout=15min")
TARGET, TIMES, MEGABYTES = 300, 1.6, 200
FIRST_PART = 0.4
MOST_SECONDS = 900
_WAITING = "SELECT count(*) AS n FROM job WHERE state IN ('ready', 'sent') AND due <= ? AND kind NOT LIKE 'routine.%'"


class Watch:
    """Seconds by the clock, and of the processor, since it was made: of the workers, of PostgreSQL and of the relay."""

    def __init__(self, workers: Workers, postmaster: int, relay: Sink) -> None:
        self._workers, self._postmaster, self._relay = workers, postmaster, relay.process.pid
        self._began = self._look()

    def _look(self) -> tuple[float, float, float, float]:
        return time.monotonic(), self._workers.seconds, family_seconds(self._postmaster), processor_seconds(self._relay)

    def told(self, count: int, since: float | None = None) -> tuple[float, str]:
        """So many a second, and a line that says it; the rate counts from a moment of its own where there is one."""
        clock_, *used = (now - then for now, then in zip(self._look(), self._began, strict=True))
        rate = count / (clock_ if since is None else time.monotonic() - since)
        worker, postgres, relay = (1000 * seconds / count for seconds in used)
        load = os.getloadavg()[0]
        return (
            rate,
            f"{rate:7,.0f}/s   processor ms each: workers {worker:.2f}, PostgreSQL {postgres:.2f}, relay {relay:.2f}   load {load:.1f}",
        )


async def main() -> int:
    """Run the bench."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder, sink(Path(folder), options.milliseconds) as relay:
        async with _own_database() as (url, postmaster):
            workers = Workers(environment(url, SECRET, relay.port, options.connections), Path(folder) / "log")
            try:
                return await _night(options, url, postmaster, workers, relay)
            finally:
                workers.be(0)


async def _night(options: argparse.Namespace, url: str, postmaster: int, workers: Workers, relay: Sink) -> int:
    most = 1000 * options.connections / max(options.milliseconds, 0.1)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; the relay takes at most {most:.0f}/s of a worker")
    watch = Watch(workers, postmaster, relay)
    await record(url, options.contacts, options.percent)
    print(f"recorded {options.contacts:>9,} contacts {watch.told(options.contacts)[1]}")
    watch = Watch(workers, postmaster, relay)
    workers.be(2)
    await _until(_nothing_waits, workers, _Kills(workers, options.kills // 3).now_and_then, every=3)
    print(f"decided  {options.contacts:>9,} contacts {watch.told(options.contacts)[1]}")
    workers.be(1)
    await _hours_pass()
    parts = [options.kills // 3, options.kills - 2 * (options.kills // 3)]
    planned = [row["id"] for row in await rows("SELECT id FROM invitation WHERE state = 'planned' ORDER BY id")]
    first = int(len(planned) * FIRST_PART)
    alone = await _morning(planned[:first], 1, workers, Watch(workers, postmaster, relay), relay, parts[0])
    workers.be(2)
    await asyncio.sleep(5)  # until both are there
    together = await _morning(planned[first:], 2, workers, Watch(workers, postmaster, relay), relay, parts[1])
    await _until(_nothing_waits, workers, _no_kills)
    workers.be(0)
    with tempfile.TemporaryDirectory() as folder, sink(Path(folder), options.milliseconds) as other:
        print(await _bare(other.port, options.connections, min(2000, len(planned))))
    verdicts = [
        f"{alone:.0f}/s with one worker (target {TARGET}: {_met(alone >= TARGET)})",
        f"two do {together / alone:.2f} times as much (target {TIMES}: {_met(together >= TIMES * alone)})",
        f"a worker holds {workers.megabytes:.0f} MB at most (target {MEGABYTES}: {_met(workers.megabytes <= MEGABYTES)})",
    ]
    print("\n".join(verdicts[2:] if options.kills else verdicts))
    found = await faults(relay.taken(), options.contacts)
    print(f"{workers.kills} kills; {await tell_of_repeats(relay.taken())}\nfaults: {found or 'none'}", flush=True)
    return 1 if found else 0


async def _hours_pass() -> None:
    """Between night and morning PostgreSQL has all the time to tidy up: so it does here, in less."""
    await execute("VACUUM ANALYZE")
    await execute("CHECKPOINT")


async def _morning(planned: list[str], number: int, workers: Workers, watch: Watch, relay: Sink, kills: int) -> float:
    """It is time for these: measured from the first mail to the last."""
    before, now = relay.messages(), clock.now()
    for start in range(0, len(planned), 5000):
        part = [str(one) for one in planned[start : start + 5000]]
        named = ", ".join("?" * len(part))
        async with transaction():
            await execute(f"UPDATE invitation SET send_at = ? WHERE id IN ({named})", now, *part)
            await execute(f"UPDATE job SET due = ? WHERE state = 'ready' AND ref IN ({named})", now, *part)
    bus.ring("jobs")
    since = await _first(relay, before)

    async def have_left() -> bool:
        return relay.messages() - before >= len(planned)

    await _until(have_left, workers, _Kills(workers, kills).now_and_then, every=0.1)
    rate, line = watch.told(len(planned), since)
    print(f"sent     {len(planned):>9,} mails    {line}   {number} worker{'s' if number > 1 else ''}")
    return rate


async def _first(relay: Sink, before: int) -> float:
    while relay.messages() <= before:
        await asyncio.sleep(0.02)
    return time.monotonic()


async def _nothing_waits() -> bool:
    return not (await rows(_WAITING, clock.now()))[0]["n"]


async def _until(done: Callable[[], Awaitable[bool]], workers: Workers, meanwhile: Callable[[], None], every: float = 1.0) -> None:
    async with asyncio.timeout(MOST_SECONDS):
        while not await done():
            meanwhile()
            workers.look()
            await asyncio.sleep(every)


class _Kills:
    """As many kills as were asked for, one every few seconds."""

    def __init__(self, workers: Workers, count: int) -> None:
        self._workers, self._left, self._next = workers, count, 0.0

    def now_and_then(self) -> None:
        """Kill one if it is time to."""
        if self._left and time.monotonic() >= self._next:
            if self._next:
                self._workers.kill_one()
                self._left -= 1
            self._next = time.monotonic() + random.uniform(1, 4)


def _no_kills() -> None:
    """Let them live."""


async def _bare(port: int, connections: int, count: int) -> str:
    """The reference: the same bytes, and nothing else."""
    source = render(ask(), clock.now()).source
    clients = [SMTP(hostname="127.0.0.1", port=port, start_tls=False) for _ in range(connections)]
    for client in clients:
        await client.connect()
    began, used = time.monotonic(), time.process_time()

    async def hand_over(client: SMTP, mails: int) -> None:
        for _ in range(mails):
            await client.sendmail("vraag@fiber.example", ["anna@klant.example"], source)

    await asyncio.gather(*(hand_over(client, count // connections) for client in clients))
    count = count // connections * connections
    rate, each = count / (time.monotonic() - began), 1000 * (time.process_time() - used) / count
    return f"reference: bare aiosmtplib   {rate:7,.0f}/s   processor ms each: {each:.2f}"


@asynccontextmanager
async def _own_database() -> AsyncIterator[tuple[str, int]]:
    binaries = databases.find_binaries()
    if binaries is None:
        raise SystemExit("No PostgreSQL was found: set VOC_PG_BIN to a folder with initdb and postgres.")
    server = databases.Postgres(binaries, EARNEST)
    try:
        url = server.fresh()
        settings.install(settings.Settings(database_url=url, secret=SecretStr(SECRET)))
        reactions.install()
        await open_database(url)
        await bus.start(url)
        try:
            yield url, child_of(server.keeper.pid)
        finally:
            await bus.stop()
            await close_database()
    finally:
        server.stop()


def _options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--contacts", type=int, default=100_000)
    arguments.add_argument("--percent", type=int, default=22, help="of the contacts that are drawn; some are asked already")
    arguments.add_argument("--kills", type=int, default=0)
    arguments.add_argument("--milliseconds", type=float, default=40.0, help="that the relay thinks about each mail")
    arguments.add_argument("--connections", type=int, default=15, help="that a worker keeps to the relay (VOC_SMTP_CONNECTIONS)")
    return arguments.parse_args()


def _met(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
