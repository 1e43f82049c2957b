"""Single values from outside: one spelling each, and a sentence with the way out for what cannot be read."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import orjson
import pytest

from voc.customers import values
from voc.customers.models import Channel
from voc.customers.values import Unreadable


@pytest.mark.parametrize(
    ("read", "written", "ours"),
    [
        (values.mail, " Anna.de.Vries@Example.NL ", "anna.de.vries@example.nl"),
        (values.mail, "anna@bücher.example", "anna@bücher.example"),
        (lambda value: values.phone(value, "NL"), "06-1234 5678", "+31612345678"),
        (lambda value: values.phone(value, "nl"), "+32 470 12 34 56", "+32470123456"),
        (lambda value: values.phone(value, "DE"), "0171 1234567", "+491711234567"),
        (values.language, "nl", "nl"),
        (values.language, "NL_be", "nl-BE"),
        (values.language, "zh-Hant-TW", "zh-TW"),
        (values.language, "sr-Latn", "sr"),
        (values.time_zone, "Europe/Amsterdam", "Europe/Amsterdam"),
        (values.currency, "eur", "EUR"),
        (values.amount, 1234, Decimal("1234.00")),
        (values.amount, "1234,5", Decimal("1234.50")),
        (values.amount, 0.1 + 0.2, Decimal("0.30")),
        (values.moment, "2026-03-03T11:00:00+01:00", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        (values.moment, "2026-03-03T10:00:00.1234567Z", datetime(2026, 3, 3, 10, 0, 0, 123456, tzinfo=UTC)),
        (lambda value: values.one_of(value, Channel), "PHONE", Channel.PHONE),
    ],
)
def test_what_is_written_in_many_ways_is_kept_in_one(read: Callable[[object], object], written: object, ours: object) -> None:
    assert read(written) == ours


@pytest.mark.parametrize(
    ("read", "written", "code"),
    [
        (values.mail, "anna@", "INVALID_EMAIL"),
        (values.mail, ["anna@example.nl"], "NOT_A_TEXT"),
        (lambda value: values.phone(value, "NL"), "anonymous", "INVALID_PHONE"),
        (lambda value: values.phone(value, "NL"), "112", "INVALID_PHONE"),
        (values.language, "Dutch", "INVALID_LANGUAGE"),
        (values.time_zone, "Amsterdam", "INVALID_TIME_ZONE"),
        (values.time_zone, "Europe", "INVALID_TIME_ZONE"),
        (values.time_zone, "../../etc/passwd", "INVALID_TIME_ZONE"),
        (values.currency, "€", "INVALID_CURRENCY"),
        (values.amount, "1,234", "INVALID_AMOUNT"),
        (values.amount, "NaN", "INVALID_AMOUNT"),
        (values.amount, "1e20", "INVALID_AMOUNT"),
        (values.moment, "2026-03-03T10:00:00", "NO_TIME_ZONE"),
        (values.moment, "yesterday", "INVALID_MOMENT"),
        (values.moment, "0001-01-01T00:00:00+14:00", "INVALID_MOMENT"),
        (lambda value: values.one_of(value, Channel), "telegram", "UNKNOWN_VALUE"),
        (lambda value: values.text(value, 10), "12345678901", "TOO_LONG"),
        (lambda value: values.text(value, 10), "a\x00b", "INVALID_CHARACTER"),
        (lambda value: values.text(value, 10), "\ud800", "INVALID_CHARACTER"),
        (lambda value: values.text(value, 10), True, "NOT_A_TEXT"),
        (lambda value: values.text(value, 40), orjson.loads("12345678901234567890123"), "NOT_EXACT"),
        (values.attributes, "plan=gold", "INVALID_ATTRIBUTES"),
        (values.attributes, ["plan"], "INVALID_ATTRIBUTES"),
        (values.attributes, {"": "x"}, "REQUIRED"),
        (values.attributes, {"k" * 65: "x"}, "TOO_LONG"),
        (values.attributes, {"k": "x" * 2001}, "TOO_LONG"),
        (values.attributes, {str(number): "x" for number in range(101)}, "TOO_MANY"),
        (values.attributes, {"k": {"deep": "\ud800"}}, "INVALID_CHARACTER"),
    ],
)
def test_what_cannot_be_read_says_why(read: Callable[[object], object], written: object, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(written)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_attributes_are_texts_whatever_they_were() -> None:
    given = {"plan": " gold ", "seats": 3, "trial": False, "tags": ["a", 1], "gone": None}
    assert values.attributes(given) == {"plan": "gold", "seats": "3", "trial": "false", "tags": '["a",1]', "gone": None}
    assert values.attributes([{"key": "plan", "value": "gold"}, {"key": "gone"}]) == {"plan": "gold", "gone": None}


def test_folding_takes_case_and_accents_away() -> None:
    assert values.folded("  Zoë  ÅRGÅRD Straße ") == "zoe argard strasse"
