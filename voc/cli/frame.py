"""What every command does around its work: settings, logs, reactions, database; and a refusal said in one sentence."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

import typer

from voc import reactions
from voc.core import log, settings
from voc.core.access import Actor
from voc.core.db import close_database, open_database
from voc.core.db.migrations import pending
from voc.core.errors import Invalid, Refusal
from voc.outreach.gateways.settled import gateway_in

T = TypeVar("T")
OPERATOR = Actor.system("command line")


def prepare() -> settings.Settings:
    """Read the settings, set the logs up and install the reactions; a wrong setting ends the command with exit code 2."""
    try:
        chosen = settings.load_settings()
        gateway_in(chosen)  # a template that is wrong is told now, not with the first text
    except settings.SettingsError as error:
        stop(str(error), code=2)
    settings.install(chosen)
    log.set_up(chosen.log_format, chosen.log_level)
    reactions.install()
    return chosen


def run(work: Callable[[], Awaitable[T]]) -> T:
    """Do the work with the database open; it must be migrated."""
    chosen = prepare()

    async def with_database() -> T:
        if waiting := await pending(chosen.database_url):
            stop(f"The database misses {len(waiting)} migration{'s' if len(waiting) > 1 else ''}: run `voc migrate` first.")
        await open_database(chosen.database_url, pool=2)
        try:
            return await work()
        finally:
            await close_database()

    with refusals():
        return asyncio.run(with_database())


@contextmanager
def refusals() -> Iterator[None]:
    """Whatever is refused inside is said on standard error, and ends the command with exit code 1."""
    try:
        yield
    except Invalid as error:
        stop("\n".join(f"{fault.path}: {fault.message}" if fault.path else fault.message for fault in error.faults))
    except OSError as error:
        stop(f"{error.filename}: {error.strerror}." if error.filename else str(error) or type(error).__name__)
    except (Refusal, ValueError) as error:
        stop(str(error) or type(error).__name__)


def stop(message: str, code: int = 1) -> NoReturn:
    """End the command, saying why."""
    print(message, file=sys.stderr)
    raise typer.Exit(code)
