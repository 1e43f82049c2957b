"""Reads of the insight room."""

from collections.abc import Iterable
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from voc.core.access import Action, Actor
from voc.insight.models import Reading, Score
from voc.responses.models import Response
from voc.responses.queries import responses_visible_to


def comments_visible_to(actor: Actor) -> QuerySet[Response]:
    """The responses the actor may see in which something was written, tests left out."""
    written = Reading.filter(superseded_at=None).values("response_id")
    return responses_visible_to(actor).filter(is_test=False, id__in=Subquery(written))


def scores_visible_to(actor: Actor) -> QuerySet[Score]:
    """The current scores of responses the actor may see."""
    scores = Score.filter(superseded_at=None)
    if actor.reach(Action.SEE_RESPONSES).all:
        return scores
    return scores.filter(response_id__in=Subquery(responses_visible_to(actor).values("id")))


async def readings_of(response_ids: Iterable[UUID]) -> dict[UUID, list[Reading]]:
    """The current readings of each response, in one statement; every id given is a key."""
    found: dict[UUID, list[Reading]] = {response_id: [] for response_id in response_ids}
    for reading in await Reading.filter(response_id__in=list(found), superseded_at=None).order_by("question"):
        found[reading.response_id].append(reading)
    return found


async def scores_of(response_ids: Iterable[UUID]) -> dict[UUID, list[Score]]:
    """The current scores of each response, in one statement; every id given is a key."""
    found: dict[UUID, list[Score]] = {response_id: [] for response_id in response_ids}
    for score in await Score.filter(response_id__in=list(found), superseded_at=None).order_by("question"):
        found[score.response_id].append(score)
    return found
