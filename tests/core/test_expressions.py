"""Conditions are refused when written wrongly, and never do harm when run."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc.core.expression_words import KEYWORDS, is_name, names_read
from voc.core.expressions import Environment, ExpressionError, Fault, Kind, compile, environment

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HERE = environment(
    {
        "answers": {"nps": Kind.NUMBER, "why": Kind.TEXT, "call_me": Kind.YES_NO, "causes": Kind.TEXTS, "day": Kind.MOMENT},
        "customer": {"segment": Kind.TEXT, "attributes": Kind.ATTRIBUTES},
    }
)
ANSWERED: dict[str, dict[str, object]] = {
    "answers": {"nps": 6, "why": "Nobody called back.", "call_me": True, "causes": ["price", "wait"], "day": "2026-11-01"},
    "customer": {"segment": "gold", "attributes": {"plan": "family", "late": True}},
}
NOTHING: dict[str, dict[str, object]] = {}


def met(text: str, values: dict[str, dict[str, object]] = ANSWERED, now: datetime | None = NOW) -> bool | Fault:
    return compile(text, HERE).evaluate(values, now)


@pytest.mark.parametrize(
    "text",
    [
        "answers.nps <= 6",
        "answers.nps == 6",
        "6 == answers.nps",
        "answers.nps < 6.5",
        "!(answers.nps != 6)",
        "answers.nps in [5, 6]",
        "answers.nps + 1 > 6 && 2 * answers.nps == 12 && answers.nps / 4 == 1.5 && answers.nps - 1 == 5",
        "answers.call_me",
        "'price' in answers.causes && size(answers.causes) >= 2",
        "answers.causes.exists(cause, cause.startsWith('pr'))",
        "answers.why.contains('called') && answers.why.matches('(?i)NOBODY')",
        "customer.attributes.plan == 'family' && customer.attributes['late'] == 'true'",
        "'plan' in customer.attributes && customer.segment in ['gold', 'silver']",
        "answers.day < now && now > answers.day && answers.day <= answers.day",
        "now - answers.day > days(20) && now - answers.day < days(20.6)",
        "answers.day + days(20) < now && answers.day - hours(1) < answers.day",
        "answers.day > timestamp('2026-10-31T23:59:59Z')",
        "answers.nps <= 6 ? answers.call_me : false",
    ],
)
def test_conditions_people_write_are_met(text: str) -> None:
    assert met(text) is True


@pytest.mark.parametrize(
    "field", ["answers.nps", "answers.why", "answers.call_me", "answers.causes", "answers.day", "customer.attributes.plan"]
)
def test_has_tells_what_was_answered(field: str) -> None:
    assert met(f"has({field})") is True
    assert met(f"has({field})", NOTHING) is False
    assert met(f"!has({field})", {"answers": dict.fromkeys(ANSWERED["answers"]), "customer": {}}) is True


@pytest.mark.parametrize(
    "text",
    [
        "answers.nps <= 6",
        "!(answers.nps <= 6)",
        "answers.nps > -1",
        "answers.call_me",
        "!answers.call_me",
        "answers.why.contains('a')",
        "size(answers.why) < 10",
        "answers.day < now",
        "!(answers.day < now)",
        "now - answers.day > days(3)",
        "customer.attributes.plan != 'family'",
    ],
)
def test_a_condition_about_something_that_is_not_there_is_not_met(text: str) -> None:
    assert met(text, NOTHING) is False


def test_what_is_there_decides_although_something_else_is_missing() -> None:
    assert met("answers.nps <= 6 || customer.segment == 'gold'", {"customer": {"segment": "gold"}}) is True
    assert met("answers.nps <= 6 && customer.segment == 'tin'", {"customer": {"segment": "gold"}}) is False


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("answers.npss <= 6", 8, "`answers` has no `npss`. Did you mean `answers.nps`?"),
        ("answers.mood == 'x'", 8, "`answers` has no `mood`. It has `nps`, `why`, `call_me`, `causes`, `day`."),
        ("answer.nps <= 6", 7, "Nothing is called `answer` here. Did you mean `answers`?"),
        ("weather == 'rain'", 1, "Nothing is called `weather` here. A condition can speak of `answers`, `customer`, `now`."),
        ("answers.nps < 'a'", 13, "`<` cannot put a number beside text."),
        ("answers.why == 3", 13, "`==` cannot put text beside a number."),
        ("answers.nps in ['a']", 13, "`in` cannot put a number beside a list."),
        ("answers.day < 3", 13, "`<` cannot put a moment beside a number."),
        ("answers.day == now", 13, "Moments are hardly ever the same to the second. Compare them with <, <=, > or >=."),
        ("answers.nps && true", 13, "`&&` joins conditions, not a number and yes or no."),
        ("size(answers.nps) > 1", 5, "`size` does not work on a number."),
        ("true ? answers.nps : 'a'", 6, "Both outcomes of `? :` must be of the same kind."),
        ("answers.nps", 1, "A condition must come out as true or false; this comes out as a number."),
        ("answers.nps = 6", 13, "A single `=` does not compare. Write `==`."),
        ("answers.nps == 6 and answers.call_me", 18, "Write `&&` for and."),
        ("answers.nps <", 14, "The condition stops in the middle. Finish it."),
        ("dyn(answers.nps) == 'a'", 4, "Nothing is called `dyn` here. A condition can speak of `answers`, `customer`, `now`."),
        (" ", 1, "The condition is empty. Write one, or leave it out."),
        ("(" * 200 + "true" + ")" * 200, 1, "This condition is nested too deeply. Split it, or leave out brackets."),
        ("true" + " " * 20_000, 1, "The condition is longer than 20000 characters. Split it."),
    ],
)
def test_a_wrong_condition_is_refused_at_its_place_with_the_way_out(text: str, column: int, message: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        compile(text, HERE)
    assert (refused.value.message, refused.value.line, refused.value.column) == (message, 1, column)


def test_the_place_is_counted_over_lines_and_in_characters() -> None:
    with pytest.raises(ExpressionError) as refused:
        compile("answers.why == '😀é' &&\n  answers.nps < 'a'", HERE)
    assert (refused.value.line, refused.value.column) == (2, 15)
    assert refused.value.position == len("answers.why == '😀é' &&\n  answers.nps ")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("answers.nps / 0 > 1", "float division by zero"),
        ("1 / 0 > 1", "divide by zero"),
        ("answers.why.matches('[')", "invalid regular expression: missing ]: ["),
        ("answers.causes[9] == 'a'", "Index error: index=9 size=2"),
    ],
)
def test_what_goes_wrong_at_run_time_is_a_fault_and_not_true(text: str, reason: str) -> None:
    assert met(text) == Fault(reason)
    assert not met(text)


def test_endless_work_ends_in_a_fault() -> None:
    many: dict[str, dict[str, object]] = {"answers": {"causes": [str(number) for number in range(200)]}}
    nested = "answers.causes.all(a, answers.causes.all(b, answers.causes.all(c, a + b + c != '')))"
    assert met(nested, many) == Fault("The condition takes too many steps.")


def test_now_is_absent_when_nobody_says_it() -> None:
    assert isinstance(met("now > timestamp('2020-01-01T00:00:00Z')", now=None), Fault)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("answers.nps == 6.5", Decimal("6.5")),
        ("answers.nps == 7", "7"),
        ("answers.why == '0190aaaa-0000-7000-8000-000000000000'", UUID("0190aaaa-0000-7000-8000-000000000000")),
        ("answers.why == '12.50'", Decimal("12.50")),
        ("answers.why == '2026-11-01'", date(2026, 11, 1)),
        ("answers.why == Kind.x || answers.why == 'text'".replace("Kind.x", "'y'"), Kind.TEXT),
        ("answers.why.startsWith('half')", "half \ud83d"),
        ("answers.day >= timestamp('2026-11-01T00:00:00Z') && answers.day <= timestamp('2026-11-01T00:00:00Z')", date(2026, 11, 1)),
        ("answers.day <= timestamp('2026-11-01T09:00:00Z')", datetime(2026, 11, 1, 9)),
        ("answers.day <= timestamp('2026-11-01T08:00:00Z')", datetime(2026, 11, 1, 9, tzinfo=timezone(timedelta(hours=1)))),
        ("answers.day < timestamp('1950-01-01T00:00:00Z')", "1948-05-05"),
        ("answers.causes == ['a']", ("a",)),
    ],
)
def test_python_values_are_carried_over(text: str, value: object) -> None:
    name = next(field for field in HERE.variables["answers"] if f"answers.{field}" in text)
    assert met(text, {"answers": {name: value}}) is True


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("answers.nps > 0", True, "answers.nps is not a number."),
        ("answers.nps > 0", "many", "answers.nps is not a number."),
        ("answers.nps > 0", float("inf"), "answers.nps is not a finite number."),
        ("answers.why == ''", ["a"], "answers.why is not text."),
        ("answers.call_me", 1, "answers.call_me is not yes or no."),
        ("size(answers.causes) == 1", "abc", "answers.causes is not a list of texts."),
        ("answers.day < now", "yesterday", "answers.day is not a date or time."),
    ],
)
def test_a_value_of_the_wrong_kind_is_a_fault_that_does_not_repeat_it(text: str, value: object, reason: str) -> None:
    field = text[text.index("answers.") + 8 :].split(")", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    assert met(text, {"answers": {field: value}}) == Fault(reason)


def test_a_wrong_value_that_nobody_reads_harms_nothing() -> None:
    assert met("answers.nps == 6", {"answers": {"nps": 6, "day": "yesterday", "unknown": object()}}) is True


def test_names_read_are_found_outside_texts_and_comments() -> None:
    text = "has(answers.nps) && answers . why != 'answers.day' // answers.call_me\n"
    text += """ && customer.attributes.plan == "customer.segment" && size(answers.causes) > 0"""
    assert names_read(text, ("answers", "customer")) == {
        ("answers", "nps"),
        ("answers", "why"),
        ("answers", "causes"),
        ("customer", "attributes"),
    }
    assert compile("[answers].exists(a, a.nps == 6)", HERE).reads == {("answers", "")}
    assert met("[answers].exists(a, a.nps == 6)") is True


@pytest.mark.parametrize("name", ["9a", "Nps", "a-b", "", "in", "null", "has", "a" * 201])
def test_names_that_conditions_cannot_hold_are_refused(name: str) -> None:
    assert not is_name(name)
    with pytest.raises(ValueError, match="cannot be used in conditions"):
        environment({"answers": {name: Kind.NUMBER}})


@given(st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda name: name not in KEYWORDS), unique=True, max_size=8))
def test_every_other_name_can_be_used(names: list[str]) -> None:
    for kind in Kind:
        _every_name_works(names, environment({"answers": dict.fromkeys(names, kind)}))


def _every_name_works(names: list[str], here: Environment) -> None:
    for name in names:
        assert compile(f"has(answers.{name})", here).evaluate({}) is False


@given(st.text(max_size=60))
def test_no_text_breaks_the_compiler(text: str) -> None:
    outcome: object
    try:
        outcome = compile(text, HERE).evaluate(ANSWERED, NOW)
    except ExpressionError as refused:
        outcome = refused
    assert isinstance(outcome, bool | Fault) or (isinstance(outcome, ExpressionError) and 0 <= outcome.position <= len(text) + 1)


def test_equal_declarations_share_one_environment_and_one_compiled_condition() -> None:
    first, again = environment({"scores": {"nps": Kind.NUMBER}}), environment({"scores": {"nps": Kind.NUMBER}})
    assert again is first
    assert compile("scores.nps <= 6", again) is compile("scores.nps <= 6", first)


def test_one_condition_runs_in_many_threads() -> None:
    condition = compile("answers.nps <= 6 && answers.day < now || size(answers.why) > 3", HERE)

    def run(number: int) -> bool:
        values = {"answers": {"nps": number % 11, "day": NOW - timedelta(days=1), "why": "no"}}
        return all(condition.evaluate(values, NOW) is (number % 11 <= 6) for _ in range(50))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(run, range(88)))
