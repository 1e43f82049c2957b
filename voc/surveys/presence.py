"""Who works where in a draft: told by their page every few seconds, and forgotten soon after it stops telling."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from voc.core import clock, live
from voc.core.access import Action, Actor
from voc.core.db import execute
from voc.core.errors import Forbidden
from voc.core.find import one
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.surveys.events import DRAFT
from voc.surveys.models import DraftPresence, Survey
from voc.surveys.queries import surveys_visible_to

FRESH = timedelta(seconds=45)
LONGEST_PLACE = 2000


@verb(Action.EDIT_SURVEY)
async def note_editing(actor: Actor, survey_id: UUID, at: str) -> Survey:
    """Say that one works at a place of a draft, such as `questions/nps`. Who came first has it; nobody else is kept from saving.

    It holds for 45 seconds: say it again before. Only colleagues can (Forbidden for programs).
    """
    survey = await one(surveys_visible_to(actor), survey_id)
    now, before = clock.now(), await DraftPresence.get_or_none(survey_id=survey.id, member_id=_member(actor))
    is_still_there = before is not None and before.at == at and before.seen_at > now - FRESH
    await _stand(actor, survey, at, before.since if before and is_still_there else now)
    if not is_still_there:
        await live.note(DRAFT, survey.id)
    return survey


@verb(Action.EDIT_SURVEY)
async def take_over_editing(actor: Actor, survey_id: UUID, at: str) -> Survey:
    """Have a place of a draft, whoever had it before. What they type can still be saved, as far as it is about other texts."""
    survey = await one(surveys_visible_to(actor), survey_id)
    await DraftPresence.filter(survey_id=survey.id, at=at[:LONGEST_PLACE]).exclude(member_id=_member(actor)).delete()
    await _stand(actor, survey, at, clock.now())
    await live.note(DRAFT, survey.id)
    return survey


@verb(Action.EDIT_SURVEY)
async def stop_editing(actor: Actor, survey_id: UUID) -> Survey:
    """Say that one works nowhere in a draft any more."""
    survey = await one(surveys_visible_to(actor), survey_id)
    if await DraftPresence.filter(survey_id=survey.id, member_id=_member(actor)).delete():
        await live.note(DRAFT, survey.id)
    return survey


async def editors_of(survey_id: UUID) -> Sequence[DraftPresence]:
    """Who works in a draft now, with the member; who came to a place first stands first."""
    fresh = DraftPresence.filter(survey_id=survey_id, seen_at__gt=clock.now() - FRESH)
    return await fresh.order_by("since", "id").select_related("member")


async def _stand(actor: Actor, survey: Survey, at: str, since: datetime) -> None:
    now = clock.now()
    await DraftPresence.filter(survey_id=survey.id, seen_at__lt=now - 10 * FRESH).delete()
    await execute(
        """
        INSERT INTO draft_presence (id, survey_id, member_id, at, since, seen_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (survey_id, member_id) DO UPDATE SET at = excluded.at, since = excluded.since, seen_at = excluded.seen_at
        """,
        *(new_id(), survey.id, _member(actor), at[:LONGEST_PLACE], since, now),
    )


def _member(actor: Actor) -> UUID:
    if not actor.is_member or actor.id is None:
        raise Forbidden("Only a colleague can be at work in a draft.")
    return actor.id
