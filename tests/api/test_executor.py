"""The fast executor answers exactly as graphql-core's own: same data, same order, same errors in the same places."""

import json
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import pytest
import strawberry
from graphql import experimental_execute_incrementally, parse
from graphql.execution import ExecutionResult
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from voc.api import exposed
from voc.api.building import build
from voc.api.context import Context
from voc.api.executor import FastExecutor
from voc.api.exposed import computed, interface, shape
from voc.core.access import Actor


class Mood(Enum):
    GOOD = "good"


exposed.enum(Mood, "A mood.", GOOD="Good.")


@interface
class Named:
    """Has a name."""

    name: str
    """The name."""


@shape
class Item(Named):
    """One of many."""

    score: int
    """A number."""
    ratio: float | None
    """A share."""
    mood: Mood | None
    """A mood."""
    moment: datetime | None
    """A moment."""
    tags: list[str]
    """Words."""

    @computed
    def shout(item: "Item") -> str:  # noqa: N805 - the source is the row
        """Loud."""
        return item.name.upper()

    @computed
    def maybe(item: "Item") -> int | None:  # noqa: N805
        """A number, or not."""
        return item.score or None

    @strawberry.field
    async def later(self) -> str:
        """Comes later."""
        return self.name * 2

    @strawberry.field
    def times(self, by: int = 2) -> int:
        """Multiplied."""
        return self.score * by


class Odd:
    """A row that lacks what its type promises."""

    name = None
    score = "zz"
    ratio = object()
    mood = "unknown"
    moment = "yesterday"
    tags = None


GOOD = Item(name="a", score=1, ratio=0.5, mood=Mood.GOOD, moment=datetime(2026, 3, 1, tzinfo=UTC), tags=["x"])
EMPTY = Item(name="", score=0, ratio=None, mood=None, moment=None, tags=[])


@shape
class Query:
    """Reading."""

    @strawberry.field
    def items(self) -> list[Item]:
        """Good ones."""
        return [GOOD, EMPTY]

    @strawberry.field
    def odd(self) -> list[Item | None]:
        """Odd ones among good ones."""
        return [GOOD, Odd(), EMPTY]  # type: ignore[list-item]

    @strawberry.field
    def named(self) -> Named | None:
        """By its interface."""
        return GOOD

    @strawberry.field
    def hello(self) -> str:
        """A word."""
        return "hello"


with_by = Item.__strawberry_definition__  # type: ignore[attr-defined]
for argument in next(field for field in with_by.fields if field.python_name == "times").arguments:
    argument.description = "By how much."
SCHEMA = build(Query)
DOCUMENTS = (
    "{ hello }",
    "{ items { name score ratio mood moment tags shout maybe } }",
    "{ items { __typename x: name n: name name later times t3: times(by: 3) score @skip(if: true) ratio @include(if: true) } }",
    "{ hello items { later } again: items { name } }",
    "{ named { name __typename ... on Item { shout later } } }",
    "{ items { ...F ...F } } fragment F on Item { name ... { score } shout }",
    "{ odd { score } }",
    "{ odd { name } }",
    "{ odd { ratio mood moment } }",
    "{ odd { shout } }",
    "{ odd { tags } }",
    "{ odd { later name score } hello }",
    "{ odd { mood shout maybe name x: ratio } items { name } hello }",
)


@pytest.mark.parametrize("document", DOCUMENTS)
async def test_the_fast_executor_answers_like_the_stock_one(document: str) -> None:
    stock = await _run(document, StrawberryGraphQLCoreExecutionContext)
    fast = await _run(document, FastExecutor)

    assert json.dumps(fast.data) == json.dumps(stock.data)  # order included
    assert _told(fast) == _told(stock)


async def test_it_takes_the_short_path() -> None:
    """Without it this test of equality would prove nothing: the plan must be made for plain and computed fields, and for no others."""
    from voc.api.executor import _plan_of

    await _run("{ items { name shout later times tags } }", FastExecutor)
    fields = SCHEMA._schema.type_map["Item"].fields  # type: ignore[attr-defined]

    short = {name for name, field in fields.items() if _plan_of(field) is not None}
    assert short == {"name", "score", "ratio", "mood", "moment", "shout", "maybe"}


async def _run(document: str, executor: type[Any]) -> ExecutionResult:
    result: Any = experimental_execute_incrementally(
        SCHEMA._schema, parse(document), context_value=Context(Actor.stranger()), executor_class=executor
    )
    answered: ExecutionResult = await result if hasattr(result, "__await__") else result
    return answered


def _told(result: ExecutionResult) -> list[Any]:
    return sorted(json.dumps(error.formatted, sort_keys=True) for error in result.errors or ())
