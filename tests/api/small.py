"""A small schema over real tables, to test the protocol with: it has every shape that the house's conventions know."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from voc.api import exposed
from voc.api.building import build

_REGISTRIES: tuple[dict[Any, Any], ...] = (exposed.EXPOSED, exposed.SHAPES, exposed._NAMES)
_own: tuple[dict[Any, Any], ...] = ({}, {}, {})


@contextmanager
def published() -> Iterator[None]:
    """Within this the small schema's types are the published ones, and the house's own are not."""
    before = [dict(registry) for registry in _REGISTRIES]
    for registry, own in zip(_REGISTRIES, _own, strict=True):
        registry.clear()
        registry.update(own)
    try:
        yield
    finally:
        for registry, own, kept in zip(_REGISTRIES, _own, before, strict=True):
            own.update(registry)
            registry.clear()
            registry.update(kept)


for _foundation in ("connections", "nodes", "problems"):
    import_module(f"voc.api.{_foundation}")
with published():
    types = import_module("tests.api.small_types")
    events = import_module("tests.api.small_events")
    schema = build(types.Query, types.Mutation, events.Subscription)

OPERATIONS = {
    "Teams": "query Teams($first: Int) { teams(first: $first) { nodes { id key name } totalCount } }",
    "AddTeam": "mutation AddTeam($input: AddTeamInput!) { addTeam(input: $input) { ... on TeamType { id } ... on Problem { message } } }",
    "Ticks": "subscription Ticks { ticks(count: 2) }",
}
