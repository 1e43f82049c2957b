"""Passwords: argon2id, in a thread, never inside a transaction."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from voc.core.errors import Invalid

SHORTEST, LONGEST = 12, 200
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


async def hash_password(password: str) -> str:
    """The argon2id hash of a password; Invalid when it is too short or absurdly long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid.at("password", "PASSWORD_LENGTH", f"Choose a password of {SHORTEST} to {LONGEST} characters; a sentence works well.")
    return await asyncio.to_thread(_HASHER.hash, password)


async def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password belongs to the hash; takes the same time where there is none."""
    return await asyncio.to_thread(_verify, password[: LONGEST + 1], password_hash)


@cache
def _nobodys() -> str:
    """Compared with when there is no such member, so that the answer takes as long; made with the first password, whoever's it is."""
    return _HASHER.hash("nobody has this password")


def _verify(password: str, password_hash: str | None) -> bool:
    nobodys = _nobodys()
    try:
        return _HASHER.verify(password_hash or nobodys, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False
