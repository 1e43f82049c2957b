"""Whether a gateway is the one who calls: the signatures of Twilio, Bird and Vonage as they publish them. PURE.

No clock is asked: everything a gateway brings has an id and counts once, so what is played back changes nothing.
"""

import hmac
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import md5, sha256

from voc.outreach.gateways.template import Signature

_HEX = ("md5", "sha1", "sha256", "sha512")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a gateway: the whole address it was told to call, headers in small letters, the body, and the fields of a form."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    fields: Mapping[str, str]


def is_genuine(signature: Signature, key: str, call: Call) -> bool:
    """Whether the call was signed with the key. A gateway that does not sign is never refused here: its address is its secret."""
    if signature is Signature.NONE:
        return True
    given, right = _CHECKS[signature](key.encode(), call)
    # Every one is compared, so that time tells nothing.
    return bool(given) and sum(hmac.compare_digest(given, one) for one in right) > 0


def _twilio(key: bytes, call: Call) -> tuple[bytes, list[bytes]]:
    """HMAC-SHA1 over the address and the sorted fields of the form, name and value one after the other."""
    signed = call.url + "".join(f"{name}{value}" for name, value in sorted(call.fields.items()))
    return _decoded(call.headers.get("x-twilio-signature", "")), [hmac.digest(key, signed.encode(), "sha1")]


def _bird(key: bytes, call: Call) -> tuple[bytes, list[bytes]]:
    """HMAC-SHA256 over the moment, the address and the hash of the body, on a line each."""
    at = call.headers.get("messagebird-request-timestamp", "")
    signed = b"\n".join((at.encode(), call.url.encode(), sha256(call.body).digest()))
    return _decoded(call.headers.get("messagebird-signature", "")), [hmac.digest(key, signed, "sha256")]


def _vonage(key: bytes, call: Call) -> tuple[bytes, list[bytes]]:
    """The sorted fields as `&name=value`, hashed with the key behind them (MD5) or keyed with it, as the account is set."""
    text = "".join(f"&{name}={_tame(value)}" for name, value in sorted(call.fields.items()) if name != "sig").encode()
    return call.fields.get("sig", "").lower().encode(), list(_vonage_ways(key, text))


def _vonage_ways(key: bytes, text: bytes) -> Iterator[bytes]:
    yield md5(text + key, usedforsecurity=False).hexdigest().encode()
    for way in _HEX:
        yield hmac.digest(key, text, way).hex().encode()


def _tame(value: str) -> str:
    return value.replace("&", "_").replace("=", "_")


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (Error, ValueError):
        return b""


_CHECKS = {Signature.TWILIO: _twilio, Signature.BIRD: _bird, Signature.VONAGE: _vonage}
