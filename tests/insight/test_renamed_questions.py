"""A question that was renamed goes on as one line, under whichever of its names it is asked for."""

from datetime import timedelta

from tests.followup import makers
from tests.insight.test_metrics import AMSTERDAM, ANALYST, MARCH, asked, database, n_of, score
from voc.core.db import count_statements
from voc.insight.periods import Step
from voc.insight.trends import trend
from voc.surveys.models import SurveyVersion


@database
async def test_a_trend_goes_on_under_the_new_name_of_its_question() -> None:
    first = await makers.survey()
    second = await SurveyVersion.create(
        survey_id=first.survey_id, number=2, document=first.document, published_by="Dora", renamed={"recommend": "nps"}
    )
    other = await makers.survey("other")
    await score(first, 2, MARCH + timedelta(days=1), question="recommend")
    await score(first, 9, MARCH + timedelta(days=1), question="nps")
    await score(second, 9, MARCH + timedelta(days=2))
    await score(other, 9, MARCH + timedelta(days=3))
    await score(other, 9, MARCH + timedelta(days=3), question="recommend")

    of = {"survey_id": first.survey_id}
    assert [await n_of(**of, question="nps"), await n_of(**of, question="recommend"), await n_of(question="nps")] == [2, 2, 3]
    points = await trend(ANALYST, asked(**of, question="nps", until=MARCH + timedelta(days=4)), Step.DAY, AMSTERDAM)
    assert [point.figure.n for point in points] == [0, 1, 1, 0]
    with count_statements() as statements:
        await trend(ANALYST, asked(**of, question="nps"), Step.DAY, AMSTERDAM)
    assert statements.count == 2
