"""PURE. Salesforce: `Contact` and `Account` from REST, and their change events. Its contacts are our customers."""

from collections.abc import Sequence
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

OURS = "client=voc"
_PLAIN = {"Title": "title", "Department": "department", "OwnerId": "ownerId"}


def read(payload: Payload, terms: Terms) -> list[Told]:
    """Customers or accounts from one record or one change event, which may be about several records at once."""
    record = inner(payload, "data", "payload") or payload.get("payload") or payload
    header = a_map(inner(record, "ChangeEventHeader"))
    if header:
        return _changed(record, header, terms)
    if not inner(record, "Id"):
        raise refuse("This is no Salesforce record or change event: `Id` or `ChangeEventHeader` is needed.")
    kind = inner(record, "attributes", "type") or ("Account" if "AnnualRevenue" in record or "ParentId" in record else "Contact")
    return [_told(kind, str(record["Id"]), record, record.get("SystemModstamp"), terms, is_change=False)]


def _changed(record: Payload, header: Payload, terms: Terms) -> list[Told]:
    kind, change = str(header.get("entityName") or ""), str(header.get("changeType") or "")
    ids = [str(one) for one in header.get("recordIds") or []]
    if OURS in str(header.get("changeOrigin") or ""):
        return [Ignored("We made this change ourselves.")]
    if kind not in ("Contact", "Account"):
        return [Ignored(f"`{kind}` is no customer and no account.")]
    if change.startswith("GAP") or any("*" in one for one in ids) or not ids:
        return [Ignored("The event names no fields: read the records again and send them.")]
    if change == "DELETE":
        return [Ignored("A customer is erased here by asking for it, not by a change elsewhere.")]
    emptied: Sequence[object] = header.get("nulledFields") or [name for name in header.get("changedFields") or [] if "." not in str(name)]
    known = {**{str(name): None for name in emptied if name not in record}, **record}
    return [_told(kind, one, known, at_ms(header.get("commitTimestamp")), terms, is_change=change == "UPDATE") for one in ids]


def _told(kind: str, record_id: str, record: Payload, at: object, terms: Terms, *, is_change: bool) -> Told:
    fields: dict[str, Any] = {"system": terms.system, "externalId": record_id, **({"occurredAt": at} if at else {})}
    if kind == "Account":
        return AccountTold(fields | _account(record, terms))
    return CustomerTold(fields | _customer(record, terms, is_change=is_change))


def _customer(record: Payload, terms: Terms, *, is_change: bool) -> dict[str, Any]:
    named = {**a_map(record.get("Name")), **record}
    first, last = named.get("FirstName"), named.get("LastName")
    fields: dict[str, Any] = {"firstName": first} if "FirstName" in named else {}
    if last:
        fields["name"] = f"{first} {last}" if first else last
    if "Email" in record:
        fields["email"] = mailable(record["Email"])
    if numbers := [record[name] for name in ("MobilePhone", "Phone") if name in record]:
        fields["phone"] = next((phone for one in numbers if (phone := dialable(one, terms.country))), None)
    if "AccountId" in record:
        account = record["AccountId"]
        fields["account"] = {"system": terms.system, "externalId": account} if account else None
    consents = {"email": _consent(record, "HasOptedOutOfEmail", is_change), "phone": _consent(record, "DoNotCall", is_change)}
    if said := {channel: state for channel, state in consents.items() if state}:
        fields["consents"] = said
    if kept := {ours: record[theirs] for theirs, ours in _PLAIN.items() if theirs in record}:
        fields["attributes"] = kept
    return fields


def _consent(record: Payload, field: str, is_change: bool) -> str | None:
    """A refusal is a refusal; that there is none says something only when there was one before."""
    if record.get(field) is True:
        return "refused"
    return "granted" if is_change and record.get(field) is False else None


def _account(record: Payload, terms: Terms) -> dict[str, Any]:
    fields = {
        ours: record[theirs] for theirs, ours in (("Name", "name"), ("OwnerId", "owner"), ("Industry", "segment")) if theirs in record
    }
    if "ParentId" in record:
        fields["parent"] = {"system": terms.system, "externalId": record["ParentId"]} if record["ParentId"] else None
    if "AnnualRevenue" in record:
        fields["attributes"] = {"annualRevenue": record["AnnualRevenue"]}
    return fields
