"""How many were asked to get the answers: eligible, invited, delivered, answered."""

from dataclasses import dataclass

from voc.core.db import rows
from voc.insight.metric_query import MetricQuery
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.models import InvitationState

# Contacts that no policy meant to ask about.
_NOT_MEANT = ", ".join(
    f"'{reason.value}'"
    for reason in (
        Reason.NO_POLICY,
        Reason.CONDITION_NOT_MET,
        Reason.CONTACT_SPAM,
        Reason.CONTACT_ABANDONED,
        Reason.CONTACT_SUPPLIER,
        Reason.CONTACT_EXCLUDED,
        Reason.OUTCOME_EXCLUDED,
        Reason.NO_MARKETING,
    )
)
_IS_DELIVERED = f"i.sent_at IS NOT NULL AND i.state <> '{InvitationState.FAILED.value}'"


@dataclass(frozen=True, slots=True)
class Funnel:
    """Counts of the period, by the moment of the decision and of the invitation; tests and answers over open links are left out.

    `eligible` are contacts that a policy of the surveys meant to ask about, also where it then had a reason not to; None where the
    filters (language, channel) speak of something only an invitation has. `invited` are invitations made, `delivered` those that were
    put in front of the customer, `answered` those that came back.
    """

    eligible: int | None
    invited: int
    delivered: int
    answered: int


async def funnel(query: MetricQuery) -> Funnel:
    """The counts behind a metric, over the survey of the query, or all surveys that ever brought this metric."""
    decided, decided_values = _conditions(query, "d", "d.decided_at")
    invited, invited_values = _conditions(query, "i", "i.created_at")
    found = await rows(
        f"""SELECT (SELECT COUNT(*) FROM decision d {_joins(query, "d")} WHERE d.reason NOT IN ({_NOT_MEANT}) AND {decided}) AS eligible,
                   COUNT(*) AS invited, {_count_where(_IS_DELIVERED)} AS delivered, {_count_where("i.answered_at IS NOT NULL")} AS answered
            FROM invitation i {_joins(query, "i")}
            WHERE i.is_test = ? AND i.open_link_id IS NULL AND {invited}{_of_invitations(query)}""",
        *decided_values,
        False,
        *invited_values,
        *(value for value in (query.channel, query.language) if value is not None),
    )
    row = found[0]
    known = query.channel is None and query.language is None
    return Funnel(row["eligible"] if known else None, row["invited"], row["delivered"], row["answered"])


def _count_where(condition: str) -> str:
    return f"COALESCE(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END), 0)"


def _joins(query: MetricQuery, of: str) -> str:
    contact = f" LEFT JOIN contact c ON c.id = {of}.contact_id" if query.team_id or query.touchpoint else ""
    return contact + (f" LEFT JOIN customer u ON u.id = {of}.customer_id" if query.segment else "")


def _conditions(query: MetricQuery, of: str, moment: str) -> tuple[str, list[object]]:
    conditions, values = [f"{moment} >= ?", f"{moment} < ?"], [query.since, query.until]
    wanted: dict[str, object] = {
        f"{of}.survey_id": query.survey_id,
        "c.touchpoint": query.touchpoint,
        "c.team_id": query.team_id,
        "u.segment": query.segment,
    }
    given = {column: value for column, value in wanted.items() if value is not None}
    conditions += [f"{column} = ?" for column in given]
    known: list[object] = [*values, *given.values()]
    if query.survey_id is None:
        conditions.append(
            f"{of}.survey_id IN (SELECT v.id FROM survey v WHERE EXISTS (SELECT 1 FROM score s WHERE s.survey_id = v.id AND s.metric = ?))"
        )
        known.append(query.metric)
    return " AND ".join(conditions), known


def _of_invitations(query: MetricQuery) -> str:
    asked = {"channel": query.channel, "language": query.language}
    return "".join(f" AND i.{column} = ?" for column, value in asked.items() if value is not None)
