"""The mail relay: connections that are used again, and what its answers mean."""

import asyncio
import re
import ssl
from collections import deque
from ipaddress import ip_address
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from aiosmtplib import SMTP
from aiosmtplib.errors import SMTPConnectError, SMTPException, SMTPResponseException, SMTPTimeoutError

from voc.outreach.channels.adapter import NotDelivered, Taken
from voc.outreach.deciding.verdicts import Reason

MOST_CONNECTIONS = 10
TIMEOUT_SECONDS = 30.0
IDLE_SECONDS = 20.0  # a gateway in between may forget a quiet connection without a word
REST_SECONDS = 15.0  # whoever waits for a relay that does not answer must not wait as long for each connection
DATA_SECONDS = 120.0  # giving up after the last line would send the mail twice
_ADDRESS = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")
_NO_SUCH_MAILBOX = re.compile(r"5\.1\.(1|2|3|6|10)\b")
_QUEUED_AS = re.compile(r"(?:queued as|ok:?|id=)\s+<?([\w.=-]{8,200})", re.IGNORECASE)
_TOO_FAST = re.compile(r"\b4\.7\.(0|28|650)\b|too many|too fast|too much mail|rate.?limit|throttl|exceed|unusual rate", re.IGNORECASE)
_SIGN_IN_FIRST = 530
_LONGEST_SAID = 2000


class Relay:
    """One relay, from `smtp://USER:PASSWORD@HOST:587` or `smtps://HOST:465`, for one event loop.

    `starttls` is auto (taken when offered), required or off. Certificates are checked where TLS was asked for; a password
    never travels in the clear beyond this machine, unless STARTTLS is off.
    """

    def __init__(
        self,
        url: str,
        starttls: str = "auto",
        most_connections: int = MOST_CONNECTIONS,
        *,
        tls: ssl.SSLContext | None = None,
        seconds: float = TIMEOUT_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
        rest_seconds: float = REST_SECONDS,
    ) -> None:
        where = urlsplit(url)
        self._is_tls = where.scheme == "smtps"
        self._host = where.hostname or "localhost"
        self._port = where.port or (465 if self._is_tls else 25)
        self._user, self._password = unquote(where.username or ""), unquote(where.password or "")
        self._starttls = starttls
        self._must_be_private = (
            self._is_tls or starttls == "required" or bool(self._user and starttls == "auto" and not _is_here(self._host))
        )
        self._tls = tls
        self._seconds = seconds
        self._idle_seconds = idle_seconds
        self._rest_seconds, self._rests_until = rest_seconds, 0.0
        self._idle: deque[tuple[SMTP, float]] = deque()
        self._turns = asyncio.Semaphore(most_connections)
        self._name: str | None = None

    async def send(self, sender: str, to: str, source: bytes) -> Taken:
        """Hand one mail over and give what the relay said; NotDelivered when it did not take it."""
        async with self._turns:
            if _now() < self._rests_until:
                raise NotDelivered("the relay did not answer a moment ago")
            while self._idle:
                kept, since = self._idle.pop()
                if _now() - since > self._idle_seconds:
                    kept.close()
                elif kept.is_connected and await self._begin(kept, sender):
                    return await self._hand_over(kept, to, source)
            fresh = await self._connect()
            await self._begin(fresh, sender, is_fresh=True)
            return await self._hand_over(fresh, to, source)

    async def close(self) -> None:
        """Say goodbye on every connection that is kept."""
        while self._idle:
            smtp, _ = self._idle.pop()
            try:
                await smtp.quit(timeout=2)
            except (SMTPException, OSError):
                smtp.close()

    async def _begin(self, smtp: SMTP, sender: str, *, is_fresh: bool = False) -> bool:
        """Name the sender. A kept connection that the relay has closed meanwhile is no failure: nothing has been sent on it yet."""
        try:
            await smtp.mail(sender)
        except BaseException as error:
            smtp.close()
            self._note(error)
            if is_fresh or not isinstance(error, SMTPException | OSError):
                _fail(error)
            return False
        return True

    async def _hand_over(self, smtp: SMTP, to: str, source: bytes) -> Taken:
        try:
            await smtp.rcpt(to)
        except SMTPResponseException as refusal:
            await self._keep(smtp, needs_reset=True)
            raise _refused_recipient(refusal) from refusal
        except BaseException as error:
            smtp.close()
            self._note(error)
            _fail(error)
        try:
            said = await smtp.data(source, timeout=DATA_SECONDS)
        except SMTPResponseException as refusal:
            await self._keep(smtp)
            raise _refused_message(refusal) from refusal
        except BaseException as error:
            smtp.close()
            _fail(error)
        await self._keep(smtp)
        named = _QUEUED_AS.search(said.message)
        return Taken(_without_addresses(f"{said.code} {said.message}"), named[1] if named else "")

    async def _keep(self, smtp: SMTP, *, needs_reset: bool = False) -> None:
        try:
            if needs_reset and smtp.is_connected:
                await smtp.rset()
        except (SMTPException, OSError):
            smtp.close()
        if smtp.is_connected:
            self._idle.append((smtp, _now()))

    async def _connect(self) -> SMTP:
        smtp = SMTP(
            hostname=self._host,
            port=self._port,
            local_hostname=self._name,
            timeout=self._seconds,
            use_tls=self._is_tls,
            start_tls=False,
            tls_context=self._context(),
        )
        try:
            await smtp.connect()
            self._name = smtp.local_hostname
            await self._make_private(smtp)
            if self._user:
                await smtp.login(self._user, self._password)
        except BaseException as error:
            smtp.close()
            self._note(error)
            _fail(error)
        return smtp

    def _note(self, error: BaseException) -> None:
        """A relay that does not answer is left alone for a moment: those who wait for it are told so at once."""
        if isinstance(error, SMTPTimeoutError | SMTPConnectError) and not isinstance(error, SMTPResponseException):
            self._rests_until = _now() + self._rest_seconds

    async def _make_private(self, smtp: SMTP) -> None:
        if self._is_tls or self._starttls == "off":
            return
        await smtp.ehlo()
        if smtp.supports_extension("starttls"):
            await smtp.starttls()
        elif self._must_be_private:
            raise NotDelivered("the relay offers no STARTTLS, and without it no mail or password is handed over")

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
            if not self._must_be_private:
                # Who could cut the connection could as well hide STARTTLS, so a check would only turn private into readable.
                self._tls.check_hostname = False
                self._tls.verify_mode = ssl.CERT_NONE
        return self._tls


def _now() -> float:
    return asyncio.get_running_loop().time()


def _fail(error: BaseException) -> NoReturn:
    """Something that may be better next time, or not our business at all."""
    if isinstance(error, SMTPResponseException):
        raise NotDelivered(_said(error)) from error
    if isinstance(error, SMTPException | OSError):
        raise NotDelivered(_without_addresses(f"{type(error).__name__}: {error}")) from error
    raise error


def _refused_recipient(refusal: SMTPResponseException) -> NotDelivered:
    said = _said(refusal)
    if refusal.code < 500 or refusal.code == _SIGN_IN_FIRST:
        return NotDelivered(said, is_too_fast=_is_too_fast(refusal))
    return NotDelivered(said, final=Reason.RECIPIENT_REFUSED, is_bounce=bool(_NO_SUCH_MAILBOX.search(said)))


def _refused_message(refusal: SMTPResponseException) -> NotDelivered:
    final = Reason.MESSAGE_REFUSED if refusal.code >= 500 else None
    return NotDelivered(_said(refusal), final=final, is_too_fast=_is_too_fast(refusal))


def _is_too_fast(refusal: SMTPResponseException) -> bool:
    """Whether the recipient's host asks for fewer mails. A greylist only asks for a second attempt."""
    return refusal.code < 500 and bool(_TOO_FAST.search(refusal.message)) and "greylist" not in refusal.message.lower()


def _said(refusal: SMTPResponseException) -> str:
    return _without_addresses(f"{refusal.code} {refusal.message}")


def _without_addresses(text: str) -> str:
    """What a relay said, in one line. Letters that are none, such as an accent in an old encoding, become `?`: no database keeps them."""
    readable = text[:_LONGEST_SAID].encode("utf-8", "replace").decode().replace("\0", "")
    return _ADDRESS.sub("…", " ".join(readable.split()))[:200]


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
