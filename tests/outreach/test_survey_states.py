"""Where surveys stand, in one statement for all of them."""

from datetime import timedelta
from types import ModuleType

from tests.followup import makers
from voc.core.access import Actor
from voc.core.db import count_statements
from voc.outreach.models import PauseScope, Policy
from voc.outreach.survey_states import SurveyState, sent_since, survey_states, surveys_that_are
from voc.outreach.wishes.pause import pause
from voc.responses.queries import answered_since
from voc.surveys.models import Survey

SYSTEM = Actor.system("test")


async def test_each_survey_stands_somewhere(db: str, clock: ModuleType) -> None:
    by_hand, asked, over, stopped = [await makers.survey(key) for key in ("by-hand", "asked", "over", "stopped")]
    draft = await Survey.create(key="draft", name="Draft", brand=await (await by_hand.survey).brand, draft="")
    await Policy.create(key="asks", name="Asks", number=1, survey_id=asked.survey_id)
    await Policy.create(key="asked", name="Asked", number=1, survey_id=over.survey_id, retired_at=clock.now())
    await pause(SYSTEM, PauseScope.SURVEY, "stopped", "A wrong link")
    ids = {
        "draft": draft.id,
        **{
            one: version.survey_id
            for one, version in zip(("hand", "asked", "over", "stopped"), (by_hand, asked, over, stopped), strict=True)
        },
    }
    with count_statements() as seen:
        found = await survey_states(ids.values())
    assert seen.count == 1
    assert {name: found[id].value for name, id in ids.items()} == {
        "draft": "draft",
        "hand": "live",
        "asked": "live",
        "over": "ended",
        "stopped": "paused",
    }
    assert await surveys_that_are(SurveyState.ENDED) == [over.survey_id]
    await makers.response(asked, {"nps": 9})
    await makers.response(asked, {"nps": 9}, is_test=True)
    await makers.response(asked, {"nps": 9}, submitted_at=clock.now() - timedelta(days=8))
    week = clock.now() - timedelta(days=7)
    assert await answered_since(ids.values(), week) == {asked.survey_id: 1}
    assert await sent_since(ids.values(), week) == {}
