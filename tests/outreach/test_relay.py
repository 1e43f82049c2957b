"""The relay against a real mail server: what is kept open, what is private, and what its answers mean."""

import asyncio
import ssl
from collections.abc import Iterator

import pytest

from tests.outreach.smtp import Server, certificate, mail_server
from voc.outreach.channels.adapter import NotDelivered
from voc.outreach.channels.relay import Relay
from voc.outreach.deciding.verdicts import Reason

MAIL = b"Subject: How was it?\r\n\r\n.A line that begins with a dot\r\n"


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server() -> Iterator[Server]:
    with mail_server() as server:
        yield server


async def deliver(relay: Relay, to: str = "anna@example.nl") -> str:
    return (await relay.send("ask@brand.example", to, MAIL)).said


async def refused(server: Server) -> NotDelivered:
    relay = Relay(f"smtp://127.0.0.1:{server.port}")
    with pytest.raises(NotDelivered) as refusal:
        await deliver(relay)
    assert server.received == []
    assert (await deliver(relay)).startswith("250"), "the next mail is taken, whatever became of this one"
    await relay.close()
    return refusal.value


async def test_a_mail_arrives_as_it_left(server: Server) -> None:
    relay = Relay(f"smtp://127.0.0.1:{server.port}")
    assert await deliver(relay) == "250 OK queued"
    assert [(mail.sender, mail.to, mail.source) for mail in server.received] == [("ask@brand.example", ["anna@example.nl"], MAIL)]
    await relay.close()


async def test_a_connection_is_used_again(server: Server) -> None:
    relay = Relay(f"smtp://127.0.0.1:{server.port}")
    for number in range(5):
        await deliver(relay, f"customer{number}@example.nl")
    assert (len(server.received), server.sessions) == (5, 1)
    await relay.close()


async def test_a_connection_that_was_idle_for_long_is_not_trusted(server: Server) -> None:
    relay = Relay(f"smtp://127.0.0.1:{server.port}", idle_seconds=0.05)
    await deliver(relay)
    await asyncio.sleep(0.1)
    await deliver(relay)
    assert (len(server.received), server.sessions) == (2, 2)
    await relay.close()


async def test_many_at_once_share_a_few_connections(server: Server) -> None:
    relay = Relay(f"smtp://127.0.0.1:{server.port}")
    await asyncio.gather(*(deliver(relay, f"customer{number}@example.nl") for number in range(60)))
    assert len({mail.to[0] for mail in server.received}) == 60
    assert server.sessions <= 10
    await relay.close()


@pytest.mark.parametrize("sleep", [0.0, 0.1])
async def test_a_connection_that_the_relay_closed_meanwhile_costs_no_attempt(server: Server, sleep: float) -> None:
    relay = Relay(f"smtp://127.0.0.1:{server.port}")
    await deliver(relay)
    server.hang_up()
    await asyncio.sleep(sleep)
    await deliver(relay)
    assert (len(server.received), server.sessions) == (2, 2)
    await relay.close()


@pytest.mark.parametrize(
    ("where", "answer", "final", "is_bounce"),
    [
        ("to_recipient", "450 4.2.0 <anna@example.nl> is greylisted", None, False),
        ("to_recipient", "550 5.1.1 <anna@example.nl>: no such mailbox", Reason.RECIPIENT_REFUSED, True),
        ("to_recipient", "550 5.1.10 anna@example.nl accepts no mail", Reason.RECIPIENT_REFUSED, True),
        ("to_recipient", "552 5.2.2 mailbox of anna@example.nl is full", Reason.RECIPIENT_REFUSED, False),
        ("to_recipient", "530 5.7.0 sign in first", None, False),
        ("to_message", "451 4.3.0 try again later", None, False),
        ("to_message", "554 5.6.0 we do not like the content", Reason.MESSAGE_REFUSED, False),
        ("to_message", "hang up", None, False),
        ("to_sender", "421 4.7.0 too many connections", None, False),
        ("to_sender", "553 5.7.1 this sender is not yours", None, False),
    ],
)
async def test_what_the_relay_answers_decides_whether_to_try_again(
    server: Server, where: str, answer: str, final: Reason | None, is_bounce: bool
) -> None:
    getattr(server, where).append(answer)
    refusal = await refused(server)
    assert (refusal.final, refusal.is_bounce) == (final, is_bounce)
    assert "anna" not in refusal.detail
    assert refusal.detail


async def test_a_relay_that_is_not_there_is_worth_another_attempt(server: Server) -> None:
    with mail_server() as gone:
        port = gone.port
    with pytest.raises(NotDelivered, match="SMTPConnectError") as refusal:
        await deliver(Relay(f"smtp://127.0.0.1:{port}"))
    assert refusal.value.final is None


async def test_a_silent_relay_is_not_waited_for_for_ever() -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    silent = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    with pytest.raises(NotDelivered, match="Timeout") as refusal:
        await deliver(Relay(f"smtp://127.0.0.1:{port}", seconds=0.3))
    assert refusal.value.final is None
    silent.close()


async def test_a_cancelled_mail_leaves_the_relay_usable(server: Server) -> None:
    relay = Relay(f"smtp://127.0.0.1:{server.port}")
    await deliver(relay)
    for _ in range(12):
        task = asyncio.create_task(deliver(relay))
        await asyncio.sleep(0.0005)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert (await deliver(relay)).startswith("250")
    await relay.close()


async def test_starttls_is_taken_when_it_is_offered(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    with mail_server(tls[0]) as server:
        relay = Relay(f"smtp://127.0.0.1:{server.port}")
        await deliver(relay)
        await relay.close()
        assert [mail.is_private for mail in server.received] == [True]


async def test_starttls_off_stays_in_the_clear(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    with mail_server(tls[0]) as server:
        relay = Relay(f"smtp://127.0.0.1:{server.port}", "off")
        await deliver(relay)
        await relay.close()
        assert [mail.is_private for mail in server.received] == [False]


async def test_required_starttls_refuses_a_relay_without_it(server: Server) -> None:
    with pytest.raises(NotDelivered, match="offers no STARTTLS") as refusal:
        await deliver(Relay(f"smtp://127.0.0.1:{server.port}", "required"))
    assert refusal.value.final is None
    assert server.received == []


async def test_required_starttls_and_smtps_check_the_certificate(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    for scheme, is_smtps in (("smtp", False), ("smtps", True)):
        with mail_server(tls[0], is_smtps=is_smtps) as server:
            with pytest.raises(NotDelivered, match=r"(?i)certificate"):
                await deliver(Relay(f"{scheme}://127.0.0.1:{server.port}", "required"))
            assert server.received == []
            relay = Relay(f"{scheme}://127.0.0.1:{server.port}", "required", tls=tls[1])
            await deliver(relay)
            await relay.close()
            assert len(server.received) == 1


async def test_the_relay_is_told_who_we_are(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    with mail_server(tls[0], password="p@ss word", auth_require_tls=True) as server:
        relay = Relay(f"smtp://mailer:p%40ss%20word@127.0.0.1:{server.port}", "required", tls=tls[1])
        await deliver(relay)
        await relay.close()
        assert [mail.user for mail in server.received] == ["mailer"]
        with pytest.raises(NotDelivered, match="535") as refusal:
            await deliver(Relay(f"smtp://mailer:wrong@127.0.0.1:{server.port}", "required", tls=tls[1]))
        assert refusal.value.final is None


async def test_who_waits_for_a_relay_that_hangs_is_told_so_at_once() -> None:
    done = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await done.wait()
        writer.close()

    silent = await asyncio.start_server(hang, "127.0.0.1", 0)
    relay = Relay(f"smtp://127.0.0.1:{silent.sockets[0].getsockname()[1]}", most_connections=1, seconds=0.3, rest_seconds=0.2)
    began = asyncio.get_running_loop().time()
    failures = await asyncio.gather(*(deliver(relay) for _ in range(20)), return_exceptions=True)
    assert asyncio.get_running_loop().time() - began < 2
    said = [str(failure) for failure in failures]
    assert said[0].startswith("SMTPConnectTimeoutError")
    assert said[1:] == ["the relay did not answer a moment ago"] * 19
    await asyncio.sleep(0.25)
    with pytest.raises(NotDelivered, match="SMTPConnectTimeoutError"):
        await deliver(relay)
    done.set()
    silent.close()
