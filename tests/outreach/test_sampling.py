"""Draws are fair and always the same, a month's answers come evenly, and a customer keeps the variant."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from voc.outreach.policies.sampling import Pace, draw, part_of_month, share_to_ask
from voc.outreach.policies.variants import Variant, assigned

MARCH = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_draw_is_the_same_for_the_same_ids_and_alike_often_everywhere() -> None:
    drawn = [draw("calls", number) for number in range(10_000)]
    assert drawn == [draw("calls", number) for number in range(10_000)]
    assert all(900 < found < 1100 for found in Counter(int(one * 10) for one in drawn).values())
    assert draw("calls", 1) != draw("chats", 1)


def test_without_anything_to_learn_from_everybody_is_asked() -> None:
    assert share_to_ask(250, Pace(), MARCH) == 1


def test_enough_answers_end_the_asking_until_the_next_month() -> None:
    assert share_to_ask(250, Pace(answers=250, asked=900, answered=250, contacts=5000), MARCH + timedelta(days=20)) == 0
    assert share_to_ask(250, Pace(asked=900, answered=250, contacts=5000), MARCH + timedelta(days=31)) > 0


def test_a_policy_that_begins_late_in_the_month_owes_the_days_that_are_left() -> None:
    begun, now = MARCH + timedelta(days=28), MARCH + timedelta(days=28, hours=1)
    known = Pace(contacts=1000, over_days=28.0, of_month=part_of_month(begun, now))
    assert share_to_ask(60, known, now) < 0.5 < share_to_ask(60, Pace(contacts=1000, over_days=28.0), now)
    assert part_of_month(MARCH, now) == part_of_month(None, now) == 1
    assert part_of_month(begun, MARCH + timedelta(days=35)) == 1


def test_open_invitations_count_for_what_they_will_bring() -> None:
    busy = Pace(answers=100, asked=1000, answered=200, contacts=2800)
    assert share_to_ask(250, busy, MARCH) > share_to_ask(250, Pace(answers=100, open=500, asked=1000, answered=200, contacts=2800), MARCH)


def test_a_young_policy_expects_as_many_contacts_a_day_as_it_had() -> None:
    young, old = Pace(contacts=1000, over_days=1.0), Pace(contacts=28_000)
    assert share_to_ask(100, young, MARCH) == share_to_ask(100, old, MARCH) < 0.05


def test_a_month_brings_its_answers_spread_evenly() -> None:
    """A month is played: 200 contacts a day, of whom a quarter answer a day later; the target is 250."""
    chance, rate = Random(7), 0.25
    asked, answered_on, daily = 0, list[int](), list[int]()
    for day in range(31):
        count = 0
        for minute in range(200):
            now = MARCH + timedelta(days=day, minutes=7 * minute)
            answers = sum(1 for one in answered_on if one <= day)
            waiting = int((len(answered_on) - answers) / rate)
            pace = Pace(answers=answers, open=waiting, asked=asked + 400, answered=int((asked + 400) * rate), contacts=5600)
            if chance.random() < share_to_ask(250, pace, now):
                asked, count = asked + 1, count + 1
                if chance.random() < rate:
                    answered_on.append(day + 1)
        daily.append(count)
    assert 225 <= len(answered_on) <= 275
    first, second = sum(daily[:15]), sum(daily[15:30])
    assert 0.75 < first / second < 1.33


VARIANTS = st.lists(st.builds(Variant, key=st.sampled_from("abcde"), survey=st.just("s"), weight=st.integers(1, 9)), min_size=2, max_size=5)


@settings(max_examples=60, deadline=None)
@given(VARIANTS, st.integers(0, 2**64))
def test_a_customer_keeps_the_variant_while_others_come_and_go(variants: list[Variant], number: int) -> None:
    variants = list({one.key: one for one in variants}.values())
    customer = UUID(int=number)
    chosen = assigned(variants, "calls", customer)
    assert assigned(list(reversed(variants)), "calls", customer) == chosen
    for other in variants:
        if other is not chosen:
            assert assigned([one for one in variants if one is not other], "calls", customer) == chosen


def test_variants_are_assigned_by_their_weights() -> None:
    arms = [Variant(key="a", survey="s", weight=3), Variant(key="b", survey="t", weight=1)]
    counted = Counter(assigned(arms, "calls", UUID(int=number)).key for number in range(8000))
    assert 5800 < counted["a"] < 6200
