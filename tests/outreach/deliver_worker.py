"""A worker in a process of its own that delivers over a relay, to be killed: `python -m tests.outreach.deliver_worker URL PORT`."""

import asyncio
import sys
from datetime import timedelta

from pydantic import SecretStr

from voc.core import events, settings
from voc.core.db import open_database
from voc.core.jobs import engine
from voc.core.jobs.worker import Worker
from voc.outreach.delivering.deliver import handlers

engine.HEARTBEAT = timedelta(seconds=2)


async def main(url: str, port: int) -> None:
    """Work until killed."""
    relay = SecretStr(f"smtp://127.0.0.1:{port}")
    settings.install(settings.Settings(database_url=url, secret=SecretStr("s" * 40), smtp_url=relay, smtp_starttls="off"))
    events.install({}, (), handlers())
    await open_database(url)
    await Worker(url).start()
    print("working", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
