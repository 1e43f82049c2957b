"""Where a score in a mail leads: chosen already, changeable, and nothing counts before Send."""

from datetime import timedelta
from types import ModuleType
from typing import Any

import httpx
import pytest

from tests.responses.asked import asked, published
from tests.responses.conftest import Told
from tests.responses.documents import EVERY_KIND, SHORT, both
from tests.responses.presses import only_response, values
from tests.web.survey.reader import Reader
from voc.core.ids import new_id
from voc.outreach.models import Invitation
from voc.responses.models import Response, ResponseState
from voc.web.stamp import make_stamp, served_at

LONGER: dict[str, Any] = {
    **SHORT,
    "key": "longer",
    "pages": [
        *SHORT["pages"],
        {"id": "more", "questions": [{"id": "again", "kind": "yes_no", "required": True, "text": both("Again?", "Nog eens?")}]},
    ],
}


async def test_two_taps_from_the_mail_to_a_counted_answer(reader: Reader, clock: ModuleType, told: Told) -> None:
    one = await asked()
    page = await reader.open(f"/r/{one.secret}?nps=9")
    assert (page.form["nps"], "What is the main reason" in page.text, await Response.all().count()) == (["9"], True, 0)
    clock.advance(timedelta(seconds=10))
    page = await reader.press()
    assert (page.heading, page.answer.url.path) == ("Thank you", f"/s/{one.secret}/thanks")
    assert (await values(), (await only_response()).state, len(await told())) == ({"nps": 9}, ResponseState.COMPLETE, 1)


async def test_the_score_can_be_changed_and_words_added(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    await reader.open(f"/r/{one.secret}?nps=9")
    await reader.press(nps="8", why="Quick.")
    assert await values() == {"nps": 8, "why": "Quick."}


async def test_what_is_left_is_asked_after_the_score_is_safe(reader: Reader, clock: ModuleType) -> None:
    one = await asked(await published(LONGER))
    await reader.open(f"/r/{one.secret}?nps=4")
    page = await reader.press(why="Late.")
    assert (await values(), page.form["_step"]) == ({"nps": 4, "why": "Late."}, ["low"])
    assert "Your answer is saved." in page.text
    page = await reader.press(what_went_wrong=["late"])
    page = await reader.press()
    assert (page.status, page.form["_step"]) == (422, ["more"])
    assert (await reader.press(again="yes")).heading == "Thank you for telling us"


async def test_a_low_score_counts_at_once_and_what_is_asked_after_it_changes_it(reader: Reader, clock: ModuleType, told: Told) -> None:
    one = await asked()
    await reader.open(f"/r/{one.secret}?nps=2")
    clock.advance(timedelta(seconds=10))
    page = await reader.press(why="Late.")
    assert ((await only_response()).state, page.form["_step"]) == (ResponseState.COMPLETE, ["low"])
    assert ("Your answer is saved." in page.text, [event for event, _ in await told()]) == (True, ["ResponseSubmitted"])
    assert (await reader.press(what_went_wrong=["late"])).heading == "Thank you for telling us"
    assert await values() == {"nps": 2, "why": "Late.", "what_went_wrong": ["late"]}
    assert [event for event, _ in await told()] == ["ResponseSubmitted", "ResponseChanged"]


async def test_words_are_welcome_on_the_landing_wherever_the_survey_asks_for_them(reader: Reader, clock: ModuleType) -> None:
    first, why = SHORT["pages"][0]["questions"]
    apart = [{"id": "score", "questions": [first]}, {"id": "reason", "questions": [why]}, SHORT["pages"][1]]
    one = await asked(await published({**SHORT, "pages": apart}))
    await reader.open(f"/r/{one.secret}?nps=9")
    assert (await reader.press(why="Quick.")).heading == "Thank you"
    assert await values() == {"nps": 9, "why": "Quick."}


async def test_a_score_that_not_everybody_is_asked_for_leads_to_the_survey(reader: Reader, clock: ModuleType) -> None:
    first, why = SHORT["pages"][0]["questions"]
    csat = {"id": "csat", "kind": "csat", "show_if": "answers.nps > 6", "text": why["text"]}
    pages = [{"id": "score", "questions": [first]}, {"id": "more", "questions": [csat]}]
    one = await asked(await published({**SHORT, "pages": pages}))
    assert (await reader.open(f"/r/{one.secret}?csat=3")).answer.url.path == f"/s/{one.secret}"


async def test_who_answered_already_sees_it_and_may_change_it(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    await reader.open(f"/r/{one.secret}?nps=9")
    await reader.press(why="Quick.")
    page = await reader.open(f"/r/{one.secret}?nps=3")
    assert "You have answered already." in page.text
    assert (page.form["nps"], page.form["why"]) == (["3"], ["Quick."])
    assert await values() == {"nps": 9, "why": "Quick."}


@pytest.mark.parametrize("parameters", ["", "?nps=11", "?nps=-1", "?nps=nine", "?csat=3", "?colour=red"])
async def test_a_link_without_a_usable_score_still_leads_to_the_question(reader: Reader, clock: ModuleType, parameters: str) -> None:
    one = await asked()
    page = await reader.open(f"/r/{one.secret}{parameters}")
    assert (page.status, "How likely are you to recommend us?" in page.text, "nps" in page.form) == (200, True, False)


async def test_a_question_is_known_by_its_id_and_by_its_kind(reader: Reader, clock: ModuleType) -> None:
    one = await asked(await published(EVERY_KIND))
    assert (await reader.open(f"/r/{one.secret}?stars=0")).form["stars"] == ["0"]
    assert (await reader.open(f"/r/{one.secret}?rating=3")).form["stars"] == ["3"]


async def test_it_was_not_for_me(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    await reader.open(f"/r/{one.secret}?nps=9")
    page = await reader.press("decline")
    assert (page.status, page.heading) == (410, "You told us this was not for you")
    assert ((await Invitation.get()).declined_at, await Response.all().count()) == (clock.now(), 0)
    page = await reader.open(page.links["Answer after all"])
    clock.advance(timedelta(seconds=30))
    assert (await reader.press(nps="9")).heading == "Thank you"


async def test_a_brute_that_opens_and_presses_everything_is_not_counted(client: httpx.AsyncClient, clock: ModuleType, told: Told) -> None:
    one = await asked()
    brute = Reader(client)
    for score in range(11):
        await brute.open(f"/r/{one.secret}?nps={score}")
    await brute.press()
    assert ((await only_response()).suspect, await told()) == ("too_fast, several_scores", [])


async def test_a_stamp_holds_for_its_own_page_only(installed: object, clock: ModuleType) -> None:
    mine, other = new_id(), new_id()
    stamp = make_stamp(mine, clock.now(), "7")
    assert served_at(mine, stamp) == clock.now()
    forged = [stamp.replace(".7.", ".8."), "9" + stamp[1:], "", "..", stamp[:-1], "1.2.3.4", "x.y.é"]
    assert [served_at(other, stamp), *(served_at(mine, one) for one in forged)] == [None] * (len(forged) + 1)
