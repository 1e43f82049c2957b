"""What no text that a customer or colleague typed can do to a mail."""

from dataclasses import replace

import pytest

from tests.outreach.letters import SENDER, Page, ask, install_settings, part, received
from voc.outreach.delivering.ask import harmless_name
from voc.surveys.documents import questionnaire_in
from voc.surveys.library import load


@pytest.fixture(autouse=True)
def _settings() -> None:
    install_settings()


HOSTILE = "Eve\r\nBcc: all@klant.example\r\n\r\n<script>alert(1)</script>\u202e"


def test_no_text_can_add_a_header_or_markup() -> None:
    texts = load("nps-after-delivery").text.replace("Hoe ging uw levering?", "'{customer.first_name|Klant}, hoe ging uw levering?'")
    hostile = ask(
        questionnaire=questionnaire_in(texts),
        values={"customer.first_name": HOSTILE, "brand.name": HOSTILE},
        sender=replace(SENDER, name=HOSTILE, postal_address=HOSTILE),
        stream=HOSTILE,
    )
    message = received(hostile)
    assert sorted(message.keys()) == sorted(received(ask()).keys())
    assert message["Bcc"] is None
    assert message["Subject"].strip() == "Eve Bcc: all@klant.example <script>alert(1)</script> , hoe ging uw levering?"
    html = part(message, "html")
    assert "<script" not in html
    assert not Page(html).of("script")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Anna", "Anna"),
        ("  Jan-Willem  van 't Hof ", "Jan-Willem van 't Hof"),
        ("Zoë", "Zoë"),
        ("", None),
        (None, None),
        ("anna@klant.example", None),
        ("http://win.example", None),
        ("www.win.example", None),
        ("<b>Anna</b>", None),
        ("{brand.name}", None),
        ("A\nB", "A B"),
        ("x" * 61, None),
    ],
)
def test_a_name_is_shown_only_if_it_is_one(name: str | None, shown: str | None) -> None:
    assert harmless_name(name) == shown
