"""Every kind of question as a person without scripts meets it: answered, stored, read back, shown again."""

from types import ModuleType
from typing import Any

import pytest

from tests.responses.asked import asked, published
from tests.responses.kinds import KINDS, of_kind
from tests.responses.presses import values
from tests.web.survey.reader import Reader

Filled = dict[str, str | list[str]]
ANSWERED: dict[str, tuple[Filled, dict[str, Any], str]] = {
    "nps": ({"nps": "9"}, {"nps": 9}, "9"),
    "many_numbers": ({"many_numbers": "30"}, {"many_numbers": 30}, "30"),
    "stars": ({"stars": "4"}, {"stars": 4}, "4"),
    "points": ({"points": "2"}, {"points": 2}, "2 – Fair"),
    "radios": ({"radios_d": "The corner"}, {"radios": "d", "radios_d": "The corner"}, "A shop: The corner"),
    "menu": ({"menu": "b"}, {"menu": "b"}, "Bread"),
    "pictures": ({"pictures": "c"}, {"pictures": "c"}, "Cheese"),
    "boxes": ({"boxes": ["c", "a"]}, {"boxes": ["a", "c"]}, "Apples, Cheese"),
    "table": (
        {"table_speed": "3", "table_x": "1", "table_x_text": "The box"},
        {"table_speed": "3", "table_x": "1", "table_x_text": "The box"},
        "The speed of the delivery: Agree",
    ),
    "box_table": ({"box_table_care": ["3", "1"]}, {"box_table_care": ["1", "3"]}, "The care for your parcel: Disagree, Agree"),
    "text_table": ({"text_table_price_1": "Too high"}, {"text_table_price_1": "Too high"}, "The price – Disagree: Too high"),
    "number_table": ({"number_table_price_2": "2,5"}, {"number_table_price_2": 2.5}, "The price – Neither agree nor disagree: 2.5"),
    "bipolar": ({"bipolar_slow": "4"}, {"bipolar_slow": "4"}, "Slow:Fast: 4"),
    "sides": (
        {"sides_speed_matters": "3", "sides_speed_used": ["b"], "sides_price_why": "Dear"},
        {"sides_speed_matters": "3", "sides_speed_used": ["b"], "sides_price_why": "Dear"},
        "The speed of the delivery – How important?: Agree",
    ),
    "ranking": ({"ranking": ["2:a", "1:c", "3:b"]}, {"ranking": ["c", "a", "b"]}, "Cheese, Apples, Bread"),
    "sum": (
        {"sum_speed": "60", "sum_care": "40"},
        {"sum_speed": 60, "sum_care": 40},
        "The speed of the delivery: 60 points",
    ),
    "slider": ({"slider": "70"}, {"slider": 70}, "70 degrees"),
    "sliders": ({"sliders_price": "7,5"}, {"sliders_price": 7.5}, "The price: 7.5"),
    "email": ({"email": "anna@example.nl"}, {"email": "anna@example.nl"}, "anna@example.nl"),
    "number": ({"number": "12", "number_comment": "About."}, {"number": 12, "number_comment": "About."}, "12 parcels a year"),
    "date": ({"date": "2026-03-01"}, {"date": "2026-03-01"}, "2026-03-01"),
    "time": ({"time": "14:30"}, {"time": "14:30"}, "14:30"),
    "date_time": ({"date_time": "2026-03-01T14:30"}, {"date_time": "2026-03-01T14:30"}, "2026-03-01T14:30"),
    "fields": ({"fields_street": "Dam 1"}, {"fields_street": "Dam 1"}, "Street and number: Dam 1"),
    "yes_no": ({"yes_no": "no"}, {"yes_no": False}, "No"),
    "consent": ({"consent": "yes"}, {"consent": True}, "Yes"),
    "tick": ({"tick": "yes"}, {"tick": True}, "Yes"),
    "call": (
        {"call_where": "known", "call_window": "evening"},
        {"call": "+31612345612", "call_window": "evening"},
        "+31 ••• 12",
    ),
}


@pytest.mark.parametrize("kind", ANSWERED)
async def test_an_answer_of_every_kind_is_stored_and_read_back(reader: Reader, clock: ModuleType, kind: str) -> None:
    filled, stored, said = ANSWERED[kind]
    one = await asked(await published(of_kind(kind)))
    await reader.open(f"/s/{one.secret}")
    page = await reader.press("next", **filled)
    assert (page.heading, await values()) == ("Thank you", stored)
    assert said in page.text
    page = await reader.open(f"/s/{one.secret}?step=")
    page = await reader.press()
    assert (page.heading, await values()) == ("Thank you", stored), "what is shown again is the answer itself"


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"statement"}))
async def test_what_must_be_answered_is_said_of_every_kind(reader: Reader, clock: ModuleType, kind: str) -> None:
    one = await asked(await published(of_kind(kind, required=True)))
    await reader.open(f"/s/{one.secret}")
    page = await reader.press()
    targets = [target.removeprefix("#") for target in page.links.values() if target.startswith("#")]
    assert (page.status, page.title.startswith("Error: ")) == (422, True)
    assert targets
    assert {*targets, *page.described} <= set(page.ids)


async def test_two_choices_in_one_place_are_told_apart_and_shown_as_they_were_put(reader: Reader, clock: ModuleType) -> None:
    one = await asked(await published(of_kind("ranking")))
    await reader.open(f"/s/{one.secret}")
    page = await reader.press(ranking=["1:a", "1:b", "2:c"])
    assert (page.status, "Give each answer a place of its own." in page.text) == (422, True)
    assert page.form["ranking"] == ["1:a", "1:b", "2:c"]
    page = await reader.press(ranking=[f"{'9' * 5000}:a", "1:b", "2:c"])
    assert (page.status, page.form["ranking"]) == (422, ["1:b", "2:c"]), "no place has so many digits"


async def test_what_is_wanted_is_asked_once_more_and_then_left(reader: Reader, clock: ModuleType) -> None:
    one = await asked(await published(of_kind("line", wanted=True)))
    await reader.open(f"/s/{one.secret}")
    page = await reader.press()
    assert (page.status, page.title.startswith("Error"), "You left something open" in page.text) == (200, False, True)
    assert (await reader.press()).heading == "Thank you"


async def test_a_picture_comes_only_from_where_the_page_says_so(reader: Reader, clock: ModuleType) -> None:
    one = await asked(await published(of_kind("statement")))
    page = await reader.open(f"/s/{one.secret}")
    policy = page.answer.headers["content-security-policy"]
    assert "img-src 'self' data: https://pictures.example;" in policy
    other = await asked(await published(of_kind("pictures", look="buttons", choices=[{"code": "a", "text": {"en": "A", "nl": "A"}}])))
    plain = (await reader.open(f"/s/{other.secret}")).answer.headers["content-security-policy"]
    assert "img-src 'self' data:;" in plain
