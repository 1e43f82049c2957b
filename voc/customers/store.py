"""Writing news of many things in few statements. Rows are made by their unique keys, and locked before they are read and changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise.models import Model

from voc.core import clock
from voc.core.errors import Conflict, Fault, Invalid
from voc.core.ids import new_id
from voc.customers.bulk import Row, find_by, insert_new, update_by_id
from voc.customers.drafts import ExternalId
from voc.customers.merge import News, merge
from voc.customers.read_fields import Said

KEY = ("system", "external_id")
MOST = 1000
AHEAD = timedelta(days=1)


class Status(StrEnum):
    """What became of one item of a batch."""

    RECORDED = "recorded"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one item: the id of its row, or the faults it was refused for. Places in faults are relative to the item."""

    status: Status
    id: UUID | None = None
    faults: tuple[Fault, ...] = ()

    @classmethod
    def refused(cls, path: str, code: str, message: str) -> "Recorded":
        """An item with one fault."""
        return cls(Status.REFUSED, faults=(Fault(path, code, message),))

    def below(self, name: str) -> "Recorded":
        """The same for the thing that this one is a field of."""
        return Recorded(
            self.status, self.id, tuple(Fault(f"{name}.{fault.path}".rstrip("."), fault.code, fault.message) for fault in self.faults)
        )

    @property
    def has_changed(self) -> bool:
        """Whether something is new."""
        return self.status in (Status.RECORDED, Status.UPDATED)

    def accepted_id(self) -> UUID:
        """The id, or Invalid with the faults."""
        if self.id is None:
            raise Invalid(self.faults)
        return self.id


def check_size(items: Sequence[object]) -> None:
    """Refuse a batch of more than 1,000 items."""
    if len(items) > MOST:
        raise Invalid.at("", "TOO_MANY", f"A batch takes at most {MOST} items; this has {len(items)}. Send the rest in a batch of its own.")


def moment_of(occurred_at: Said[datetime], otherwise: datetime) -> datetime:
    """When the news was true."""
    return occurred_at if isinstance(occurred_at, datetime) else otherwise


def refused_future(moments: Sequence[Said[datetime]]) -> dict[int, Recorded]:
    """Refusals of news from more than a day ahead, by place: a wrong clock would keep true news out until then."""
    latest = clock.now() + AHEAD
    message = "`occurredAt` lies in the future: correct the clock of whoever sends this."
    late = [place for place, at in enumerate(moments) if isinstance(at, datetime) and at > latest]
    return {place: Recorded.refused("occurredAt", "IN_THE_FUTURE", message) for place in late}


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows of a table begin, and what follows from their other columns whenever they change."""

    model: type[Model]
    blank: Mapping[str, Any]
    derive: Callable[[Row], None] = lambda row: None

    def new_row(self, at: datetime, **columns: object) -> Row:
        """A row of which nothing is known yet."""
        now = clock.now()
        base = {"id": new_id(), "told": {}, "attributes": {}, "occurred_at": at, "created_at": now, "updated_at": now}
        return {**base, **self.blank, **columns}

    def fold(self, row: Row, many: Sequence[News]) -> list[bool]:
        """Let news into a row, one after the other; says of each whether it changed a value."""
        changes = [merge(row, news) for news in many]
        self.derive(row)
        return changes


async def store_by_key(shape: Shape, items: Sequence[tuple[ExternalId, News]]) -> list[Recorded]:
    """Record news of things named by `(system, external_id)`, in order; several about one thing are merged one after the other."""
    by_ref: dict[ExternalId, list[int]] = {}
    for place, (ref, _) in enumerate(items):
        by_ref.setdefault(ref, []).append(place)
    fresh: dict[ExternalId, Row] = {}
    outcomes: dict[int, Recorded] = {}
    for ref in sorted(by_ref):
        many = [items[place][1] for place in by_ref[ref]]
        fresh[ref] = shape.new_row(many[0].at, system=ref.system, external_id=ref.external_id)
        changes = shape.fold(fresh[ref], many)
        outcomes.update(_outcomes(by_ref[ref], fresh[ref], [True, *changes[1:]], Status.RECORDED))
    made = await insert_new(shape.model, list(fresh.values()), unless=KEY)
    known = {ref: [items[place][1] for place in by_ref[ref]] for ref, row in fresh.items() if row["id"] not in made}
    for ref, (row, changes) in (await _change(shape, known)).items():
        outcomes.update(_outcomes(by_ref[ref], row, changes, Status.UPDATED))
    return [outcomes[place] for place in range(len(items))]


async def _change(shape: Shape, news: Mapping[ExternalId, Sequence[News]]) -> dict[ExternalId, tuple[Row, list[bool]]]:
    found = {ExternalId(row["system"], row["external_id"]): row for row in await find_by(shape.model, list(news), KEY, lock=True)}
    if len(found) < len(news):
        raise Conflict("ERASED_MEANWHILE", "Something in this batch was erased at this very moment: send it again.")
    changes = {ref: change(shape, row, news[ref]) for ref, row in found.items()}
    await update_by_id(shape.model, [to_write for _, to_write in changes.values() if to_write])
    return {ref: (row, changes[ref][0]) for ref, row in found.items()}


def change(shape: Shape, row: Row, news: Sequence[News]) -> tuple[list[bool], Row]:
    """Let news into a locked row: which of it changed a value, and what is to be written (nothing: an empty row).

    News that only confirms what is known is remembered as such, but moves no `updated_at`.
    """
    before = {**row, "told": dict(row["told"]), "attributes": dict(row["attributes"])}
    changes = shape.fold(row, news)
    if row == before:
        return changes, {}
    if any(changes):
        row["updated_at"] = clock.now()
    return changes, {name: value for name, value in row.items() if name not in (*KEY, "created_at")}


def _outcomes(places: Sequence[int], row: Row, changes: Sequence[bool], first: Status) -> dict[int, Recorded]:
    statuses = [(first if number == 0 else Status.UPDATED) if changed else Status.UNCHANGED for number, changed in enumerate(changes)]
    return {place: Recorded(status, row["id"]) for place, status in zip(places, statuses, strict=True)}
