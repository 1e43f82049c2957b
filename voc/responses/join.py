"""Joining responses to customers and contacts that became known after them."""

from collections.abc import Sequence
from uuid import UUID

from voc.core.access import Action, Actor
from voc.core.db import as_uuid, marks, padded, rows
from voc.core.events import emit_many
from voc.core.verb import verb
from voc.responses.events import ResponseJoined


@verb(Action.SUBMIT_RESPONSE)
async def join_contact(actor: Actor, ref: str) -> None:
    """Join the responses that wait for this contact (its id), or know it without knowing whose it is; nothing happens where none do."""
    await _join_contacts([ref])


@verb(Action.SUBMIT_RESPONSE)
async def join_contacts(actor: Actor, refs: Sequence[str]) -> None:
    """Join what waits for any of these contacts, as `join_contact` does."""
    await _join_contacts(refs)


@verb(Action.SUBMIT_RESPONSE)
async def join_customer(actor: Actor, ref: str) -> None:
    """Join the responses that wait for this customer (its id) under one of the outside ids we know it by."""
    await _tell(await rows(_CUSTOMERS + " AND known.customer_id = ? " + _GIVE_BACK, UUID(ref)))


@verb(Action.SUBMIT_RESPONSE)
async def join_waiting(actor: Actor, ref: str) -> None:
    """Join whatever still waits although what it waits for is there: a response and its contact may arrive at the very same moment."""
    await _tell([*await rows(_CONTACTS + _GIVE_BACK), *await rows(_CUSTOMERS + _GIVE_BACK)])


async def _join_contacts(refs: Sequence[str]) -> None:
    ids = padded(sorted({UUID(ref) for ref in refs}))
    named = marks(ids)
    waiting = await rows(f"{_CONTACTS} AND c.id IN ({named}) {_GIVE_BACK}", *ids)
    learnt = await rows(f"{_LEARNT} AND c.id IN ({named}) {_GIVE_BACK}", *ids)
    whose = f"SELECT customer_id FROM contact WHERE id IN ({named})"
    await _tell([*waiting, *learnt, *await rows(f"{_CUSTOMERS} AND known.customer_id IN ({whose}) {_GIVE_BACK}", *ids)])


async def _tell(joined: list[dict[str, object]]) -> None:
    ids = dict.fromkeys(as_uuid(row["id"]) for row in joined)
    await emit_many(ResponseJoined(one) for one in ids if one)


_CONTACTS = """
    UPDATE response SET contact_id = c.id, customer_id = COALESCE(response.customer_id, c.customer_id)
    FROM contact c
    WHERE response.contact_id IS NULL AND response.contact_system = c.system AND response.contact_external_id = c.external_id"""
_LEARNT = """
    UPDATE response SET customer_id = c.customer_id
    FROM contact c
    WHERE response.contact_id = c.id AND response.customer_id IS NULL AND c.customer_id IS NOT NULL"""
_CUSTOMERS = """
    UPDATE response SET customer_id = known.customer_id
    FROM customer_identity known
    WHERE response.customer_id IS NULL AND response.customer_system = known.system
        AND response.customer_external_id = known.external_id"""
_GIVE_BACK = " RETURNING response.id AS id"
