"""The words with which rooms publish their rows refuse what a stranger could not read."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import pytest
import strawberry
from graphql import GraphQLError

from tests.api import small
from voc.api.building import build
from voc.api.exposed import enum, exposes, shape, takes
from voc.api.paging import Listing
from voc.api.scalars import SCALARS, Url
from voc.followup.models import Task
from voc.staff.models import Calendar, Team


def test_a_field_without_a_description_is_named() -> None:
    with pytest.raises(TypeError, match=r"Silent\.name has no description: write one as a string beneath the attribute\."):

        @shape
        class Silent:
            """Says what it is."""

            name: str


def test_a_type_without_a_description_is_named() -> None:
    with pytest.raises(TypeError, match="Silent has no description: give it a docstring"):

        @shape
        class Silent:
            name: str
            """A name."""


def test_a_resolver_without_a_description_is_named() -> None:
    with pytest.raises(TypeError, match=r"Silent\.name has no description: give it a docstring"):

        @shape
        class Silent:
            """Says what it is."""

            @strawberry.field
            def name(self) -> str:
                return "x"


def test_every_member_of_an_enum_is_described() -> None:
    class Mood(Enum):
        GOOD = 1
        BAD = 2

    with pytest.raises(TypeError, match="Mood: describe BAD; not a member: UGLY"):
        enum(Mood, "A mood.", GOOD="Good.", UGLY="Ugly.")


def test_a_table_has_one_type() -> None:
    with small.published(), pytest.raises(TypeError, match="Team is exposed as TeamType already"):

        @exposes(Team)
        class Squad:
            """Another name."""

            key: str
            """Its key."""


def test_an_argument_without_a_description_is_named() -> None:
    @shape
    class Query:
        """Reading."""

        @strawberry.field
        def hello(self, name: str) -> str:
            """A word."""
            return name

    with pytest.raises(TypeError, match=r"Without a description: Query\.hello\(name:\)\."):
        build(Query)


def test_absent_and_null_are_none_and_not_printed() -> None:
    @takes
    class Filter:
        """Which ones."""

        text: str | None = None
        """Text to find."""
        cleared: str | None = strawberry.UNSET
        """Null clears, absent keeps."""

    @shape
    class Query:
        """Reading."""

        @strawberry.field
        def hello(self, given: Annotated[Filter | None, strawberry.argument(description="Which.")] = None) -> str:
            """What came in."""
            return repr((given.text, given.cleared)) if given else "nothing"

    schema = build(Query)

    assert "= null" not in schema.as_str()
    for query, expected in {
        "{ hello }": "nothing",
        "{ hello(given: null) }": "nothing",
        "{ hello(given: {}) }": "(None, UNSET)",
        "{ hello(given: {text: null, cleared: null}) }": "(None, None)",
    }.items():
        assert schema.execute_sync(query).data == {"hello": expected}


def test_a_list_is_not_ordered_by_a_column_with_nulls_unless_it_has_none() -> None:
    class Order(Enum):
        TAKEN = "taken"

    with pytest.raises(TypeError, match="cannot be ordered by -taken_at: the column takes nulls"):
        Listing("tasks", Task, {Order.TAKEN: ("-taken_at",)})
    assert Listing("tasks", Task, {Order.TAKEN: ("-taken_at",)}, never_null=("taken_at",)).columns(None) == ("-taken_at", "-id")


READ: list[tuple[object, object, object]] = [
    (datetime, "2026-03-01T10:00:00Z", datetime(2026, 3, 1, 10, tzinfo=UTC)),
    (datetime, "2026-03-01t10:00:00.5+01:00", datetime(2026, 3, 1, 9, 0, 0, 500000, tzinfo=UTC)),
    (date, "2026-03-01", date(2026, 3, 1)),
    (Decimal, "12.50", Decimal("12.50")),
    (Decimal, 3, Decimal(3)),
    (Url, "https://example.com/a?b=c", "https://example.com/a?b=c"),
]
REFUSED: dict[object, list[object]] = {
    datetime: ["2026-03-01", "2026-03-01T10:00:00", "2026-13-01T10:00:00Z", "0001-01-01T00:00:00+23:00", "", 7, None],
    date: ["2026-02-30", "1 March", "2026-03-01T10:00:00Z", 7],
    Decimal: ["NaN", "Infinity", "1e", "", True, [], "9" * 41],
    Url: ["example.com", "javascript:alert(1)", "https://", "https://a b", "https://e.x/\u0000", "ftp://e.x", "https://[", 7],
}


@pytest.mark.parametrize(("scalar", "given", "expected"), READ)
def test_scalars_read_what_their_specification_says(scalar: object, given: object, expected: object) -> None:
    assert _parse(scalar)(given) == expected


@pytest.mark.parametrize(("scalar", "given"), [(scalar, given) for scalar, many in REFUSED.items() for given in many])
def test_scalars_refuse_anything_else_with_an_example(scalar: object, given: object) -> None:
    with pytest.raises(GraphQLError, match=r"(?s) (is written as|is a whole address) "):
        _parse(scalar)(given)


def test_moments_are_answered_in_utc() -> None:
    serialize: Any = SCALARS[datetime].serialize

    assert serialize(datetime.fromisoformat("2026-03-01T11:00:00+01:00")) == "2026-03-01T10:00:00Z"


def test_rows_are_recognised_by_their_table() -> None:
    with small.published():
        assert small.types.TeamType.is_type_of(Team(), None)
        assert not small.types.TeamType.is_type_of(Calendar(), None)


def _parse(scalar: object) -> Any:
    return SCALARS[scalar].parse_value
