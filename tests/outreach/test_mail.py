"""The mail that asks: what it says, how it is built, and what its headers promise."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from tests.outreach.letters import ID, NOW, SENDER, Page, ask, install_settings, part, received
from voc.core import settings
from voc.outreach.links import links_of
from voc.outreach.mail.render import render
from voc.outreach.mail.wording import catalogues, day, words_for
from voc.surveys.documents import questionnaire_in
from voc.surveys.library import load, ready
from voc.surveys.questionnaire import Questionnaire

GOLDEN = Path(__file__).parent / "golden"
READY = [(one.key, language) for one in ready() for language in one.questionnaire.languages]


@pytest.fixture(autouse=True)
def _settings() -> None:
    install_settings()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_the_mail_is_the_one_we_looked_at(language: str, kind: str) -> None:
    expected = (GOLDEN / f"nps-after-delivery.{language}.{kind}").read_text("utf-8")
    assert part(received(ask(language=language)), kind) == expected


def test_the_headers_are_what_mail_providers_ask_for() -> None:
    message = received(ask())
    assert {name: str(message[name]) for name in message if name not in ("Content-Type", "MIME-Version")} == {
        "From": "Fiber & Zo <vraag@fiber.example>",
        "To": "anna@klant.example",
        "Subject": "Hoe ging uw levering?",
        "Date": "Tue, 03 Mar 2026 10:00:00 +0000",
        "Message-ID": f"<{ID}@fiber.example>",
        "List-Unsubscribe": f"<{links_of(ID).stop}>, <mailto:mens@fiber.example?subject=Stop%20{ID}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Feedback-ID": "deliveries:nps-after-delivery:voc:fiber.example",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "nl",
        "Reply-To": "mens@fiber.example",
    }
    assert message.get_content_type() == "multipart/alternative"
    assert [inner.get_content_type() for inner in message.iter_parts()] == ["text/plain", "text/html"]


def test_a_long_address_does_not_break_the_one_click_header() -> None:
    settings.install(settings.current().model_copy(update={"base_url": f"https://{'very-long-' * 12}name.example"}))
    source = render(ask(links=links_of(ID)), NOW).source.decode("ascii")
    assert f"List-Unsubscribe: <{links_of(ID).stop}>, <mailto:" in source
    assert max(len(line) for line in source.splitlines()) < 998


def test_without_a_reply_address_answers_go_to_the_sender() -> None:
    message = received(ask(sender=replace(SENDER, reply_to=None)))
    assert message["Reply-To"] is None
    assert "mailto:vraag@fiber.example" in message["List-Unsubscribe"]


@pytest.mark.parametrize(("key", "language"), READY)
def test_every_ready_questionnaire_makes_a_mail_within_the_bar(key: str, language: str) -> None:
    mail = render(ask(key, language), NOW)
    message = received(ask(key, language))
    html, text = part(message, "html"), part(message, "plain")
    page = Page(html)
    assert len(html.encode()) <= 12_000
    assert 0 < len(mail.subject) < 50
    assert not re.search(r"(?i)survey|enquête", mail.subject)
    assert not page.of("img")
    assert not page.of("script")
    assert not page.of("link")
    assert "url(" not in html
    assert all(table["role"] == "presentation" for table in page.of("table"))
    assert all(said.strip() for _, said in page.links)
    assert {href.split("/", 3)[2] for href, _ in page.links} == {"stem.fiber.example"}
    assert page.of("html")[0] == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    assert len(page.of("h1")) == 1
    assert len(re.findall(r"https?://\S+", text)) == 2, "one link to answer, one to stop"
    assert text.count(links_of(ID).survey) == 1
    assert "{" not in text + mail.subject
    assert re.search(r"\{\w+\.", html) is None
    assert SENDER.postal_address in text
    assert SENDER.postal_address in html


def test_the_row_of_eleven_stands_in_two_blocks_that_outlook_joins() -> None:
    html = part(received(ask()), "html")
    scores = [(href, said) for href, said in Page(html).links if "/r/" in href]
    assert scores == [(f"{links_of(ID).landing}?nps={score}", f"Cijfer {score} van 10") for score in range(11)]
    assert html.count('style="display:inline-table"') == 2
    first, second = (block.split("</table>")[0] for block in html.split("display:inline-table")[1:])
    assert (first.count("<td"), second.count("<td")) == (6, 5)
    assert html.count("<!--[if mso]>") == html.count("<![endif]-->") == 3
    assert all(cell["width"] == cell["height"] == "44" for cell in Page(html).of("td") if cell.get("class") == "c")


@pytest.mark.parametrize(("key", "question", "points"), [("csat-after-call", "csat", 5), ("ces-after-self-service", "ces", 7)])
def test_a_short_scale_has_one_wide_cell_a_row(key: str, question: str, points: int) -> None:
    scores = [(href, said) for href, said in Page(part(received(ask(key)), "html")).links if "/r/" in href]
    assert [href.rpartition("?")[2] for href, _ in scores] == [f"{question}={score}" for score in range(1, points + 1)]
    assert re.fullmatch(r"Cijfer 1, \w.+", scores[0][1])
    assert scores[1][1] == f"Cijfer 2 van {points}"


def beginning_with(question: str) -> Questionnaire:
    text = load("nps-after-delivery").text
    score = text[text.index("      - id: nps") : text.index("  - id: reason")]
    return questionnaire_in(re.sub(r"answers\.nps <= 6", "'1 < 2'", text.replace(score, question)))


def test_a_yes_or_no_question_is_answered_in_the_mail() -> None:
    question = "      - {id: arrived, kind: yes_no, text: {en: Has it arrived?, nl: Is het er?}, yes_text: {en: It has, nl: Het is er}}\n"
    page = Page(part(received(ask(questionnaire=beginning_with(question))), "html"))
    landing = links_of(ID).landing
    assert page.links[:2] == [[f"{landing}?arrived=yes", "Het is er"], [f"{landing}?arrived=no", "Nee"]]


def test_a_question_without_a_row_has_a_button() -> None:
    question = "      - {id: first_words, kind: text, text: {en: How was it?, nl: Hoe was het?}}\n"
    message = received(ask(questionnaire=beginning_with(question)))
    assert Page(part(message, "html")).links[0] == [links_of(ID).survey, "Geef uw antwoord"]
    assert "Kies wat past" not in part(message, "html")
    assert re.search(rf"Hoe was het\?\n\nAntwoord hier, ongeveer \d minu\w+:\n{links_of(ID).survey}\n", part(message, "plain"))


def test_what_is_not_known_becomes_its_fallback() -> None:
    text = part(received(ask(values={"brand.name": "Fiber & Zo"})), "plain")
    assert "een van de afgelopen dagen" in text
    assert "None" not in text


def test_a_test_is_marked() -> None:
    assert received(ask(is_test=True))["Subject"] == "[TEST] Hoe ging uw levering?"


def test_the_colours_judge_nobody_and_can_be_read() -> None:
    html = part(received(ask()), "html")
    cells = [cell["bgcolor"] for cell in Page(html).of("td") if cell.get("class") == "c"]
    assert len(set(cells)) == 1, "no score is greener than another"
    for ink, paper in (("#1a2330", "#dfe6ee"), ("#1a2330", "#fcfdfd"), ("#4b5666", "#fcfdfd"), ("#1f4e79", "#fcfdfd")):
        assert ink in html
        assert contrast(ink, paper) >= 4.5
    for ink, paper in (("#e9edf2", "#3a4757"), ("#e9edf2", "#1d242d"), ("#b3bdc9", "#1d242d"), ("#9cc4ea", "#1d242d")):
        assert ink in html
        assert contrast(ink, paper) >= 4.5


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_headings_of_style_are_not_needed_to_read_it() -> None:
    """What is seen comes in the order of the paper, also where styles are removed."""
    html = part(received(ask()), "html")
    order = ["Beste Anna", "kwam aan op 3 maart 2026", "<h1", "0 is heel onwaarschijnlijk", "?nps=0", "?nps=10", "Ons bezorgteam"]
    order += ["U krijgt dit bericht", "/u/", "/m/", "Kade 1"]
    places = [html.index(one) for one in order]
    assert all(earlier < later for earlier, later in pairwise(places))


def test_right_to_left_languages_turn_the_mail_around() -> None:
    page = Page(part(received(ask(language="ar")), "html"))
    assert page.of("html")[0] == {"lang": "ar", "dir": "rtl"}
    assert page.of("table")[0]["dir"] == "rtl"
    assert "right" in {cell.get("align") for cell in page.of("td")}


def test_every_language_has_every_word() -> None:
    keys = {language: set(words) for language, words in catalogues().items()}
    assert keys["en"] == keys["nl"]
    assert words_for("nl")("minutes", count=1) == "ongeveer 1 minuut"
    assert words_for("nl-BE")("minutes", count=3) == "ongeveer 3 minuten"
    assert words_for("tlh").language == "en"


def test_the_day_is_the_readers_own() -> None:
    late = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    assert day(late, "nl", "Europe/Amsterdam") == "4 maart 2026"
    assert day(late, "en", "America/New_York") == "March 3, 2026"
    assert day(late, "nl", "Mars/Olympus") == day(late, "nl", "UTC") == "3 maart 2026"
