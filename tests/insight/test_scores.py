"""Figures come with the interval and the method that published papers give them, and never claim more than the answers allow."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc.insight.scores import Bar, Figure, Method, Metric, Size, Verdict, ces, compare, count_bands, csat, figure, nps
from voc.insight.student import distribution, quantile
from voc.surveys.questions import Band, Ces, Convention, Csat, Nps
from voc.surveys.texts import Texts

counts = st.integers(0, 5000)
ASKED = Texts({"en": "How was it?"})


def near(seen: Figure, digits: int = 2) -> tuple[float | None, ...]:
    return tuple(None if number is None else round(number, digits) for number in (seen.value, seen.low, seen.high))


@pytest.mark.parametrize(
    ("promoters", "passives", "detractors", "value", "low", "high"),
    [(50, 30, 20, 30.0, 14.05, 44.20), (12, 13, 5, 23.33, -3.29, 45.71), (450, 300, 250, 20.0, 14.91, 24.97)],
)
def test_nps_has_the_adjusted_wald_interval_of_the_published_examples(
    promoters: int, passives: int, detractors: int, value: float, low: float, high: float
) -> None:
    seen = nps(promoters, passives, detractors)

    assert (seen.n, seen.method) == (promoters + passives + detractors, Method.ADJUSTED_WALD)
    assert near(seen) == (value, low, high)


@pytest.mark.parametrize(
    ("satisfied", "n", "low", "high"), [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (29, 29, 88.30, 100.0)]
)
def test_csat_has_the_wilson_interval_that_newcombe_1998_prints(satisfied: int, n: int, low: float, high: float) -> None:
    seen = csat(satisfied, n)

    assert seen.method is Method.WILSON
    assert near(seen) == (round(100 * satisfied / n, 2), low, high)


@pytest.mark.parametrize(
    ("probability", "freedom", "published"),
    [
        (0.975, 1, 12.7062047364),
        (0.975, 2, 4.3026527297),
        (0.975, 4, 2.7764451052),
        (0.975, 9, 2.2621571628),
        (0.975, 29, 2.0452296421),
        (0.975, 99, 1.9842169516),
        (0.975, 1000, 1.9623390808),
        (0.995, 5, 4.0321429836),
        (0.9, 3, 1.6377443572),
        (0.025, 4, -2.7764451052),
    ],
)
def test_the_quantiles_of_t_are_those_of_printed_tables(probability: float, freedom: int, published: float) -> None:
    assert quantile(probability, freedom) == pytest.approx(published, abs=1e-8)


@given(st.floats(0.001, 0.999), st.floats(0.5, 5000))
def test_a_quantile_of_t_is_where_its_distribution_has_that_share(probability: float, freedom: float) -> None:
    assert distribution(quantile(probability, freedom), freedom) == pytest.approx(probability, abs=1e-9)


@pytest.mark.parametrize(("probability", "freedom"), [(0.0, 5), (1.0, 5), (0.5, 0)])
def test_there_is_no_quantile_at_certainty(probability: float, freedom: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile(probability, freedom)


def test_the_mean_effort_has_students_interval() -> None:
    seen = ces({5: 2, 6: 2, 7: 1})

    # mean 5.8, s = 0.83666, n = 5: 2.77645 * 0.83666 / sqrt(5) = 1.03886
    assert (seen.method, seen.n) == (Method.STUDENT_T, 5)
    assert near(seen, 4) == (5.8, 4.7611, 6.8389)


def test_one_answer_has_a_mean_but_no_interval() -> None:
    assert ces({6: 1}) == Figure(6, None, None, 1, Method.STUDENT_T)


def test_a_handful_of_equal_answers_is_no_certainty() -> None:
    seen = ces({7: 3})

    assert seen.value == 7
    assert seen.low is not None
    assert seen.low < 6.5
    assert seen.high == 7


def test_the_three_conventions_of_effort_differ_and_each_has_its_own_interval() -> None:
    answers: dict[float, int] = {1: 1, 3: 1, 4: 2, 5: 3, 6: 2, 7: 1}

    top, index = ces(answers, Convention.TOP3), ces(answers, Convention.INDEX)

    assert (near(top)[0], top.method) == (60, Method.WILSON)
    assert (near(index)[0], index.method) == (10, Method.ADJUSTED_WALD)


@pytest.mark.parametrize("metric", list(Metric))
@pytest.mark.parametrize("convention", list(Convention))
def test_nobody_answered_is_no_value_and_not_zero(metric: Metric, convention: Convention) -> None:
    seen = figure(metric, [], convention)

    assert (seen.value, seen.low, seen.high, seen.n, seen.size) == (None, None, None, 0, Size.TOO_FEW)


@given(counts, counts, counts)
def test_an_nps_lies_in_its_interval_and_both_on_the_scale(promoters: int, passives: int, detractors: int) -> None:
    seen = nps(promoters, passives, detractors)

    if seen.n:
        assert -100 <= (seen.low or 0) <= (seen.value or 0) <= (seen.high or 0) <= 100


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_interval_and_both_between_0_and_100(given_counts: tuple[int, int]) -> None:
    seen = csat(*given_counts)

    assert 0 <= (seen.low or 0) <= (seen.value or 0) <= (seen.high or 0) <= 100


@given(st.dictionaries(st.integers(1, 7).map(float), st.integers(1, 500), min_size=1), st.sampled_from(list(Convention)))
def test_every_convention_of_effort_gives_a_value_within_its_interval(answers: dict[float, int], convention: Convention) -> None:
    seen = ces(answers, convention)

    assert seen.n == sum(answers.values())
    if seen.low is not None and seen.high is not None and seen.value is not None:
        assert seen.low - 1e-9 <= seen.value <= seen.high + 1e-9


@given(st.floats(0, 10))
def test_the_bands_of_nps_leave_no_gap_between_whole_numbers(value: float) -> None:
    expected = Band.PROMOTER if value >= 9 else Band.PASSIVE if value >= 7 else Band.DETRACTOR

    assert Nps(id="nps", text=ASKED).band(value) is expected


@given(st.floats(1, 7), st.sampled_from(list(Convention)))
def test_the_bands_of_effort_never_make_hard_what_is_easier(value: float, convention: Convention) -> None:
    question = Ces(id="ces", text=ASKED, convention=convention)
    order = [Band.HARD, Band.NEUTRAL, Band.EASY]

    assert order.index(question.band(value)) <= order.index(question.band(min(value + 0.5, 7)))


def test_a_satisfaction_of_four_and_a_half_on_five_is_in_exactly_one_band() -> None:
    question = Csat(id="csat", text=ASKED)

    assert [question.band(value) for value in (1, 2, 2.5, 3, 3.5, 4, 4.5, 5)] == (
        [
            Band.DISSATISFIED,
            Band.DISSATISFIED,
            Band.DISSATISFIED,
            Band.NEUTRAL,
            Band.NEUTRAL,
            Band.SATISFIED,
            Band.SATISFIED,
            Band.SATISFIED,
        ]
    )


def test_a_figure_counts_the_declared_bands_whatever_the_scale() -> None:
    bars = [
        Bar(5, 3, Band.SATISFIED, 1, 5),
        Bar(3, 1, Band.NEUTRAL, 1, 5),
        Bar(5, 2, Band.NEUTRAL, 1, 10),
        Bar(9, 4, Band.SATISFIED, 1, 10),
    ]

    seen = figure(Metric.CSAT, bars)

    assert (near(seen)[0], seen.n) == (70, 10)
    assert count_bands(bars) == Counter({Band.SATISFIED: 7, Band.NEUTRAL: 3})


def test_a_drop_on_few_answers_is_no_change_we_can_be_sure_of() -> None:
    change = compare(nps(1, 0, 2), nps(2, 1, 0))

    assert change.verdict is Verdict.NO_CHANGE_SURE
    assert change.difference == pytest.approx(-100)


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        (nps(600, 300, 100), nps(450, 300, 250), Verdict.UP),
        (nps(450, 300, 250), nps(600, 300, 100), Verdict.DOWN),
        (csat(80, 100), csat(78, 100), Verdict.NO_CHANGE_SURE),
        (csat(90, 100), csat(60, 100), Verdict.UP),
        (csat(5, 5), csat(0, 5), Verdict.UP),
        (csat(1, 1), csat(0, 1), Verdict.NO_CHANGE_SURE),
        (ces({6: 40, 7: 40}), ces({4: 40, 5: 40}), Verdict.UP),
        (ces({7: 2}), ces({6: 2}), Verdict.NO_CHANGE_SURE),
        (ces({7: 1}), ces({2: 50}), Verdict.NO_CHANGE_SURE),
        (nps(0, 0, 0), nps(50, 30, 20), Verdict.NOTHING_BEFORE),
        (nps(50, 30, 20), nps(0, 0, 0), Verdict.NOTHING_BEFORE),
    ],
)
def test_a_change_is_claimed_only_when_the_answers_carry_it(now: Figure, before: Figure, verdict: Verdict) -> None:
    assert compare(now, before).verdict is verdict


@pytest.mark.parametrize(("n", "size"), [(0, Size.TOO_FEW), (4, Size.TOO_FEW), (5, Size.FEW), (29, Size.FEW), (30, Size.ENOUGH)])
def test_small_samples_are_named(n: int, size: Size) -> None:
    assert Size.of(n) is size
