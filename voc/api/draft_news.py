"""What goes on in a draft: who works where, what others changed, and what one's own edits would do."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.context import Info
from voc.api.draft_edits import DraftOperation, edits_in
from voc.api.exposed import computed, field, shape, takes
from voc.api.global_ids import global_id, row_id
from voc.api.mutations import mutation
from voc.api.nodes import Id, fetch
from voc.api.streams import AfterEvent, changed, subscription
from voc.api.survey_differences import TrendEffect
from voc.api.surveys import Survey
from voc.core.access import Action
from voc.surveys import models
from voc.surveys.consequences import Consequences, Lost, consequences
from voc.surveys.differences import Effect
from voc.surveys.draft_history import content_of, places_of_step, steps_since
from voc.surveys.events import DRAFT
from voc.surveys.presence import editors_of, note_editing, stop_editing, take_over_editing
from voc.surveys.queries import current_version, questionnaire_of, surveys_visible_to


@shape
class DraftEditor:
    """A colleague at work in a draft."""

    at: str
    """The place in the draft, such as `questions/nps`; empty for the whole."""
    since: datetime
    """When they came there. Who came to a place first has it."""

    @computed
    def member_id(row: models.DraftPresence) -> strawberry.ID:  # noqa: N805 - the source is the row
        """The colleague."""
        return strawberry.ID(global_id("Member", row.member_id))

    @computed
    def name(row: models.DraftPresence) -> str:  # noqa: N805
        """Their name."""
        return row.member.name


@shape
class DraftStep:
    """One step of editing a draft."""

    made_by: str
    """Who made it."""
    made_at: datetime
    """When."""

    @computed
    def revision(row: models.DraftStep) -> int:  # noqa: N805
        """The revision of the draft after it."""
        return row.number

    @computed
    def places(row: models.DraftStep) -> list[str]:  # noqa: N805
        """What it changed: `questions/nps`, `pages/first`, or a field of the whole such as `languages`."""
        return list(places_of_step(row))


@dataclass(frozen=True, slots=True)
class News:
    """A draft, and the revision somebody knows."""

    survey: models.Survey
    since: int | None


@shape
class DraftNews:
    """What goes on in a draft."""

    @computed
    def draft_revision(news: News) -> int:  # noqa: N805
        """The revision it has now."""
        return news.survey.draft_revision

    @field(list[DraftEditor])
    async def editors(news: Parent[News]) -> Sequence[models.DraftPresence]:  # noqa: N805
        """Who works in it now, whoever came to a place first before the others."""
        return await editors_of(news.survey.id)

    @field(list[DraftStep])
    async def steps(news: Parent[News]) -> Sequence[models.DraftStep]:  # noqa: N805
        """What was changed since the revision that was asked for and is not undone, in order; empty where none was."""
        return [] if news.since is None else await steps_since(news.survey.id, news.since)


@shape
class DraftEvent:
    """A draft was changed, or somebody came to a place in it or went."""

    cursor: str
    """Its place among the events: pass it as `after` to go on from here."""
    survey_id: strawberry.ID
    """The survey."""
    news: DraftNews
    """What goes on in it now."""


@shape
class LostPart:
    """Something of a question that would be gone."""

    question: str
    """The question's id."""
    name: str
    """The field, or the id or code."""
    is_stored: bool
    """Whether answers to the published survey are kept under it: they stay, and new ones are kept under another."""


@shape
class DraftConsequences:
    """What operations would do beyond the draft itself."""

    @field(list[LostPart])
    def lost(found: Parent[Consequences]) -> tuple[Lost, ...]:  # noqa: N805
        """What would be lost."""
        return found.lost

    @field(list[TrendEffect])
    def effects(found: Parent[Consequences]) -> tuple[Effect, ...]:  # noqa: N805
        """The trends that would not go on."""
        return found.effects


@takes
class NoteEditingInput:
    """Where one works in a draft."""

    survey_id: strawberry.ID
    """The survey."""
    at: str
    """The place, such as `questions/nps`; empty for the whole."""


@takes
class TakeOverEditingInput:
    """The place in a draft to have."""

    survey_id: strawberry.ID
    """The survey."""
    at: str
    """The place, such as `questions/nps`; empty for the whole."""


@takes
class StopEditingInput:
    """The draft one works in no longer."""

    survey_id: strawberry.ID
    """The survey."""


@shape
class DraftNewsQueries:
    """Reads of what goes on in drafts."""

    @field(DraftNews | None)
    async def draft_news(
        self,
        info: Info,
        survey: Id,
        since: Annotated[int | None, strawberry.argument(description="The `draftRevision` one knows; no steps without it.")] = None,
    ) -> News | None:
        """What goes on in a draft; null where one may not see the survey."""
        row: models.Survey | None = await fetch(info, survey, "Survey")
        return News(row, since) if row else None

    @field(DraftConsequences | None)
    async def draft_consequences(
        self,
        info: Info,
        survey: Id,
        operations: Annotated[list[DraftOperation], strawberry.argument(description="What would be done; at most 500.")],
    ) -> Consequences | None:
        """What operations would do beyond the draft, without doing them; null where one may not see the survey."""
        row: models.Survey | None = await fetch(info, survey, "Survey")
        if row is None:
            return None
        version = await current_version(row.id)
        return consequences(content_of(row.draft), edits_in(operations), questionnaire_of(version) if version else None)


@shape
class DraftNewsMutations:
    """Who works where."""

    @mutation(Survey)
    async def note_editing(self, info: Info, input: NoteEditingInput) -> models.Survey:
        """Say that you work at a place of a draft; say it again within 45 seconds. Nobody is kept from saving by it."""
        return await note_editing(info.context.actor, row_id(input.survey_id, "Survey", path="surveyId"), input.at)

    @mutation(Survey)
    async def take_over_editing(self, info: Info, input: TakeOverEditingInput) -> models.Survey:
        """Have a place of a draft that a colleague had."""
        return await take_over_editing(info.context.actor, row_id(input.survey_id, "Survey", path="surveyId"), input.at)

    @mutation(Survey)
    async def stop_editing(self, info: Info, input: StopEditingInput) -> models.Survey:
        """Say that you work in a draft no longer."""
        return await stop_editing(info.context.actor, row_id(input.survey_id, "Survey", path="surveyId"))


@shape
class DraftSubscription:
    """Drafts, as they change."""

    @subscription
    async def draft_changed(
        self,
        info: Info,
        survey: Annotated[strawberry.ID, strawberry.argument(description="The survey.")],
        after: AfterEvent = None,
    ) -> AsyncIterator[DraftEvent]:
        """Changes of one draft, and who comes to a place in it and goes."""
        info.context.actor.must(Action.SEE_SURVEYS)
        survey_id = row_id(survey, "Survey", path="survey")
        async for change in changed({DRAFT}, after):
            row = await surveys_visible_to(info.context.actor).get_or_none(id=survey_id) if change.id == survey_id else None
            if row is not None:
                id = strawberry.ID(global_id("Survey", row.id))
                yield DraftEvent(cursor=change.cursor, survey_id=id, news=News(row, None))  # type: ignore[arg-type]
