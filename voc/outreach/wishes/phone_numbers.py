"""Which telephone numbers can be sent a text, and how gateways write them. PURE."""

import re
from functools import lru_cache

_LONGEST = 15  # digits of a number, by E.164
_LONGEST_SAID = 2000
_IN_WORDS = re.compile(r"\+?\d[\d ()/.-]{5,}\d")


@lru_cache(maxsize=65_536)
def takes_texts(number: str, countries: str = "") -> bool:
    """Whether a number, in E.164, can receive texts and is of one of the countries (`NL,BE`; empty is all of them).

    Numbers that only a landline can have cannot; where a country does not tell its mobiles apart, they can.
    """
    import phonenumbers  # the numbers of every country: loaded with the first number, not at the start
    from phonenumbers import PhoneNumberType

    try:
        found = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    if phonenumbers.number_type(found) not in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE):
        return False
    return not countries or phonenumbers.region_code_for_number(found) in countries.split(",")


def as_e164(written: str, country: str) -> str:
    """A sender as gateways write it (`31612345678`, `0031612345678`, `06 1234 5678` at home) in E.164; names stay as they are."""
    text = written.strip()
    digits = re.sub(r"[\s().\-]", "", text).removeprefix("+").removeprefix("00")
    if not digits.isdecimal() or not 6 < len(digits) <= _LONGEST:
        return text
    return _at_home(digits, country) or text if digits.startswith("0") else f"+{digits}"


def without_numbers(said: str) -> str:
    """What a gateway said, in one line and without the numbers of people; of very much the beginning."""
    return _IN_WORDS.sub("…", " ".join(said[:_LONGEST_SAID].replace("\0", "").split()))


def _at_home(digits: str, country: str) -> str:
    import phonenumbers

    try:
        return phonenumbers.format_number(phonenumbers.parse(digits, country), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        return ""
