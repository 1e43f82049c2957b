"""Saving routes: what is wrong is refused whole, what is right takes effect with the next response."""

from typing import Any

import pytest

from tests.followup import makers
from voc.core.access import Role
from voc.core.errors import Forbidden, Invalid, NotFound
from voc.followup.models import Route, Task
from voc.followup.queries import routes_visible_to
from voc.followup.routes import retire_route, save_route

pytestmark = pytest.mark.usefixtures("db", "clock")
UNHAPPY: dict[str, Any] = {"when": "scores.nps <= 6", "teams": ["contact_team", {"by": "team", "team": "billing"}], "due_hours": 4}


async def test_a_saved_route_raises_tasks_as_it_says() -> None:
    await makers.team("care", is_fallback=True)
    billing = await makers.team("billing")
    lena = await makers.member("Lena", Role.LEAD, billing)

    route = await save_route(lena, "unhappy", " Unhappy customers ", UNHAPPY, position=2)

    assert (route.key, route.name, route.position, route.retired_at) == ("unhappy", "Unhappy customers", 2, None)
    assert route.rules == {**UNHAPPY, "priority": "normal", "title": ""}
    await makers.follow(await makers.response(await makers.survey(), {"nps": 3}))
    task = await Task.get()
    assert (task.route_id, task.team_id, task.title, task.placed_by) == (route.id, billing.id, "Unhappy customers", "team")


async def test_saving_again_changes_the_same_route_and_brings_a_retired_one_back() -> None:
    await makers.team("billing", is_fallback=True)
    first = await save_route(makers.SYSTEM, "unhappy", "Unhappy", UNHAPPY)
    await retire_route(makers.SYSTEM, "unhappy")
    assert await routes_visible_to(makers.SYSTEM) == []

    again = await save_route(makers.SYSTEM, "unhappy", "Very unhappy", {"when": "scores.nps <= 3"})

    assert (again.id, again.name, again.rules["when"], again.retired_at) == (first.id, "Very unhappy", "scores.nps <= 3", None)
    assert [route.id for route in await routes_visible_to(makers.SYSTEM)] == [first.id]


async def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_saved() -> None:
    await makers.team("billing", is_fallback=True)
    wrong: list[tuple[str, str, dict[str, Any], list[str]]] = [
        ("", " ", {"when": "scores.npss <= 6"}, ["key", "name", "rules.when"]),
        ("k" * 65, "n" * 201, UNHAPPY, ["key", "name"]),
        ("topic", "Topic", {"when": "true", "teams": [{"by": "team", "team": "gone"}]}, ["rules.teams[0].team"]),
        (
            "topic",
            "Topic",
            {"when": "true", "teams": [{"by": "segment", "teams": {"gold": "billing", "tin": "gone"}}]},
            ["rules.teams[0].teams.tin"],
        ),
    ]

    for key, name, rules, paths in wrong:
        with pytest.raises(Invalid) as refused:
            await save_route(makers.SYSTEM, key, name, rules)
        assert [fault.path for fault in refused.value.faults] == paths
    assert await Route.all().count() == 0


async def test_routes_are_written_by_those_who_account_for_them() -> None:
    billing = await makers.team("billing", is_fallback=True)
    hans = await makers.member("Hans", Role.HANDLER, billing)

    for refusing in (save_route(hans, "unhappy", "Unhappy", UNHAPPY), retire_route(hans, "unhappy")):
        with pytest.raises(Forbidden):
            await refusing
    with pytest.raises(NotFound, match="no route unhappy"):
        await retire_route(makers.SYSTEM, "unhappy")


async def test_tasks_keep_the_route_that_raised_them_when_it_retires() -> None:
    await makers.team("billing", is_fallback=True)
    route = await save_route(makers.SYSTEM, "unhappy", "Unhappy", UNHAPPY)
    response = await makers.response(await makers.survey(), {"nps": 3})
    await makers.follow(response)
    retired = await retire_route(makers.SYSTEM, "unhappy")
    await makers.answer(response, "nps", 1)

    await makers.follow(response)
    await makers.follow(await makers.response(await makers.survey("other"), {"nps": 3}))

    assert (await retire_route(makers.SYSTEM, "unhappy")).retired_at == retired.retired_at
    task = await Task.get()
    assert (task.route_id, task.version) == (route.id, 2)
