"""A real mail server for mail that goes nowhere: it receives over SMTP, and shows what came on pages of its own."""

import asyncio
import socket
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

KEPT = 500


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it arrived; `number` counts from 1."""

    number: int
    to: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        """The subject line."""
        return str(self.message["Subject"])

    def part(self, kind: str) -> str:
        """The `plain` or `html` part."""
        found = self.message.get_body((kind,))
        return str(found.get_content()) if found else ""


class Mailbox:
    """Receives mail at a free port of this machine, keeps the newest, and tells a listener of each."""

    def __init__(self, kept: int = KEPT) -> None:
        self.kept = kept
        self.mails: OrderedDict[int, Mail] = OrderedDict()
        self.port = free_port()
        self._count = 0
        self._heard: Callable[[Mail], None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        """The address for VOC_SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start listening, in a thread of its own."""
        self._controller.start()

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop()

    def on_mail(self, heard: Callable[[Mail], None]) -> None:
        """Call `heard` on the present event loop for each mail from now on."""
        self._loop, self._heard = asyncio.get_running_loop(), heard

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a mail in."""
        source = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content or "").encode()
        self._count += 1
        mail = Mail(self._count, str(envelope.rcpt_tos[0]), message_from_bytes(source, policy=policy.default))
        self.mails[mail.number] = mail
        while len(self.mails) > self.kept:
            self.mails.popitem(last=False)
        if self._loop is not None and self._heard is not None:
            self._loop.call_soon_threadsafe(self._heard, mail)
        return "250 Kept"


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
