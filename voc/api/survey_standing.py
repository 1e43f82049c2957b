"""Where a survey stands, for a list of many: its state, how far its languages are, and what came of it in the last week."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from strawberry import Parent

from voc.api.context import Info
from voc.api.exposed import field, shape
from voc.api.survey_states import SurveyState
from voc.api.text_tables import LanguageProgress
from voc.core import clock
from voc.outreach.survey_states import sent_since, survey_states
from voc.responses.queries import answered_since
from voc.surveys import models
from voc.surveys.translations.standing import progress_of
from voc.surveys.translations.table import Progress

WEEK = timedelta(days=7)


@shape
class SurveyStanding:
    """Where a survey stands."""

    @field(SurveyState)
    async def state(row: Parent[models.Survey], info: Info) -> SurveyState | None:  # noqa: N805 - the source is the row
        """Its state."""
        return await info.context.loaders.of(survey_states, row.id)

    @field(int)
    async def sent_last_week(row: Parent[models.Survey], info: Info) -> int:  # noqa: N805
        """How many invitations left in the last seven days, tests left out."""
        return await info.context.loaders.of(_sent, row.id) or 0

    @field(int)
    async def answered_last_week(row: Parent[models.Survey], info: Info) -> int:  # noqa: N805
        """How many answered in the last seven days, tests left out."""
        return await info.context.loaders.of(_answered, row.id) or 0

    @field(list[LanguageProgress])
    async def languages(row: Parent[models.Survey]) -> tuple[Progress, ...]:  # noqa: N805
        """How far each language of the draft is; empty where it describes nothing yet, or is very long."""
        await asyncio.sleep(0)  # reading a draft takes milliseconds, and a list has many: others get their turn between two
        return progress_of(row.id, row.draft_revision, row.draft) or ()


async def _sent(survey_ids: Iterable[UUID]) -> dict[UUID, int]:
    return await sent_since(survey_ids, clock.now() - WEEK)


async def _answered(survey_ids: Iterable[UUID]) -> dict[UUID, int]:
    return await answered_since(survey_ids, clock.now() - WEEK)
