"""Texts for addresses and forms that carry what they say under a seal, so that nothing is stored and nobody else can make one."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hmac import compare_digest
from uuid import UUID

from voc.core import settings
from voc.core.ids import signed

ID, SEAL = 16, 16


def url_text(raw: bytes) -> str:
    """Bytes as letters that are safe in an address."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def sealed(told: bytes, *purpose: str | int | UUID) -> str:
    """What is told, under a seal of 16 bytes that holds for this purpose alone."""
    return url_text(told + _seal(told.hex(), purpose))


def told_in(text: str, size: int, *purpose: str | int | UUID) -> bytes | None:
    """The `size` bytes that a text tells; None where nobody sealed it for this purpose."""
    told, seal = _parts(text)
    return told if len(told) == size and compare_digest(seal, _seal(told.hex(), purpose)) else None


def sealed_id(row_id: UUID, *purpose: str | int | UUID) -> str:
    """The id of a row, likewise."""
    return url_text(row_id.bytes + _seal(row_id, purpose))


def id_in(text: str, *purpose: str | int | UUID) -> UUID | None:
    """The id that a text tells; None where nobody sealed it for this purpose."""
    told, seal = _parts(text)
    if len(told) != ID:
        return None
    row_id = UUID(bytes=told)
    return row_id if compare_digest(seal, _seal(row_id, purpose)) else None


def _parts(text: str) -> tuple[bytes, bytes]:
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (Error, ValueError):
        return b"", b""
    return raw[:-SEAL], raw[-SEAL:]


def _seal(told: str | UUID, purpose: tuple[str | int | UUID, ...]) -> bytes:
    return signed(settings.current().key(), *purpose, told)[:SEAL]
