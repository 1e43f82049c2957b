"""Global ids: opaque to clients, base64url of `Type:uuid` to us."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from voc.core.errors import Invalid

MALFORMED = "MALFORMED_ID"


def encoded(text: str) -> str:
    """Short text as base64url."""
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decoded(text: str) -> str | None:
    """What `encoded` wrote, or None."""
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)).decode("ascii")
    except (ValueError, binascii.Error):
        return None


def global_id(type_name: str, id: UUID) -> str:
    """The global id of a row."""
    return encoded(f"{type_name}:{id}")


def read_global_id(text: str) -> tuple[str, UUID] | None:
    """The type name and row id behind a global id, or None when it is none."""
    name, _, id = (decoded(text) or "").partition(":")
    try:
        key = UUID(id)
    except ValueError:
        return None
    # Only the spelling that we write is an id: two spellings of one id would miss each other in a client's cache.
    return (name, key) if name and global_id(name, key) == text else None


def row_id(id: str, type_name: str, *, path: str) -> UUID:
    """The row id behind the global id of one type, given at `path` of the input; anything else is Invalid there."""
    found = read_global_id(id)
    if found is None:
        raise Invalid.at(path, MALFORMED, f"`{path}` takes a global id as this API returned it, of type {type_name}.")
    if found[0] != type_name:
        raise Invalid.at(path, "WRONG_TYPE_OF_ID", f"`{path}` takes the id of a {type_name}, and this is the id of a {found[0]}.")
    return found[1]
