"""How long `voc serve` takes from its start to its first answer, and what it holds in memory when idle. Run it by hand:

    .venv/bin/python -m tests.bench.start_and_memory [--rounds 3] [--idle 10]

SQLite, migrated, with the worker inside, as on one machine. The reference is an empty Starlette application under uvicorn, started in
turns with it. Beside the clock stands the processor time until then, which a busy machine changes less. Modules are compiled before
the first round that counts, as `pip install` does it; with `--uncompiled` each start compiles them, as where PYTHONDONTWRITEBYTECODE
is set and nothing was compiled. Reads `/proc`, so Linux only.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import httpx

from tests.databases import SqliteFiles
from voc.demo.mailbox import free_port

TARGET_SECONDS, TARGET_MB = 2.0, 150
BARE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
app = Starlette(routes=[Route("/health/live", lambda request: PlainTextResponse("ok"))])
uvicorn.run(app, port=int(sys.argv[1]), log_level="critical")
"""


class Start(NamedTuple):
    """Seconds by the clock and of processor time until the first answer, and megabytes after a while without requests."""

    clock: float
    processor: float
    megabytes: float


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[int]:
    """A process that is ended afterwards."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def start(command: list[str], port: int, environment: dict[str, str], idle: float) -> Start:
    """Start it, ask until it answers, leave it alone, look at it."""
    began = time.perf_counter()
    with running(command, environment) as pid, httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        while not answers(client):
            time.sleep(0.01)
        took, spent = time.perf_counter() - began, processor_seconds(pid)
        time.sleep(idle)
        return Start(took, spent, megabytes(pid))


def processor_seconds(pid: int) -> float:
    """What the process has used of the processor."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int) -> float:
    """What the process holds in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def answers(client: httpx.Client) -> bool:
    """Whether the server says that it lives."""
    try:
        return client.get("/health/live").status_code == 200
    except httpx.TransportError:
        return False


def print_figures(what: str, starts: list[Start], verdict: bool) -> None:
    """The medians, with the targets where there are any."""
    clock, processor, memory = (median(values) for values in zip(*starts, strict=True))
    targets = (
        f"  (targets {TARGET_SECONDS:.0f} s, {TARGET_MB} MB: {'met' if clock <= TARGET_SECONDS and memory <= TARGET_MB else 'MISSED'})"
    )
    print(f"{what:38} {clock:6.2f} s to the first answer, {processor:5.2f} s of them CPU, {memory:4.0f} MB{targets if verdict else ''}")


def main() -> None:
    """Run the bench."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--idle", type=float, default=10)
    arguments.add_argument("--uncompiled", action="store_true")
    options = arguments.parse_args()
    served: list[Start] = []
    bare: list[Start] = []
    with tempfile.TemporaryDirectory() as folder:
        own = {"VOC_DATABASE_URL": SqliteFiles(Path(folder)).fresh(), "VOC_SECRET": "bench " * 8, "VOC_LOG_LEVEL": "warning"}
        environment = {**{name: value for name, value in os.environ.items() if not name.startswith("VOC_")}, **own}
        if not options.uncompiled:
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            environment["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
            port = free_port()
            start([sys.executable, "-m", "voc", "serve", "--port", str(port)], port, environment, 0)
        for _ in range(options.rounds):
            port = free_port()
            bare.append(start([sys.executable, "-c", BARE, str(port)], port, environment, options.idle))
            served.append(start([sys.executable, "-m", "voc", "serve", "--port", str(port)], port, environment, options.idle))
    print_figures("voc serve", served, verdict=True)
    print_figures("reference: an empty Starlette, uvicorn", bare, verdict=False)


if __name__ == "__main__":
    main()
