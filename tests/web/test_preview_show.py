"""A questionnaire is looked at as customers will meet it; nothing of that is kept or counted."""

from collections.abc import AsyncIterator
from datetime import timedelta
from types import ModuleType

import httpx
import pytest
from starlette.applications import Starlette

from tests.makers import SYSTEM, Story
from tests.surveys.test_logos import png
from tests.web.survey.reader import Reader
from voc.core import settings as the_settings
from voc.core.db import rows
from voc.surveys.brands import save_brand
from voc.surveys.draft import save_draft
from voc.surveys.models import Survey
from voc.surveys.preview_links import share_draft, share_version

ANSWERS = ("invitation", "response", "answer", "score", "reading", "task", "call_back", "job", "decision", "delivery", "upload")


@pytest.fixture
async def reader(app: Starlette) -> AsyncIterator[Reader]:
    """Somebody without an account here."""
    base = the_settings.current().base_url
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=base) as client:
        yield Reader(client)


async def counted() -> dict[str, int]:
    return {table: (await rows(f"SELECT COUNT(*) AS n FROM {table}"))[0]["n"] for table in ANSWERS}


async def test_a_draft_is_walked_to_its_thanks_and_nothing_is_kept(reader: Reader, story: Story) -> None:
    version = await story.survey("csat-after-call")
    link = await share_draft(SYSTEM, version.survey_id)
    before = await counted()

    page = await reader.open(f"{link.path}?language=nl")
    assert (page.status, page.language) == (200, "nl")
    assert "Er wordt niets bewaard of geteld." in page.text
    assert page.answer.headers["x-robots-tag"] == "noindex, nofollow"

    assert (await reader.press("language:en", csat="2", solved="no")).form["csat"] == ["2"]
    assert (await reader.press("language:nl")).language == "nl"
    assert (await reader.press("next", csat="9")).status == 422
    second = await reader.press("next", csat="2")
    assert {"why", "still_open"} <= set(second.form)
    assert (await reader.press("back", why="Niemand belde.")).form["csat"] == ["2"]
    assert (await reader.press("next")).form["why"] == ["Niemand belde."]
    thanks = await reader.press("next")
    assert "Niemand belde." in thanks.text
    assert (await reader.press("", phone="")).status == 422
    called = await reader.press("", phone="+31201234567")
    assert "+31 ••• 67" in called.text
    assert "Niemand belde." in called.text
    await reader.open(link.path)
    assert (await reader.press("decline")).heading == "You told us this was not for you"
    assert "frame-ancestors 'self'" in reader.page.answer.headers["content-security-policy"]
    assert (await reader.open(link.path)).form["_answers"] == ["[{},{}]"]
    assert (await reader.press("next", _answers='[{"csat": {"x": [2]}, "why": [1], "solved": "no"}, 7]')).status == 422
    assert await counted() == before


async def test_a_link_to_the_draft_shows_the_newest_and_one_to_a_version_that_version(reader: Reader, story: Story) -> None:
    version = await story.survey("csat-after-call")
    survey = await Survey.get(id=version.survey_id)
    draft, old = await share_draft(SYSTEM, survey.id), await share_version(SYSTEM, version.id)
    changed = survey.draft.replace("en: ", "en: Newest ", 40)
    survey = await save_draft(SYSTEM, survey.id, changed, survey.draft_revision)
    assert "Newest" in (await reader.open(draft.path)).text
    page = await reader.open(old.path)
    assert "Newest" not in page.text
    assert "Preview of version 1." in page.text
    await save_draft(SYSTEM, survey.id, "pages: [", survey.draft_revision)
    assert (await reader.open(draft.path)).status == 410


async def test_a_link_ends_after_a_week_and_cannot_be_made_up(reader: Reader, story: Story, clock: ModuleType) -> None:
    version = await story.survey("csat-after-call")
    link = await share_draft(SYSTEM, version.survey_id)
    other = link.path[:-4] + ("aaaa" if link.path[-4:] != "aaaa" else "bbbb")
    for address in (other, "/p/x", "/p/" + "é" * 20, link.path[:-1]):
        assert (await reader.open(address)).status == 410
    clock.advance(timedelta(days=6, hours=23))
    assert (await reader.open(link.path)).status == 200
    clock.advance(timedelta(hours=2))
    ended = await reader.open(link.path)
    assert (ended.status, ended.heading) == (410, "Dit voorbeeld is voorbij")


async def test_a_preview_may_be_dark_and_large_and_framed_by_us_alone(reader: Reader, story: Story) -> None:
    version = await story.survey("csat-after-call")
    await save_brand(
        SYSTEM, "main", name="De Fietsenmakers", from_email="a@fietsen.example", sender_line={"en": "Service"}, logo=png(400, 96)
    )
    link = await share_version(SYSTEM, version.id)
    usual = (await reader.open(link.path)).answer
    seen = (await reader.open(f"{link.path}?scheme=dark&text=200")).answer
    policy = seen.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert "x-frame-options" not in seen.headers
    assert "@media all{:root{" in seen.text
    assert "@media (prefers-color-scheme:dark)" in usual.text
    assert "html{font-size:200%}" in seen.text
    assert 'alt="De Fietsenmakers" width="200" height="48"' in seen.text
    picture = await reader.client.get(seen.text.split('<img src="')[1].split('"')[0])
    assert (picture.status_code, picture.headers["content-type"], picture.content) == (200, "image/png", png(400, 96))
    assert "immutable" in picture.headers["cache-control"]
    assert (await reader.client.get("/brand/" + "0" * 64)).status_code == 404
