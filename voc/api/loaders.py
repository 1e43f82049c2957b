"""Loaders: many resolvers ask for one thing each, one statement answers all of them. One set a request."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader
from tortoise.models import Model

from voc.api.exposed import EXPOSED, type_name_of_model
from voc.core.access import Actor

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
M = TypeVar("M", bound=Model)
MOST_KEYS = 1000  # of one statement; PostgreSQL takes 32,767 parameters and SQLite 32,766


class Loaders:
    """The loaders of one request. What an actor may not see is not found."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._kept: dict[object, DataLoader[Any, Any]] = {}

    async def row(self, model: type[M], id: UUID | None) -> M | None:
        """The row with that id among those the actor may see, or None; `model` must be exposed with `visible`."""
        return None if id is None else await self._loader(model, lambda keys: self._rows(model, keys)).load(id)

    async def of(self, batch: Callable[[list[K]], Awaitable[Mapping[K, V]]], key: K) -> V | None:
        """What `batch` says of one key, or None: `scores_of` of a room's queries, which takes all keys at once."""
        return await self._loader(batch, batch).load(key)  # type: ignore[no-any-return]

    async def seen(self, batch: Callable[[Actor, list[K]], Awaitable[Mapping[K, V]]], key: K) -> V | None:
        """The same for a batch that asks who asks: `batch(actor, keys)`."""
        return await self._loader(batch, lambda keys: batch(self._actor, keys)).load(key)  # type: ignore[no-any-return]

    async def under(self, name: Hashable, batch: Callable[[list[K]], Awaitable[Mapping[K, V]]], key: K) -> V | None:
        """The same for a batch made on the spot: the first one under a name answers for all that are asked under it."""
        return await self._loader(name, batch).load(key)  # type: ignore[no-any-return]

    def renew(self, actor: Actor) -> None:
        """Begin again, for the same actor with the roles of this moment: a stream's next event."""
        self._actor = actor
        self._kept.clear()

    def forget(self) -> None:
        """Read again what was read: something has changed."""
        self._kept.clear()

    def _loader(self, name: object, batch: Callable[[list[Any]], Awaitable[Mapping[Any, Any]]]) -> DataLoader[Any, Any]:
        found = self._kept.get(name)
        if found is None:

            async def load(keys: list[Any]) -> list[Any]:
                values = await batch(keys)
                return [values.get(key) for key in keys]

            found = self._kept[name] = DataLoader(load, max_batch_size=MOST_KEYS)
        return found

    async def _rows(self, model: type[M], ids: list[UUID]) -> dict[UUID, M]:
        visible = EXPOSED[type_name_of_model(model)].visible
        if visible is None:
            raise TypeError(f"{model.__name__} is exposed without `visible`: say which of its rows an actor sees.")
        return {row.pk: row for row in await visible(self._actor).filter(id__in=ids)}
