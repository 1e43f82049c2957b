"""Doing what was asked once: the same key and input give the first result again, on both databases."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.api import small
from tests.api.conftest import Service
from voc.api.idempotency import keep
from voc.core import idempotency
from voc.core.errors import Conflict
from voc.core.models import IdempotencyKey
from voc.staff.models import Team

ADD = """mutation Add($input: AddTeamInput!) {
  addTeam(input: $input) {
    __typename
    ... on TeamType { id name }
    ... on Problem { message }
    ... on Conflict { code }
    ... on InvalidInput { faults { path code } }
  }
}"""


async def add(service: Service, **given: Any) -> dict[str, Any]:
    return await service.query(ADD, {"input": given})


async def test_the_same_key_and_input_give_the_first_result_again(service: Service) -> None:
    first = await add(service, key="sales", name="Sales", idempotencyKey="k1")
    again = await add(service, key="sales", name="Sales", idempotencyKey="k1")

    assert first["data"]["addTeam"]["__typename"] == "TeamType"
    assert again["data"] == first["data"]
    assert first["extensions"]["idempotency"] == [{"path": ["addTeam"], "key": "k1", "replayed": False}]
    assert again["extensions"]["idempotency"] == [{"path": ["addTeam"], "key": "k1", "replayed": True}]
    assert await Team.filter(key="sales").count() == 1


async def test_without_a_key_it_is_done_again(service: Service) -> None:
    await add(service, key="sales", name="Sales")

    assert (await add(service, key="sales", name="Sales"))["data"]["addTeam"]["code"] == "KEY_TAKEN"


async def test_the_same_key_for_something_else_is_a_conflict(service: Service) -> None:
    await add(service, key="sales", name="Sales", idempotencyKey="k1")

    assert (await add(service, key="sales", name="Other", idempotencyKey="k1"))["data"]["addTeam"]["code"] == "IDEMPOTENCY_MISMATCH"


async def test_a_request_that_was_refused_leaves_its_key_free(service: Service) -> None:
    refused = await add(service, key="sales", name="", idempotencyKey="k1")
    done = await add(service, key="sales", name="Sales", idempotencyKey="k1")

    assert refused["data"]["addTeam"]["faults"] == [{"path": "input.name", "code": "NAME_MISSING"}]
    assert done["data"]["addTeam"]["__typename"] == "TeamType"


@pytest.mark.parametrize("key", ["", "x" * 201])
async def test_a_key_has_a_length(service: Service, key: str) -> None:
    answer = await add(service, key="sales", name="Sales", idempotencyKey=key)

    assert answer["data"]["addTeam"]["faults"] == [{"path": "input.idempotencyKey", "code": "KEY_LENGTH"}]


async def test_twenty_equal_requests_at_once_make_one_row(service: Service) -> None:
    given = {"query": ADD, "variables": {"input": {"key": "sales", "name": "Sales", "idempotencyKey": "k1"}}}

    answers = [(await answer).json() for answer in [asyncio.create_task(service.post(given)) for _ in range(20)]]

    outcomes = [answer["data"]["addTeam"].get("code", "done") for answer in answers]
    assert await Team.filter(key="sales").count() == 1
    assert set(outcomes) <= {"done", "IDEMPOTENCY_IN_PROGRESS"}
    assert sum(not note["replayed"] for answer in answers for note in answer["extensions"].get("idempotency", ())) == 1


async def test_two_processes_do_it_once(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idempotency, "_running", _Forgetful())  # as if each request came to a process of its own
    done = 0

    async def act() -> str:
        nonlocal done
        done += 1
        await asyncio.sleep(0.05)
        return "x"

    async def once() -> Any:
        try:
            return await idempotency.once("o", "k", "f", act, lambda outcome: outcome)
        except Conflict as conflict:
            return conflict.code

    outcomes = await asyncio.gather(*(once() for _ in range(10)))

    assert done == 1
    assert sum(outcome == "IDEMPOTENCY_IN_PROGRESS" or outcome.is_replay for outcome in outcomes) == 9
    assert await IdempotencyKey.all().count() == 1


async def test_keys_are_of_one_owner(db: str) -> None:
    async def act() -> str:
        return "x"

    for owner in ("a", "b"):
        assert not (await idempotency.once(owner, "k", owner, act, lambda outcome: outcome)).is_replay


async def test_keys_are_kept_for_two_days(db: str, clock: Any) -> None:
    async def act() -> str:
        return "x"

    await idempotency.once("o", "k", "f", act, lambda outcome: outcome)
    clock.advance(timedelta(hours=24))
    assert await idempotency.forget_old_keys() == 0
    assert (await idempotency.once("o", "k", "f", act, lambda outcome: outcome)).is_replay
    clock.advance(timedelta(hours=25))
    assert await idempotency.forget_old_keys() == 1


def test_what_cannot_be_given_again_is_said() -> None:
    with pytest.raises(TypeError, match="cannot be given again"):
        keep(object())


def test_shapes_are_kept_without_what_is_shown_once() -> None:
    with small.published():
        shape = small.types.Echo(text="a", number=1, when=None)
        type(shape).shown_once = ("text",)
        try:
            assert keep([shape]) == [{"shape": "Echo", "fields": {"text": None, "number": 1, "when": None, "inner": None}}]
        finally:
            del type(shape).shown_once


class _Forgetful(set[tuple[str, str]]):
    def __contains__(self, item: object) -> bool:
        return False
