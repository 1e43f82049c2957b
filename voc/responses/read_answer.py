"""One answer: what was typed, chosen or sent by a program becomes the canonical value, or is refused with the way out. PURE."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from voc.surveys.questions import Choosing, Date, MultipleChoice, Number, Question, Scale, SingleChoice, Text, YesNo

Value: TypeAlias = int | float | str | bool | list[str]
Read: TypeAlias = Callable[[object], Value | None]
LONGEST_OTHER = 1000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TYPED_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?")
_TYPED_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


class Wrong(Exception):
    """A value is no answer: the name of the word that says why, with what fills it.

    `wrong_kind` is no word of a questionnaire: no page can send such a value, only a program.
    """

    def __init__(self, name: str, **limits: object) -> None:
        super().__init__(name)
        self.name, self.limits = name, limits


def readers(question: Question) -> list[tuple[str, Read]]:
    """The names under which a question is answered, each with its reader: None where nothing was answered, else a value or Wrong."""
    read = next((read for kind, read in _READ if isinstance(question, kind)), None)
    if read is None:
        return []
    found: list[tuple[str, Read]] = [(question.id, lambda raw: None if raw in ([], ()) else read(question, raw))]
    if isinstance(question, Choosing) and question.other_id:
        found.append((question.other_id, lambda raw: _words(raw, LONGEST_OTHER)))
    return found


def _point(question: Scale, raw: object) -> Value | None:
    number = _number(raw)
    if number is None:
        return None
    if number != int(number) or int(number) not in question.points:
        raise Wrong("not_a_choice")
    return int(number)


def _typed_number(question: Number, raw: object) -> Value | None:
    number = _number(raw)
    if number is None:
        return None
    if question.lowest is not None and number < Decimal(str(question.lowest)):
        raise Wrong("too_low", lowest=_written(question.lowest))
    if question.highest is not None and number > Decimal(str(question.highest)):
        raise Wrong("too_high", highest=_written(question.highest))
    if question.decimals == 0 and isinstance(raw, float) and number == int(number):
        return int(number)
    if -int(number.as_tuple().exponent) > question.decimals:
        raise Wrong("too_many_decimals", decimals=question.decimals)
    return int(number) if question.decimals == 0 else float(number)


def _number(raw: object) -> Decimal | None:
    text = _line(raw) if isinstance(raw, str) else raw
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


def _code(question: SingleChoice, raw: object) -> Value | None:
    code = _line(raw)
    if code and code not in question.codes:
        raise Wrong("not_a_choice")
    return code or None


def _codes(question: MultipleChoice, raw: object) -> Value | None:
    given = [raw] if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else [] if raw is None else [raw]
    chosen = {_line(one) for one in given} - {""}
    if not chosen <= set(question.codes):
        raise Wrong("not_a_choice")
    if not chosen:
        return None
    if question.at_least and len(chosen) < question.at_least:
        raise Wrong("too_few_choices", at_least=question.at_least)
    if question.at_most and len(chosen) > question.at_most:
        raise Wrong("too_many_choices", at_most=question.at_most)
    return [code for code in question.codes if code in chosen]


def _words(raw: object, longest: int) -> Value | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise Wrong("wrong_kind", takes="a text")
    text = _UNPRINTABLE.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > longest:
        raise Wrong("too_long", longest=longest)
    return text or None


def _day(question: Date, raw: object) -> Value | None:
    if isinstance(raw, date):
        day = raw.date() if isinstance(raw, datetime) else raw
    else:
        text = _line(raw)
        if not text:
            return None
        typed = _TYPED_DAY.fullmatch(text)
        try:
            day = date(int(typed[3]), int(typed[2]), int(typed[1])) if typed else date.fromisoformat(text)
        except ValueError:
            raise Wrong("not_a_date") from None
    if question.earliest and day < question.earliest:
        raise Wrong("too_early", earliest=f"{question.earliest:%d-%m-%Y}")
    if question.latest and day > question.latest:
        raise Wrong("too_late", latest=f"{question.latest:%d-%m-%Y}")
    return day.isoformat()


def _yes_no(_question: YesNo, raw: object) -> Value | None:
    if isinstance(raw, bool):
        return raw
    text = _line(raw)
    if text and text.lower() not in _YES_NO:
        raise Wrong("not_a_choice")
    return _YES_NO[text.lower()] if text else None


_READ: tuple[tuple[type[Question], Callable[[Any, object], Value | None]], ...] = (
    (Scale, _point),
    (Number, _typed_number),
    (SingleChoice, _code),
    (MultipleChoice, _codes),
    (Text, lambda question, raw: _words(raw, question.longest)),
    (Date, _day),
    (YesNo, _yes_no),
)


def _line(raw: object) -> str:
    """A short text; a number is taken for one, for that is how telephones send codes."""
    if raw is None:
        return ""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise Wrong("wrong_kind", takes="a text")
    return str(raw).strip()


def _written(number: float) -> str:
    return f"{number:g}"
