"""What is typed: words, numbers, addresses. Each function gives the canonical value, None for nothing, or refuses. PURE."""

import re
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from voc.customers import values
from voc.responses.read_answer.wrong import Value, Wrong
from voc.surveys import patterns
from voc.surveys.questions import Format, Number, Scale, ShortField, Slider, Text

LONGEST_OTHER = 1000
LONGEST_COMMENT = 5000
LONGEST_CELL = 2000
LONGEST_HIDDEN = 2000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TYPED_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?")
_HOST = re.compile(r"(?:[^\s./?#@:]+\.)+[^\s./?#@:\d]{2,63}")


def point(question: Scale, raw: object) -> Value | None:
    """One point of a scale."""
    number = _number(raw)
    if number is None:
        return None
    if number != int(number) or int(number) not in question.points:
        raise Wrong("not_a_choice")
    return int(number)


def number_typed(question: Number, raw: object) -> Value | None:
    """A number within its limits, whole where no decimals are allowed."""
    number = _number(raw)
    if number is None:
        return None
    _within(number, question.lowest, question.highest)
    if question.decimals == 0 and isinstance(raw, float) and number == int(number):
        return int(number)
    if -int(number.as_tuple().exponent) > question.decimals:
        raise Wrong("too_many_decimals", decimals=question.decimals)
    return int(number) if question.decimals == 0 else float(number)


def slid(question: Slider, raw: object) -> Value | None:
    """A number on a slider."""
    number = _number(raw)
    if number is None:
        return None
    _within(number, question.lowest, question.highest)
    if (number - Decimal(str(question.lowest))) % Decimal(str(question.step)) != 0:
        raise Wrong("not_a_step", lowest=written(question.lowest), step=written(question.step))
    return _plain(number)


def share(raw: object) -> Value | None:
    """A part of a sum: nothing below 0, at most two decimals."""
    number = _number(raw)
    if number is None:
        return None
    _within(number, 0, None)
    if -int(number.as_tuple().exponent) > 2:
        raise Wrong("too_many_decimals", decimals=2)
    return _plain(number)


def any_number(raw: object) -> Value | None:
    """A number, whatever it is."""
    number = _number(raw)
    return None if number is None else _plain(number)


def words(raw: object, longest: int) -> Value | None:
    """Words, on one line or several."""
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise Wrong("wrong_kind", takes="a text")
    text = _UNPRINTABLE.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > longest:
        raise Wrong("too_long", longest=longest)
    return text or None


def text(question: Text, raw: object, country: str) -> Value | None:
    """Words as the question wants them."""
    typed = _formatted(question.format, words(raw, question.longest), country)
    if not isinstance(typed, str):
        return typed
    if len(typed) < question.shortest:
        raise Wrong("too_short", shortest=question.shortest)
    if len(typed) > question.longest:
        raise Wrong("too_long", longest=question.longest)
    if question.pattern and not patterns.matches(question.pattern, typed):
        raise Wrong("wrong_pattern")
    return typed


def field(one: ShortField, raw: object, country: str) -> Value | None:
    """One of several short things."""
    if one.format is Format.NUMBER:
        return any_number(raw)
    typed = _formatted(one.format, words(line(raw), one.longest), country)
    if isinstance(typed, str) and len(typed) > one.longest:
        raise Wrong("too_long", longest=one.longest)
    return typed


def phone(raw: object, country: str) -> Value | None:
    """A telephone number as E.164; without its country it is one of the country given."""
    typed = line(raw)
    if not typed:
        return None
    try:
        return values.phone(typed, country or "ZZ")
    except values.Unreadable:
        raise Wrong("not_a_phone") from None


def fact(raw: object) -> Value | None:
    """A hidden fact, as text."""
    if isinstance(raw, bool):
        raw = str(raw).lower()
    return words(line(raw), LONGEST_HIDDEN)


def _formatted(form: Format, typed: Value | None, country: str) -> Value | None:
    if not isinstance(typed, str):
        return typed
    if form is Format.EMAIL:
        return _mail(typed)
    if form is Format.PHONE:
        return phone(typed, country)
    if form is Format.URL:
        return _url(typed)
    return any_number(typed) if form is Format.NUMBER else typed


def _mail(typed: str) -> str:
    from email_validator import validate_email  # compiles its patterns when it is imported: loaded with the first address

    try:
        return str(validate_email(typed, check_deliverability=False).normalized)
    except ValueError:
        raise Wrong("not_an_email") from None


def _url(typed: str) -> str:
    address = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        raise Wrong("not_a_url") from None
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or re.search(r"\s", address):
        raise Wrong("not_a_url")
    return address


def _number(raw: object) -> Decimal | None:
    text = line(raw) if isinstance(raw, str) else raw
    if text is None or text == "":
        return None
    if isinstance(text, str) and not _TYPED_NUMBER.fullmatch(text):
        raise Wrong("not_a_number")
    if isinstance(text, bool) or not isinstance(text, str | int | float | Decimal):
        raise Wrong("wrong_kind", takes="a number")
    try:
        number = Decimal(str(text).replace(",", "."))
    except InvalidOperation:
        raise Wrong("not_a_number") from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise Wrong("not_a_number")
    return number


def _within(number: Decimal, lowest: float | None, highest: float | None) -> None:
    if lowest is not None and number < Decimal(str(lowest)):
        raise Wrong("too_low", lowest=written(lowest))
    if highest is not None and number > Decimal(str(highest)):
        raise Wrong("too_high", highest=written(highest))


def _plain(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)


def line(raw: object) -> str:
    """A short text; a number is taken for one, for that is how telephones send codes."""
    if raw is None:
        return ""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise Wrong("wrong_kind", takes="a text")
    return str(raw).strip()


def written(number: float) -> str:
    """A limit as people read it."""
    return f"{number:.15g}"
