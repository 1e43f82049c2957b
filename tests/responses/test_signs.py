"""Signs of scanners belong to the press: measured from the very page whose button was pressed."""

from datetime import UTC, datetime, timedelta

import pytest

from voc.responses.scanners import Deed, Evidence, Press, Sign, in_words, signs_of

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
ALL_SCORES = [(score, NOW + timedelta(seconds=5 + score / 10)) for score in range(11)]


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def press(served: float | None, pressed: float, deed: Deed = Deed.SENT) -> Press:
    return Press(deed, None if served is None else at(served), at(pressed))


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        # A mail arrives at 0, and the scanner of the office opens all scores from 5 to 6 seconds after.
        (press(6, 6.5), (Sign.TOO_FAST, Sign.ON_ARRIVAL, Sign.SEVERAL_SCORES)),  # the scanner presses as well
        (press(6, 9), (Sign.ON_ARRIVAL, Sign.SEVERAL_SCORES)),  # after waiting a little
        (press(20, 21.5), (Sign.TOO_FAST,)),  # a very fast person right after it
        (press(20, 23), ()),
        (press(3600, 3603), ()),
        (press(None, 3600), (Sign.TOO_FAST,)),  # no page of ours
        (press(-1, 30), (Sign.SEVERAL_SCORES,)),  # the page was open before the mail came: a reminder of it
    ],
)
def test_what_a_scanner_opened_is_not_held_against_the_person_behind_it(one: Press, expected: tuple[Sign, ...]) -> None:
    assert signs_of(one, Evidence(arrivals=[NOW], opened=ALL_SCORES)) == expected


def test_what_a_scanner_opens_while_a_person_reads_is_one_sign_at_most() -> None:
    assert signs_of(press(20, 50), Evidence(arrivals=[NOW], opened=[(9, at(20)), *((score, at(22)) for score in range(11))])) == (
        Sign.SEVERAL_SCORES,
    )


@pytest.mark.parametrize(
    ("opened", "is_sign"),
    [
        ([(8, at(0)), (9, at(8)), (None, at(16)), (9, at(24))], True),  # one after the other, without a pause
        ([(8, at(0)), (9, at(24))], False),  # a person who thinks
        ([(9, at(20)), (9, at(24)), (None, at(24))], False),  # one score, opened twice
        ([(8, at(24)), (9, at(26))], False),  # after the press
    ],
)
def test_scores_opened_in_one_go_are_a_sign(opened: list[tuple[int | None, datetime]], is_sign: bool) -> None:
    assert (Sign.SEVERAL_SCORES in signs_of(press(24, 25), Evidence(opened=opened))) is is_sign


def test_only_what_was_said_in_the_same_visit_contradicts() -> None:
    assert signs_of(press(0, 30), Evidence(opposites=[at(0)])) == (Sign.CONTRADICTION,)
    assert signs_of(press(0, 60), Evidence(opposites=[at(0), at(61)])) == ()
    assert signs_of(press(11, 30), Evidence(opposites=[at(0)])) == ()


def test_one_sign_holds_nothing() -> None:
    assert in_words([Sign.TOO_FAST]) == ""
    assert in_words([Sign.TOO_FAST, Sign.ON_ARRIVAL]) == "too_fast, on_arrival"
