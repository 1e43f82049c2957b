"""The house of the night: what it asks, its contacts, its worker processes and its relay."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.outreach.house import SYSTEM, House
from tests.stories.processes import megabytes, processor_seconds
from voc.core import clock
from voc.customers.drafts import read_contact
from voc.customers.record import record_contacts

BATCH = 1000
HOURS = 10
QUIET_DAYS = 30


class Workers:
    """`voc worker` processes; what they used is counted beyond their death."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment, self._log = environment, log
        self._running: list[subprocess.Popen[bytes]] = []
        self._used_before = 0.0
        self.kills, self.megabytes = 0, 0.0

    def be(self, number: int) -> None:
        """Have so many of them: start what is missing, stop what is too many as an operator does."""
        while len(self._running) < number:
            with self._log.open("ab") as log:
                self._running.append(
                    subprocess.Popen([sys.executable, "-m", "voc", "worker"], env=self._environment, stdout=log, stderr=log)
                )
        for process in self._running[number:]:
            self._used_before += processor_seconds(process.pid)
            process.terminate()
            process.wait(60)
        del self._running[number:]

    def kill_one(self) -> None:
        """kill -9, and another in its place."""
        number, process = len(self._running), self._running.pop(random.randrange(len(self._running)))
        self._used_before += processor_seconds(process.pid)
        process.kill()
        process.wait()
        self.kills += 1
        self.be(number)

    def look(self) -> None:
        """Note what they hold in memory now, and that none has ended by itself."""
        self.megabytes = max([self.megabytes, *(megabytes(process.pid) for process in self._running)])
        assert all(process.poll() is None for process in self._running), self._log.read_text()[-3000:]

    @property
    def seconds(self) -> float:
        """What they have used of the processor, all together."""
        return self._used_before + sum(processor_seconds(process.pid) for process in self._running)


class Sink:
    """The relay: which messages it took, in order."""

    def __init__(self, process: "subprocess.Popen[bytes]", file: Path, port: int) -> None:
        self.process, self.port = process, port
        file.touch()
        self._lines, self._unfinished = file.open(), ""
        self._taken: list[str] = []
        self._distinct: set[str] = set()

    def taken(self) -> Sequence[str]:
        """The Message-IDs, also those that came twice."""
        *lines, self._unfinished = f"{self._unfinished}{self._lines.read()}".split("\n")
        self._taken += lines
        self._distinct.update(lines)
        return self._taken

    def messages(self) -> int:
        """How many messages it took, each counted once."""
        self.taken()
        return len(self._distinct)

    def close(self) -> None:
        """Read no more."""
        self._lines.close()


@contextmanager
def sink(folder: Path, milliseconds: float) -> Iterator[Sink]:
    """A relay that thinks so long about each mail."""
    file = folder / "sink"
    command = [sys.executable, "-m", "tests.stories.smtp_sink", str(file), "--milliseconds", str(milliseconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            relay = Sink(process, file, int(process.stdout.readline()))
            yield relay
            relay.close()
        finally:
            process.kill()


def environment(url: str, secret: str, port: int, connections: int) -> dict[str, str]:
    """The settings of a worker."""
    own = {
        "VOC_DATABASE_URL": url,
        "VOC_SECRET": secret,
        "VOC_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "VOC_SMTP_STARTTLS": "off",
        "VOC_SMTP_CONNECTIONS": str(connections),
        "VOC_MAIL_RATE": "5000",
        "VOC_LOG_FORMAT": "json",
        "VOC_LOG_LEVEL": "warning",
    }
    return {**{name: value for name, value in os.environ.items() if not name.startswith("VOC_")}, **own}


async def record(url: str, contacts: int, percent: int) -> None:
    """Furnish the house and tell of all contacts, two a customer; some of them are to be asked in the morning, which is far."""
    house = House(url)
    await house.furnish()
    await house.policy(delay_minutes=60 * HOURS, sample_percent=percent, quiet_days=QUIET_DAYS, ask_within_days=7)
    for start in range(0, contacts, BATCH):
        await record_contacts(
            SYSTEM, [read_contact(_contact(number, number % (contacts // 2))) for number in range(start, min(start + BATCH, contacts))]
        )


def _contact(number: int, who: int) -> dict[str, Any]:
    ended = clock.now() - timedelta(minutes=5)
    customer = f"customer{who}"
    return {
        "externalId": f"night-{number}",
        "touchpoint": "after-call",
        "channel": "phone",
        "outcome": "solved",
        "queue": "Invoices",
        "agent": f"agent-{number % 50}",
        "startedAt": (ended - timedelta(minutes=6)).isoformat(),
        "endedAt": ended.isoformat(),
        "customer": {
            "externalId": customer,
            "name": "Anna de Vries",
            "firstName": "Anna",
            "email": f"{customer}@klant.example",
            "language": "nl",
        },
    }
