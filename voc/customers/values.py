"""PURE. Single values as the outside world writes them, made into ours: one spelling for each mail address, number, moment.

Each function gives the value or raises `Unreadable`, whose sentence says what is wrong and what to write instead.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

import orjson

from voc.core.mail_address import mail_address

E = TypeVar("E", bound=StrEnum)
MOST_ATTRIBUTES = 100
LONGEST_KEY = 64
LONGEST_ATTRIBUTE = 2000
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_][A-Za-z0-9]{2,8})*")
_FIRST_UNSURE = 2.0**53  # JSON's whole numbers beyond 64 bits arrive as floats, with other digits than were sent
_MOST_AMOUNT = Decimal(10) ** 14


class Unreadable(ValueError):
    """A value that cannot be read; `code` is for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def text(value: object, limit: int) -> str:
    """A text without space around it; numbers are taken as they are written, and refused where that is no longer known."""
    if isinstance(value, float) and abs(value) >= _FIRST_UNSURE:
        raise Unreadable("NOT_EXACT", "is too large a number to be read digit by digit: write it between quotes.")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise Unreadable("NOT_A_TEXT", f"takes a text, not {_kind(value)}.")
    found = value.strip()
    if len(found) > limit:
        raise Unreadable("TOO_LONG", f"takes at most {limit} characters; this has {len(found)}.")
    if "\x00" in found or not (found.isascii() or _encodes(found)):
        raise Unreadable("INVALID_CHARACTER", "holds a character that no text can hold (NUL or half a surrogate pair): leave it out.")
    return found


def mail(value: object) -> str:
    """A mail address in lower case; whether it can receive mail is not asked."""
    found = _mail(text(value, 320))
    if found is None:
        raise Unreadable("INVALID_EMAIL", "is no mail address: write it as name@example.com, or leave it out.")
    if len(found) > 254:
        raise Unreadable("TOO_LONG", "takes a mail address of at most 254 characters.")
    return found


def phone(value: object, country: str) -> str:
    """A telephone number as E.164; one without a prefix belongs to `country` (ISO 3166)."""
    found = _phone(text(value, 40), country.upper())
    if found is None:
        raise Unreadable(
            "INVALID_PHONE", f"is no telephone number: write it with its country, as +31612345678, or as dialled in {country}."
        )
    return found


def language(value: object) -> str:
    """A language with its region where one is given: `nl`, `nl-BE`."""
    found = _LANGUAGE.fullmatch(text(value, 35))
    if found is None:
        raise Unreadable("INVALID_LANGUAGE", "is no language code: write nl, en or nl-BE.")
    spoken, region = found.groups()
    return f"{spoken.lower()}-{region.upper()}" if region else spoken.lower()


def time_zone(value: object) -> str:
    """The name of a time zone."""
    name = text(value, 64)
    if not _is_zone(name):
        raise Unreadable("INVALID_TIME_ZONE", "is no time zone: write its name, as Europe/Amsterdam.")
    return name


def currency(value: object) -> str:
    """A currency's three letters."""
    code = text(value, 3).upper()
    if not re.fullmatch("[A-Z]{3}", code):
        raise Unreadable("INVALID_CURRENCY", "is no currency: write its three letters, as EUR.")
    return code


def amount(value: object) -> Decimal:
    """An amount of money in cents; `1234,50` is read, `1,234` is refused because nobody knows what it means."""
    written = text(value, 40)
    if re.fullmatch(r"-?\d+,\d{1,2}", written):
        written = written.replace(",", ".")
    try:
        found = Decimal(written)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= _MOST_AMOUNT:
        raise Unreadable("INVALID_AMOUNT", "is no amount: write it as 1234.50, without thousands separators and currency.")
    return found.quantize(Decimal("0.01"), ROUND_HALF_UP)


def moment(value: object) -> datetime:
    """A moment with its offset, in UTC. One without an offset is refused: it means different moments in different places."""
    if isinstance(value, datetime):
        found = value
    else:
        written = text(value, 40)
        try:
            found = datetime.fromisoformat(written)
        except ValueError:
            raise Unreadable("INVALID_MOMENT", "is no moment: write it as 2026-03-03T10:00:00+01:00.") from None
    if found.tzinfo is None:
        raise Unreadable("NO_TIME_ZONE", "does not say in which time zone: add the offset, as +01:00, or end it with Z.")
    if not 1900 <= found.year <= 2200:
        raise Unreadable("INVALID_MOMENT", "lies outside the years 1900 to 2200.")
    return found.astimezone(UTC)


def one_of(value: object, kinds: type[E]) -> E:
    """One of some words, in whatever case."""
    written = text(value, 64).lower()
    try:
        return kinds(written)
    except ValueError:
        raise Unreadable("UNKNOWN_VALUE", f"takes one of: {', '.join(kinds)}.") from None


def attributes(value: object) -> dict[str, str | None]:
    """Further facts by name, as a map or as a list of `{key, value}`; null takes one away. Anything but text is written as text."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        if not all(isinstance(entry, Mapping) and "key" in entry for entry in value):
            raise Unreadable("INVALID_ATTRIBUTES", 'takes a map, or a list of {"key": …, "value": …}.')
        value = {entry["key"]: entry.get("value") for entry in value}
    if not isinstance(value, Mapping):
        raise Unreadable("INVALID_ATTRIBUTES", f"takes a map of texts, not {_kind(value)}.")
    if len(value) > MOST_ATTRIBUTES:
        raise Unreadable("TOO_MANY", f"takes at most {MOST_ATTRIBUTES} attributes; these are {len(value)}.")
    return {_key(key): _attribute(key, found) for key, found in value.items()}


def folded(value: str) -> str:
    """A text as it is compared in look-ups: without case and accents."""
    plain = unicodedata.normalize("NFKD", value.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


# The same customers call again and again: what was read once need not be parsed again.
@lru_cache(maxsize=8192)
def _mail(written: str) -> str | None:
    try:
        return mail_address(written)
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def _phone(written: str, country: str) -> str | None:
    import phonenumbers  # the numbers of every country: loaded with the first number, not at the start

    try:
        number = phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_possible_number(number) else None


def _key(key: object) -> str:
    try:
        found = text(key, LONGEST_KEY)
    except Unreadable as fault:
        raise Unreadable(fault.code, f"has an attribute whose name {fault.message}") from None
    if not found:
        raise Unreadable("REQUIRED", "has an attribute without a name.")
    return found


def _attribute(key: object, value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        written = (
            value if isinstance(value, str | int | float) else orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
        )
        return text(written, LONGEST_ATTRIBUTE)
    except (orjson.JSONEncodeError, UnicodeError):
        raise Unreadable("INVALID_CHARACTER", f"has an attribute `{key}` that cannot be written as text.") from None
    except Unreadable as fault:
        raise Unreadable(fault.code, f"has an attribute `{key}` that {fault.message}") from None


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _kind(value: object) -> str:
    if isinstance(value, Mapping):
        return "a map"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "a list"
    return "yes or no" if isinstance(value, bool) else f"a {type(value).__name__}"
