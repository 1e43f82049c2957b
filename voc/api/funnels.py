"""From contacts to answers: how many were decided on, asked, reached, and answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry import Parent

from voc.api.context import Info
from voc.api.enums import Reason
from voc.api.exposed import field, shape, takes
from voc.api.narrowing import id_of
from voc.core.access import Action
from voc.core.db import rows
from voc.outreach.deciding.reasons import sentence
from voc.outreach.deciding.verdicts import Verdict

_INVITATIONS = """
    SELECT count(*) AS invited,
        COALESCE(SUM(CASE WHEN sent_at IS NOT NULL AND state <> 'failed' THEN 1 ELSE 0 END), 0) AS delivered,
        COALESCE(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0) AS failed,
        COALESCE(SUM(CASE WHEN state = 'held' THEN 1 ELSE 0 END), 0) AS held,
        COALESCE(SUM(CASE WHEN opened_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS opened,
        COALESCE(SUM(CASE WHEN answered_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS answered,
        COALESCE(SUM(CASE WHEN declined_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS declined
    FROM invitation WHERE NOT is_test AND open_link_id IS NULL AND {}"""


@dataclass(frozen=True, slots=True)
class Said:
    """How often something was said for a reason."""

    verdict: Verdict
    reason: Reason
    n: int


@shape
class FunnelReason:
    """How many contacts were not asked about, for one reason."""

    reason: Reason
    """The reason."""
    n: int
    """How many they are."""

    @field(str)
    def explanation(said: Parent[Said], info: Info) -> str:  # noqa: N805 - the source is what was said
        """The reason as a sentence, in your language."""
        return sentence(said.reason, info.context.language)


@shape
class OutreachFunnel:
    """From contacts to answers. Decisions count by when they were made, invitations by when they were planned.

    Tests are left out, and so is whoever answered over an open link: nobody was asked in person.
    """

    decided: int
    """Decisions made."""
    asked: int
    """Decisions to ask."""
    delayed: int
    """Decisions to look again later."""
    skipped: list[FunnelReason]
    """Decisions not to ask, by reason, the most frequent first."""
    invited: int
    """Invitations planned, also those that no decision made."""
    held: int
    """Those that wait for a pause to end."""
    delivered: int
    """Those that were put in front of the customer."""
    failed: int
    """Those that could not be delivered."""
    opened: int
    """Those whose link was opened, by a person or a scanner."""
    answered: int
    """Those that were answered."""
    declined: int
    """Those that the customer said were not for them."""


@takes
class FunnelFilter:
    """What to count."""

    survey_id: strawberry.ID | None
    """Only this survey."""
    since: datetime | None
    """Only from this moment."""
    until: datetime | None
    """Only up to, not including, this moment."""


@shape
class FunnelQueries:
    """From contacts to answers."""

    @field(OutreachFunnel | None)
    async def outreach_funnel(
        self, info: Info, filter: Annotated[FunnelFilter | None, strawberry.argument(description="What to count.")] = None
    ) -> OutreachFunnel:
        """How many contacts were decided on, asked about, reached and answered."""
        info.context.actor.must(Action.SEE_OUTREACH)
        asked = filter or FunnelFilter(survey_id=None, since=None, until=None)
        said = await _said(*_where(asked, "decided_at"))
        where, values = _where(asked, "created_at")
        counted = (await rows(_INVITATIONS.format(where), *values))[0]
        return _funnel(said, {name: int(count) for name, count in counted.items()})


def _funnel(said: list[Said], counted: Mapping[str, int]) -> OutreachFunnel:
    by = {verdict: [one for one in said if one.verdict is verdict] for verdict in Verdict}
    skipped: Any = sorted(by[Verdict.SKIP], key=lambda one: (-one.n, one.reason))
    return OutreachFunnel(
        decided=sum(one.n for one in said),
        asked=sum(one.n for one in by[Verdict.SEND]),
        delayed=sum(one.n for one in by[Verdict.DELAY]),
        skipped=skipped,
        **counted,
    )


async def _said(where: str, values: list[object]) -> list[Said]:
    found = await rows(f"SELECT verdict, reason, count(*) AS n FROM decision WHERE {where} GROUP BY verdict, reason", *values)
    return [Said(Verdict(row["verdict"]), Reason(row["reason"]), int(row["n"])) for row in found]


def _where(asked: FunnelFilter, moment: str) -> tuple[str, list[object]]:
    survey_id: UUID | None = id_of(asked.survey_id, "Survey", "filter.surveyId")
    conditions = {"survey_id = ?": survey_id, f"{moment} >= ?": asked.since, f"{moment} < ?": asked.until}
    given = {condition: value for condition, value in conditions.items() if value is not None}
    return " AND ".join(["1 = 1", *given]), list(given.values())
