"""A mail relay that takes everything and keeps only the Message-IDs, in a process of its own. Run it by hand, or from the benches:

    .venv/bin/python -m tests.stories.smtp_sink FILE [--milliseconds 30]

Prints its port, and writes a line with the Message-ID to FILE for each mail, before it says that it took it. `--milliseconds` is how long
it thinks about each mail, as real relays do; it costs as little of the processor as it can, so that it is not what is measured.
"""

import argparse
import asyncio
import re
import sys
from typing import TextIO, cast

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_END = b"\r\n.\r\n"
_SAID = {b"EHLO": b"250 sink\r\n", b"HELO": b"250 sink\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


class Session(asyncio.Protocol):
    """One connection."""

    def __init__(self, lines: TextIO, seconds: float) -> None:
        self._lines, self._seconds = lines, seconds
        self._heard = bytearray()
        self._is_mail = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own kind
        self._transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer what is complete."""
        self._heard += data
        while self._step():
            pass

    def _step(self) -> bool:
        ends = _END if self._is_mail else b"\r\n"
        end = self._heard.find(ends, max(0, len(self._heard) - 65536) if self._is_mail else 0)
        if end < 0:
            return False
        part = bytes(self._heard[:end])
        del self._heard[: end + len(ends)]
        if self._is_mail:
            self._take(part)
        else:
            self._is_mail = part[:4].upper() == b"DATA"
            self._transport.write(_SAID.get(part[:4].upper(), b"250 OK\r\n"))
        return True

    def _take(self, mail: bytes) -> None:
        self._is_mail = False
        found = _MESSAGE_ID.search(mail)
        assert found is not None
        asyncio.get_running_loop().call_later(self._seconds, self._taken, found[1].decode())

    def _taken(self, message_id: str) -> None:
        # Taken is taken, also when whoever handed it over is dead by now.
        self._lines.write(f"{message_id}\n")
        self._lines.flush()
        if not self._transport.is_closing():
            self._transport.write(b"250 OK queued as sink\r\n")


async def main() -> None:
    """Take mail until killed."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file")
    arguments.add_argument("--milliseconds", type=float, default=0.0)
    options = arguments.parse_args()
    with open(options.file, "a") as lines:
        server = await asyncio.get_running_loop().create_server(lambda: Session(lines, options.milliseconds / 1000), "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        import uvloop

        uvloop.install()
    except ImportError:
        sys.stderr.write("without uvloop\n")
    asyncio.run(main())
