"""The mail that reminds: it says so and when it is the last, and it stands in the thread of the ask."""

from pathlib import Path

import pytest

from tests.outreach.letters import ID, NOW, SENDER, ask, install_settings, part, received
from voc.outreach.delivering.ask import Ask, Reminding
from voc.outreach.links import links_of
from voc.outreach.mail.render import render
from voc.outreach.mail.wording import catalogues, day
from voc.surveys.library import ready

GOLDEN = Path(__file__).parent / "golden"
THREAD = (f"<{ID}@fiber.example>", f"<{ID}.r1@fiber.example>")


@pytest.fixture(autouse=True)
def _settings() -> None:
    install_settings()


def last(language: str = "nl", key: str = "nps-after-delivery", thread: tuple[str, ...] = THREAD) -> Ask:
    """The second and last reminder."""
    asked_on = day(NOW, language, "Europe/Amsterdam")
    return ask(key, language, reminding=Reminding(number=2, is_last=True, asked_on=asked_on, thread=thread))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_the_reminder_is_the_one_we_looked_at(language: str, kind: str) -> None:
    expected = (GOLDEN / f"nps-after-delivery.reminder.{language}.{kind}").read_text("utf-8")
    assert part(received(last(language)), kind) == expected


def test_it_stands_in_the_thread_of_the_ask_under_a_name_of_its_own() -> None:
    first, message = received(ask()), received(last())
    assert str(message["Message-ID"]) == f"<{ID}.r2@fiber.example>" == last().message_id
    assert str(message["In-Reply-To"]) == str(first["Message-ID"])
    assert str(message["References"]).split() == list(THREAD)
    assert str(message["Subject"]) == f"Re: {first['Subject']}"
    assert str(message["List-Unsubscribe"]) == str(first["List-Unsubscribe"])
    assert links_of(ID).survey in part(message, "plain")


def test_a_long_domain_does_not_break_the_references() -> None:
    thread = tuple(f"<{ID}.r{number}@{'a-very-long-name.' * 6}example>" for number in range(3))
    assert f"\r\nReferences: {' '.join(thread)}\r\n" in render(last(thread=thread), NOW).source.decode("ascii")


def test_one_that_follows_a_text_message_is_no_answer_to_a_mail_nobody_has() -> None:
    message = received(last(thread=()))
    assert str(message["Subject"]) == str(received(ask())["Subject"])
    assert (message["In-Reply-To"], message["References"]) == (None, None)


@pytest.mark.parametrize("language", list(catalogues()))
def test_only_the_last_says_that_it_is_the_last_in_every_language(language: str) -> None:
    earlier = ask(language=language, reminding=Reminding(number=1, is_last=False, asked_on="12-11-2026"))
    says_last = catalogues()[language]["reminder_last"]
    for kind in ("plain", "html"):
        assert says_last in part(received(last(language)), kind).replace("&#39;", "'")
        assert "12-11-2026" in part(received(earlier), kind)
        assert says_last not in part(received(earlier), kind).replace("&#39;", "'")
        assert "12-11-2026" not in part(received(ask(language=language)), kind)


@pytest.mark.parametrize("key", [one.key for one in ready()])
def test_every_reminder_is_within_the_bar(key: str) -> None:
    for language in next(one for one in ready() if one.key == key).questionnaire.languages:
        message = received(last(language, key))
        assert len(part(message, "html").encode()) <= 12_000
        assert len(str(message["Subject"])) < 50 + len("Re: ")
        assert str(message["From"]) == f"{SENDER.name} <{SENDER.from_email}>"
