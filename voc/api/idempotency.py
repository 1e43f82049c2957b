"""Idempotency of mutations: same key and same input give the first result again, said in `extensions.idempotency`."""

import dataclasses
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import orjson

from voc.api.context import Info
from voc.api.exposed import EXPOSED, SHAPES, takes, type_name_of
from voc.core import idempotency
from voc.core.errors import Invalid, NotFound

LONGEST_KEY = 200
_PLAIN = (str, int, float, bool, type(None))


@takes
class Keyed:
    """Inputs that inherit this are done once for each key."""

    idempotency_key: str | None = None
    """A key of your own, such as a UUID: asking again with the same key does nothing again and gives the first result, for 48 hours."""


async def once(info: Info, given: Any, act: Callable[[], Awaitable[Any]]) -> Any:
    """Do what a mutation asks, or give what came of it the first time when its input has a key that was used before."""
    key = getattr(given, "idempotency_key", None)
    if key is None:
        return await act()
    if not 0 < len(key) <= LONGEST_KEY:
        raise Invalid.at("input.idempotencyKey", "KEY_LENGTH", f"An idempotency key has 1 to {LONGEST_KEY} characters.")
    done = await idempotency.once(info.context.actor.key, key, _fingerprint(info.field_name, given), act, keep)
    info.context.notes.setdefault("idempotency", []).append({"path": info.path.as_list(), "key": key, "replayed": done.is_replay})
    return await _again(info, done.first) if done.is_replay else done.outcome


def keep(outcome: Any) -> Any:
    """What is kept of a result: rows by type and id, shapes by their fields, and nothing of what is `shown_once`."""
    if isinstance(outcome, _PLAIN):
        return outcome
    if isinstance(outcome, list):
        return [keep(item) for item in outcome]
    row_type = type_name_of(outcome)
    if row_type is not None:
        return {"row": row_type, "id": str(outcome.id)}
    return _kept_shape(type(outcome).__name__, outcome)


def _kept_shape(name: str, outcome: Any) -> Any:
    if SHAPES.get(name) is not type(outcome):
        raise TypeError(
            f"A {name} cannot be given again: mutations with an idempotency key answer rows, or shapes of rows and plain values."
        )
    hidden = getattr(outcome, "shown_once", ())
    fields = vars(outcome)
    return {"shape": name, "fields": {name: None if name in hidden else keep(value) for name, value in fields.items()}}


async def _again(info: Info, kept: Any) -> Any:
    if isinstance(kept, list):
        return [await _again(info, item) for item in kept]
    if not isinstance(kept, dict):
        return kept
    if "shape" in kept:
        return SHAPES[kept["shape"]](**{name: await _again(info, value) for name, value in kept["fields"].items()})
    exposed = EXPOSED[kept["row"]]
    rows = exposed.visible(info.context.actor) if exposed.visible else exposed.model.all()
    row = await rows.get_or_none(id=UUID(kept["id"]))
    if row is None:
        raise NotFound("What came of the first request with this key is no longer there, or you may not see it.")
    return row


def _fingerprint(name: str, given: Any) -> str:
    asked = {key: value for key, value in dataclasses.asdict(given).items() if key != "idempotency_key"}
    return hashlib.sha256(orjson.dumps([name, asked], default=str, option=orjson.OPT_SORT_KEYS)).hexdigest()
