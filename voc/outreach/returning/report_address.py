"""The addresses at which other systems report: each carries a secret made from the server's key, so that nobody can guess it."""

from hmac import compare_digest

from voc.core import settings
from voc.core.ids import signed
from voc.core.seals import SEAL, url_text


def report_secret(door: str, name: str) -> str:
    """The 22 characters that stand in the address of a door (`sms`, `mail`) for the system of that name; never stored."""
    return url_text(signed(settings.current().key(), "reports", door, name)[:SEAL])


def is_report_secret(door: str, name: str, given: str) -> bool:
    """Whether somebody was given this address."""
    return compare_digest(report_secret(door, name).encode(), given.encode())
