"""Scalars of the contract, each with the address of its specification."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import NewType
from urllib.parse import urlsplit

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

Url = NewType("Url", str)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST_NUMBER = 40
_LONGEST_URL = 2000


def _read_moment(value: object) -> datetime:
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise GraphQLError(f"A DateTime is written as 2026-03-01T09:30:00Z, with its offset, and not {_shown(value)}.")


def _write_moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _read_day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise GraphQLError(f"A Date is written as 2026-03-01, and not {_shown(value)}.")


def _read_decimal(value: object) -> Decimal:
    if isinstance(value, str | int | float) and not isinstance(value, bool) and len(str(value)) <= _LONGEST_NUMBER:
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    raise GraphQLError(f'A Decimal is written as "12.50", and not {_shown(value)}.')


def _read_url(value: object) -> Url:
    if isinstance(value, str) and len(value) <= _LONGEST_URL and value.isprintable() and " " not in value:
        try:
            parts = urlsplit(value)
            if parts.scheme in ("http", "https") and parts.hostname:
                return Url(value)
        except ValueError:
            pass
    raise GraphQLError(f"A URL is a whole address such as https://example.com/page, and not {_shown(value)}.")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


SCALARS: Mapping[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment with its offset from UTC, such as 2026-03-01T09:30:00Z. Answers are in UTC.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
        parse_value=_read_moment,
        serialize=_write_moment,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A calendar day, such as 2026-03-01.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
        parse_value=_read_day,
        serialize=date.isoformat,
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description='An exact decimal number as text, such as "12.50"; its unit is said where it is used.',
        specified_by_url="https://speleotrove.com/decimal/daconvs.html",
        parse_value=_read_decimal,
        serialize=str,
    ),
    Url: strawberry.scalar(
        name="URL",
        description="A whole web address.",
        specified_by_url="https://url.spec.whatwg.org/",
        parse_value=_read_url,
        serialize=str,
    ),
}
