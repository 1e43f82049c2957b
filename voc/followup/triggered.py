"""Which routes a response meets."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from voc.core import clock
from voc.core.db import as_json, rows
from voc.core.errors import Invalid
from voc.core.expressions import Fault, compile
from voc.followup.conditions import HERE
from voc.followup.models import Task, TaskState
from voc.followup.response_facts import ResponseFacts, answers_of
from voc.followup.routing import FALLBACK, FAULT, Placed, Pointers, TeamCard, choose_team, faulty
from voc.followup.rules import By, Rules, parse
from voc.followup.states import Priority
from voc.followup.working_teams import USUAL_HOURS

_ROUTES = "SELECT id, name, rules FROM route WHERE retired_at IS NULL ORDER BY position, key"


@dataclass(frozen=True, slots=True)
class Triggered:
    """A route that a response meets, or that could not be decided: then `fault` says why."""

    id: UUID
    name: str
    rules: Rules | None
    fault: str
    answers: Mapping[str, Collection[str]]

    @property
    def title(self) -> str:
        """What its task is called."""
        return (self.rules.title if self.rules else "") or self.name

    @property
    def priority(self) -> Priority:
        """How pressing its task is."""
        return self.rules.priority if self.rules else Priority.NORMAL

    @property
    def due_hours(self) -> float:
        """In how many business hours its task is due."""
        return self.rules.due_hours if self.rules else USUAL_HOURS

    def place(self, facts: ResponseFacts, teams: Iterable[TeamCard]) -> Placed:
        """The team, and why."""
        if self.fault or self.rules is None:
            return faulty(self.fault, teams)
        pointers: Pointers = replace(facts.pointers, answers=self.answers)
        return choose_team(self.rules.teams, pointers, teams)


@dataclass(frozen=True, slots=True)
class Found:
    """The routes a response meets; `fresh` are those that have no task for it yet."""

    met: Mapping[UUID, Triggered]
    fresh: tuple[Triggered, ...]

    def may_move(self, task: Task) -> bool:
        """Whether a task that nobody knew a team for, and nobody has taken, may find its team after all."""
        return task.state is TaskState.OPEN and task.placed_by.partition(":")[0] in (FALLBACK, FAULT) and task.route_id in self.met


async def triggered(followed: Sequence[ResponseFacts], with_task: Mapping[UUID, Collection[UUID]]) -> dict[UUID, Found]:
    """The active routes that each response meets now, in their order; those in `with_task` are not fresh.

    A route that cannot be decided counts as met.
    """
    routes = await _active_routes()
    asks = any(route.rules and _asks_answers(route.rules) for route in routes)
    answers = await answers_of(facts.response_id for facts in followed) if asks else {}
    met = {facts.response_id: _met(facts, routes, answers.get(facts.response_id, {})) for facts in followed}
    return {
        one: Found(routes_met, tuple(route for route_id, route in routes_met.items() if route_id not in with_task[one]))
        for one, routes_met in met.items()
    }


async def would_meet(facts: ResponseFacts, answers: Mapping[str, Sequence[str]]) -> list[Triggered]:
    """The active routes that a response of these facts and answers would meet, in their order; for rehearsals, of what is not stored."""
    return list(_met(facts, await _active_routes(), answers).values())


class _Route(NamedTuple):
    id: UUID
    name: str
    rules: Rules | None
    fault: str


async def _active_routes() -> list[_Route]:
    return [_Route(UUID(str(row["id"])), row["name"], *_rules(row["rules"])) for row in await rows(_ROUTES)]


def _met(facts: ResponseFacts, routes: Iterable[_Route], answers: Mapping[str, Sequence[str]]) -> dict[UUID, Triggered]:
    values = {
        **facts.values,
        "response": {**facts.values["response"], "answers": {name: ",".join(texts) for name, texts in answers.items()}},
    }
    met: dict[UUID, Triggered] = {}
    for route in routes:
        verdict = route.fault or (_verdict(route.rules, values) if route.rules else "")
        if verdict is not False:
            met[route.id] = Triggered(route.id, route.name, route.rules, verdict if isinstance(verdict, str) else "", answers)
    return met


def _verdict(rules: Rules, values: Mapping[str, Mapping[str, object]]) -> bool | str:
    outcome = compile(rules.when, HERE).evaluate(values, clock.now())
    return outcome.reason if isinstance(outcome, Fault) else outcome


def _rules(stored: Any) -> tuple[Rules | None, str]:
    return _read(stored if isinstance(stored, str) else orjson.dumps(stored).decode())


@lru_cache(maxsize=512)
def _read(stored: str) -> tuple[Rules | None, str]:
    try:
        return parse(as_json(stored)), ""
    except Invalid as refusal:
        return None, refusal.faults[0].message


def _asks_answers(rules: Rules) -> bool:
    reads = compile(rules.when, HERE).reads
    return ("response", "answers") in reads or ("response", "") in reads or any(place.by is By.TOPIC for place in rules.teams)
