"""What a webhook is told: ids and figures, nothing that anybody wrote. Whoever wants the words asks for them with the ids."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from voc.connect.hook_kinds import HookKind
from voc.core import clock
from voc.core.db import as_moment, rows
from voc.core.seals import url_text

Body = dict[str, Any]
_RESPONSE = """
    SELECT r.id, r.state, r.channel, r.language, r.submitted_at, r.changed_at, r.erased_at, r.invitation_id, r.is_test,
           s.key AS survey, v.number AS version, r.customer_id, r.customer_system, r.customer_external_id,
           r.contact_id, coalesce(c.system, r.contact_system) AS contact_system,
           coalesce(c.external_id, r.contact_external_id) AS contact_external_id, c.touchpoint, t.key AS team
    FROM response r JOIN survey s ON s.id = r.survey_id JOIN survey_version v ON v.id = r.version_id
    LEFT JOIN contact c ON c.id = r.contact_id LEFT JOIN team t ON t.id = c.team_id
    WHERE r.id = ?"""
_TASK = """
    SELECT k.id, k.state, k.priority, k.version, k.due_at, k.created_at, k.done_at, k.solved, k.cause, t.key AS team, m.agent_key AS owner,
           u.key AS route, k.response_id, k.customer_id, k.contact_id, c.system AS contact_system, c.external_id AS contact_external_id
    FROM task k JOIN team t ON t.id = k.team_id LEFT JOIN member m ON m.id = k.assignee_id LEFT JOIN route u ON u.id = k.route_id
    LEFT JOIN contact c ON c.id = k.contact_id
    WHERE k.id = ?"""


def global_id(type_name: str, row_id: object) -> str:
    """The id under which GraphQL knows a thing."""
    return url_text(f"{type_name}:{row_id}".encode())


async def body_of(kind: HookKind, ref: UUID) -> Body | None:
    """The message about an event; None when what it is about is gone, was deleted, or is a test."""
    told = _task if kind.is_about_a_task else _erased if kind is HookKind.RESPONSE_ERASED else _response
    about = await told(ref)
    return {"type": kind.value, "timestamp": _text(clock.now()), "data": about} if about else None


async def _response(ref: UUID) -> Body | None:
    found = await rows(_RESPONSE, ref)
    if not found or found[0]["is_test"] or found[0]["erased_at"]:
        return None
    row = found[0]
    scores = await rows(
        "SELECT question, metric, value, band FROM score WHERE response_id = ? AND superseded_at IS NULL ORDER BY question", ref
    )
    readings = await rows(
        "SELECT question, label, score, analyser FROM reading WHERE response_id = ? AND superseded_at IS NULL ORDER BY question", ref
    )
    return {
        "response": {
            "id": global_id("Response", row["id"]),
            "state": row["state"],
            "channel": row["channel"],
            "language": row["language"],
            "submittedAt": _text(row["submitted_at"]),
            "changedAt": _text(row["changed_at"]),
        },
        "survey": {"key": row["survey"], "version": row["version"]},
        "invitation": _named("Invitation", row["invitation_id"]),
        "customer": await _customer(row),
        "contact": _contact(row, {"touchpoint": row["touchpoint"], "team": row["team"]}),
        "scores": [dict(score) for score in scores],
        "readings": [{**reading, "score": _rounded(reading["score"])} for reading in readings],
    }


async def _erased(ref: UUID) -> Body | None:
    found = await rows(_RESPONSE, ref)
    if not found or found[0]["is_test"]:
        return None
    row = found[0]
    about = {"id": global_id("Response", row["id"]), "erasedAt": _text(row["erased_at"])}
    return {"response": about, "survey": {"key": row["survey"], "version": row["version"]}}


async def _task(ref: UUID) -> Body | None:
    found = await rows(_TASK, ref)
    if not found:
        return None
    row = found[0]
    facts = {name: row[name] for name in ("state", "priority", "version", "team", "owner", "route", "solved", "cause")}
    moments = {"dueAt": _text(row["due_at"]), "raisedAt": _text(row["created_at"]), "doneAt": _text(row["done_at"])}
    return {
        "task": {"id": global_id("Task", row["id"]), **facts, **moments},
        "response": _named("Response", row["response_id"]),
        "customer": await _customer(row),
        "contact": _contact(row, {}),
    }


async def _customer(row: Mapping[str, Any]) -> Body | None:
    """The customer with every outside id; before they are known, the id that was told."""
    if row["customer_id"] is None:
        told = row.get("customer_external_id")
        return {"id": None, "externalIds": [{"system": row["customer_system"], "externalId": told}]} if told else None
    sql = 'SELECT system, external_id AS "externalId" FROM customer_identity WHERE customer_id = ? ORDER BY system, external_id'
    known = await rows(sql, row["customer_id"])
    return {"id": global_id("Customer", row["customer_id"]), "externalIds": [dict(one) for one in known]}


def _contact(row: Mapping[str, Any], more: Mapping[str, Any]) -> Body | None:
    if row["contact_external_id"] is None:
        return None
    contact_id = row["contact_id"] and global_id("Contact", row["contact_id"])
    return {"id": contact_id, "system": row["contact_system"], "externalId": row["contact_external_id"], **more}


def _named(type_name: str, row_id: object) -> Body | None:
    return {"id": global_id(type_name, row_id)} if row_id else None


def _text(moment: object) -> str | None:
    at = as_moment(moment)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)
