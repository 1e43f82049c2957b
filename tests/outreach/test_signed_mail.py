"""What really arrives: the signature over it, the one click inside the signature, and where it would come back to."""

import asyncio
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from email.headerregistry import AddressHeader
from pathlib import Path

import dkim
import pytest
from pydantic import SecretStr

from tests.outreach.letters import ID, NOW, SENDER, ask
from tests.outreach.smtp import Received, Server, mail_server
from voc.core import settings
from voc.customers.models import Channel
from voc.outreach.channels import adapter_for, close_channels
from voc.outreach.channels.mail import MailChannel
from voc.outreach.delivering.ask import Ask
from voc.outreach.mail.render import render
from voc.outreach.mail.sign import is_aligned
from voc.outreach.returning.return_addresses import Named, Way, named_by

UNDER_SIGNATURE = {
    *("from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type", "in-reply-to", "references"),
    *("list-unsubscribe", "list-unsubscribe-post"),
}


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dkim") / "key.pem"
    subprocess.run(["openssl", "genrsa", "-out", path, "1024"], check=True, capture_output=True)
    return path


@pytest.fixture
def server(key: Path) -> Iterator[Server]:
    with mail_server() as server:
        chosen = settings.Settings(
            secret=SecretStr("s" * 40),
            base_url="https://stem.fiber.example",
            smtp_url=SecretStr(f"smtp://127.0.0.1:{server.port}"),
            dkim_key=SecretStr(key.read_text().replace("\n", "\\n")),
            dkim_selector="voc1",
            dkim_domain="fiber.example",
            bounce_address="back@stem.fiber.example",
            bounce_mailbox=SecretStr("imaps://back:secret@127.0.0.1/INBOX"),
        )
        settings.install(chosen)
        yield server


async def arrived(server: Server, asked: Ask) -> Received:
    channel = adapter_for(Channel.EMAIL)
    assert isinstance(channel, MailChannel)
    taken = await channel.hand_over(render(asked, NOW))
    await close_channels()
    assert (taken.said, taken.provider_id) == ("250 OK queued", "")
    return server.received[-1]


def is_valid(source: bytes, key: Path) -> bool:
    """Whether the signature holds, with the public key that DNS would tell."""
    public = subprocess.run(["openssl", "rsa", "-in", key, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout
    zone = {b"voc1._domainkey.fiber.example.": b"v=DKIM1; k=rsa; p=" + b64encode(public)}
    return bool(dkim.verify(source, dnsfunc=lambda name, timeout=5: zone.get(name)))


async def test_a_signed_mail_arrives_with_both_one_click_headers_inside_its_signature(server: Server, key: Path) -> None:
    mail = await arrived(server, ask())
    assert is_valid(mail.source, key)
    said = dkim.util.parse_tag_value(mail.message["DKIM-Signature"].encode())
    assert {name.strip().decode() for name in said[b"h"].split(b":")} >= UNDER_SIGNATURE
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    https, mailto = [entry.strip(" <>") for entry in mail.message["List-Unsubscribe"].split(",")]
    assert https == ask().links.stop
    assert named_by(mailto.removeprefix("mailto:").partition("?")[0]) == Named(Way.STOP, ID, 0)
    assert named_by(mail.sender) == Named(Way.BACK, ID, 0)
    assert mail.sender.endswith("@stem.fiber.example")


@pytest.mark.parametrize(
    ("found", "put"),
    [
        (b"List-Unsubscribe: <https://", b"List-Unsubscribe: <https://evil."),
        (b"List-Unsubscribe-Post: List", b"X: List"),
        (b"MIME-Version: 1.0\r\n", b"MIME-Version: 1.0\r\nList-Unsubscribe: <https://evil.example>\r\n"),
        (b"Anna", b"Eve!"),
    ],
)
async def test_nothing_under_the_signature_can_be_changed_or_added(server: Server, key: Path, found: bytes, put: bytes) -> None:
    mail = await arrived(server, ask())
    assert found in mail.source
    assert not is_valid(mail.source.replace(found, put, 1), key)


@pytest.mark.parametrize(
    "name",
    [
        "Müller & Söhne, GmbH",
        'Fiber "Zo" <ceo@bank.example>',
        "ceo@bank.example",
        "日本ファイバー株式会社",
        "Zoë, Ltd; (sales): x",
        "a" * 200,
    ],
)
async def test_no_name_of_a_brand_becomes_another_sender(server: Server, key: Path, name: str) -> None:
    mail = await arrived(server, ask(sender=replace(SENDER, name=name)))
    sender = mail.message["From"]
    assert isinstance(sender, AddressHeader)
    assert [(one.display_name, one.addr_spec) for one in sender.addresses] == [(name, SENDER.from_email)]
    assert is_valid(mail.source, key)


async def test_signing_keeps_nobody_else_waiting(server: Server) -> None:
    """Many mails at once are signed beside the loop, which goes on turning."""
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    channel = adapter_for(Channel.EMAIL)
    assert isinstance(channel, MailChannel)
    turning = asyncio.create_task(turn())
    await asyncio.gather(*(channel.hand_over(render(ask(), NOW)) for _ in range(20)))
    turning.cancel()
    await close_channels()
    assert len(server.received) == 20
    assert turns > 40


@pytest.mark.parametrize(
    ("address", "domain", "vouches"),
    [
        ("ask@fiber.example", "fiber.example", True),
        ("ask@Voice.fiber.example", "FIBER.example", True),
        ("ask@notfiber.example", "fiber.example", False),
        ("ask@fiber.example", "voice.fiber.example", False),
    ],
)
def test_a_signature_vouches_for_its_own_domain_and_those_below(address: str, domain: str, vouches: bool) -> None:
    assert is_aligned(address, domain) is vouches


@pytest.mark.parametrize(
    "change", [lambda text: text.replace("+b", "+u"), lambda text: text[:12] + "aaaa" + text[16:], lambda text: "back@x.example"]
)
async def test_an_address_that_somebody_made_up_names_nothing(server: Server, change: object) -> None:
    mail = await arrived(server, ask())
    assert callable(change)
    assert named_by(mail.sender.upper()) == Named(Way.BACK, ID, 0), "letters in another case are the same"
    assert named_by(str(change(mail.sender))) is None
