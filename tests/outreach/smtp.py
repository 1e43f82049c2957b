"""A real mail server for tests, which can be told to refuse, to hang up, and to demand TLS."""

import asyncio
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass
class Received:
    """A mail as it arrived."""

    sender: str
    to: list[str]
    source: bytes
    is_private: bool
    user: str | None

    @property
    def message(self) -> EmailMessage:
        """The mail, parsed."""
        parsed = message_from_bytes(self.source, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class Server:
    """What came in, and what the next mails are answered; connections are counted."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    to_sender: list[str] = field(default_factory=list)
    to_recipient: list[str] = field(default_factory=list)
    to_message: list[str] = field(default_factory=list)
    sessions: int = 0
    hang_up: Any = None

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        if not getattr(session, "is_counted", False):
            session.is_counted = True  # type: ignore[attr-defined]
            self.sessions += 1
        self.hang_up = partial(server.loop.call_soon_threadsafe, server.transport.close) if server.transport else None
        return responses

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        if self.to_sender:
            return self.to_sender.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        if self.to_recipient:
            return self.to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.to_message.pop(0) if self.to_message else "250 OK queued"
        if answer == "hang up" and server.transport:
            server.transport.close()
        if answer.startswith("250"):
            user = session.auth_data.login.decode() if session.auth_data else None
            source = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
            self.received.append(Received(envelope.mail_from or "", list(envelope.rcpt_tos), source, session.ssl is not None, user))
        return answer


class _AnyPort(Controller):
    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server(
    tls: ssl.SSLContext | None = None, *, is_smtps: bool = False, password: str | None = None, **options: Any
) -> Iterator[Server]:
    """A server on a free port; with `tls` it offers STARTTLS, or speaks TLS at once."""
    handler = Server()
    if password is not None:
        options |= {
            "authenticator": lambda server, session, envelope, how, data: AuthResult(
                success=data.password == password.encode(), auth_data=data, handled=False
            )
        }
    if tls is not None:
        options |= {"ssl_context": tls} if is_smtps else {"tls_context": tls}
    controller = _AnyPort(handler, hostname="127.0.0.1", port=0, **options)
    controller.start()
    handler.port = controller.port
    try:
        yield handler
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for 127.0.0.1 that it signed itself, and a client's that trusts it."""
    key, signed = folder / "key.pem", folder / "certificate.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", signed, "-days", "2", *names],
        check=True,
        capture_output=True,
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(signed, key)
    return server, ssl.create_default_context(cafile=str(signed))
