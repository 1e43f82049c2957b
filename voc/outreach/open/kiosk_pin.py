"""The code of a kiosk's staff. PURE.

Its hash goes to the device, so that the staff corner opens without a network. That keeps passers-by out, and nobody who takes the device
apart: four to eight digits are soon tried. The corner shows no answers, only counts, and lets nobody change or read what was said.
"""

import re
from base64 import b64decode, b64encode
from hashlib import pbkdf2_hmac
from hmac import compare_digest

ROUNDS = 200_000
_PIN = re.compile(r"[0-9]{4,8}\Z")


def is_pin(text: str) -> bool:
    """Whether it is four to eight digits."""
    return bool(_PIN.match(text))


def pin_hash(pin: str, salt: bytes) -> str:
    """What is kept of a code: `rounds$salt$hash` (PBKDF2 with SHA-256, 256 bits; salt and hash in base64)."""
    return f"{ROUNDS}${b64encode(salt).decode()}${b64encode(_hash(pin, salt, ROUNDS)).decode()}"


def opens(pin: str, kept: str) -> bool:
    """Whether this is the code of which the hash was kept."""
    rounds, salt, found = kept.split("$")
    return compare_digest(_hash(pin, b64decode(salt), int(rounds)), b64decode(found))


def _hash(pin: str, salt: bytes, rounds: int) -> bytes:
    return pbkdf2_hmac("sha256", pin.encode(), salt, rounds)
