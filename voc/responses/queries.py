"""Reads of this room."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from tortoise.queryset import QuerySet

from voc.core.access import Action, Actor
from voc.core.db import as_json, as_uuid, marks, padded, rows
from voc.responses.models import Answer, CallBack, Response, ResponseState
from voc.responses.read_answer import Value
from voc.surveys.models import SurveyVersion
from voc.surveys.queries import questionnaire_of
from voc.surveys.questionnaire import Questionnaire

_KEPT_QUESTIONNAIRES = 256
_questionnaires: dict[UUID, Questionnaire] = {}


def responses_visible_to(actor: Actor) -> QuerySet[Response]:
    """The responses the actor may see: all, those after contacts of their teams, or none."""
    reach = actor.reach(Action.SEE_RESPONSES)
    if reach.all:
        return Response.all()
    return Response.filter(contact__team_id__in=reach.teams) if reach else Response.filter(id__in=[])


async def answers_of(response_ids: Iterable[UUID]) -> dict[UUID, list[Answer]]:
    """The answers of each response as rows, in the order in which they were first given."""
    ids = list(response_ids)
    found: dict[UUID, list[Answer]] = {one: [] for one in ids}
    for answer in await Answer.filter(response_id__in=ids).order_by("id"):
        found[answer.response_id].append(answer)
    return found


async def values_of(response_ids: Iterable[UUID]) -> dict[UUID, dict[str, Value]]:
    """The canonical values of each response, by question."""
    ids = list(response_ids)
    found: dict[UUID, dict[str, Value]] = {one: {} for one in ids}
    for row in await rows(f"SELECT response_id, question, value FROM answer WHERE response_id IN ({marks(ids)}) ORDER BY id", *ids):
        response_id = as_uuid(row["response_id"])
        if response_id:
            found[response_id][row["question"]] = as_json(row["value"])
    return found


class OpenLinkCounts(NamedTuple):
    """The complete responses that came over an open link, and how many of them may be of somebody who answered before."""

    responses: int
    duplicates: int


async def counts_by_open_link(open_link_ids: Iterable[UUID]) -> dict[UUID, OpenLinkCounts]:
    """The counts of each open link that brought any, in one statement."""
    ids = list(open_link_ids)
    found = await rows(
        f"""SELECT i.open_link_id, COUNT(*) AS responses, SUM(CASE WHEN r.duplicate = '' THEN 0 ELSE 1 END) AS duplicates
            FROM invitation i JOIN response r ON r.invitation_id = i.id
            WHERE i.open_link_id IN ({marks(ids)}) AND r.state = ? GROUP BY i.open_link_id""",
        *ids,
        ResponseState.COMPLETE,
    )
    return {one: OpenLinkCounts(row["responses"], row["duplicates"]) for row in found if (one := as_uuid(row["open_link_id"]))}


async def call_backs_of(response_ids: Iterable[UUID]) -> dict[UUID, CallBack]:
    """The wish to be called that came with each response, where there is one."""
    return {one.response_id: one for one in await CallBack.filter(response_id__in=list(response_ids))}


async def questionnaire_by_version(version_id: UUID) -> Questionnaire:
    """The questionnaire of a version, which never changes: read and parsed once in a process."""
    known = _questionnaires.get(version_id)
    if known is None:
        known = questionnaire_of(await SurveyVersion.get(id=version_id))
        if len(_questionnaires) >= _KEPT_QUESTIONNAIRES:
            _questionnaires.clear()
        _questionnaires[version_id] = known
    return known


async def answered_since(survey_ids: Iterable[UUID], since: datetime) -> dict[UUID, int]:
    """How many responses to each survey were sent, or left, since a moment; tests left out."""
    ids = padded(list(survey_ids))
    sql = f"""SELECT survey_id, COUNT(*) AS n FROM response WHERE survey_id IN ({marks(ids)}) AND submitted_at >= ? AND is_test = ?
              GROUP BY survey_id"""
    return {UUID(str(row["survey_id"])): row["n"] for row in await rows(sql, *ids, since, False)}
