"""How fast mail leaves for one host of recipients, over all workers, and what becomes of a host that says it gets too many.

The table holds one row for each host that has a rate in the settings, or that asked us to slow down. Any other host costs nothing but
the look for such a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from voc.core import clock, settings
from voc.core.db import as_moment, dialect, execute, execute_many, marks, padded, rows
from voc.core.ids import new_id
from voc.core.mail_rates import host_of, host_rates

BURST = timedelta(seconds=1)
RESTS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 16, 32, 60))
"""How long a host that gets too many rests, the first time and each time it says so again within an hour of going on."""
CAREFUL = timedelta(hours=1)
CAREFUL_RATE = 1.0
"""Mails a second that it is given in the hour after its rest."""
_INTO = """INSERT INTO mail_host (id, host, next_at, queue_at, slow_until, slow_times) VALUES (?, ?, ?, ?, NULL, 0)
    ON CONFLICT (host) DO NOTHING"""
_LOCKED = "SELECT host, next_at, queue_at, slow_until FROM mail_host WHERE host IN ({hosts}) ORDER BY host"
_KEPT = "UPDATE mail_host SET next_at = ?, queue_at = ? WHERE host = ?"


@dataclass(slots=True)
class Pace:
    """How one host stands: `next_at` is when its next mail is due at its rate, `queue_at` until when waiting mails are spread."""

    rate: float
    next_at: datetime
    queue_at: datetime
    rests_until: datetime | None

    def turn(self, now: datetime) -> datetime | None:
        """None where a mail may leave now, and its place is taken; else when to ask again, each a little later than the one before.

        At most a second's mails leave at once; waiting for a turn takes no place, so that none is lost with a mail that never leaves.
        """
        interval = timedelta(seconds=1 / self.rate)
        resting = self.rests_until is not None and now < self.rests_until
        if not resting and self.next_at - now < BURST:
            self.next_at = max(self.next_at, now) + interval
            return None
        self.queue_at = max(self.queue_at, self.next_at, now, self.rests_until or now) + interval
        # Whole seconds, so that the mails of one second are put off together.
        return self.queue_at.replace(microsecond=0) + timedelta(seconds=1)


async def turns(addresses: Sequence[str], now: datetime) -> list[datetime | None]:
    """For each address, within a verb: None where its host takes a mail now, else when to try again."""
    rates = host_rates(settings.current().mail_host_rates)
    hosts = [host_of(address) for address in addresses]
    if not hosts:
        return []
    limited = sorted({host for host in hosts if host in rates})
    if limited:
        await execute_many(_INTO, [(new_id(), host, now, now) for host in limited])
    paces = await _paces(sorted(set(hosts)), rates, now)
    found = [paces[host].turn(now) if host in paces else None for host in hosts]
    if paces:
        await execute_many(_KEPT, [(pace.next_at, pace.queue_at, host) for host, pace in sorted(paces.items())])
    return found


async def slow_down(address: str) -> None:
    """Its host said, within a verb, that it gets too many: nothing leaves for it for a while, longer each time. Others are not touched."""
    now, host = clock.now(), host_of(address)
    await execute(_INTO, new_id(), host, now, now)
    found = await rows(f"SELECT slow_until, slow_times FROM mail_host WHERE host = ?{_lock()}", host)
    until, times = as_moment(found[0]["slow_until"]), int(found[0]["slow_times"])
    if until and now < until:  # many were on their way when it said so first
        return
    times = times + 1 if until and now < until + CAREFUL else 1
    rest = RESTS[min(times, len(RESTS)) - 1]
    await execute("UPDATE mail_host SET slow_until = ?, slow_times = ? WHERE host = ?", now + rest, times, host)


async def _paces(hosts: Sequence[str], rates: dict[str, float], now: datetime) -> dict[str, Pace]:
    names, paces = padded(hosts), {}
    for row in await rows(_LOCKED.format(hosts=marks(names)) + _lock(), *names):
        until = as_moment(row["slow_until"])
        is_careful = until is not None and now < until + CAREFUL
        if is_careful or row["host"] in rates:
            rate = min(rates.get(row["host"], CAREFUL_RATE), CAREFUL_RATE) if is_careful else rates[row["host"]]
            paces[row["host"]] = Pace(rate, as_moment(row["next_at"]) or now, as_moment(row["queue_at"]) or now, until)
    return paces


def _lock() -> str:
    return " FOR UPDATE" if dialect() == "postgres" else ""
