"""Rehearsals: a survey walked through with some answers, without keeping anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.context import Info
from voc.api.exposed import computed, field, shape, takes
from voc.api.nodes import Id, fetch
from voc.api.problems import Fault
from voc.api.questionnaires import QuestionnaireEndPage
from voc.api.rehearsal_parts import Found, Left, RehearsedNamedScore, RehearsedScore, RehearsedStep, RehearsedTask, SkippedQuestion
from voc.api.response_changes import QuestionAnswerInput, values_in
from voc.api.survey_flows import Version
from voc.core import errors, settings
from voc.followup.expected_tasks import ExpectedTask, Somebody, expected_tasks
from voc.responses import rehearsal as rehearsing
from voc.surveys import questionnaire as documents
from voc.surveys.editions import draft_edition, published_edition
from voc.surveys.models import Survey

Language = Annotated[str | None, strawberry.argument(description="The customer's language; the survey's first when left out.")]
Seed = Annotated[int | None, strawberry.argument(description="Decides every random order; as written when left out.")]


@takes
class SomebodyInput:
    """Whom a rehearsal is answered as: what routes look at beside the answers."""

    channel: str | None
    """The channel of the answer, such as email."""
    touchpoint: str | None
    """The touchpoint of the contact, by its key."""
    team: str | None
    """The team that had the contact, by its key."""
    queue: str | None
    """The queue of the contact."""
    segment: str | None
    """The segment of the customer."""
    value: float | None
    """What the customer is worth, as an amount."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A rehearsal and the tasks to expect."""

    found: rehearsing.Rehearsal
    tasks: Sequence[ExpectedTask]


@shape
class Rehearsal:
    """A survey walked through with some answers."""

    tasks: list[RehearsedTask]
    """The tasks to expect."""

    @field(list[RehearsedStep])
    def steps(rehearsed: Parent[Rehearsed]) -> list[Found]:  # noqa: N805
        """What is asked, step by step."""
        return [Found(step, rehearsed.found.questionnaire) for step in rehearsed.found.steps]

    @field(list[SkippedQuestion])
    def skipped(rehearsed: Parent[Rehearsed]) -> list[Left]:  # noqa: N805
        """What is not asked."""
        return [Left(one, rehearsed.found.questionnaire) for one in rehearsed.found.skipped]

    @field(list[Fault])
    def faults(rehearsed: Parent[Rehearsed]) -> tuple[errors.Fault, ...]:  # noqa: N805
        """What must be mended or answered before it could be sent, in the words of the page; `path` is the name of the answer."""
        return rehearsed.found.faults

    @field(QuestionnaireEndPage)
    def end_page(rehearsed: Parent[Rehearsed]) -> documents.EndPage:  # noqa: N805
        """How it ends when it is sent like this."""
        return rehearsed.found.end_page

    @field(list[RehearsedScore])
    def scores(rehearsed: Parent[Rehearsed]) -> tuple[rehearsing.ScoreSeen, ...]:  # noqa: N805
        """The metric values, each with what it means."""
        return rehearsed.found.scores

    @computed
    def named_scores(rehearsed: Rehearsed) -> list[RehearsedNamedScore]:  # noqa: N805
        """The named scores that have a value."""
        return [RehearsedNamedScore(key=name, value=value) for name, value in rehearsed.found.checked.walk.scores.items()]

    @computed
    def quotas(rehearsed: Rehearsed) -> list[str]:  # noqa: N805
        """The keys of the quotas that such a response counts for."""
        return list(rehearsed.found.quotas)

    @computed
    def minutes(rehearsed: Rehearsed) -> int:  # noqa: N805
        """How long it takes, in minutes."""
        return max(1, ceil(rehearsed.found.seconds / 60))


@shape
class RehearsalQueries:
    """Rehearsals."""

    @field(Rehearsal | None)
    async def rehearse(
        self,
        info: Info,
        survey: Id,
        answers: Annotated[list[QuestionAnswerInput], strawberry.argument(description="What is answered.")],
        version: Version = None,
        language: Annotated[
            str | None, strawberry.argument(description="The customer's language; the survey's first when left out.")
        ] = None,
        seed: Annotated[int | None, strawberry.argument(description="Decides every random order; as written when left out.")] = None,
        full: Annotated[list[str] | None, strawberry.argument(description="Quotas to take as full, by their keys.")] = None,
        somebody: Annotated[SomebodyInput | None, strawberry.argument(description="Whom it is answered as.")] = None,
    ) -> Rehearsed | None:
        """Walk through the draft of a survey, or a published version, with these answers; nothing is kept.

        The verdict on the answers is the one that the survey's pages and `submitResponse` give.
        """
        row: Survey | None = await fetch(info, survey, "Survey")
        if row is None:
            return None
        questionnaire = draft_edition(row) if version is None else await published_edition(row, version)
        country = settings.current().default_country
        found = rehearsing.rehearse(questionnaire, values_in(answers), language or "", seed=seed or 0, full=full or (), country=country)
        return Rehearsed(found, await expected_tasks(row.key, found, _somebody(somebody)))


def _somebody(given: SomebodyInput | None) -> Somebody:
    if given is None:
        return Somebody()
    texts = {name: getattr(given, name) or "" for name in ("channel", "touchpoint", "team", "queue", "segment")}
    return Somebody(**texts, value=given.value)
