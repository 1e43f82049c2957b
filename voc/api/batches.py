"""Reads for many parents at once that only the edge needs; each takes the actor and gives what they may see, by parent."""

from collections.abc import Awaitable, Callable, Collection
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from tortoise.models import Model
from tortoise.queryset import QuerySet

from voc.core.access import Actor
from voc.responses.models import Answer
from voc.staff.models import Member, Membership
from voc.staff.queries import members_visible_to
from voc.surveys.questions import Text

M = TypeVar("M", bound=Model)


def children(
    visible: Callable[[Actor], QuerySet[M]], column: str, *order: str
) -> Callable[[Actor, list[UUID]], Awaitable[dict[UUID, list[M]]]]:
    """A batch for `loaders.seen`: the visible rows whose column names each parent, in order, in one statement.

    For parents that have a handful; where there may be many, page through them with `within`.
    """

    async def batch(actor: Actor, parents: list[UUID]) -> dict[UUID, list[M]]:
        found: dict[UUID, list[M]] = {parent: [] for parent in parents}
        for row in await visible(actor).filter(**{f"{column}__in": parents}).order_by(*order):
            found[getattr(row, column)].append(row)
        return found

    return batch


def single(visible: Callable[[Actor], QuerySet[M]], column: str) -> Callable[[Actor, list[UUID]], Awaitable[dict[UUID, M]]]:
    """A batch for `loaders.seen`: the one visible row whose column names each parent."""

    async def batch(actor: Actor, parents: list[UUID]) -> dict[UUID, M]:
        return {getattr(row, column): row for row in await visible(actor).filter(**{f"{column}__in": parents})}

    return batch


async def members_of_teams(actor: Actor, team_ids: Collection[UUID]) -> dict[UUID, list[Member]]:
    """The active colleagues who hold a role for each team, by name."""
    held: set[tuple[Any, Any]] = set(await Membership.filter(team_id__in=team_ids).values_list("team_id", "member_id"))
    ids = {member_id for _, member_id in held}
    members = await members_visible_to(actor).filter(id__in=ids, deactivated_at=None).order_by("name", "id")
    return {team_id: [member for member in members if (team_id, member.id) in held] for team_id in team_ids}


class Written(NamedTuple):
    """A text that a customer wrote, and the question it answers."""

    question: str
    text: str


async def texts_of_responses(response_ids: list[UUID]) -> dict[UUID, list[Written]]:
    """The texts of each response, in the order in which they were first given."""
    found: dict[UUID, list[Written]] = {}
    written = Answer.filter(response_id__in=response_ids, kind=Text.kind).exclude(text=None).order_by("id")
    for response_id, question, text in await written.values_list("response_id", "question", "text"):
        found.setdefault(response_id, []).append(Written(question, text))
    return found
