"""What a colleague says of a held answer: that a person gave it and it counts, or that it does not; and taking that back.

Each judgement is a row that says who and when, and stays for ever. One is in force until it is undone.
"""

from enum import StrEnum
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import rows
from voc.core.errors import Conflict
from voc.core.events import emit
from voc.core.find import one
from voc.core.verb import joining, verb
from voc.outreach import invitations
from voc.responses.events import ResponseChanged, ResponseSubmitted
from voc.responses.models import Judgement, Response, ResponseState
from voc.responses.queries import responses_visible_to


class Held(StrEnum):
    """Where an answer that a scanner may have given stands: held until somebody says, held for good, or counted after all."""

    WAITING = "waiting"
    NOT_COUNTED = "not_counted"
    COUNTED = "counted"


def suspects_visible_to(actor: Actor, standing: Held) -> QuerySet[Response]:
    """The answers that were sent or left, seemed a scanner's and stand there, as far as the actor may see them."""
    found = responses_visible_to(actor).filter(submitted_at__isnull=False, is_test=False, erased_at=None)
    if standing is Held.COUNTED:
        return found.filter(id__in=_judged(counts=True))
    held = found.filter(suspect__gt="")
    return held.filter(id__in=_judged(counts=False)) if standing is Held.NOT_COUNTED else held.filter(id__not_in=_judged(counts=False))


@verb(Action.JUDGE_ANSWER)
async def judge_suspect(actor: Actor, response_id: UUID, *, counts: bool) -> Response:
    """Say that a held answer counts, or that it does not.

    One that counts is free: scores, readings, routes and tasks follow as if the customer had come back and sent it now. One that
    does not stays as it is for ever, hidden from all figures, unless the customers themselves come back with the same link.
    A later word takes the place of an earlier one. Refuses an answer that is not held, was deleted or is still being given (Conflict).
    """
    response = await one(responses_visible_to(actor), response_id)
    signs = await _locked(response)
    now = clock.now()
    await Judgement.filter(response_id=response.id, undone_at=None).update(undone_at=now, undone_by=actor.name)
    await Judgement.create(response_id=response.id, counts=counts, signs=signs, by=actor.name, at=now)
    if counts:
        await _free(response)
    return await Response.get(id=response.id)


@verb(Action.JUDGE_ANSWER)
async def undo_judgement(actor: Actor, response_id: UUID) -> Response:
    """Take back what was said of an answer: it is held again, and waits for somebody to say.

    Refuses where nothing is in force, and where the customer has sent something since (Conflict). That an answer came stays noted, so
    that nobody is reminded of what they answered.
    """
    response = await one(responses_visible_to(actor), response_id)
    await _lock(response.id)
    said = await Judgement.filter(response_id=response.id, undone_at=None).order_by("-at").first()
    if said is None:
        raise Conflict("NOT_JUDGED", "Nobody has said yet whether this answer counts.")
    if said.counts:
        held_again = await Response.filter(id=response.id, suspect="", erased_at=None, saved_at__lte=said.at).update(suspect=said.signs)
        if not held_again:
            raise Conflict("CHANGED_SINCE", "The customer has sent or deleted something since: a person did that, so it is not held again.")
        await emit(ResponseChanged(response.id))
    await Judgement.filter(id=said.id).update(undone_at=clock.now(), undone_by=actor.name)
    return await Response.get(id=response.id)


async def judgements_of(response_ids: list[UUID]) -> dict[UUID, Judgement]:
    """What is in force of each response, where anybody said anything."""
    return {one.response_id: one for one in await Judgement.filter(response_id__in=response_ids, undone_at=None).order_by("at")}


def _judged(*, counts: bool) -> Subquery:
    return Subquery(Judgement.filter(undone_at=None, counts=counts).values("response_id"))


async def _lock(response_id: UUID) -> None:
    # Changes nothing: two colleagues, or a colleague and the customer, go one after the other.
    await rows("UPDATE response SET suspect = suspect WHERE id = ? RETURNING id", response_id)


async def _locked(response: Response) -> str:
    """The signs of a held answer that nobody else judges now."""
    await _lock(response.id)
    held = await Response.get(id=response.id)
    if held.erased_at or not held.suspect:
        raise Conflict("NOT_HELD", "This answer is not held any more: it counts, or the customer deleted it.")
    if held.submitted_at is None:
        raise Conflict("STILL_OPEN", "This answer is still being given. Wait until it is sent or left.")
    return held.suspect


async def _free(response: Response) -> None:
    await Response.filter(id=response.id).update(suspect="")
    if response.invitation_id and response.state is ResponseState.COMPLETE:
        await joining(invitations.mark_answered)(Actor.respondent(response.invitation_id), response.invitation_id)
    await emit(ResponseSubmitted(response.id))
