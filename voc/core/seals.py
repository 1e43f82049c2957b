"""Texts for addresses and forms that carry what they say under a seal, so that nothing is stored and nobody else can make one."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hmac import compare_digest
from uuid import UUID

from voc.core import settings
from voc.core.ids import signed

SEAL = 16


def url_text(raw: bytes) -> str:
    """Bytes as letters that are safe in an address."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def sealed(told: bytes, *purpose: str | int | UUID) -> str:
    """What is told, under a seal of 16 bytes that holds for this purpose alone."""
    return url_text(told + _seal(told, purpose))


def told_in(text: str, size: int, *purpose: str | int | UUID) -> bytes | None:
    """The `size` bytes that a text tells; None where nobody sealed it for this purpose."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (Error, ValueError):
        return None
    told, seal = raw[:-SEAL], raw[-SEAL:]
    return told if len(told) == size and compare_digest(seal, _seal(told, purpose)) else None


def _seal(told: bytes, purpose: tuple[str | int | UUID, ...]) -> bytes:
    return signed(settings.current().key(), *purpose, told.hex())[:SEAL]
