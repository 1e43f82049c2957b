"""Whether to ask once more: never after a reaction or a stop, never past the cap or the link, never on top of another ask."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import FROZEN_AT
from voc.outreach.deciding.facts import Asked, Held, Reach
from voc.outreach.delivering.once_more import NEVER, Invited, NotNow, Remind, channels_open, once_more
from voc.outreach.policies.clocks import Among, Clock, Otherwise, Since, Whose
from voc.outreach.policies.reminders import Reminder, next_reminder
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.windows import WEEKDAYS, Window

DAY = timedelta(days=1)
NOW = FROZEN_AT
REACH = Reach(addresses=frozenset({"email", "outbox", "other"}), consents={"email": "granted"})
INVITED = Invited(
    channel="email", expires_at=NOW + 20 * DAY, reminders=0, has_reacted=False, reach=REACH, zone="Europe/Amsterdam", survey="s"
)
OFFICE = Window(days=WEEKDAYS[:5], opens="09:00", closes="17:00", holidays="NL")


def rules(*days: int, **said: Any) -> Rules:
    return Rules(touchpoints=("t",), survey="s", reminders=tuple(Reminder(days=one) for one in days), **said)


def now_of(rules: Rules = rules(4), at: datetime = NOW, **changes: Any) -> Remind | NotNow:
    return once_more(replace(INVITED, **changes), rules, at)


def test_one_who_has_not_reacted_is_reminded_as_often_as_the_policy_says() -> None:
    assert now_of() == Remind("email", 1, is_last=True)
    assert now_of(rules(4, 3)) == Remind("email", 1, is_last=False)
    assert now_of(rules(4, 3), reminders=1) == Remind("email", 2, is_last=True)
    assert now_of(rules(4, 3), reminders=2) == NEVER


def test_a_colleague_may_remind_once_where_the_policy_never_does() -> None:
    assert now_of(rules()) == Remind("email", 1, is_last=True)
    assert now_of(rules(), reminders=1) == NEVER


@pytest.mark.parametrize(
    "changes",
    [
        {"has_reacted": True},
        {"reach": replace(REACH, suppressed=frozenset({"email", "outbox"}))},
        {"reach": replace(REACH, consents={"email": "refused"})},
        {"reach": replace(REACH, addresses=frozenset({"other"}))},
        {"channel": "other"},
        {"expires_at": NOW + DAY - timedelta(seconds=1)},
        {"others": (Asked(NOW - 5 * DAY),)},
        {"others": (Asked(NOW - 90 * DAY, declined_at=NOW - 5 * DAY),)},
    ],
    ids=["reacted", "stopped", "refused", "no address", "another system", "link ends", "asked meanwhile", "declined another"],
)
def test_what_ends_reminders(changes: dict[str, Any]) -> None:
    assert isinstance(now_of(), Remind)
    assert now_of(**changes) == NEVER


def test_a_stop_to_the_channel_of_the_ask_is_not_got_round_over_another() -> None:
    over_link = replace(rules(4), reminders=(Reminder(days=4, channel="outbox"),))
    assert now_of(over_link) == Remind("outbox", 1, is_last=True)
    said_stop = replace(REACH, consents={"email": "refused", "outbox": "granted"})
    assert now_of(over_link, reach=said_stop) == NEVER


def test_another_channel_is_used_where_it_may_be_and_that_of_the_ask_otherwise() -> None:
    other_way = replace(rules(4), reminders=(Reminder(days=4, channel="email"),))
    by_link: dict[str, Any] = {"channel": "other", "reach": replace(REACH, consents={"other": "granted", "email": "granted"})}
    assert now_of(other_way, **by_link) == Remind("email", 1, is_last=True)
    assert now_of(other_way, **{**by_link, "reach": replace(REACH, consents={"other": "granted", "email": "refused"})}) == NEVER
    assert now_of(
        replace(rules(4), reminders=(Reminder(days=4, channel="outbox"),)), reach=replace(REACH, suppressed=frozenset())
    ) == Remind("outbox", 1, is_last=True)


def test_it_waits_for_what_is_open_and_for_a_pause_as_long_as_the_link_lasts() -> None:
    assert now_of(holds=(Held("task"),)) == NotNow(NOW + DAY)
    assert now_of(holds=(Held("call", NOW + 3 * DAY), Held("task", NOW + 2 * DAY))) == NotNow(NOW + 3 * DAY)
    assert now_of(holds=(Held("call", NOW - DAY),)) == Remind("email", 1, is_last=True)
    assert now_of(rules(4, if_held=Otherwise.ASK), holds=(Held("task"),)) == Remind("email", 1, is_last=True)
    assert now_of(is_paused=True) == now_of(paused_channels=frozenset({"email"})) == NotNow(NOW + DAY)
    assert now_of(paused_channels=frozenset({"other"})) == Remind("email", 1, is_last=True)
    assert now_of(holds=(Held("call", NOW + 20 * DAY),)) == NEVER


def test_an_ask_made_meanwhile_delays_where_its_clock_says_so() -> None:
    patient = rules(4, if_asked_recently=Otherwise.DELAY, quiet_days=10)
    assert now_of(patient, others=(Asked(NOW - 3 * DAY),)) == NotNow(NOW + 7 * DAY)
    assert now_of(patient, others=(Asked(NOW - 3 * DAY),), expires_at=NOW + 7 * DAY) == NEVER
    assert now_of(patient, others=(Asked(NOW - 10 * DAY),)) == Remind("email", 1, is_last=True)


def test_further_clocks_look_as_they_do_for_asks() -> None:
    colleague = Asked(NOW - DAY, survey="other", of_colleague=True)
    assert now_of(others=(colleague,)) == Remind("email", 1, is_last=True)
    at_account = rules(4, clocks=(Clock(since=Since.ASKED, days=7, whose=Whose.ACCOUNT),))
    assert now_of(at_account, others=(colleague,)) == NEVER
    of_survey = rules(4, clocks=(Clock(since=Since.ASKED, days=7, whose=Whose.ACCOUNT, among=Among.SURVEY),))
    assert now_of(of_survey, others=(colleague,)) == Remind("email", 1, is_last=True)


def test_it_leaves_inside_the_window_of_the_customer() -> None:
    friday_evening = datetime(2026, 4, 3, 18, 0, tzinfo=UTC)  # the Monday after is Easter Monday
    invited = {"expires_at": friday_evening + 20 * DAY}
    assert now_of(rules(4, window=OFFICE), at=friday_evening, **invited) == NotNow(datetime(2026, 4, 7, 7, 0, tzinfo=UTC))
    assert now_of(rules(4, window=OFFICE), at=friday_evening, expires_at=friday_evening + 4 * DAY) == NEVER


def test_the_next_one_counts_from_the_message_before_it_and_opens_with_the_window() -> None:
    sunday = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    few = (Reminder(days=4), Reminder(days=3))
    assert next_reminder(few, 0, sunday, sunday + 30 * DAY, None, "UTC") == sunday + 4 * DAY
    assert next_reminder(few, 1, sunday, sunday + 30 * DAY, OFFICE, "UTC") == datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    assert next_reminder((Reminder(days=6),), 0, sunday, sunday + 30 * DAY, OFFICE, "UTC") == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    assert next_reminder(few, 2, sunday, sunday + 30 * DAY, None, "UTC") is None
    assert next_reminder(few, 0, sunday, sunday + 5 * DAY - timedelta(seconds=1), None, "UTC") is None


def test_another_way_is_one_that_has_not_been_tried_and_is_welcome() -> None:
    reach = replace(REACH, consents={"email": "granted", "other": "granted"})
    assert channels_open(("outbox", "email", "other"), frozenset({"email"}), reach) == ("outbox", "other")
    assert channels_open(("email", "other"), frozenset({"email"}), REACH) == ()
