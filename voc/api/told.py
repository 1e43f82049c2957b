"""What outside systems tell, from inputs to the drafts of the customers room, one at a time or many at once."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from voc.api.exposed import computed, enum, shape
from voc.core.errors import Fault, Invalid
from voc.customers.store import MOST, Recorded, Status

D = TypeVar("D")
Input = TypeVar("Input", bound=type)
_PLACES = {"valueAmount": "value.amount", "valueCurrency": "value.currency"}  # one money in the contract, two columns in a draft

enum(
    Status,
    "What became of one item of a batch.",
    name="RecordStatus",
    RECORDED="It is new.",
    UPDATED="It was known, and something about it changed.",
    UNCHANGED="It was known, just so.",
    REFUSED="It has faults; nothing of it was kept.",
)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of the items of a batch, in the order given."""

    results: list[Recorded]

    def count(self, status: Status) -> int:
        """How many came out so."""
        return sum(result.status is status for result in self.results)


@shape
class BatchCounts:
    """How many items of a batch came out how."""

    @computed
    def recorded(outcomes: Outcomes) -> int:  # noqa: N805 - the source is the outcomes
        """How many are new."""
        return outcomes.count(Status.RECORDED)

    @computed
    def updated(outcomes: Outcomes) -> int:  # noqa: N805
        """How many were known and changed."""
        return outcomes.count(Status.UPDATED)

    @computed
    def unchanged(outcomes: Outcomes) -> int:  # noqa: N805
        """How many were known, just so."""
        return outcomes.count(Status.UNCHANGED)

    @computed
    def refused(outcomes: Outcomes) -> int:  # noqa: N805
        """How many have faults; nothing of them was kept."""
        return outcomes.count(Status.REFUSED)


def as_told(input: Input) -> Input:
    """An input that reaches its mutation as the map that was sent, for rooms that read such maps themselves.

    Making objects of a thousand contacts only to take them apart again would cost more than recording them.
    """
    input.__strawberry_definition__.from_input = lambda _type, fields, _context: fields  # type: ignore[attr-defined]
    return input


def draft_of(given: Any, read: Callable[..., D], at: str) -> D:
    """The draft an input stands for that comes as told, or Invalid with every fault at its place below `at`."""
    try:
        return read(_flat(given), at=at)
    except Invalid as refusal:
        raise Invalid(_placed(fault) for fault in refusal.faults) from None


async def tell(items: Sequence[Any], name: str, read: Callable[..., D], record: Callable[[list[D]], Awaitable[list[Recorded]]]) -> Outcomes:
    """Record each item that can be read, all in one batch; more than 1,000 are Invalid."""
    if len(items) > MOST:
        raise Invalid.at(f"{name}", "TOO_MANY", f"`{name}` takes at most {MOST} items; here are {len(items)}. Send the rest apart.")
    results: dict[int, Recorded] = {}
    drafts: dict[int, D] = {}
    for place, item in enumerate(items):
        try:
            drafts[place] = draft_of(item, read, "")
        except Invalid as refusal:
            results[place] = Recorded(Status.REFUSED, faults=refusal.faults)
    recorded = await record(list(drafts.values()))
    results |= {place: replace(found, faults=tuple(map(_placed, found.faults))) for place, found in zip(drafts, recorded, strict=True)}
    return Outcomes([_below(results[place], f"{name}[{place}]") for place in range(len(items))])


def _flat(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as drafts are read from: money in two, attributes as a map."""
    fields = dict(given)
    if "value" in fields:
        money = fields.pop("value") or {"amount": None, "currency": None}
        fields |= {"valueAmount": money["amount"] and str(money["amount"]), "valueCurrency": money["currency"]}
    if fields.get("attributes"):
        fields["attributes"] = {each["key"]: each.get("value") for each in fields["attributes"]}
    for inner in ("customer", "account"):
        if fields.get(inner):
            fields[inner] = _flat(fields[inner])
    return fields


def _placed(fault: Fault) -> Fault:
    head, dot, name = fault.path.rpartition(".")
    ours = _PLACES.get(name, name)
    return replace(fault, path=f"{head}{dot}{ours}", message=fault.message.replace(f"`{name}`", f"`{ours}`"))


def _below(found: Recorded, name: str) -> Recorded:
    return replace(found, faults=tuple(replace(fault, path=f"{name}.{fault.path}".rstrip(".")) for fault in found.faults))
