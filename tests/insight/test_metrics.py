"""A metric for a period comes with everything needed to judge it, and a trend cuts days where the customer's clock does."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.followup import makers
from voc.core.access import Actor, Role
from voc.core.db import count_statements
from voc.core.errors import Invalid, SignInNeeded
from voc.core.ids import new_id
from voc.customers.models import Channel
from voc.insight.funnel import Funnel
from voc.insight.metric_query import MetricQuery
from voc.insight.metrics import MetricValue, metric
from voc.insight.models import Metric, Score
from voc.insight.periods import Step
from voc.insight.scores import Size, Verdict
from voc.insight.trends import Point, trend
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.deciding.verdicts import Verdict as Decided
from voc.outreach.models import Decision, Invitation, InvitationState
from voc.surveys.models import SurveyVersion
from voc.surveys.questions import Band, Ces, Convention, Csat, Nps
from voc.surveys.texts import Texts

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MARCH = datetime(2026, 3, 1, tzinfo=AMSTERDAM)
APRIL = datetime(2026, 4, 1, tzinfo=AMSTERDAM)
ANALYST = Actor.system("analyst")
ASKED = Texts({"en": "How was it?"})
QUESTIONS = {Metric.NPS: Nps(id="nps", text=ASKED), Metric.CSAT: Csat(id="csat", text=ASKED), Metric.CES: Ces(id="ces", text=ASKED)}
database = pytest.mark.usefixtures("db", "clock")


async def score(version: SurveyVersion, value: float, at: datetime, of: Metric = Metric.NPS, **facts: Any) -> Score:
    question = QUESTIONS[of]
    low, high = question.ends
    response = await makers.response(version, {})
    known = {"question": question.id, "band": question.band(value), "low": low, "high": high, "channel": Channel.EMAIL, "language": "nl"}
    of_version = {"response": response, "survey_id": version.survey_id, "version": version}
    return await Score.create(**{**known, **of_version, "metric": of, "value": value, "answered_at": at.astimezone(UTC), **facts})


def asked(**filters: Any) -> MetricQuery:
    return MetricQuery(**{"metric": Metric.NPS, "since": MARCH, "until": APRIL, **filters})


async def n_of(**filters: Any) -> int:
    return (await metric(ANALYST, asked(**filters))).figure.n


@database
async def test_a_metric_says_value_interval_size_bands_and_what_changed() -> None:
    version = await makers.survey()
    for value, days in ((10, 2), (9, 3), (9, 4), (8, 5), (3, 6)):
        await score(version, value, MARCH + timedelta(days=days))
    await score(version, 2, MARCH - timedelta(days=1))

    seen = await metric(ANALYST, asked())

    assert (seen.figure.value, seen.figure.n, seen.figure.method.value, seen.size) == (40, 5, "adjusted_wald", Size.FEW)
    assert (round(seen.figure.low or 0, 1), round(seen.figure.high or 0, 1)) == (-29.8, 79.8)
    assert seen.bands == {Band.PROMOTER: 3, Band.PASSIVE: 1, Band.DETRACTOR: 1}
    assert [(bar.value, bar.count) for bar in seen.distribution] == [(3, 1), (8, 1), (9, 2), (10, 1)]
    assert (seen.before.value, seen.before.n, seen.change.verdict, seen.change.difference) == (-100, 1, Verdict.NO_CHANGE_SURE, 140)


@database
async def test_a_period_without_answers_has_no_value() -> None:
    seen = await metric(ANALYST, asked())

    assert (seen.figure.value, seen.figure.n, seen.size) == (None, 0, Size.TOO_FEW)
    assert (seen.change.verdict, seen.distribution, seen.bands) == (Verdict.NOTHING_BEFORE, (), {})
    assert seen.funnel == Funnel(0, 0, 0, 0)


@database
async def test_tests_suspects_superseded_scores_and_other_metrics_do_not_count() -> None:
    version, moment = await makers.survey(), MARCH + timedelta(days=3)
    await score(version, 9, moment)
    await score(version, 9, moment, is_counted=False)
    await score(version, 9, moment, superseded_at=datetime.now(UTC))
    await score(version, 5, moment, Metric.CSAT)

    assert await n_of() == 1


@database
async def test_a_period_holds_its_first_moment_and_not_its_last() -> None:
    version = await makers.survey()
    await score(version, 9, MARCH)
    await score(version, 9, APRIL)
    await score(version, 9, APRIL - timedelta(microseconds=1))

    assert await n_of() == 2


@database
async def test_each_filter_narrows() -> None:
    version, other, moment = await makers.survey(), await makers.survey("after-delivery"), MARCH + timedelta(days=1)
    team = await makers.team("billing")
    facts: dict[str, Any] = {"touchpoint": "after-call", "team": team, "segment": "gold", "channel": Channel.IVR, "language": "en"}
    await score(version, 9, moment, **facts)
    await score(other, 9, moment)
    narrowing: list[dict[str, Any]] = [
        {"survey_id": version.survey_id},
        {"touchpoint": "after-call"},
        {"team_id": team.id},
        {"segment": "gold"},
        {"channel": Channel.IVR},
        {"language": "en"},
    ]

    assert [await n_of(**filters) for filters in ({}, {"question": "nps"}, {"question": "nps_2"})] == [2, 2, 0]
    assert [await n_of(**filters) for filters in narrowing] == [1] * 6
    assert await n_of(**{key: value for filters in narrowing for key, value in filters.items()}) == 1
    assert await n_of(survey_id=other.survey_id, segment="gold") == 0


@database
async def test_effort_is_reckoned_as_the_survey_declares_and_says_so() -> None:
    document = deepcopy(makers.DOCUMENT)
    document["pages"][0]["questions"][2]["convention"] = "index"
    version, moment = await makers.survey(document=document), MARCH + timedelta(days=1)
    for value in (1, 5, 6, 7):
        await score(version, value, moment, Metric.CES)

    figures: list[MetricValue] = [
        await metric(ANALYST, asked(metric=Metric.CES, survey_id=version.survey_id)),
        await metric(ANALYST, asked(metric=Metric.CES)),
        await metric(ANALYST, asked(metric=Metric.CES, convention=Convention.TOP3)),
    ]

    assert [(seen.convention, seen.figure.value) for seen in figures] == [
        (Convention.INDEX, 25),
        (Convention.MEAN, 4.75),
        (Convention.TOP3, 75),
    ]


async def ask(version: SurveyVersion, reason: Reason = Reason.ASKED, *, state: InvitationState | None = None, **facts: Any) -> None:
    """A decision, and the invitation it led to."""
    call = facts.pop("contact", None) or await makers.contact()
    verdict = Decided.SEND if state else Decided.SKIP
    known: dict[str, Any] = {"survey_id": version.survey_id, "contact_id": call.id, "customer_id": call.customer_id}
    decision = await Decision.create(**known, policy_key="p", touchpoint=call.touchpoint, verdict=verdict, reason=reason, decided_at=MARCH)
    if state:
        usual: dict[str, Any] = {"channel": Channel.EMAIL, "language": "nl", "send_at": MARCH, "expires_at": APRIL, "created_at": MARCH}
        usual |= {"sent_at": MARCH if state is InvitationState.SENT else None, "secret_hash": str(new_id()), "version_id": version.id}
        await Invitation.create(**{**known, **usual, "decision": decision, "state": state, **facts})


@database
async def test_the_funnel_counts_who_could_be_asked_was_asked_reached_and_answered() -> None:
    version, other = await makers.survey(), await makers.survey("unrelated")
    await score(version, 9, MARCH + timedelta(days=1))
    await ask(version, state=InvitationState.SENT, answered_at=MARCH)
    await ask(version, state=InvitationState.SENT)
    await ask(version, state=InvitationState.FAILED)
    await ask(version, state=InvitationState.SENT, is_test=True)
    await ask(version, Reason.WITHIN_QUIET_DAYS)
    await ask(version, Reason.CONTACT_SPAM)
    await ask(other, state=InvitationState.SENT)

    everywhere, in_dutch = await metric(ANALYST, asked()), await metric(ANALYST, asked(language="nl", survey_id=version.survey_id))

    assert everywhere.funnel == Funnel(eligible=5, invited=3, delivered=2, answered=1)
    assert in_dutch.funnel == Funnel(eligible=None, invited=3, delivered=2, answered=1)
    assert (await metric(ANALYST, asked(since=APRIL, until=APRIL + timedelta(days=9)))).funnel == Funnel(0, 0, 0, 0)


@database
async def test_the_funnel_follows_the_filters_of_contact_and_customer() -> None:
    version, team = await makers.survey(), await makers.team("billing")
    anna = await makers.customer(segment="gold")
    await ask(version, state=InvitationState.SENT, contact=await makers.contact(anna, team))
    await ask(version, state=InvitationState.SENT, contact=await makers.contact(touchpoint="delivery"))
    await ask(version, state=InvitationState.SENT, channel=Channel.OUTBOX, language="en")
    survey_id = version.survey_id

    async def invited(**filters: Any) -> tuple[int | None, int]:
        funnel = (await metric(ANALYST, asked(survey_id=survey_id, **filters))).funnel
        return funnel.eligible, funnel.invited

    assert await invited() == (3, 3)
    assert await invited(team_id=team.id) == (1, 1)
    assert await invited(segment="gold", touchpoint="after-call") == (1, 1)
    assert await invited(touchpoint="delivery") == (1, 1)
    assert await invited(channel=Channel.OUTBOX) == (None, 1)
    assert await invited(channel=Channel.EMAIL, language="en") == (None, 0)


@database
async def test_a_metric_takes_two_statements_and_a_trend_one() -> None:
    version = await makers.survey()
    await score(version, 9, MARCH)

    with count_statements() as of_metric:
        await metric(ANALYST, asked())
    with count_statements() as of_trend:
        await trend(ANALYST, asked(), Step.DAY, AMSTERDAM)

    assert (of_metric.count, of_trend.count) == (2, 1)


@database
async def test_a_trend_has_a_point_for_each_day_of_the_zone_also_without_answers() -> None:
    version = await makers.survey()
    await score(version, 10, datetime(2026, 3, 28, 22, 59, tzinfo=UTC))  # 23:59 in Amsterdam, the day before the clocks change
    await score(version, 3, datetime(2026, 3, 28, 23, 0, tzinfo=UTC))  # midnight
    await score(version, 9, datetime(2026, 3, 29, 21, 59, tzinfo=UTC))  # 23:59 of a day of 23 hours
    since, until = datetime(2026, 3, 28, tzinfo=AMSTERDAM), datetime(2026, 3, 31, tzinfo=AMSTERDAM)

    points = await trend(ANALYST, asked(since=since, until=until), Step.DAY, AMSTERDAM)

    assert [(point.figure.n, point.figure.value) for point in points] == [(1, 100), (2, 0), (0, None)]
    assert [point.period.until - point.period.since for point in points] == [timedelta(hours=24), timedelta(hours=23), timedelta(hours=24)]


@database
async def test_a_trend_by_month_begins_and_ends_where_it_is_asked_to() -> None:
    version = await makers.survey()
    for month in (1, 2, 2, 3):
        await score(version, 9, datetime(2026, month, 15, tzinfo=UTC))
    since, until = datetime(2026, 1, 10, tzinfo=UTC), datetime(2026, 3, 20, tzinfo=UTC)

    points = await trend(ANALYST, asked(since=since, until=until), Step.MONTH, AMSTERDAM)

    assert [point.figure.n for point in points] == [1, 2, 1]
    assert (points[0].period.since, points[-1].period.until) == (since, until)


@database
async def test_the_points_of_a_trend_add_up_to_the_whole() -> None:
    version, team = await makers.survey(), await makers.team("billing")
    for number in range(20):
        await score(version, number % 8, MARCH + timedelta(hours=35 * number), Metric.CES, team_id=team.id if number % 3 else None)
    query = asked(metric=Metric.CES, team_id=team.id, survey_id=version.survey_id)

    points: tuple[Point, ...] = await trend(ANALYST, query, Step.WEEK, AMSTERDAM)

    whole = (await metric(ANALYST, query)).figure
    assert sum(point.figure.n for point in points) == whole.n == 13
    total = sum((point.figure.value or 0) * point.figure.n for point in points)
    assert total / whole.n == pytest.approx(whole.value)


@database
@pytest.mark.parametrize(
    ("filters", "path"),
    [
        ({"until": MARCH}, "until"),
        ({"since": APRIL, "until": MARCH}, "until"),
        ({"since": datetime(2026, 3, 1)}, "since"),
    ],
)
async def test_a_period_that_cannot_be_is_refused_at_its_place(filters: dict[str, Any], path: str) -> None:
    for refusing in (metric(ANALYST, asked(**filters)), trend(ANALYST, asked(**filters), Step.DAY, AMSTERDAM)):
        with pytest.raises(Invalid) as refused:
            await refusing
        assert [fault.path for fault in refused.value.faults] == [path]


@database
async def test_a_trend_of_too_many_points_is_refused_with_the_way_out() -> None:
    with pytest.raises(Invalid, match="take a longer step"):
        await trend(ANALYST, asked(since=MARCH - timedelta(days=500)), Step.DAY, AMSTERDAM)


@database
async def test_figures_are_for_colleagues_and_not_for_strangers() -> None:
    agent = await makers.member("Arie", Role.AGENT, await makers.team("billing"))

    assert (await metric(agent, asked())).figure.n == 0
    for refusing in (metric(Actor.stranger(), asked()), trend(Actor.stranger(), asked(), Step.DAY, AMSTERDAM)):
        with pytest.raises(SignInNeeded):
            await refusing
