"""PURE. Dynamics 365 (Dataverse): what its webhooks post for `contact` and `account`; changes hold changed columns only."""

import re
from collections.abc import Mapping
from typing import Any

from voc.connect.adapters.told import (
    AccountTold,
    CustomerTold,
    Ignored,
    Payload,
    Terms,
    Told,
    a_map,
    at_ms,
    dialable,
    inner,
    mailable,
    refuse,
)

_TICKS = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")


def read(payload: Payload, terms: Terms) -> list[Told]:
    """A customer or an account from one message."""
    message, entity, entity_id = (payload.get(name) for name in ("MessageName", "PrimaryEntityName", "PrimaryEntityId"))
    if not message or not entity:
        raise refuse("This is no Dataverse message: `MessageName` and `PrimaryEntityName` are needed.")
    if entity not in ("contact", "account"):
        return [Ignored(f"`{entity}` is no customer and no account.")]
    if message not in ("Create", "Update", "Upsert"):
        return [Ignored(f"`{message}` changes nothing here.")]
    target = next((inner(one, "value") for one in payload.get("InputParameters") or [] if inner(one, "key") == "Target"), None)
    record = {str(inner(one, "key")): _value(inner(one, "value")) for one in inner(target, "Attributes") or []}
    external_id = entity_id or inner(target, "Id")
    if not external_id:
        raise refuse("The message names no record: `PrimaryEntityId` is missing.")
    fields: dict[str, Any] = {"system": terms.system, "externalId": str(external_id)}
    if at := _moment(payload.get("OperationCreatedOn")):
        fields["occurredAt"] = at
    if entity == "account":
        return [AccountTold(fields | _account(record, terms))]
    return [CustomerTold(fields | _customer(record, terms, is_change=message == "Update"))]


def _customer(record: Payload, terms: Terms, *, is_change: bool) -> dict[str, Any]:
    first, last = record.get("firstname"), record.get("lastname")
    fields: dict[str, Any] = {"firstName": first} if "firstname" in record else {}
    if name := record.get("fullname") or (last and f"{first or ''} {last}".strip()):
        fields["name"] = name
    if "emailaddress1" in record:
        fields["email"] = mailable(record["emailaddress1"])
    if numbers := [record[name] for name in ("mobilephone", "telephone1") if name in record]:
        fields["phone"] = next((phone for one in numbers if (phone := dialable(one, terms.country))), None)
    if "parentcustomerid" in record:
        parent = record["parentcustomerid"]
        fields["account"] = {"system": terms.system, "externalId": parent} if parent else None
    refusals = [record[name] for name in ("donotemail", "donotbulkemail") if name in record]
    if True in refusals:
        fields["consents"] = {"email": "refused"}
    elif is_change and len(refusals) == 2:
        fields["consents"] = {"email": "granted"}
    if "statecode" in record:
        fields["attributes"] = {"state": "active" if record["statecode"] in (0, "0") else "inactive"}
    return fields


def _account(record: Payload, terms: Terms) -> dict[str, Any]:
    fields = {ours: record[theirs] for theirs, ours in (("name", "name"), ("ownerid", "owner")) if theirs in record}
    if "parentaccountid" in record:
        parent = record["parentaccountid"]
        fields["parent"] = {"system": terms.system, "externalId": parent} if parent else None
    return fields


def _value(value: object) -> Any:
    """A column's value: references are their ids, choices their numbers."""
    if isinstance(value, Mapping):
        found = a_map(value)
        return found.get("Id") or found.get("Value")
    return value


def _moment(told: object) -> str | None:
    ticks = _TICKS.fullmatch(str(told or ""))
    return at_ms(ticks.group(1)) if ticks else str(told) if told else None
