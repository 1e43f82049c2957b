"""A policy reads as a sentence, a change as the phrases that differ, and the text of its rules is read with every fault at its line."""

from typing import Any

import pytest

from voc.outreach.policies.rules import Rules
from voc.outreach.policies.rules_document import parse
from voc.outreach.policies.rules_text import UnreadText, read_rules, write_rules
from voc.outreach.policies.sentence import Difference, Names, differences, told

NAMES = Names({"delivery": "Delivery done", "repair": "Repair"}, {"nps": "After a delivery", "short": "Short"})
WHOLE: dict[str, Any] = {
    "touchpoints": ["delivery", "repair"],
    "survey": "nps",
    "delay_minutes": 24 * 60,
    "sample_percent": 30,
    "quiet_days": 90,
    "window": {"days": ["mon", "tue", "wed", "thu", "fri", "sat"], "opens": "09:00", "closes": "20:00"},
    "channels": ["email", "sms"],
    "reminders": [{"days": 4}],
}


def rules(**changes: Any) -> Rules:
    return parse({**WHOLE, **changes})


def test_a_policy_is_the_sentence_that_people_say() -> None:
    assert told(rules(), NAMES, "en-GB").sentence == (
        "After “Delivery done” or “Repair”, wait 1 day, ask 30 % with “After a delivery”, not if asked in 90 days, "
        "only Mon–Sat 9–20, by mail, else text message, remind once after 4 days."
    )
    assert told(rules(), NAMES, "nl").sentence == (
        "Na “Delivery done” of “Repair”, wacht 1 dag, vraag 30 % met “After a delivery”, niet als er in 90 dagen iets gevraagd is, "
        "alleen ma–za 9–20 uur, via mail, anders sms, herinner één keer na 4 dagen."
    )
    assert told(rules(), NAMES, "fr") == told(rules(), NAMES, "en")
    assert told(rules(), NAMES, "en").further == ()
    assert told(rules(settle_minutes=0), NAMES, "nl").further == ("Contacten worden meteen na afloop bekeken.",)


def test_what_is_as_usual_is_not_said() -> None:
    plain = told(parse({"touchpoints": ["gone"], "survey": "gone-too"}), NAMES, "en")
    assert plain.sentence == "After “gone”, ask everybody with “gone-too”, not if asked in 30 days, by mail."
    assert plain.further == ()


@pytest.mark.parametrize(
    ("changes", "phrase"),
    [
        ({"delay_minutes": 90}, "wait 90 minutes,"),
        ({"delay_minutes": 120}, "wait 2 hours,"),
        ({"sample_percent": 100, "answers_a_month": 250}, "ask as many as bring 250 answers a month with “After a delivery”,"),
        ({"variants": [{"key": "a", "survey": "nps", "weight": 3}, {"key": "b", "survey": "short"}]}, "(3 : 1)"),
        (
            {"variants": [{"key": "a", "survey": "nps"}, {"key": "b", "survey": "short"}]},
            "a “After a delivery” or b “Short” as an experiment",
        ),
        ({"if_asked_recently": "delay"}, "not before 90 days after the last question,"),
        ({"window": {"opens": "08:30", "closes": "24:00", "holidays": "DE-BY"}}, "only daily 8:30–24 and not on public holidays (DE-BY),"),
        ({"window": {"days": ["sat", "mon"]}}, "only Mon, Sat 9–20,"),
        ({"reminders": [{"days": 1}, {"days": 3, "channel": "sms"}]}, "remind after 1 day and again after 3 days more by text message."),
        ({"reminders": []}, "by mail, else text message."),
    ],
)
def test_each_rule_has_its_phrase(changes: dict[str, Any], phrase: str) -> None:
    assert phrase in told(rules(**changes), NAMES, "en").sentence


def test_what_is_unusual_follows_in_sentences_of_its_own() -> None:
    clocks = [
        {"since": "asked", "days": 14, "whose": "account", "among": "metric", "otherwise": "delay"},
        {"since": "declined", "days": 1, "among": "survey"},
    ]
    seen = told(
        rules(
            when="contact.outcome == 'solved'",
            ask_within_days=3,
            settle_minutes=60,
            quiet_days_after_answer=60,
            quiet_days_after_decline=180,
            clocks=clocks,
            yearly_budget=4,
            if_held="skip",
            exclude_outcomes=["solved_by_bot", "transferred"],
            if_no_marketing="skip",
            language="contact",
            expire_days=14,
            priority=5,
            answer_worth=3,
        ),
        NAMES,
        "en",
    )
    assert seen.further == (
        "Only when contact.outcome == 'solved'.",
        "Ask within 3 days of the contact.",
        "Contacts are looked at 1 hour after their end.",
        "Quiet for 60 days after an answer.",
        "Quiet for 180 days after “not for me”.",
        "Not within 14 days of an invitation to a questionnaire with the same metric of anybody at the same company: wait until it may.",
        "Not within 1 day of “not for me” to the same questionnaire: do not ask.",
        "At most 4 questions to a customer in any year.",
        "While something is open with the customer: do not ask.",
        "Not after contacts that ended like this: solved by a bot, transferred.",
        "Not to customers who want no marketing.",
        "In the language of the contact.",
        "The link works for 14 days.",
        "Priority 5: higher ones choose first.",
        "An answer is worth 3.",
    )


def test_a_change_is_told_as_what_was_said_and_what_is_said_instead() -> None:
    after = rules(sample_percent=50, reminders=[], yearly_budget=1, ask_within_days=14)
    assert differences(rules(), after, NAMES, "nl") == (
        Difference("vraag 30 % met “After a delivery”", "vraag 50 % met “After a delivery”"),
        Difference("herinner één keer na 4 dagen", ""),
        Difference("Vraag binnen 7 dagen na het contact.", "Vraag binnen 14 dagen na het contact."),
        Difference("", "Hoogstens 1 vraag per klant in een jaar."),
    )
    assert differences(after, after, NAMES, "en") == ()


def test_every_field_of_the_rules_is_told_when_it_changes() -> None:
    """A field that somebody adds and nobody tells would be switched on unseen."""
    changed: dict[str, Any] = {
        "touchpoints": ["delivery"],
        "survey": "short",
        "when": "contact.outcome == 'solved'",
        "variants": [{"key": "a", "survey": "nps"}, {"key": "b", "survey": "short"}],
        "channels": ["sms"],
        "language": "nl",
        "window": None,
        "clocks": [{"since": "answered", "days": 5}],
        "exclude_outcomes": ["transferred"],
        "reminders": [{"days": 5}],
        "if_asked_recently": "delay",
        "if_held": "ask",
        "if_no_marketing": "skip",
        "sample_percent": 31,
    }
    for name, value in Rules.__dataclass_fields__.items():
        new = changed.get(name, (value.default if isinstance(value.default, int) else 0) + 1)
        more = {"sample_percent": 100} if name == "answers_a_month" else {}
        assert differences(rules(**more), rules(**{**more, name: new}), NAMES, "en"), name


def test_the_text_of_rules_is_read_back_as_it_was_written() -> None:
    assert read_rules(write_rules(rules())) == rules()
    assert read_rules('{"touchpoints": ["delivery"], "survey": "nps"}') == parse({"touchpoints": ["delivery"], "survey": "nps"})


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("touchpoints: [delivery]\nsurvey: nps\nquiet_days: many\n", [("rules.quietDays", "OUT_OF_RANGE", 3)]),
        (
            "touchpoints: [delivery]\nsurvey: nps\nclocks:\n- since: asked\n  days: 0\n- since: never\n  days: 3\n",
            [("rules.clocks[0].days", "OUT_OF_RANGE", 5), ("rules.clocks[1].since", "NOT_A_CHOICE", 6)],
        ),
        ("survey: [", [("", "UNREADABLE", 2)]),
        ("", [("rules.touchpoints", "MISSING", 1), ("rules.survey", "MISSING", 1)]),
    ],
)
def test_a_text_with_faults_names_each_with_its_line(text: str, faults: list[tuple[str, str, int]]) -> None:
    with pytest.raises(UnreadText) as refusal:
        read_rules(text)
    assert [(one.fault.path, one.fault.code, one.line) for one in refusal.value.faults] == faults
