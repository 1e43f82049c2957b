"""From contacts to answers: how many of one and the same cohort came how far.

A cohort is made of *cases*: the decisions of a period, and the invitations of that period that no decision made, as when another
system asked for a link. Each step counts cases, and each is a part of the one before:

* **decided**: all cases.
* **eligible**: the customer could have been asked. Nothing but our own restraint stood in the way: quiet days, a yearly budget, a policy
  that came first, an open task, the hours we send in, an emergency stop, the draw. Whoever was asked without a decision is eligible.
* **invited**: there is an invitation that was not taken back before it left.
* **delivered**: it arrived, as far as the other side tells, and did not come back.
* **opened**: a person opened its link. An opening is a scanner's when it came while the message was being handed over or within ten
  seconds after, or within ten seconds of an opening with another score. Links that only scanners opened are counted beside.
* **started**: an answer to one of the questions is kept, and the response is not held as suspect.
* **answered**: the response was sent, and is not held.

Whoever came to a later step came to all before it: an answer over a link whose message bounced was delivered some other way. Tests
and open links are left out, for nobody was asked. What opened a link is known for 180 days; of older invitations those count as opened
whose response was started.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from voc.core.db import dialect, rows
from voc.customers.models import Channel
from voc.outreach.deciding.verdicts import Reason

ELIGIBLE = frozenset(
    {
        Reason.ASKED,
        Reason.POLICY_PAUSED,
        Reason.HELD,
        Reason.WITHIN_QUIET_DAYS,
        Reason.OUTRANKED,
        Reason.BUDGET_SPENT,
        Reason.OUTSIDE_WINDOW,
        Reason.NOT_SAMPLED,
        Reason.ENOUGH_ANSWERS,
    }
)
"""The reasons for which a customer who could be asked was, or was left alone."""
SCANNED_BY = (Channel.EMAIL, Channel.OUTBOX, Channel.SMS, Channel.MESSAGE)
"""The channels on whose road scanners look into messages; over the others a link may well be opened at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Which cases to count: of a period (`until` is not in it), and as far as the rest says. Channel and variant only invited ones have."""

    since: datetime | None = None
    until: datetime | None = None
    policy_id: UUID | None = None
    touchpoint: str | None = None
    survey_id: UUID | None = None
    channel: Channel | None = None
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many cases came how far, and beside it what else became of those who were invited. `reminders` counts messages."""

    decided: int
    eligible: int
    invited: int
    delivered: int
    opened: int
    started: int
    answered: int
    waiting: int
    held: int
    failed: int
    bounced: int
    complained: int
    stopped: int
    declined: int
    reminders: int
    scanned: int
    suspect: int


async def funnel_of(cohort: Cohort) -> Funnel:
    """Count a cohort, in one statement and so as of one moment."""
    decided, values_decided = _decided(cohort)
    asked, values_asked = _asked(cohort)
    direct, values_direct = _direct(cohort)
    beside = [one.name for one in fields(Funnel) if one.name not in ("decided", "eligible", "invited")]
    sums = ", ".join(f"COALESCE(SUM({_SUMS[name]}), 0) AS {name}" for name in beside)
    sql = f"""WITH ask AS ({_ASK} {asked} UNION ALL {_ASK_DIRECTLY} {direct}),
        told AS ({_TOLD}), reached AS MATERIALIZED ({_REACHED.format(soon=_SOON[dialect()], near=_NEAR[dialect()])})
        SELECT 'asks' AS part, COUNT(*) AS n, COALESCE(SUM(is_direct), 0) AS direct, {sums} FROM reached
        UNION ALL SELECT {_DECIDED.format(joined=_joined(cohort), nothing=", ".join("0" for _ in beside))} {decided} GROUP BY d.reason"""
    found = await rows(sql, *values_asked, *values_direct, *values_decided)
    return _funnel({row["part"]: row for row in found}, beside)


def _funnel(parts: Mapping[str, Mapping[str, int]], beside: list[str]) -> Funnel:
    asks = parts["asks"]
    direct = int(asks["direct"])
    said = {part: int(row["n"]) for part, row in parts.items() if part != "asks"}
    return Funnel(
        decided=sum(said.values()) + direct,
        eligible=sum(n for reason, n in said.items() if reason in ELIGIBLE) + direct,
        invited=int(asks["n"]),
        **{name: int(asks[name]) for name in beside},
    )


def _decided(cohort: Cohort) -> tuple[str, list[object]]:
    return _where(
        {
            "d.decided_at >= ?": cohort.since,
            "d.decided_at < ?": cohort.until,
            "d.policy_id = ?": cohort.policy_id,
            "d.touchpoint = ?": cohort.touchpoint,
            "d.survey_id = ?": cohort.survey_id,
            "i.channel = ?": cohort.channel,
            "i.variant = ?": cohort.variant,
        }
    )


def _asked(cohort: Cohort) -> tuple[str, list[object]]:
    where, values = _decided(cohort)
    return f"{where} AND d.reason = '{Reason.ASKED}' AND i.state <> 'withdrawn' AND NOT i.is_test", values


def _direct(cohort: Cohort) -> tuple[str, list[object]]:
    where, values = _where(
        {
            "i.created_at >= ?": cohort.since,
            "i.created_at < ?": cohort.until,
            "i.policy_id = ?": cohort.policy_id,
            "c.touchpoint = ?": cohort.touchpoint,
            "i.survey_id = ?": cohort.survey_id,
            "i.channel = ?": cohort.channel,
            "i.variant = ?": cohort.variant,
        }
    )
    return f"{where} AND i.decision_id IS NULL AND i.open_link_id IS NULL AND i.state <> 'withdrawn' AND NOT i.is_test", values


def _joined(cohort: Cohort) -> str:
    """Only where it is asked for, decisions are joined with what was asked: most of them never led to anything."""
    return "JOIN invitation i ON i.decision_id = d.id" if cohort.channel or cohort.variant is not None else ""


def _where(conditions: Mapping[str, object]) -> tuple[str, list[object]]:
    given = {condition: value for condition, value in conditions.items() if value is not None}
    return f"WHERE {' AND '.join(['1 = 1', *given])}", list(given.values())


_COLUMNS = """i.id, i.state, i.channel, i.sent_at, i.delivered_at, i.opened_at, i.declined_at, i.stopped_at, i.complained_at, i.reminders"""
_ASK = f"SELECT {_COLUMNS}, 0 AS is_direct FROM decision d JOIN invitation i ON i.decision_id = d.id"
_ASK_DIRECTLY = f"SELECT {_COLUMNS}, 1 AS is_direct FROM invitation i LEFT JOIN contact c ON c.id = i.contact_id"
_DECIDED = "d.reason, COUNT(*), 0, {nothing} FROM decision d {joined}"
_TOLD = """SELECT a.*, CASE WHEN r.suspect > '' THEN 1 ELSE 0 END AS suspect,
        CASE WHEN r.state = 'complete' AND r.suspect = '' AND NOT r.is_test THEN 1 ELSE 0 END AS answered,
        CASE WHEN r.suspect = '' AND NOT r.is_test AND EXISTS (
            SELECT 1 FROM answer w WHERE w.response_id = r.id AND w.kind <> 'hidden') THEN 1 ELSE 0 END AS began
    FROM ask a LEFT JOIN response r ON r.invitation_id = a.id"""
_REACHED = f"""SELECT t.*,
        CASE WHEN began = 1 OR answered = 1 THEN 1 WHEN opened_at IS NULL THEN 0 WHEN EXISTS (
            SELECT 1 FROM link_seen s WHERE s.invitation_id = t.id
                AND NOT (t.channel IN ({", ".join(f"'{one}'" for one in SCANNED_BY)}) AND EXISTS (
                    SELECT 1 FROM delivery v WHERE v.invitation_id = t.id AND v.started_at <= s.seen_at AND {{soon}}))
                AND NOT EXISTS (
                    SELECT 1 FROM link_seen o WHERE o.invitation_id = t.id AND o.score <> s.score AND {{near}})
            ) THEN 1 ELSE 0 END AS opened,
        CASE WHEN EXISTS (SELECT 1 FROM delivery v WHERE v.invitation_id = t.id AND v.state = 'bounced') THEN 1 ELSE 0 END AS bounced
    FROM told t"""
_SOON = {
    "sqlite": "(julianday(s.seen_at) - julianday(COALESCE(v.finished_at, s.seen_at))) * 86400 < 10",
    "postgres": "s.seen_at < COALESCE(v.finished_at, s.seen_at) + interval '10 seconds'",
}
_NEAR = {
    "sqlite": "ABS(julianday(s.seen_at) - julianday(o.seen_at)) * 86400 < 10.0005",
    "postgres": "o.seen_at BETWEEN s.seen_at - interval '10 seconds' AND s.seen_at + interval '10 seconds'",
}
_IS = "CASE WHEN {} THEN 1 ELSE 0 END"
_SUMS = {
    "delivered": _IS.format("delivered_at IS NOT NULL OR opened = 1"),
    "opened": "opened",
    "started": _IS.format("began = 1 OR answered = 1"),
    "answered": "answered",
    "waiting": _IS.format("state = 'planned'"),
    "held": _IS.format("state = 'held'"),
    "failed": _IS.format("state = 'failed'"),
    "bounced": "bounced",
    "complained": _IS.format("complained_at IS NOT NULL"),
    "stopped": _IS.format("stopped_at IS NOT NULL"),
    "declined": _IS.format("declined_at IS NOT NULL"),
    "reminders": "reminders",
    "scanned": _IS.format("opened_at IS NOT NULL AND opened = 0"),
    "suspect": "suspect",
}
