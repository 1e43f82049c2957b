"""Thanks and the offer to call."""

from datetime import timedelta
from types import ModuleType

from tests.responses.asked import Asked, asked
from tests.responses.conftest import Told
from tests.web.survey.reader import Reader, Seen
from voc.responses.models import CallBack, Response


async def sent(reader: Reader, one: Asked, score: str) -> Seen:
    await reader.open(f"/s/{one.secret}")
    page = await reader.press(nps=score)
    return page if page.action or page.heading.startswith("Thank") else await reader.press()


async def test_a_low_score_gets_the_apology_and_the_offer_and_a_high_one_does_not(reader: Reader, clock: ModuleType) -> None:
    low = await asked()
    page = await sent(reader, low, "2")
    assert (page.heading, "We are sorry that we let you down." in page.text) == ("Thank you for telling us", True)
    assert "May we call you about this?" in page.text
    high = await asked(low.version)
    page = await sent(reader, high, "10")
    assert (page.heading, "sorry" in page.text, "May we call" in page.text) == ("Thank you", False, False)


async def test_the_number_we_know_is_offered_without_showing_it(reader: Reader, clock: ModuleType, told: Told) -> None:
    one = await asked(phone="+31612345612")
    page = await sent(reader, one, "2")
    assert ("On +31 ••• 12" in page.text, "345612" in page.answer.text) == (True, False)
    page = await reader.press("", window="evening")
    assert (page.answer.url.path, "We will call you on +31 ••• 12." in page.text) == (f"/s/{one.secret}/thanks", True)
    wish = await CallBack.get()
    assert (wish.phone, wish.window) == ("+31612345612", "evening")
    assert [event for event, _ in await told()] == ["ResponseSubmitted", "ResponseChanged"]


async def test_a_wrong_number_is_said_and_kept(reader: Reader, clock: ModuleType) -> None:
    one = await asked(phone=None)
    await sent(reader, one, "2")
    page = await reader.press("", phone="my mobile")
    assert (page.status, page.title.split(" ")[0], page.form["phone"]) == (422, "Error:", ["my mobile"])
    assert ("#phone" in page.links.values(), set(page.described) <= set(page.ids), await CallBack.all().count()) == (True, True, 0)
    await reader.press("", phone="06 12345678")
    assert (await CallBack.get()).phone == "+31612345678"


async def test_answers_can_be_read_back_and_changed_for_a_day(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    page = await sent(reader, one, "9")
    assert "You can change your answers until 4 March 2026, 11:00." in page.text
    page = await reader.open(page.links["Change my answers"])
    assert (page.form["nps"], "You have answered already." in page.text) == (["9"], True)
    assert (await reader.press(nps="7")).heading == "Thank you"
    clock.advance(timedelta(hours=25))
    page = await reader.open(f"/s/{one.secret}/thanks")
    assert (page.status, page.heading) == (410, "You have answered already")
    assert "3 March 2026" in page.text


async def test_thanks_before_an_answer_lead_to_the_questions(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    page = await reader.open(f"/s/{one.secret}/thanks")
    assert page.answer.url.path == f"/s/{one.secret}"
    answer = await reader.client.post(f"/s/{one.secret}/call", data={"phone": "0612345678"})
    assert (answer.status_code, answer.headers["location"], await Response.all().count()) == (303, f"/s/{one.secret}", 0)
