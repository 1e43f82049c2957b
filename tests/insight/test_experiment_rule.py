"""Arms are compared honestly however often one looks: chance alone rarely names a better one, and a real one is found."""

from collections.abc import Sequence
from math import sqrt
from random import Random

import pytest

from voc.insight.anytime import START, TIGHTEST, drawn_wrongly, errors_either_way, gap, rounded_up, sample, units_to_go
from voc.insight.experiment_rule import ALPHA, SMALLEST, Measure, Standing, alpha_of_each, compared, is_drawn_wrongly, run_of, values_of
from voc.insight.experiment_words import in_words
from voc.insight.scores import Bar, Metric
from voc.outreach.policies.variants import Variant
from voc.surveys.questions import Band

SCORES = (100.0, 100.0, 100.0, 100.0, 0.0, 0.0, 0.0, -100.0, -100.0, -100.0)
ANSWERS = (100.0, 0.0, 0.0, 0.0, 0.0)
EVERY = 4  # of a thousand experiments each customer would cost a minute; looking less often spares both methods alike


def looked_at(random: Random, values: Sequence[float], share: float, customers: int, better: float = 0.0) -> tuple[bool, bool]:
    """Whether an experiment with this many customers ever names a difference: by our interval, and by a usual test repeated."""
    sides: tuple[dict[float, int], dict[float, int]] = {}, {}
    ours = usual = False
    for customer in range(1, customers + 1):
        is_other = random.random() < share
        value = values[0] if is_other and random.random() < better else random.choice(values)
        sides[is_other][value] = sides[is_other].get(value, 0) + 1
        if customer % EVERY or min(sum(side.values()) for side in sides) < START:
            continue
        first, other = (sample(side, min(values), max(values)) for side in sides)
        seen = gap(first, other, ALPHA)
        ours = ours or not seen.low <= 0 <= seen.high
        usual = usual or abs(seen.difference) > 1.96 * sqrt(first.variance / first.n + other.variance / other.n)
    return ours, usual


@pytest.mark.parametrize(("values", "share"), [(SCORES, 0.5), (ANSWERS, 0.25)], ids=["NPS, halves", "a share that answers, 3 to 1"])
def test_of_a_thousand_experiments_without_a_difference_few_name_one_however_often_one_looks(values: Sequence[float], share: float) -> None:
    random = Random(20261122)

    seen = [looked_at(random, values, share, 400) for _ in range(1000)]

    assert sum(ours for ours, _ in seen) <= 1000 * ALPHA
    assert sum(usual for _, usual in seen) >= 1000 * ALPHA * 3


def test_a_real_difference_is_found() -> None:
    random = Random(20261122)

    found = [looked_at(random, SCORES, 0.5, 1000, better=0.3)[0] for _ in range(40)]

    assert sum(found) >= 38


def test_the_interval_is_the_published_one_and_narrowest_where_it_should_be() -> None:
    # Worked out by hand from the theorem with rho² = 0.007936 (alpha 0.05, tightest at 1000).
    assert round(errors_either_way(1000, 0.05), 3) == 3.035
    against_one_look = {n: errors_either_way(n, 0.05) for n in (60, 250, TIGHTEST, 4000, 20_000)}
    assert min(against_one_look, key=lambda n: against_one_look[n]) == TIGHTEST

    seen = gap(sample({100.0: 30, 0.0: 70}, 0, 100), sample({100.0: 45, 0.0: 55}, 0, 100), 0.05)
    assert (round(seen.difference, 1), seen.low < 0 < seen.high) == (15.0, True)
    assert round((seen.high + seen.low) / 2, 6) == round(seen.difference, 6)


def test_equal_answers_are_no_certainty() -> None:
    first, other = sample({7.0: 30}, 1, 7), sample({7.0: 30}, 1, 7)
    seen = gap(first, other, ALPHA)
    assert seen.difference == 0
    assert seen.low < -0.5
    assert seen.high > 0.5


def test_below_thirty_on_either_side_nothing_is_said() -> None:
    seen = compared("b", Measure.NPS, {100.0: 29}, {-100.0: 400}, ALPHA)
    assert (seen.standing, seen.difference, seen.low, seen.to_go) == (Standing.TOO_FEW, None, None, 1)


def test_it_says_when_to_stop_and_how_much_is_missing() -> None:
    worse, better, much = {100.0: 100, -100.0: 300}, {100.0: 300, -100.0: 100}, {100.0: 20_000, -100.0: 20_000}
    assert compared("b", Measure.NPS, worse, better, ALPHA).standing is Standing.HIGHER
    assert compared("b", Measure.NPS, better, worse, ALPHA).standing is Standing.LOWER
    assert compared("b", Measure.NPS, much, much, ALPHA).standing is Standing.SAME

    unsure = compared("b", Measure.NPS, {100.0: 30, -100.0: 30}, {100.0: 33, -100.0: 27}, ALPHA)
    assert unsure.standing is Standing.GO_ON
    # As many more with the same means settle it, and a tenth fewer do not.
    for more, settles in ((unsure.to_go, True), (unsure.to_go * 9 // 10, False)):
        grown = (60 + more / 2) / 60
        first, other = (
            {value: round(count * grown) for value, count in side.items()} for side in ({100.0: 30, -100.0: 30}, {100.0: 33, -100.0: 27})
        )
        assert (compared("b", Measure.NPS, first, other, ALPHA).standing is not Standing.GO_ON) is settles


def test_a_guess_of_what_is_missing_always_ends() -> None:
    first = sample({100.0: 50, 0.0: 50}, 0, 100)
    for other in (sample({100.0: 50, 0.0: 50}, 0, 100), sample({100.0: 53, 0.0: 47}, 0, 100), sample({100.0: 49, 0.0: 51}, 0, 100)):
        assert 0 < units_to_go(first, other, SMALLEST[Measure.ANSWERED], ALPHA) < 1_000_000
    assert [rounded_up(number) for number in (1, 98, 1234, 99_999)] == [1, 98, 1300, 100_000]


def test_more_comparisons_share_the_same_chance_of_a_false_alarm() -> None:
    assert [alpha_of_each(2, 1), alpha_of_each(3, 2), alpha_of_each(1, 1)] == [ALPHA, ALPHA / 4, ALPHA]


def test_shares_that_chance_does_not_explain_are_told() -> None:
    halves = (Variant(key="a", survey="s"), Variant(key="b", survey="t"))
    assert not is_drawn_wrongly({"a": 5020, "b": 4980}, halves)
    assert is_drawn_wrongly({"a": 5400, "b": 4600}, halves)
    assert not is_drawn_wrongly({"a": 4}, halves)
    assert is_drawn_wrongly({"a": 40}, halves)
    thirds = (Variant(key="a", survey="s", weight=2), Variant(key="b", survey="t"))
    assert not is_drawn_wrongly({"a": 2010, "b": 990}, thirds)
    assert is_drawn_wrongly({"a": 1500, "b": 1500}, thirds)


def test_looking_at_the_shares_all_the_time_warns_of_few_right_draws() -> None:
    random, warned = Random(7), 0
    for _ in range(300):
        counts, smallest = [0, 0], 1.0
        for _ in range(300):
            counts[random.random() < 0.5] += 1
            smallest = min(smallest, drawn_wrongly(counts, [1, 1]))
        warned += smallest < 0.05
    assert 0 < warned <= 300 * 0.05


def test_neighbouring_versions_with_the_same_arms_are_one_experiment() -> None:
    arms = (Variant(key="a", survey="s"), Variant(key="b", survey="t"))
    others = (Variant(key="a", survey="s", weight=2), Variant(key="b", survey="t"))
    versions = [(1, ()), (2, arms), (3, arms), (5, others), (6, arms)]
    assert [run_of(versions, number) for number in (1, 2, 3, 4, 5, 6)] == [None, (2, 3), (2, 3), None, (5, 5), (6, 6)]


def test_answers_become_values_whose_mean_is_the_figure() -> None:
    nps = [
        Bar(9, 3, Band.PROMOTER, 0, 10),
        Bar(10, 1, Band.PROMOTER, 0, 10),
        Bar(8, 2, Band.PASSIVE, 0, 10),
        Bar(2, 2, Band.DETRACTOR, 0, 10),
    ]
    assert values_of(Metric.NPS, nps) == {100.0: 4, 0.0: 2, -100.0: 2}
    assert values_of(Metric.CSAT, [Bar(5, 2, Band.SATISFIED, 1, 5), Bar(3, 1, Band.NEUTRAL, 1, 5)]) == {100.0: 2, 0.0: 1}
    assert values_of(Metric.CES, [Bar(6, 2, Band.EASY, 1, 7), Bar(2, 1, Band.HARD, 1, 7)]) == {6: 2, 2: 1}


def test_every_standing_is_a_sentence_in_both_languages() -> None:
    many, few = {100.0: 300, -100.0: 100}, {100.0: 33, -100.0: 27}
    unsure = compared("short", Measure.NPS, {100.0: 30, -100.0: 30}, few, ALPHA)
    assert in_words(unsure, "long", "en").startswith("Go on: nothing can be said yet of short beside long; about ")
    assert in_words(unsure, "long", "nl").startswith("Ga door: over short naast long valt nog niets te zeggen; nog ongeveer ")
    assert in_words(compared("short", Measure.NPS, {-100.0: 400}, many, ALPHA), "long", "en") == "Stop: short is better than long."
    assert in_words(compared("short", Measure.NPS, many, {-100.0: 400}, ALPHA), "long", "nl") == "Stop: long is beter dan short."
    much = {1.0: 10_000, 7.0: 10_000}
    assert in_words(compared("b", Measure.CES, much, much, ALPHA), "a", "nl") == (
        "Stop: tussen b en a is er geen verschil groter dan 0,3 op de schaal van 1 tot 7."
    )
    asked = compared("b", Measure.ANSWERED, {}, {100.0: 12}, ALPHA)
    assert in_words(asked, "a", "de") == "Go on: too few to compare b with a; 48 more invitations."
