"""Where surveys stand: still a draft, asked, paused, or no longer asked by anything."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from voc.core import clock
from voc.core.db import as_uuid, marks, padded, rows
from voc.outreach.models import PauseScope

LONGEST_ON_ITS_WAY = timedelta(days=31)


class SurveyState(StrEnum):
    """Where a survey stands."""

    DRAFT = "draft"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"


_IN_FORCE = "p.survey_id = s.id AND p.retired_at IS NULL AND p.number > 0"
_OPEN = "l.survey_id = s.id AND l.revoked_at IS NULL AND (l.closes_at IS NULL OR l.closes_at > ?)"
_STATE = f"""
    SELECT s.id, CASE
        WHEN s.last_number = 0 THEN '{SurveyState.DRAFT}'
        WHEN EXISTS (SELECT 1 FROM pause WHERE ended_at IS NULL AND (scope = '{PauseScope.EVERYTHING}'
                     OR (scope = '{PauseScope.SURVEY}' AND ref = s.key))) THEN '{SurveyState.PAUSED}'
        WHEN EXISTS (SELECT 1 FROM policy p WHERE {_IN_FORCE}) OR EXISTS (SELECT 1 FROM open_link l WHERE {_OPEN}) THEN '{SurveyState.LIVE}'
        WHEN EXISTS (SELECT 1 FROM policy p WHERE p.survey_id = s.id AND p.number > 0)
            OR EXISTS (SELECT 1 FROM open_link l WHERE l.survey_id = s.id)
            THEN '{SurveyState.ENDED}'
        ELSE '{SurveyState.LIVE}' END AS state
    FROM survey s"""


async def survey_states(survey_ids: Iterable[UUID]) -> dict[UUID, SurveyState]:
    """Where each survey stands, in one statement. A published one that no policy and no link ever asked with is live: it can be sent by
    hand or by a program; one that all of them stopped asking with has ended."""
    ids = padded(list(survey_ids))
    found = await rows(f"{_STATE} WHERE s.id IN ({marks(ids)})", clock.now(), *ids)
    return {UUID(str(row["id"])): SurveyState(row["state"]) for row in found}


async def surveys_that_are(state: SurveyState) -> list[UUID]:
    """The surveys that stand so."""
    found = await rows(f"SELECT id FROM ({_STATE}) AS standing WHERE state = ?", clock.now(), state)
    return [UUID(str(row["id"])) for row in found]


async def sent_since(survey_ids: Iterable[UUID], since: datetime) -> dict[UUID, int]:
    """How many invitations of each survey left since a moment, tests left out; only those made at most a month before."""
    ids = padded(list(survey_ids))
    sql = f"""SELECT survey_id, COUNT(*) AS n FROM invitation WHERE survey_id IN ({marks(ids)}) AND created_at >= ?
              AND sent_at >= ? AND is_test = ? AND state <> 'failed' GROUP BY survey_id"""
    return {UUID(str(as_uuid(row["survey_id"]))): row["n"] for row in await rows(sql, *ids, since - LONGEST_ON_ITS_WAY, since, False)}
