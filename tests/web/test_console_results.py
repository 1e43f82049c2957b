"""Results: a figure with what it rests on, hidden where that is too little, and never a change that may be chance."""

import re
from datetime import timedelta

import pytest

from tests.makers import WHY, Story
from tests.web.conftest import Enter
from tests.web.figures import answered
from voc.core import clock as the_clock
from voc.core.access import Role
from voc.core.db import count_statements
from voc.staff.models import Member
from voc.surveys.models import SurveyVersion

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CARD = {"aria-labelledby": "figure"}


@pytest.fixture
async def version(story: Story) -> SurveyVersion:
    """A questionnaire with an NPS, published."""
    return await story.survey("nps-after-delivery")


@pytest.fixture
async def ann(story: Story) -> Member:
    """A colleague who studies answers."""
    return await story.member("Ann Visser", Role.ANALYST)


async def test_a_figure_comes_with_interval_change_spread_and_trend(
    story: Story, enter: Enter, version: SurveyVersion, ann: Member, door: None
) -> None:
    await answered(version, [10] * 32 + [7] * 8 + [2] * 5, days_ago=3)
    await answered(version, [10] * 34, days_ago=1)
    await answered(version, [2] * 40, days_ago=40)
    browser = await enter(ann)

    page = await browser.go("/console/results")

    assert page.links["NPS"].endswith("metric=nps")
    figure = page.text("section", **CARD)
    assert figure.startswith("NPS 30 days 77 most likely between")
    assert "from 79 answers" in figure
    assert "Higher than in the period before, by 177.2 points. This is more than chance." in figure
    assert "Detractor 6 % 5 Passive 10 % 8 Promoter 84 % 66" in figure
    assert page.text("table", class_="spread").startswith("What customers chose Score Share Answers 0 0 1 0 2 5 3 0")
    sure = re.findall(r"<circle(?! [^>]*unsure)[^>]*><title>[^:]+: ([^<]*)</title>", page.answer.text)
    assert sure == ["60 (45 answers)", "100 (34 answers)"] * 2  # at both sizes
    assert "<polyline" not in page.answer.text  # a day without answers lies between them
    assert page.text("p", id="trend-said").startswith("From 60 on ")
    assert [cell for cell in page.texts("td") if cell in ("60", "100", "45", "34")] == ["60", "45", "100", "34"]


async def test_few_answers_are_dots_and_fewer_than_five_are_hidden(story: Story, enter: Enter, version: SurveyVersion, ann: Member) -> None:
    await answered(version, [10, 9, 8, 2], days_ago=2)
    browser = await enter(ann)

    page = await browser.go("/console/results?metric=nps")
    assert "Only 4 answers. A figure from so few says nothing" in page.text("section", **CARD)
    assert not page.text("section", aria_labelledby="spread")
    assert not page.text("section", aria_labelledby="trend")

    await answered(version, [10] * 8, days_ago=4)
    page = await browser.go("/console/results?metric=nps")
    assert "12 answers are few: the real value may well lie elsewhere" in page.text("section", **CARD)
    assert page.answer.text.count('class="unsure"') == 2  # the one day that is shown, at both sizes
    assert "too few answers" in page.text("table", class_="numbers-table")
    assert "too few answers to see a trend" in page.text("p", id="trend-said")


async def test_without_answers_it_says_so_and_leads_on(story: Story, enter: Enter, version: SurveyVersion, ann: Member) -> None:
    await answered(version, [10] * 6, days_ago=60)
    browser = await enter(ann)

    page = await browser.go("/console/results?metric=nps&days=7")
    assert page.text("p", class_="why") == "No answers in this period"
    page = await browser.follow("Look at the last 12 months")
    assert "from 6 answers" in page.text("section", **CARD)
    page = await browser.go("/console/results?metric=ces&days=365")
    assert page.links["See who was asked"] == "/console/asking"


async def test_filters_narrow_the_figure_and_stay_in_the_address(story: Story, enter: Enter, version: SurveyVersion, ann: Member) -> None:
    await answered(version, [10] * 6)
    await answered(version, [2] * 7, language="nl")
    browser = await enter(ann)
    page = await browser.go("/console/results?metric=nps&days=90")

    page = await browser.press("Show", language="nl")
    assert "from 7 answers" in page.text("section", **CARD)
    assert "metric=nps&days=90" in page.address
    page = await browser.follow("Clear filters")
    assert "from 13 answers" in page.text("section", **CARD)
    page = await browser.press("Show", survey=page.options["NPS after a delivery"])
    assert "from 13 answers" in page.text("section", **CARD)
    page = await browser.press("Show", segment="lease")
    assert page.text("p", class_="why") == "No answers in this period"
    page = await browser.go("/console/results?survey=nonsense&metric=joy&days=9999&channel=telepathy&language=zz")
    assert (
        "These parts of the address are not known here: survey=nonsense, channel=telepathy, language=zz, metric=joy, days=9999."
        in page.text()
    )


@ONE_DATABASE
async def test_a_period_is_whole_days_of_the_reader(story: Story, enter: Enter, version: SurveyVersion, ann: Member) -> None:
    the_clock.freeze(the_clock.now().replace(hour=22, minute=30))  # half past eleven or later in Amsterdam
    try:
        midnight_there = timedelta(days=6, hours=23, minutes=20)
        await answered(version, [10] * 5, days_ago=midnight_there / timedelta(days=1))
        browser = await enter(ann)
        assert "from 5 answers" in (await browser.go("/console/results?metric=nps&days=7")).text("section", **CARD)
        the_clock.advance(timedelta(hours=2))
        assert (await browser.go("/console/results?metric=nps&days=7")).text("p", class_="why") == "No answers in this period"
    finally:
        the_clock.thaw()


async def test_the_newest_comments_stand_beside_the_figure(story: Story, enter: Enter) -> None:
    await story.let_down()
    browser = await enter(await story.member("Ann Visser", Role.ANALYST))

    page = await browser.go("/console/results?metric=csat&days=7")
    assert WHY in page.text("section", aria_labelledby="newest")
    page = await browser.follow("Read all they wrote")
    assert (page.text("h1"), WHY in page.text("table")) == ("Comments", True)
    page = await browser.go("/console/results?metric=csat&segment=lease")
    assert not page.text("section", aria_labelledby="newest")
    other = await enter(await story.member("Otto Smit", Role.HANDLER, await story.team("billing")))
    page = await other.go("/console/results?metric=csat&days=7")
    assert (page.status, page.text("section", aria_labelledby="newest")) == (200, "")


@ONE_DATABASE
async def test_many_answers_cost_no_more_statements_than_few(story: Story, enter: Enter, version: SurveyVersion, ann: Member) -> None:
    browser = await enter(ann)
    await answered(version, [10] * 5)
    await browser.go("/console/results?metric=nps")
    with count_statements() as few:
        await browser.go("/console/results?metric=nps")
    await answered(version, [10, 4, 8] * 60, days_ago=5)
    with count_statements() as many:
        page = await browser.go("/console/results?metric=nps")
    assert len(page.answer.content) < 40_000
    assert many.count == few.count <= 25


@ONE_DATABASE
async def test_every_figure_is_written_as_its_metric_is(story: Story, enter: Enter, ann: Member) -> None:
    for number in range(5):
        await story.response({"csat": 5 if number else 1})
        await story.response({"ces": 5 if number else 4}, survey="ces-after-self-service")
    await story.let_reactions_run()
    browser = await enter(ann)

    assert "80 %" in (await browser.go("/console/results?metric=csat")).text("p", class_="big")
    page = await browser.go("/console/results?metric=ces")
    assert page.text("p", class_="big").startswith("4.8 ")
    assert "The mean of how easy it was, from 1 (hard) to 7 (easy)." in page.text("section", **CARD)
