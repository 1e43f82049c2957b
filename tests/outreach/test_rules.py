"""A policy is read from a document with every fault at its place, and written back whole."""

import pytest

from voc.core.errors import Invalid
from voc.outreach.policies.clocks import Otherwise
from voc.outreach.policies.reminders import Reminder
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.rules_document import dump, parse
from voc.outreach.policies.rules_text import UnreadText, read_rules

SMALLEST: dict[str, object] = {"touchpoint": "after-call", "survey": "csat-after-call"}


def faults_of(document: dict[str, object]) -> list[tuple[str, str, str]]:
    with pytest.raises(Invalid) as refusal:
        parse(document)
    return [(fault.path, fault.code, fault.message) for fault in refusal.value.faults]


def test_what_is_left_out_has_careful_defaults() -> None:
    assert parse(SMALLEST) == Rules(
        touchpoints=("after-call",), survey="csat-after-call", channels=("email",), quiet_days=30, ask_within_days=7
    )


def test_what_is_written_back_reads_the_same_and_names_every_field() -> None:
    rules = parse(
        {**SMALLEST, "when": "contact.outcome == 'solved'", "channels": ["other", "email"], "if_held": "ask", "delay_minutes": 90}
    )
    assert parse(dump(rules)) == rules
    assert set(dump(rules)) == set(Rules.__dataclass_fields__)


def test_one_touchpoint_or_several_are_written_back_in_one_form() -> None:
    assert dump(parse(SMALLEST))["touchpoints"] == ["after-call"]
    assert dump(parse({"touchpoints": ["after-call", "after-chat"], "survey": "csat"}))["touchpoints"] == ["after-call", "after-chat"]
    assert "touchpoint" not in dump(parse(SMALLEST))


def test_touchpoints_are_named_once_each_and_at_least_one() -> None:
    assert [fault[:2] for fault in faults_of({"touchpoints": ["a", "a", 3], "survey": "s"})] == [
        ("rules.touchpoints[2]", "NOT_A_KEY"),
        ("rules.touchpoints[1]", "TWICE"),
    ]
    assert [fault[:2] for fault in faults_of({"touchpoints": [], "survey": "s"})] == [("rules.touchpoints", "MISSING")]
    assert [fault[:2] for fault in faults_of({"survey": "s"})] == [("rules.touchpoints", "MISSING")]
    assert [fault[:2] for fault in faults_of({**SMALLEST, "touchpoints": ["a"]})] == [("rules.touchpoint", "UNKNOWN_FIELD")]


def test_every_fault_is_told_at_once() -> None:
    assert faults_of(
        {
            "touchpoint": " ",
            "quiet_day": 3,
            "colour": "red",
            "when": "contact.outcom == 'solved'",
            "channels": ["email", "pigeon", "email"],
            "delay_minutes": -1,
            "expire_days": True,
            "if_asked_recently": "ask",
        }
    ) == [
        ("rules.quietDay", "UNKNOWN_FIELD", "There is no `quiet_day` here. Did you mean `quiet_days`?"),
        (
            "rules.colour",
            "UNKNOWN_FIELD",
            f"There is no `colour` here. It has {', '.join(f'`{name}`' for name in Rules.__dataclass_fields__)}.",
        ),
        ("rules.touchpoints[0]", "NOT_A_KEY", "A key of `touchpoints` is text of at most 64 characters."),
        ("rules.when", "WRONG_CONDITION", "`contact` has no `outcom`. Did you mean `contact.outcome`? (line 1, column 8)"),
        (
            "rules.channels[1]",
            "UNKNOWN_CHANNEL",
            "`pigeon` is no channel we can ask over: email, sms, outbox, other (other: another system delivers the link).",
        ),
        ("rules.channels[2]", "TWICE", "`email` is listed twice."),
        ("rules.delayMinutes", "OUT_OF_RANGE", "`delay_minutes` is a whole number from 0 to 129600."),
        ("rules.expireDays", "OUT_OF_RANGE", "`expire_days` is a whole number from 1 to 366."),
        ("rules.ifAskedRecently", "NOT_A_CHOICE", "`if_asked_recently` is one of skip, delay."),
        ("rules.survey", "MISSING", "A policy needs `survey`: the key of the survey it asks."),
    ]


def test_a_time_that_cannot_be_read_is_not_called_too_early_as_well() -> None:
    window = {"opens": "20:00", "closes": "9:00"}
    assert [code for _, code, _ in faults_of({"touchpoint": "calls", "survey": "csat", "window": window})] == ["NOT_A_TIME"]


def test_a_delay_beyond_the_last_chance_is_refused() -> None:
    assert faults_of({**SMALLEST, "delay_minutes": 1440, "ask_within_days": 1}) == [
        (
            "rules.delayMinutes",
            "TOO_LONG",
            "`delay_minutes` must end before `ask_within_days` do (1440 minutes), or nobody is ever asked.",
        )
    ]


def test_a_single_channel_may_be_written_without_a_list() -> None:
    assert parse({**SMALLEST, "channels": "other"}).channels == ("other",)
    assert parse({**SMALLEST, "if_held": "skip"}).if_held is Otherwise.SKIP


def test_no_channel_at_all_is_refused() -> None:
    assert [fault[:2] for fault in faults_of({**SMALLEST, "channels": []})] == [("rules.channels", "MISSING")]


def test_reminders_are_few_and_end_before_the_link_does() -> None:
    reminders = [{"days": 4}, {"days": 5, "channel": "email"}]
    rules = parse({**SMALLEST, "reminders": reminders})
    assert rules.reminders == (Reminder(days=4), Reminder(days=5, channel="email"))
    assert dump(rules)["reminders"] == [{"days": 4, "channel": None}, {"days": 5, "channel": "email"}]
    assert [fault[:2] for fault in faults_of({**SMALLEST, "reminders": [{"days": 0, "channel": "other"}, {}]})] == [
        ("rules.reminders[0].days", "OUT_OF_RANGE"),
        ("rules.reminders[0].channel", "NOT_A_CHOICE"),
        ("rules.reminders[1].days", "MISSING"),
    ]
    assert [fault[:2] for fault in faults_of({**SMALLEST, "reminders": [{"days": 1}] * 4})] == [("rules.reminders", "TOO_MANY")]
    assert [fault[:2] for fault in faults_of({**SMALLEST, "reminders": [{"days": 9}, {"days": 5}], "expire_days": 14})] == [
        ("rules.reminders", "TOO_LONG")
    ]


def test_a_text_that_is_no_policy_is_told_so_in_few_words() -> None:
    for text, faults in (("x" * 100_001, 1), ("touchpoints: [a]\nsurvey: b\n" + "".join(f"x{one}: 1\n" for one in range(5000)), 20)):
        with pytest.raises(UnreadText) as unread:
            read_rules(text)
        assert (len(unread.value.faults), len(str(unread.value)) < 20_000) == (faults, True)
