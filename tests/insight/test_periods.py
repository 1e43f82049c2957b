"""Days, weeks and months are cut where the clocks of a zone do."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from voc.insight.periods import Period, Step, periods

zones = st.sampled_from(["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]).map(ZoneInfo)
moments = st.datetimes(datetime(2011, 12, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def test_a_day_that_a_zone_left_out_is_no_period() -> None:
    apia = ZoneInfo("Pacific/Apia")  # crossed the date line on 30 December 2011
    whole = Period(datetime(2011, 12, 29, tzinfo=apia), datetime(2012, 1, 1, tzinfo=apia))

    assert [one.since.astimezone(apia).day for one in periods(whole, Step.DAY, apia)] == [29, 31]


@given(moments, st.integers(1, 100 * 24 * 60), st.sampled_from(list(Step)), zones)
def test_periods_join_without_gap_or_overlap(since: datetime, minutes: int, step: Step, zone: ZoneInfo) -> None:
    whole = Period(since, since + timedelta(minutes=minutes))

    cut = list(periods(whole, step, zone))

    assert (cut[0].since, cut[-1].until) == (whole.since, whole.until)
    assert all(one.until == following.since for one, following in pairwise(cut))
    assert all(one.since < one.until for one in cut)
