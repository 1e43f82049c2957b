"""Answers that another system collected long ago."""

from datetime import timedelta
from types import ModuleType

import pytest

from tests.followup import makers
from voc.followup.models import Task

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize(("days", "tasks"), [(2, 1), (400, 0)])
async def test_an_unhappy_answer_of_last_year_that_is_taken_over_raises_nothing(clock: ModuleType, days: int, tasks: int) -> None:
    await makers.team("care", is_fallback=True)
    await makers.route("unhappy", "scores.nps <= 6")
    answered_at = clock.now() - timedelta(days=days)
    taken_over = await makers.response(await makers.survey(), {"nps": 2}, source="qualtrics", source_id="R_1", submitted_at=answered_at)

    await makers.follow(taken_over)

    assert await Task.all().count() == tasks
