"""One invitation mail for tests: made, received, and taken apart."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from pydantic import SecretStr

from voc.core import settings
from voc.outreach.delivering.ask import Ask, Sender
from voc.outreach.links import links_of
from voc.outreach.mail.render import render
from voc.outreach.mail.wording import day
from voc.surveys.library import load

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
ID = UUID("01a20061-04e3-7267-b0cb-2088a87a1f52")
SENDER = Sender(name="Fiber & Zo", from_email="vraag@fiber.example", reply_to="mens@fiber.example", postal_address="Kade 1, 2611 AB Delft")


def install_settings() -> None:
    """A house with a key and an address of its own."""
    settings.install(settings.Settings(secret=SecretStr("s" * 40), base_url="https://stem.fiber.example"))


def ask(key: str = "nps-after-delivery", language: str = "nl", **changes: Any) -> Ask:
    """An invitation about a delivery, changed where the test says so."""
    usual = Ask(
        invitation_id=ID,
        address="anna@klant.example",
        language=language,
        questionnaire=load(key).questionnaire,
        sender=SENDER,
        links=links_of(ID),
        values={
            "customer.first_name": "Anna",
            "customer.name": "Anna de Vries",
            "contact.ended_on": day(NOW, language, "Europe/Amsterdam"),
            "brand.name": "Fiber & Zo",
        },
        stream=f"deliveries:{key}",
    )
    return replace(usual, **changes)


def received(asked: Ask) -> EmailMessage:
    """The mail as a mail program parses it."""
    message = message_from_bytes(render(asked, NOW).source, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, kind: str) -> str:
    """The `plain` or `html` text of a mail."""
    body = message.get_body((kind,))
    assert body is not None
    content: str = body.get_content()
    return content.replace("\r\n", "\n")


class Page(HTMLParser):
    """The tags of an HTML mail, and the text of each link."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.links: list[list[str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "!doctype"):
            self._open.append(tag)
        if tag == "a":
            self.links.append([dict(attrs)["href"] or "", ""])

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, "every tag is closed in its turn"

    def handle_data(self, data: str) -> None:
        if "a" in self._open:
            self.links[-1][1] += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]
