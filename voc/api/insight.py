"""What responses mean: scores, and readings of texts with the words they rest on."""

from collections.abc import Awaitable
from datetime import datetime
from typing import TypeVar

from strawberry import Parent

from voc.api.context import Info
from voc.api.enums import Band, Channel, Label, Metric
from voc.api.exposed import computed, exposes, field, shape
from voc.api.nodes import Node
from voc.api.sensitive import hidden_in, may_read
from voc.api.staff import Team
from voc.insight import models
from voc.insight.queries import comments_visible_to, scores_visible_to
from voc.staff.models import Team as TeamRow

T = TypeVar("T")


@shape
class Evidence:
    """A word that moved a reading."""

    start: int
    """Where the word begins in the text, in characters from 0."""
    end: int
    """Where it ends; the character there is no longer part of it."""
    word: str
    """The word."""
    weight: float
    """How much it moved the score, and which way."""
    rule: str
    """The rule of the analyser that applied."""


@exposes(models.Reading, visible=comments_visible_to)
class Reading(Node):
    """What an analyser says of one text. A newer reading supersedes it; it is never changed."""

    question: str
    """The question the text answers."""
    language: str
    """The language it was read in."""
    language_from: str
    """Where the language comes from: the survey, or the detector that decided."""
    score: float | None
    """The mood from -1 to 1; null where unknown."""
    analyser: str
    """The analyser."""
    analyser_version: str
    """Its version."""
    read_at: datetime
    """When it was read."""

    @computed
    def sentiment(row: models.Reading) -> Label:  # noqa: N805 - the source is the row
        """The mood of the text."""
        return row.label

    @field(str | None)
    def sentence(row: Parent[models.Reading], info: Info) -> Awaitable[str | None] | str | None:  # noqa: N805
        """The sentence that carries the mood most; null where you may not read it."""
        return _readable(row, info, row.sentence, None)

    @field(list[Evidence])
    def evidence(row: Parent[models.Reading], info: Info) -> Awaitable[list[Evidence]] | list[Evidence]:  # noqa: N805
        """The words it rests on; empty where you may not read the text."""
        return _readable(row, info, [Evidence(**found) for found in row.evidence], [])


@exposes(models.Score, visible=scores_visible_to)
class Score:
    """One metric value of one response, with the facts as they were at that moment."""

    question: str
    """The question that was answered."""
    metric: Metric
    """What it measures."""
    value: float
    """The value that was chosen, on the scale of the question."""
    low: float
    """The lowest value of the scale."""
    high: float
    """The highest value of the scale."""
    band: Band
    """What the value means."""
    touchpoint: str | None
    """The kind of moment it is about."""
    agent_key: str | None
    """The colleague who had the contact, by their name in the contact centre."""
    segment: str | None
    """The segment the customer was in."""
    channel: Channel
    """The channel the answer came over."""
    is_counted: bool
    """Whether figures count it: false for tests and suspect answers."""
    answered_at: datetime
    """When it was given."""

    @field(Team | None)
    async def team(row: Parent[models.Score], info: Info) -> TeamRow | None:  # noqa: N805
        """The team that had the contact."""
        return await info.context.loaders.row(TeamRow, row.team_id)


def _readable(row: models.Reading, info: Info, plain: T, hidden: T) -> Awaitable[T] | T:
    return plain if may_read(info) else _unless_hidden(row, info, plain, hidden)


async def _unless_hidden(row: models.Reading, info: Info, plain: T, hidden: T) -> T:
    return hidden if row.question in await hidden_in(info, row.response_id) else plain
