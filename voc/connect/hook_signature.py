"""PURE. Signatures of outgoing webhooks as the Standard Webhooks specification has them (`v1`, HMAC-SHA256)."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

PREFIX = "whsec_"
TOLERANCE = timedelta(minutes=5)


class SignatureError(ValueError):
    """A message is not from whom it says, or too old; the sentence says which."""


def secret_text(key: bytes) -> str:
    """A key as the receiver is given it."""
    return PREFIX + b64encode(key).decode()


def sign(secret: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers of a message."""
    seconds = str(int(at.timestamp()))
    return {
        "webhook-id": message_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{_signature(secret, message_id, seconds, body)}",
    }


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: datetime, tolerance: timedelta = TOLERANCE) -> None:
    """Check a message as its receiver does; SignatureError when it is not genuine or not of now. Header names are in lower case."""
    try:
        message_id, seconds, signatures = (headers[name] for name in ("webhook-id", "webhook-timestamp", "webhook-signature"))
        at = int(seconds)
    except (KeyError, ValueError):
        raise SignatureError("The headers webhook-id, webhook-timestamp and webhook-signature are needed.") from None
    if abs(now.timestamp() - at) > tolerance.total_seconds():
        raise SignatureError("The message is too old, or a clock is wrong.")
    expected = _signature(secret, message_id, seconds, body)
    given = [part.removeprefix("v1,") for part in signatures.split() if part.startswith("v1,")]
    # Every one is compared, so that time tells nothing.
    if not sum(hmac.compare_digest(expected.encode(), one.encode()) for one in given):
        raise SignatureError("No signature fits this message and secret.")


def _signature(secret: str, message_id: str, seconds: str, body: bytes) -> str:
    signed = b".".join((message_id.encode(), seconds.encode(), body))
    return b64encode(hmac.digest(b64decode(secret.removeprefix(PREFIX)), signed, sha256)).decode()
