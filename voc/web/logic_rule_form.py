"""A rule as rows of a form: which answer, how compared, with what; and back. PURE."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from voc.core.expressions import Kind
from voc.surveys.course import Course
from voc.surveys.fills import texts_of_codes
from voc.surveys.placeholders import ANSWERS, SCORES
from voc.surveys.questions import Scale
from voc.surveys.rules.rule import Comparison, How, Joined, Rule, Sign, Value, joined
from voc.surveys.rules.saying import cut, name_in_words

MOST_ROWS = 12
MOST_VALUES = 300
_YES = frozenset({"yes", "true", "ja", "1"})
_NO = frozenset({"no", "false", "nee", "0"})
_WITHOUT_VALUE = frozenset({Sign.ANSWERED, Sign.NOT_ANSWERED})
_SEVERAL = frozenset({Sign.ONE_OF, Sign.NONE_OF})
_OF_LISTS = frozenset({Sign.CHOSEN, Sign.NOT_CHOSEN})
_OF_NUMBERS = frozenset({Sign.AT_MOST, Sign.BELOW, Sign.AT_LEAST, Sign.ABOVE})


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison as it stands in the form; all empty for a row to fill in."""

    name: str = ""
    sign: str = Sign.IS.value
    value: str = ""


@dataclass(frozen=True, slots=True)
class WrongRow:
    """What is wrong with a row: its number, the key of the words that say so, and what they name."""

    number: int
    word: str
    said: Mapping[str, str]


def rows_of(rule: Rule | None) -> tuple[How, list[Row]] | None:
    """How the rows are joined, and the rows; None for a rule within a rule, which rows cannot show. No rule is no rows."""
    if rule is None:
        return How.ALL, []
    if isinstance(rule, Comparison):
        return How.ALL, [_row(rule)]
    if any(isinstance(part, Joined) for part in rule.parts):
        return None
    return rule.how, [_row(part) for part in rule.parts if isinstance(part, Comparison)]


def rule_in(rows: Sequence[Row], how: How, course: Course) -> tuple[Rule | None, list[WrongRow]]:
    """The rule that filled-in rows say, or what is wrong with them; rows without a question are passed over."""
    found: list[Rule] = []
    wrong: list[WrongRow] = []
    for number, row in enumerate(rows):
        if row.name:
            one = _comparison(number, row, course)
            if isinstance(one, WrongRow):
                wrong.append(one)
            else:
                found.append(one)
    return (joined(how, found) if found and not wrong else None), wrong


def names_known(course: Course, names: Sequence[str], language: str) -> list[tuple[str, str]]:
    """What may be compared, with its words: these answers, and every named score."""
    scores = [f"{SCORES}{score.id}" for score in course.questionnaire.scores]
    return [(name, f"{name_in_words(course, name, language)} · {name.partition('.')[2]}") for name in (*names, *scores)]


def values_known(course: Course, names: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Codes and points that may be compared with, each with its words, for completion; at most 300."""
    found: dict[str, str] = {}
    for value, words in _values(course, names, language):
        if len(found) < MOST_VALUES:
            found.setdefault(value, words)
    return list(found.items())


def _values(course: Course, names: Sequence[str], language: str) -> Iterator[tuple[str, str]]:
    for name in names:
        answer = name.removeprefix(ANSWERS)
        question = course.owners.get(answer)
        for code, text in texts_of_codes(question, answer, language).items() if question else ():
            yield code, cut(text, 60)


def _row(one: Comparison) -> Row:
    return Row(one.name, one.sign.value, ", ".join(_typed(value) for value in one.values))


def _typed(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else value


def _comparison(number: int, row: Row, course: Course) -> Comparison | WrongRow:
    kind = _kind(row.name, course)
    if kind is None or row.sign not in list(Sign):
        return WrongRow(number, "wrong_name", {"name": row.name})
    sign = Sign(row.sign)
    if sign in _WITHOUT_VALUE:
        return Comparison(row.name, sign)
    if (sign in _OF_LISTS) != (kind is Kind.TEXTS) or (sign in _OF_NUMBERS and kind is not Kind.NUMBER):
        return WrongRow(number, "wrong_sign", {"name": row.name})
    written = [one.strip() for one in row.value.split(",")] if sign in _SEVERAL else [row.value.strip()]
    values: list[Value] = []
    for one in written:
        value = _READ[kind](one, row.name, course)
        if value is None:
            return WrongRow(number, f"wrong_value_{kind.value}", {"value": one, "name": row.name})
        values.append(value)
    return Comparison(row.name, sign, tuple(values))


def _kind(name: str, course: Course) -> Kind | None:
    if name.startswith(SCORES):
        return Kind.NUMBER if any(score.id == name.removeprefix(SCORES) for score in course.questionnaire.scores) else None
    return course.kinds.get(name.removeprefix(ANSWERS)) if name.startswith(ANSWERS) else None


def _number(typed: str, name: str, course: Course) -> Value | None:
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        return None
    question = course.owners.get(name.removeprefix(ANSWERS))
    on_scale = not isinstance(question, Scale) or question.ends[0] <= value <= question.ends[1]
    return value if abs(value) < 1e15 and on_scale else None


def _yes_no(typed: str, _name: str, _course: Course) -> Value | None:
    return True if typed.lower() in _YES else False if typed.lower() in _NO else None


def _code(typed: str, name: str, course: Course) -> Value | None:
    """A code, or the text of a choice in any language; any words where there are no codes."""
    answer = name.removeprefix(ANSWERS)
    question = course.owners.get(answer)
    codes = texts_of_codes(question, answer, "") if question else {}
    if not codes or typed in codes:
        return typed or None
    for language in course.questionnaire.languages:
        for code, text in texts_of_codes(course.owners[answer], answer, language).items():
            if text.strip().lower() == typed.lower():
                return code
    return None


def _moment(_typed: str, _name: str, _course: Course) -> Value | None:
    return None


_READ: Mapping[Kind, Callable[[str, str, Course], Value | None]] = {
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.TEXT: _code,
    Kind.TEXTS: _code,
    Kind.MOMENT: _moment,
    Kind.ATTRIBUTES: _moment,
}
