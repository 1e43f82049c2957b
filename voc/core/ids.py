"""Identifiers: time-ordered row ids, secrets for links, and their hashes."""

import hashlib
import hmac
import secrets
from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A UUID version 7: made before the insert, ordered by time."""
    return UUID(int=uuid_utils.uuid7().int)


def new_secret() -> str:
    """256 random bits as 43 characters that are safe in a URL."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What is stored of a secret: enough to recognise it, useless to whoever reads the table."""
    return hashlib.sha256(secret.encode()).hexdigest()


def signed(key: bytes, *parts: object) -> bytes:
    """HMAC-SHA256 over the parts, unambiguous about where one ends."""
    message = b"".join(len(text).to_bytes(4, "big") + text for text in (str(part).encode() for part in parts))
    return hmac.new(key, message, hashlib.sha256).digest()
