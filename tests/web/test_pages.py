"""The foundation under every page: headers, static files, words."""

import gzip
import re
from datetime import UTC, datetime

import httpx
import pytest
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from voc.surveys.colours import contrast
from voc.surveys.shades import DARK_PAPER, LIGHT_PAPER, readable_on
from voc.web import static_files
from voc.web.headers import GuardHeaders, content_policy, hash_source
from voc.web.pages import TEMPLATES
from voc.web.wording import catalogues, direction, language_of, own_name, words_for


async def _text(request: object) -> PlainTextResponse:
    return PlainTextResponse("hello", headers={"Cache-Control": "max-age=60"})


@pytest.fixture
def client() -> httpx.AsyncClient:
    """Static files and a page with a header of its own, behind the guard."""
    app = Starlette(routes=[*static_files.routes(), Route("/text", _text)], middleware=[Middleware(GuardHeaders, secure=True)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://voc.example")


async def test_every_answer_says_what_browsers_must_refuse(client: httpx.AsyncClient) -> None:
    answer = await client.get("/text")
    expected = {
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex, nofollow",
        "x-frame-options": "DENY",
        "strict-transport-security": "max-age=31536000",
        "cache-control": "max-age=60",
    }
    assert {name: answer.headers[name] for name in expected} == expected
    assert (await client.get("/nowhere")).headers["content-security-policy"].startswith("default-src 'none'")


def test_a_content_policy_has_nothing_unsafe() -> None:
    assert "unsafe" not in content_policy(styles=hash_source("a{}"))
    # The example of the specification.
    assert hash_source("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


async def test_static_files_are_kept_for_ever_and_sent_packed(client: httpx.AsyncClient) -> None:
    address = static_files.address("base.css")
    assert re.fullmatch(r"/static/base\.[0-9a-f]{12}\.css", address)
    packed = await client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = await client.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.text == plain.text == static_files.text("base.css")
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert packed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert packed.headers["content-type"].startswith("text/css")
    assert (await client.get("/static/base.css")).status_code == 404
    assert (await client.get("/static/../pages.py")).status_code == 404


def test_style_sheets_lose_comments_and_spaces_but_no_meaning() -> None:
    style = "/* a */ .a > .b , .c + .d {\n  margin : 0 auto;\n  inset: 0 ; }\n@media (min-width: 1px) { a { b: c } }"
    assert static_files.squeezed(style) == ".a>.b,.c + .d{margin :0 auto;inset:0}@media (min-width:1px){a{b:c}}"


def test_the_script_of_survey_pages_stays_small_and_puts_no_markup_in() -> None:
    script = static_files.text("survey.js")
    assert len(gzip.compress(script.encode())) <= 2000
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval|document\.write", script)


def test_every_language_has_the_same_words_with_the_same_gaps() -> None:
    for audience, languages in catalogues().items():
        english = languages["en"]
        for language, texts in languages.items():
            assert texts.keys() == english.keys(), f"{audience}.{language}"
            for key in english:
                assert _gaps(texts[key]) == _gaps(english[key]), f"{audience}.{language} {key}"


def test_every_word_for_customers_is_said_somewhere() -> None:
    sources = "".join(
        path.read_text("utf-8")
        for path in [*TEMPLATES.glob("survey/*"), *TEMPLATES.parent.glob("*.py"), *TEMPLATES.parent.glob("questions/*.py")]
    )
    prefixes = ("dead_", "call_", "mine_", "channel_", "link_")
    unsaid = [key for key in catalogues()["survey"]["en"] if f'"{key}"' not in sources and not key.startswith(prefixes)]
    assert not unsaid


def _gaps(text: object) -> set[str]:
    texts = text.values() if isinstance(text, dict) else [str(text)]
    return {gap for one in texts for gap in re.findall(r"\{(\w+)\}", one)}


def test_customers_read_short_sentences() -> None:
    for language, texts in catalogues()["survey"].items():
        for key, text in texts.items():
            for one in text.values() if isinstance(text, dict) else [text]:
                longest = max(len(sentence.split()) for sentence in re.split(r"[.?!:]", one))
                assert longest <= 20, f"{language} {key}"


def test_numbers_take_the_form_their_language_wants() -> None:
    english, dutch = words_for("survey", "en"), words_for("survey", "nl-BE")
    assert [english.plain("questions_to_go", count=count) for count in (1, 2)] == ["1 question to go", "2 questions to go"]
    assert [dutch.plain("questions_to_go", count=count) for count in (1, 3)] == ["nog 1 vraag", "nog 3 vragen"]
    assert dutch.moment(datetime(2026, 3, 3, 22, 30, tzinfo=UTC), "Europe/Amsterdam") == "3 maart 2026, 23:30"


def test_words_that_fall_back_are_marked_with_their_language_and_values_are_escaped() -> None:
    tlingit = words_for("survey", "tli")
    assert tlingit("language") == '<span lang="en" dir="ltr">Language</span>'
    english = words_for("survey", "en-GB")
    assert english("heading", brand="<b>") == "Your experience with &lt;b&gt;"
    assert english("heading", brand=Markup("<b>N</b>")) == "Your experience with <b>N</b>"


@pytest.mark.parametrize(
    ("wish", "language"),
    [("nl-BE,en;q=0.5", "nl"), ("fr, en;q=0.1", "en"), ("", "nl"), ("xx;q=high,en", "en"), ("*", "nl"), ("en;q=0.1,nl;q=0.9", "nl")],
)
def test_a_browser_gets_the_language_it_prefers(wish: str, language: str) -> None:
    assert language_of(wish, ["en", "nl"], "nl") == language


def test_languages_know_their_own_name_and_direction() -> None:
    assert [own_name(one) for one in ("nl", "en", "ar", "pt")] == ["Nederlands", "English", "العربية", "português"]
    assert [direction(one) for one in ("nl", "ar", "ar-MA", "he")] == ["ltr", "rtl", "rtl", "rtl"]


@pytest.mark.parametrize("accent", ["#1f4e79", "#ffcc00", "#000000", "#ffffff", "#ff6600", "#808080"])
def test_every_brand_colour_becomes_readable_text_on_both_papers(accent: str) -> None:
    assert all(contrast(readable_on(paper, accent), paper) >= 4.5 for paper in (LIGHT_PAPER, DARK_PAPER))
