"""The mailbox that our mails come back to, read every few minutes where there is one."""

import asyncio
import hashlib
import imaplib
import logging
import ssl
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from voc.core import clock, jobs, settings
from voc.core.access import Actor
from voc.core.db import rows
from voc.core.errors import Conflict, NotFound
from voc.core.jobs import Retry
from voc.outreach.returning.return_addresses import Named, Way, named_by
from voc.outreach.returning.returned import Report, take_report, take_stop
from voc.outreach.returning.returned_mail import LARGEST, Returned, read_returned, without_addresses

READ_MAILBOX = "outreach.read_mailbox"
MOST = 500
SECONDS = 30.0
AGAIN = timedelta(minutes=10)
log = logging.getLogger("voc.outreach")


class Mailbox:
    """One mailbox, from `imaps://USER:PASSWORD@HOST:993/INBOX`; the certificate is checked. Each method blocks: call it in a thread."""

    def __init__(self, url: str, *, tls: ssl.SSLContext | None = None, seconds: float = SECONDS) -> None:
        where = urlsplit(url)
        self._tls = tls or ssl.create_default_context()
        self._imap = imaplib.IMAP4_SSL(where.hostname or "", where.port or 993, ssl_context=self._tls, timeout=seconds)
        self._imap.login(unquote(where.username or ""), unquote(where.password or ""))
        self._ask("select", f'"{unquote(where.path.strip("/")) or "INBOX"}"')

    def unread(self) -> list[str]:
        """The mails that nobody has read yet, by their number, the first first."""
        found = self._ask("uid", "SEARCH", "UNSEEN")[0]
        return found.decode("ascii").split()[:MOST] if isinstance(found, bytes) else []

    def source(self, uid: str) -> bytes:
        """The beginning of a mail, which stays unread."""
        for part in self._ask("uid", "FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)"):
            if isinstance(part, tuple):
                return bytes(part[1])
        return b""

    def mark(self, uid: str, *, is_understood: bool) -> None:
        """Mark a mail as read; one that we made nothing of is flagged too, for a person to look at."""
        self._ask("uid", "STORE", uid, "+FLAGS.SILENT", r"(\Seen)" if is_understood else r"(\Seen \Flagged)")

    def close(self) -> None:
        """Say goodbye."""
        self._imap.logout()

    def _ask(self, command: str, *words: str) -> list[object]:
        kind, found = getattr(self._imap, command)(*words)
        if kind != "OK":
            raise imaplib.IMAP4.error(f"{command} was answered {kind}")
        return list(found)


async def plan_reading(actor: Actor) -> None:
    """Routine: have the mailbox read, unless somebody is at it, or waits to try again."""
    if not await rows("SELECT 1 AS one FROM job WHERE kind = ? AND state IN ('ready', 'sent') LIMIT 1", READ_MAILBOX):
        await jobs.add(READ_MAILBOX, "mailbox", key=f"{READ_MAILBOX}:{clock.now().isoformat(timespec='minutes')}")


async def read_mailbox(actor: Actor, ref: str, key: str) -> None:
    """Effect: take what came to the mailbox, one mail after another; each is marked only after what it tells was recorded.

    A mail that was read and not marked, because something broke in between, is read again and changes nothing.
    """
    url = settings.current().bounce_mailbox
    if url is None:
        return
    try:
        await read_all(actor, url.get_secret_value())
    except (OSError, imaplib.IMAP4.error) as error:
        said = without_addresses(f"{type(error).__name__}: {error}")
        log.warning("the mailbox for bounces cannot be read", extra={"said": said})
        raise Retry(AGAIN, said) from None


async def read_all(actor: Actor, url: str, *, tls: ssl.SSLContext | None = None) -> int:
    """Read what is unread, up to 500 mails, and say how many were understood.

    One that breaks something stays unread and keeps nobody else's back: the others are taken first, then what broke is raised.
    """
    mailbox = await asyncio.to_thread(Mailbox, url, tls=tls)
    understood = 0
    broken: Exception | None = None
    try:
        for uid in await asyncio.to_thread(mailbox.unread):
            source = await asyncio.to_thread(mailbox.source, uid)
            try:
                is_understood = await take_mail(actor, source)
            except Conflict:  # its message is being handed over at this moment: the next time is soon enough
                continue
            except Exception as error:
                log.warning("a mail could not be taken", extra={"uid": uid, "error": type(error).__name__})
                broken = broken or error
                continue
            await asyncio.to_thread(mailbox.mark, uid, is_understood=is_understood)
            understood += is_understood
    finally:
        await asyncio.to_thread(mailbox.close)
    if broken:
        raise broken
    return understood


async def take_mail(actor: Actor, source: bytes) -> bool:
    """Take one mail that came to our address; says whether it told anything about a message of ours. A Conflict: not yet."""
    told = await asyncio.to_thread(read_returned, source)
    named = [one for address in told.came_to if (one := named_by(address))]
    stops = next((one for one in named if one.way is Way.STOP), None)
    if stops and told.kind is None:
        try:
            await take_stop(actor, stops.invitation_id)
        except NotFound:
            return False
        return True
    return await _take_report(actor, source, told, next((one for one in named if one.way is Way.BACK), None))


async def _take_report(actor: Actor, source: bytes, told: Returned, back: Named | None) -> bool:
    if told.kind is None:
        return False
    report = Report(
        kind=told.kind,
        told_by=hashlib.sha256(source).hexdigest(),
        detail=told.detail,
        invitation_id=back.invitation_id if back else None,
        reminder=back.reminder if back else 0,
        message_ids=told.message_ids,
    )
    return await take_report(actor, report)
