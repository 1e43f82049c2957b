"""What one customer meets and another does not: orders, choices by condition, loops, full quotas, earlier answers in texts."""

import re
from types import ModuleType
from typing import Any

from tests.responses.asked import asked, published
from tests.responses.documents import INVITATION, both
from tests.responses.kinds import of_kind
from tests.responses.presses import values
from tests.web.survey.reader import Reader
from voc.responses.models import Response

FRUIT: list[dict[str, Any]] = [
    {"code": code, "text": both(code.title(), code.upper())} for code in ("apple", "banana", "cherry", "damson", "elder", "fig")
]


def document(*pages: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A survey of these pages."""
    return {
        "key": "ways",
        "name": both("Ways", "Wegen"),
        "languages": ["en", "nl"],
        "pages": list(pages),
        "end_pages": [{"id": "thanks", "title": both("Thank you", "Dank u wel")}],
        "invitation": INVITATION,
        **more,
    }


def many(**more: Any) -> dict[str, Any]:
    return {"id": "many", "kind": "multiple_choice", "text": both("Which?", "Welke?"), "choices": FRUIT, **more}


def order(text: str) -> list[str]:
    return re.findall("Apple|Banana|Cherry|Damson|Elder|Fig", text)


async def test_each_customer_meets_an_order_of_their_own_and_keeps_it(reader: Reader, clock: ModuleType) -> None:
    version = await published(document({"id": "first", "questions": [many(order="random", required=True)]}))
    orders = []
    for _ in range(6):
        one = await asked(version)
        first = order((await reader.open(f"/s/{one.secret}")).text)
        assert order((await reader.press()).text) == first
        orders.append(first)
    assert {frozenset(one) for one in orders} == {frozenset(order(" ".join(fruit["text"]["en"] for fruit in FRUIT)))}
    assert len({tuple(one) for one in orders}) > 1


async def test_a_choice_that_is_not_offered_is_not_shown_and_does_not_count(reader: Reader, clock: ModuleType) -> None:
    choices = [FRUIT[0], {**FRUIT[1], "show_if": "answers.again"}]
    again = {"id": "again", "kind": "yes_no", "text": both("Again?", "Nog eens?")}
    one = await asked(
        await published(document({"id": "first", "questions": [again]}, {"id": "second", "questions": [many(choices=choices)]}))
    )
    await reader.open(f"/s/{one.secret}")
    page = await reader.press(again="no")
    assert order(page.text) == ["Apple"]
    page = await reader.press(many=["apple", "banana"])
    assert (page.heading, await values()) == ("Thank you", {"again": False, "many": ["apple"]})


async def test_a_page_comes_once_for_each_chosen_answer_and_is_read_back(reader: Reader, clock: ModuleType) -> None:
    why = {"id": "why", "kind": "text", "text": both("Why {loop.text}?", "Waarom {loop.text}?")}
    one = await asked(await published(document({"id": "first", "questions": [many()]}, {"id": "each", "loop": "many", "questions": [why]})))
    await reader.open(f"/s/{one.secret}")
    assert "Why Banana?" in (await reader.press(many=["banana", "fig"])).text
    assert "Why Fig?" in (await reader.press(why_banana="Sweet")).text
    page = await reader.press(why_fig="Rare")
    assert (page.heading, await values()) == ("Thank you", {"many": ["banana", "fig"], "why_banana": "Sweet", "why_fig": "Rare"})
    assert re.search(r"Why Banana\?\s*Sweet.*Why Fig\?\s*Rare", page.text, re.DOTALL)


async def test_an_earlier_answer_in_a_text_stays_text(reader: Reader, clock: ModuleType) -> None:
    name = {"id": "name", "kind": "text", "long": False, "text": both("Name?", "Naam?")}
    after = {"id": "after", "kind": "text", "text": both("Well, {answers.name|you}?", "En, {answers.name|u}?")}
    one = await asked(await published(document({"id": "first", "questions": [name]}, {"id": "second", "questions": [after]})))
    await reader.open(f"/s/{one.secret}")
    page = await reader.press(name="<img src=x onerror=alert(1)>")
    assert "Well, <img src=x onerror=alert(1)>?" in page.text
    assert "<img" not in page.answer.text


async def test_who_comes_when_there_are_enough_reads_so_and_answers_nothing(reader: Reader, clock: ModuleType) -> None:
    ends = [{"id": "thanks", "title": both("Thank you", "Dank u wel")}, {"id": "full", "title": both("We have enough", "We hebben genoeg")}]
    quota = {"id": "all", "limit": 1, "end_page": "full"}
    questions = [many()]
    version = await published(document({"id": "first", "questions": questions}, end_pages=list(reversed(ends)), quotas=[quota]))
    first, late = await asked(version), await asked(version)
    await reader.open(f"/s/{first.secret}")
    assert (await reader.press(many=["fig"])).heading == "Thank you"
    page = await reader.open(f"/s/{late.secret}")
    assert (page.status, page.heading, page.form) == (200, "We have enough", {})
    assert await Response.all().count() == 1


async def test_texts_and_codes_of_a_questionnaire_are_never_markup(reader: Reader, clock: ModuleType) -> None:
    nasty = '"><script>alert(1)</script>'
    columns = [{"code": nasty, "text": both(nasty, nasty)}, {"code": "b", "text": both("B", "B")}]
    rows = [{"code": nasty, "text": both(nasty, nasty), "own_words": True}]
    one = await asked(await published(of_kind("table", rows=rows, columns=columns, help=both(nasty, nasty), comment=both(nasty, nasty))))
    page = await reader.open(f"/s/{one.secret}")
    assert "<script>alert" not in page.answer.text
    name = next(found.removesuffix("-0") for found in page.ids if found.endswith("-0"))
    page = await reader.press("next", **{name: nasty})
    assert (page.heading, await values()) == ("Thank you", {name: nasty})
    assert "<script>alert" not in page.answer.text
