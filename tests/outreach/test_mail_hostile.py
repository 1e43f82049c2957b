"""Mails that are made to break whoever reads them: nobody else's bounce or stop is lost by them."""

import asyncio
import ssl
import time

import pytest

from tests.outreach.house import House
from tests.outreach.imap import Post
from tests.outreach.reports import BACK, SENT, from_person, status
from tests.outreach.test_mail_mailbox import asked, back_to, post, read, tls
from voc.core.db import execute
from voc.outreach.channels.adapter import NotDelivered
from voc.outreach.channels.relay import Relay
from voc.outreach.models import Delivery, DeliveryReport, DeliveryState, Invitation
from voc.outreach.returning.report_kinds import ReportKind
from voc.outreach.returning.return_addresses import Way
from voc.outreach.returning.returned_mail import Returned, read_returned

__all__ = ("asked", "post", "tls")
NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (one, one) for one in range(1500))
TO = f"To: {BACK}\r\n".encode()


@pytest.mark.parametrize(
    ("source", "came_to"),
    [
        (TO + NESTED, (BACK,)),
        (TO + b"Content-Type: message/rfc822\r\n\r\n" * 2000, (BACK,)),
        (TO + b"From: " + b"(" * 100_000 + b"\r\n\r\nno", (BACK,)),
        (b"To: " + b"(" * 100_000 + b"\r\n\r\nno", ()),
        (b"To: " + b"a:" * 50_000 + b"\r\n\r\nno", ()),
    ],
)
def test_what_nobody_can_read_tells_where_it_came_to(source: bytes, came_to: tuple[str, ...]) -> None:
    assert read_returned(source) == Returned(None, "", came_to)


def test_long_words_are_read_in_no_time_and_odd_letters_are_left_out() -> None:
    began = time.process_time()
    told = read_returned(status(said=f"smtp; 550 no\0body {'a' * 200_000}"))
    assert time.process_time() - began < 2
    assert (told.kind, told.detail[:18], len(told.detail)) == (ReportKind.BOUNCED, "5.1.1 550 nobody a", 200)
    assert len(read_returned(TO + b"References: " + b"".join(b"<%d@x>" % one for one in range(9000)) + b"\r\n\r\n").message_ids) == 20


async def test_one_mail_that_breaks_keeps_back_none_behind_it(
    house: House, post: Post, tls: tuple[ssl.SSLContext, ssl.SSLContext], asked: Invitation
) -> None:
    odd = post.put(status(to=back_to(asked), sent=SENT.replace("@", "\0@"), said="smtp; 250\0 \u00ff odd", action="delivered"))
    nested = post.put(f"To: {back_to(asked, Way.STOP)}\r\n".encode() + NESTED)
    assert await read(post, tls) == 2
    assert post.flags == {odd: {"\\Seen"}, nested: {"\\Seen"}}
    assert ((await Delivery.get()).state, (await house.invitation()).stopped_at is None) == (DeliveryState.DELIVERED, False)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_breaks_our_own_books_stays_unread_and_is_heard_of(
    house: House, post: Post, tls: tuple[ssl.SSLContext, ssl.SSLContext], asked: Invitation
) -> None:
    await execute("CREATE TRIGGER broken BEFORE INSERT ON delivery_report BEGIN SELECT RAISE(ABORT, 'broken'); END")
    breaks = post.put(status(to=back_to(asked)))
    behind = post.put(from_person(to=back_to(asked, Way.STOP)))
    with pytest.raises(Exception, match="broken"):
        await read(post, tls)
    assert post.flags == {breaks: set(), behind: {"\\Seen"}}
    await execute("DROP TRIGGER broken")
    assert await read(post, tls) == 1
    assert await DeliveryReport.all().count() == 1


async def test_what_a_relay_says_in_an_old_encoding_can_be_written_down() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 relay\r\n")
        while line := await reader.readline():
            writer.write(b"550 5.1.1 bo\xeete \0inconnue <anna@klant.example>\r\n" if line.startswith(b"RCPT") else b"250 ok\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    relay = Relay(f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    with pytest.raises(NotDelivered) as refusal:
        await relay.send("ask@brand.example", "anna@klant.example", b"Subject: x\r\n\r\n")
    await relay.close()
    server.close()
    assert (refusal.value.detail, refusal.value.is_bounce) == ("550 5.1.1 bo?te inconnue …", True)
