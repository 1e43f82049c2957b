"""The survey as a person without scripts meets it."""

import asyncio
from datetime import timedelta
from types import ModuleType

import httpx

from tests.responses.asked import asked, published
from tests.responses.conftest import Told
from tests.responses.documents import EVERY_KIND, SHORT
from tests.responses.presses import only_response, values
from tests.web.survey.reader import Reader
from voc.outreach.models import LinkSeen
from voc.responses.models import Answer, Response, ResponseState


async def test_looking_never_records_an_answer(client: httpx.AsyncClient, clock: ModuleType) -> None:
    one = await asked()
    addresses = [f"/s/{one.secret}", f"/s/{one.secret}?step=low", *(f"/r/{one.secret}?nps={score}" for score in range(11))]
    for address in addresses:
        assert (await client.get(address)).status_code == 200
        assert (await client.head(address)).status_code == 200
    assert (await Response.all().count(), await Answer.all().count()) == (0, 0)
    assert {seen.score for seen in await LinkSeen.all()} == {None, *range(11)}


async def test_a_survey_is_answered_step_by_step(reader: Reader, clock: ModuleType, told: Told) -> None:
    one = await asked()
    page = await reader.open(f"/s/{one.secret}")
    assert (page.heading, page.language) == ("Your experience with Pakketdienst Noord", "en")
    assert "We delivered your parcel on 2 March 2026. How did that go?" in page.text
    assert "About 1 minute · 2 questions to go" in page.text
    clock.advance(timedelta(seconds=20))
    page = await reader.press(nps="3", why="It came late.\nTwice.")
    assert "What went wrong?" in page.text
    assert (await only_response()).state is ResponseState.OPEN
    page = await reader.press(what_went_wrong=["late", "other"], what_went_wrong_other="Rude <b>driver</b>")
    assert (page.heading, page.answer.url.path) == ("Thank you for telling us", f"/s/{one.secret}/thanks")
    assert "We are sorry that we let you down." in page.text
    assert "It came late, Something else: Rude <b>driver</b>" in page.text
    assert await values() == {
        "nps": 3,
        "why": "It came late.\nTwice.",
        "what_went_wrong": ["late", "other"],
        "what_went_wrong_other": "Rude <b>driver</b>",
    }
    assert [event for event, _ in await told()] == ["ResponseSubmitted"]


async def test_without_a_follow_up_the_first_step_is_the_last(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    await reader.open(f"/s/{one.secret}")
    assert (await reader.press(nps="9")).heading == "Thank you"
    assert (await only_response()).state is ResponseState.COMPLETE


async def test_back_keeps_what_was_answered_and_an_interrupted_survey_goes_on_where_it_was(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    await reader.open(f"/s/{one.secret}")
    await reader.press(nps="3")
    page = await reader.press("back", what_went_wrong=["broken"])
    assert (page.form["nps"], page.form["_step"]) == (["3"], ["first"])
    assert await values() == {"nps": 3, "what_went_wrong": ["broken"]}
    assert (await reader.open(f"/s/{one.secret}")).form["_step"] == ["low"]


async def test_what_must_be_mended_is_said_where_and_how_and_nothing_typed_is_lost(reader: Reader, clock: ModuleType) -> None:
    one = await asked(language="nl")
    await reader.open(f"/s/{one.secret}")
    page = await reader.press(nps="", why="x" * 501)
    assert (page.status, page.title) == (422, "Fout: Uw ervaring met Pakketdienst Noord – Pakketdienst Noord")
    assert "2 antwoorden moeten anders" in page.text
    assert [target for target in page.links.values() if target.startswith("#")] == ["#nps-0", "#why"]
    assert {"nps-0", "why", *page.described} <= set(page.ids)
    assert (page.invalid, page.form["why"]) == (2, ["x" * 501])
    assert (await reader.press(nps="9", why="Snel.")).heading == "Dank u wel"


async def test_a_faulty_answer_does_not_cost_the_others(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    await reader.open(f"/s/{one.secret}")
    await reader.press(nps="2", why="x" * 501)
    assert await values() == {"nps": 2}


async def test_every_kind_of_question_comes_back_as_it_was_answered(reader: Reader, clock: ModuleType) -> None:
    one = await asked(await published(EVERY_KIND))
    page = await reader.open(f"/s/{one.secret}")
    assert page.heading == "All kinds of questions"
    given = {"nps": "0", "csat": "5", "ces": "7", "stars": "0", "one": "green", "line": "a & b", "amount": "12,50", "people": "0003"}
    page = await reader.press(**given, many=["blue", "red"], day="2026-03-01", again="no")
    assert page.heading == "Thank you"
    assert await values() == {
        **{"nps": 0, "csat": 5, "ces": 7, "stars": 0, "one": "green", "line": "a & b", "amount": 12.5, "people": 3},
        **{"many": ["red", "blue"], "day": "2026-03-01", "again": False},
    }
    page = await reader.open(f"/s/{one.secret}?step=")
    assert {name: page.form[name] for name in ("nps", "many", "one", "amount", "day", "again")} == {
        **{"nps": ["0"], "many": ["red", "blue"], "one": ["green"], "amount": ["12.5"], "day": ["2026-03-01"], "again": ["no"]}
    }


async def test_an_unsound_answer_of_every_kind_is_shown_again(reader: Reader, clock: ModuleType) -> None:
    one = await asked(await published(EVERY_KIND))
    await reader.open(f"/s/{one.secret}")
    typed = {"line": "x" * 21, "amount": "1.000,50", "people": "-1", "day": "2026-13-40"}
    page = await reader.press(**typed, many=["red"])
    assert page.status == 422
    assert {name: page.form[name][0] for name in typed} == typed
    assert page.form["many"] == ["red"]


async def test_the_language_changes_and_keeps_what_was_typed(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    await reader.open(f"/s/{one.secret}")
    page = await reader.press("language:nl", nps="8", why="Snel en netjes")
    assert (page.status, page.language, page.heading) == (200, "nl", "Uw ervaring met Pakketdienst Noord")
    assert (page.form["nps"], page.form["why"]) == (["8"], ["Snel en netjes"])
    assert await Response.all().count() == 0
    page = await reader.press()
    assert (page.heading, (await only_response()).language) == ("Dank u wel", "nl")
    assert (await reader.open(f"/s/{one.secret}")).language == "nl"


async def test_a_choice_can_be_taken_back(reader: Reader, clock: ModuleType) -> None:
    one = await asked(await published(EVERY_KIND))
    page = await reader.open(f"/s/{one.secret}")
    assert {"csat-none", "one-none", "again-none"} <= set(page.ids)
    await reader.press(csat="4", nps="9")
    await reader.open(f"/s/{one.secret}?step=")
    await reader.press(csat="")
    assert await values() == {"nps": 9}


async def test_words_typed_at_something_else_choose_it(reader: Reader, clock: ModuleType) -> None:
    one = await asked(await published(EVERY_KIND))
    await reader.open(f"/s/{one.secret}")
    await reader.press(one_other="Purple")
    assert await values() == {"one": "other", "one_other": "Purple"}


async def test_placeholders_are_filled_in_and_escaped(reader: Reader, clock: ModuleType) -> None:
    greeting = {"en": "Dear {customer.first_name|customer}, how was it?", "nl": "Beste {customer.first_name|klant}, hoe was het?"}
    one = await asked(await published({**SHORT, "intro": greeting}))
    one.customer.first_name = "<script>"
    await one.customer.save(update_fields=["first_name"])
    page = await reader.open(f"/s/{one.secret}")
    assert "Dear <script>, how was it?" in page.text
    assert "<script>," not in page.answer.text


async def test_a_press_that_arrives_many_times_at_once_is_one_answer(client: httpx.AsyncClient, clock: ModuleType, told: Told) -> None:
    one = await asked()
    page = await Reader(client).open(f"/s/{one.secret}")
    clock.advance(timedelta(seconds=20))
    press = {**page.form, "_go": "next", "nps": "9", "why": "Quick."}
    answers = await asyncio.gather(*(client.post(f"/s/{one.secret}", data=press) for _ in range(8)))
    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {(303, f"/s/{one.secret}/thanks")}
    assert (await Response.all().count(), await Answer.all().count(), len(await told())) == (1, 2, 1)


async def test_two_tabs_that_send_at_once_lose_nothing(client: httpx.AsyncClient, clock: ModuleType, told: Told) -> None:
    one = await asked()
    tabs = [await Reader(client).open(f"/s/{one.secret}") for _ in range(2)]
    clock.advance(timedelta(seconds=20))
    filled = ({"nps": "3", "why": ""}, {"nps": "3", "why": "Late."})
    await asyncio.gather(
        *(client.post(f"/s/{one.secret}", data={**tab.form, "_go": "next", **one_of}) for tab, one_of in zip(tabs, filled, strict=True))
    )
    assert await values() == {"nps": 3, "why": "Late."}


async def test_a_press_for_a_step_that_is_not_there_goes_to_the_survey(client: httpx.AsyncClient, clock: ModuleType) -> None:
    one = await asked()
    answer = await client.post(f"/s/{one.secret}", data={"_go": "next", "_step": "elsewhere", "nps": "9"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/s/{one.secret}")
    assert await Response.all().count() == 0


async def test_a_test_says_that_it_does_not_count(reader: Reader, clock: ModuleType) -> None:
    page = await reader.open(f"/s/{(await asked(is_test=True)).secret}")
    assert "This is a test. The answer does not count." in page.text


async def test_too_much_text_is_refused_before_it_is_read(client: httpx.AsyncClient, clock: ModuleType) -> None:
    one = await asked()
    headers = {"Accept": "text/html", "Accept-Language": "it;q=0.9, en-GB;q=0.8, nl;q=0.2"}
    answer = await client.post(f"/s/{one.secret}", data={"why": "x" * 300_000}, headers=headers)
    assert answer.status_code == 413
    assert "make your text shorter" in answer.text
