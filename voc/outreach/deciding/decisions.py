"""The ledger of decisions: one row per contact and policy, its earlier verdicts kept, nothing personal in it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from voc.core import clock
from voc.core.db import execute, marks, padded, rows
from voc.core.errors import Conflict
from voc.core.ids import new_id
from voc.outreach.deciding.candidates import Candidate
from voc.outreach.deciding.case import Case, Known
from voc.outreach.deciding.facts import NO_PACE, Facts
from voc.outreach.deciding.policy import Ruling
from voc.outreach.deciding.verdicts import Reason, Verdict

_AT_A_TIME = 64


def new(case: Case, candidate: Candidate | None, ruling: Ruling, facts: Facts | None) -> dict[str, Any]:
    """The row of a decision that was not made before."""
    return _row(case, candidate, ruling, facts) | {"id": new_id(), "contact_id": case.contact_id, "history": []}


async def write(decided: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Write new decisions; gives the ids of those that no other worker has written meanwhile."""
    written: set[UUID] = set()
    for start in range(0, len(decided), _AT_A_TIME):
        several = padded(decided[start : start + _AT_A_TIME])  # what is there twice is written once
        each = ", ".join([f"({marks(several[0])})"] * len(several))
        sql = f"INSERT INTO decision ({', '.join(several[0])}) VALUES {each} ON CONFLICT (contact_id, policy_key) DO NOTHING RETURNING id"
        found = await rows(sql, *(value for row in several for value in row.values()))
        written.update(UUID(str(row["id"])) for row in found)
    return written


async def revise(case: Case, known: Known, candidate: Candidate, ruling: Ruling, facts: Facts) -> bool:
    """Put a new verdict in the place of an earlier one, which goes into the history; says whether it says anything new."""
    if (known.verdict, known.reason, known.act_at) == (ruling.verdict, ruling.reason, ruling.act_at):
        return False
    await _replace(known, _row(case, candidate, ruling, facts))
    return True


async def overrule(known: Known, reason: Reason, detail: str = "") -> None:
    """Turn a decision to ask into one not to, whatever has become of the policy since."""
    await _replace(known, _said(Ruling(Verdict.SKIP, reason, detail=detail)))


async def _replace(known: Known, row: dict[str, Any]) -> None:
    earlier = {
        "verdict": known.verdict.value,
        "reason": known.reason.value,
        "detail": known.detail,
        "act_at": known.act_at.isoformat() if known.act_at else None,
        "at": known.decided_at.isoformat(),
    }
    row = row | {"history": [*known.history, earlier]}
    sets = ", ".join(f"{name} = ?" for name in row)
    changed = await execute(
        f"UPDATE decision SET {sets} WHERE id = ? AND verdict = ? AND reason = ?", *row.values(), known.id, known.verdict, known.reason
    )
    if not changed:
        raise Conflict("DECIDED_MEANWHILE", "Another worker has decided about this contact at the same moment.")


def _row(case: Case, candidate: Candidate | None, ruling: Ruling, facts: Facts | None) -> dict[str, Any]:
    return {
        "customer_id": case.person.id if case.person else None,
        "policy_id": candidate.policy_id if candidate else None,
        "policy_key": candidate.key if candidate else "",
        "policy_number": candidate.number if candidate else None,
        "survey_id": candidate.survey_id if candidate else None,
        "touchpoint": case.touchpoint,
        "inputs": inputs_of(facts) if facts else {},
        **_said(ruling),
    }


def _said(ruling: Ruling) -> dict[str, Any]:
    return {
        "verdict": ruling.verdict,
        "reason": ruling.reason,
        "detail": ruling.detail,
        "channel": ruling.channel,
        "act_at": ruling.act_at,
        "decided_at": clock.now(),
    }


def inputs_of(facts: Facts) -> dict[str, Any]:
    """What the rule saw, in ids and figures: enough to follow the decision later, nothing that names the customer."""
    contact, asked = facts.contact, sorted(facts.asked, key=lambda one: one.at)
    said = {
        "outcome": contact.outcome,
        "channel": contact.channel,
        "direction": contact.direction,
        "queue": contact.queue,
        "team": contact.team,
        "ended_at": contact.ended_at.isoformat(),
        "segment": facts.customer.segment if facts.customer else None,
        "language": facts.customer.language if facts.customer else None,
        "addresses": sorted(facts.reach.addresses),
        "consents": dict(facts.reach.consents),
        "suppressed": sorted(facts.reach.suppressed),
        "holds": [hold.source for hold in facts.holds],
        "paused": facts.paused or ", ".join(sorted(facts.paused_channels)),
        "asked": len(asked),
        "last_asked_at": asked[-1].at.isoformat() if asked else None,
        "variant": facts.variant,
        "pace": asdict(facts.pace) if facts.pace is not NO_PACE else None,
    }
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}
