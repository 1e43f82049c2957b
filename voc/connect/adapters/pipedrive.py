"""PURE. Pipedrive webhooks v2 for persons and organisations."""

from typing import Any

from voc.connect.adapters.told import AccountTold, CustomerTold, Ignored, Payload, Terms, Told, a_map, dialable, given, mailable, refuse


def read(payload: Payload, terms: Terms) -> list[Told]:
    """A customer from a person, an account from an organisation."""
    meta, record = a_map(payload.get("meta")), a_map(payload.get("data"))
    entity, action = meta.get("entity"), meta.get("action")
    if not entity or not action or not meta.get("entity_id"):
        raise refuse("This is no Pipedrive webhook v2: `meta.entity`, `meta.action` and `meta.entity_id` are needed.")
    if entity not in ("person", "organization"):
        return [Ignored(f"`{entity}` is no customer and no account.")]
    if action not in ("create", "change") or meta.get("merged_to_id"):
        return [Ignored("Records that were deleted or merged are not followed by themselves.")]
    base = given(system=terms.system, externalId=str(meta["entity_id"]), occurredAt=meta.get("timestamp"))
    if entity == "organization":
        return [AccountTold(base | _present(record, {"name": "name", "owner_id": "owner"}))]
    return [CustomerTold(base | _customer(record, terms))]


def _customer(record: Payload, terms: Terms) -> dict[str, Any]:
    fields = _present(record, {"name": "name", "first_name": "firstName"})
    if "emails" in record:
        fields["email"] = next((mail for one in _in_order(record["emails"]) if (mail := mailable(one))), None)
    if "phones" in record:
        fields["phone"] = next((phone for one in _in_order(record["phones"]) if (phone := dialable(one, terms.country))), None)
    if "org_id" in record:
        company = record["org_id"]
        fields["account"] = {"system": terms.system, "externalId": str(company)} if company else None
    if own := _present(record, {"owner_id": "ownerId"}) | {str(key): value for key, value in a_map(record.get("custom_fields")).items()}:
        fields["attributes"] = own
    return fields


def _present(record: Payload, names: dict[str, str]) -> dict[str, Any]:
    return {ours: record[theirs] for theirs, ours in names.items() if theirs in record}


def _in_order(entries: object) -> list[Any]:
    """The values of a list of `{value, primary}`, the primary one first."""
    found = [a_map(one) for one in entries] if isinstance(entries, list) else []
    return [one.get("value") for one in sorted(found, key=lambda one: not one.get("primary"))]
