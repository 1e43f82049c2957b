"""A lock between the processes of one machine: held as long as the process lives, freed by the system when it dies."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

RETRY_SECONDS = 0.05


class FileLock:
    """An exclusive lock on a file of its own; the file stays behind and means nothing by itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self) -> bool:
        """Take the lock now, or say that somebody holds it."""
        if self._file is not None:
            return False
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _lock(file):
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)


@asynccontextmanager
async def file_lock(path: Path, *, seconds: float) -> AsyncIterator[None]:
    """Hold the lock on a file, waiting for whoever has it; TimeoutError after `seconds`."""
    lock = FileLock(path)
    until = time.monotonic() + seconds
    while not lock.take():
        if time.monotonic() > until:
            raise TimeoutError(f"Another process has held {path} for {seconds:.0f} seconds.")
        await asyncio.sleep(RETRY_SECONDS)
    try:
        yield
    finally:
        lock.release()


def _lock(file: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
