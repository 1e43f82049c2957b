"""Pull the plug in full size: kill -9 of server and worker while contacts arrive and customers answer. Run it by hand:

    .venv/bin/python -m tests.bench.nothing_lost [--contacts 2000] [--answers 500] [--kills 20] [--only sqlite|postgres]

Real processes, a real SMTP server, public doors only, on both databases. Ends with the list of faults, which must be empty, and with
exit code 1 when it is not. The reference is the same storm in a tenth of the size without any kill: its rate says what kills cost.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.record_contacts import own_databases
from tests.stories.chaos import Books, faults, settle, storm
from tests.stories.installation import installed


async def play(url: str, contacts: int, answers: int, kills: int) -> tuple[Books, dict[str, Any], float, float]:
    """One storm: the books, the faults, the seconds until all was accepted and those until nothing was left to do."""
    with tempfile.TemporaryDirectory() as folder, installed(url, Path(folder)) as service:
        service.start()
        started = time.monotonic()
        books = await storm(service, contacts=contacts, answers=answers, kills=kills)
        accepted = time.monotonic() - started
        await settle(service, 900)
        settled = time.monotonic() - started
        service.stop()
        return books, await faults(service, books), accepted, settled


async def measure(url: str, contacts: int, answers: int, kills: int) -> bool:
    """Print the figures of one storm and its faults; says whether there were none."""
    books, found, accepted, settled = await play(url, contacts, answers, kills)
    what = f"{len(books.contacts)} contacts, {len(books.answers)} answers, {books.kills} kills"
    print(f"{url.partition(':')[0]}: {what}: accepted in {accepted:.0f} s, all done after {settled:.0f} s")
    print(f"  faults: {found or 'none'}", flush=True)
    return not found


async def main() -> int:
    """Run the bench."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--contacts", type=int, default=2000)
    arguments.add_argument("--answers", type=int, default=500)
    arguments.add_argument("--kills", type=int, default=20)
    arguments.add_argument("--only", choices=("sqlite", "postgres"), default="")
    options = arguments.parse_args()
    good = True
    for kills, part in ((0, 10), (options.kills, 1)):
        async with own_databases() as urls:
            for url in urls:
                if url.startswith(options.only):
                    good &= await measure(url, options.contacts // part, options.answers // part, kills)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
