"""Taking in what a source tells: payloads become drafts, drafts are recorded in batches, and each item gets its answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from voc.connect.adapters.told import AccountTold, Adapter, ContactTold, CustomerTold, Ignored, Terms, Told
from voc.connect.hook_bodies import global_id
from voc.core.access import Actor
from voc.core.errors import Conflict, Fault, Invalid
from voc.customers.drafts import read_account, read_contact, read_customer
from voc.customers.record import record_contacts
from voc.customers.store import MOST, Recorded
from voc.customers.upsert import upsert_accounts, upsert_customers

Answer: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One payload with its number, or the fault that kept it from being read."""

    number: int
    payload: object = None
    fault: Fault | None = None


async def take_in(actor: Actor, items: Sequence[Item], adapter: Adapter, terms: Terms) -> list[Answer]:
    """Record what the items tell; one answer for each thing told, in order. What is refused or ignored stops nothing else."""
    answers: list[Answer] = []
    drafts: dict[type, list[tuple[int, Any]]] = {kind: [] for kind in _KINDS}
    for item in items:
        for told in _told(item, adapter, terms):
            answers.append({"line": item.number})
            if isinstance(told, Ignored):
                answers[-1] |= {"status": "ignored", "why": told.why}
            elif isinstance(told, Invalid):
                answers[-1] |= _refused(told.faults)
            else:
                try:
                    drafts[type(told)].append((len(answers) - 1, _KINDS[type(told)].read(told.fields, terms)))
                except Invalid as invalid:
                    answers[-1] |= _refused(invalid.faults)
    for kind, many in drafts.items():
        for start in range(0, len(many), MOST):
            part = many[start : start + MOST]
            for (place, _), outcome in zip(part, await _record(actor, _KINDS[kind], [draft for _, draft in part]), strict=True):
                answers[place] |= outcome
    return answers


def _told(item: Item, adapter: Adapter, terms: Terms) -> Sequence[Told | Invalid]:
    if item.fault:
        return [Invalid([item.fault])]
    if not isinstance(item.payload, Mapping):
        return [Invalid.at("", "NOT_A_MAP", 'A JSON object is needed, as {"externalId": "42"}.')]
    try:
        return adapter(item.payload, terms)
    except Invalid as invalid:
        return [invalid]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of thing is read and recorded; `name` is its type in GraphQL."""

    name: str
    read: Callable[[dict[str, Any], Terms], Any]
    record: Callable[[Actor, Sequence[Any]], Any]


# Accounts before customers before contacts: whoever is told of in one batch is there when the next needs it.
_KINDS: dict[type, _Kind] = {
    AccountTold: _Kind("Account", lambda fields, terms: read_account(fields, system=terms.system), upsert_accounts),
    CustomerTold: _Kind(
        "Customer", lambda fields, terms: read_customer(fields, system=terms.system, country=terms.country), upsert_customers
    ),
    ContactTold: _Kind("Contact", lambda fields, terms: read_contact(fields, system=terms.system, country=terms.country), record_contacts),
}


async def _record(actor: Actor, kind: _Kind, drafts: Sequence[Any]) -> list[Answer]:
    try:
        outcomes: list[Recorded] = await kind.record(actor, drafts)
    except Conflict as conflict:
        return [_refused([Fault("", conflict.code, conflict.message)])] * len(drafts)
    return [
        _refused(one.faults) if one.faults else {"status": one.status, "id": one.id and global_id(kind.name, one.id)} for one in outcomes
    ]


def _refused(faults: Sequence[Fault]) -> Answer:
    return {"status": "refused", "faults": [{"path": fault.path, "code": fault.code, "message": fault.message} for fault in faults]}
