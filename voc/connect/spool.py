"""Answers that wait for a reader who is still writing.

Many HTTP clients send their whole body before they read. Were we to wait for them to read, both would wait for ever; so
answers beyond a first part go to a temporary file until they are asked for.
"""

import asyncio
import tempfile
from collections import deque
from typing import IO

IN_MEMORY = 256 * 1024
PART = 64 * 1024


class Spool:
    """First in, first out, in memory as long as it is little."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._parts: deque[bytes] = deque()
        self._held = 0
        self._file: IO[bytes] | None = None
        self._read = self._written = 0
        self._is_ended = False
        self._stirred = asyncio.Event()

    def put(self, part: bytes) -> None:
        """Add something; never waits for the reader."""
        if self._file is None and self._held + len(part) <= self._in_memory:
            self._parts.append(part)
            self._held += len(part)
        else:
            self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115 - closed in `close`
            self._file.seek(self._written)
            self._written += self._file.write(part)
        self._stirred.set()

    def end(self) -> None:
        """Nothing more will come."""
        self._is_ended = True
        self._stirred.set()

    async def get(self) -> bytes:
        """The next part, as soon as there is one; empty at the end."""
        while True:
            self._stirred.clear()
            part = self._next()
            if part or self._is_ended:
                return part
            await self._stirred.wait()

    def close(self) -> None:
        """Forget what is left."""
        if self._file:
            self._file.close()

    def _next(self) -> bytes:
        if self._parts:
            part = self._parts.popleft()
            self._held -= len(part)
            return part
        if self._file is None:
            return b""
        self._file.seek(self._read)
        part = self._file.read(PART)
        self._read += len(part)
        if self._read == self._written:
            self._file.close()
            self._file, self._read, self._written = None, 0, 0
        return part
