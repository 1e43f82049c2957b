"""What a route sees of a response: its scores and mood, its contact and its customer, as they stand now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from voc.core.db import as_json, as_moment, as_uuid, dialect, marks, padded, rows
from voc.followup.routing import Pointers
from voc.responses.models import ResponseState

Values = dict[str, dict[str, object]]
# What another system collected long ago is taken over for its figures; nobody waits for a call about it any more.
HISTORY = timedelta(days=30)

_FACTS = """
    SELECT r.id, r.state, r.is_test, r.suspect, r.source, r.channel, r.language, r.submitted_at, r.saved_at, r.changed_at, r.erased_at,
           r.customer_id, r.contact_id, s.key AS survey, b.id AS call_back,
           c.touchpoint, c.channel AS contact_channel, c.direction, c.outcome, c.queue,
           c.agent_key, c.subject, c.attributes AS contact_attributes, COALESCE(t.key, c.team_key) AS team,
           u.language AS customer_language, u.segment, u.value_amount, u.value_currency, u.attributes AS customer_attributes
    FROM response r
    JOIN survey s ON s.id = r.survey_id
    LEFT JOIN call_back b ON b.response_id = r.id
    LEFT JOIN contact c ON c.id = r.contact_id
    LEFT JOIN team t ON t.id = c.team_id
    LEFT JOIN customer u ON u.id = COALESCE(r.customer_id, c.customer_id)
    WHERE r.id IN ({}) ORDER BY r.id"""
_LOCK = " FOR NO KEY UPDATE OF r"  # two reactions to one response raise its task once, one after the other
_SAID = """
    SELECT response_id, 'score' AS what, metric AS word, value AS number, band AS detail FROM score
        WHERE response_id IN ({0}) AND superseded_at IS NULL
    UNION ALL
    SELECT response_id, 'reading', label, score, language FROM reading WHERE response_id IN ({0}) AND superseded_at IS NULL"""


@dataclass(frozen=True, slots=True)
class ResponseFacts:
    """A response as routes see it. `values` is what conditions may speak of, but for the answers; `said` sums it up for the history."""

    response_id: UUID
    customer_id: UUID | None
    contact_id: UUID | None
    is_followed: bool
    values: Values
    pointers: Pointers
    said: dict[str, object]


async def facts_of(response_ids: Iterable[UUID]) -> list[ResponseFacts]:
    """The facts, kept from changing until the transaction ends; a response that is gone is left out.

    A test, a suspect answer, one that is still being given, one whose answers were deleted, and one that another system brings a month
    late are not followed.
    """
    ids = padded(sorted(set(response_ids)))
    found = await rows(_FACTS.format(marks(ids)) + (_LOCK if dialect() == "postgres" else ""), *ids) if ids else []
    said: dict[object, list[dict[str, Any]]] = {row["id"]: [] for row in found}
    for one in await rows(_SAID.format(marks(ids)), *ids, *ids) if found else []:
        said[one["response_id"]].append(one)
    return [_facts(row, said[row["id"]]) for row in found]


def _facts(row: Mapping[str, Any], said: list[dict[str, Any]]) -> ResponseFacts:
    scores, reading = _scores(said), _reading(said)
    return ResponseFacts(
        response_id=UUID(str(row["id"])),
        customer_id=as_uuid(row["customer_id"]),
        contact_id=as_uuid(row["contact_id"]),
        is_followed=_is_followed(row),
        values=_values(row, scores, reading),
        pointers=Pointers(row["team"], row["queue"], row["segment"]),
        said=_summed_up(row, scores, reading),
    )


async def answers_of(response_ids: Iterable[UUID]) -> dict[UUID, dict[str, list[str]]]:
    """What was answered to each question of each response, as texts: a code, several codes, a number, own words."""
    answers: dict[UUID, dict[str, list[str]]] = {response_id: {} for response_id in response_ids}
    ids = padded(list(answers))
    for row in await rows(f"SELECT response_id, question, value FROM answer WHERE response_id IN ({marks(ids)}) ORDER BY id", *ids):
        answers[UUID(str(row["response_id"]))][row["question"]] = texts_of(as_json(row["value"]))
    return answers


def texts_of(value: object) -> list[str]:
    """A value as the texts that routes read."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value).lower() if isinstance(value, bool) else str(value)]


def _is_followed(row: Mapping[str, Any]) -> bool:
    is_sent = row["state"] != ResponseState.OPEN and not row["erased_at"]
    return is_sent and not row["is_test"] and not row["suspect"] and not _is_history(row)


def _is_history(row: Mapping[str, Any]) -> bool:
    answered_at, came_at = as_moment(row["submitted_at"]), as_moment(row["saved_at"])
    return bool(row["source"] and answered_at and came_at and came_at - answered_at > HISTORY)


def _scores(said: list[dict[str, Any]]) -> dict[str, object]:
    """The lowest value of each metric, and its band."""
    scores: dict[str, object] = {}
    for row in sorted((row for row in said if row["what"] == "score"), key=lambda row: row["number"]):
        scores.setdefault(row["word"], row["number"])
        scores.setdefault(f"{row['word']}_band", row["detail"])
    return scores


def _reading(said: list[dict[str, Any]]) -> dict[str, object]:
    """The unhappiest text; one that nobody could read only where there is no other."""
    readings = [row for row in said if row["what"] == "reading"]
    if not readings:
        return {}
    worst = min(readings, key=lambda row: (row["number"] is None, row["number"] or 0))
    return {"label": worst["word"], "score": worst["number"], "language": worst["detail"]}


def _values(row: Mapping[str, Any], scores: dict[str, object], reading: dict[str, object]) -> Values:
    return {
        "response": {
            "channel": row["channel"],
            "language": row["language"],
            "survey": row["survey"],
            "touchpoint": row["touchpoint"],
            "is_complete": row["state"] == ResponseState.COMPLETE,
            "wants_call_back": row["call_back"] is not None,
            "has_comment": bool(reading),
            "submitted_at": as_moment(row["submitted_at"]),
        },
        "scores": scores,
        "reading": reading,
        "customer": {
            "language": row["customer_language"],
            "segment": row["segment"],
            "value": row["value_amount"],
            "currency": row["value_currency"],
            "attributes": as_json(row["customer_attributes"]),
        },
        "contact": {
            "touchpoint": row["touchpoint"],
            "channel": row["contact_channel"],
            "direction": row["direction"],
            "outcome": row["outcome"],
            "team": row["team"],
            "queue": row["queue"],
            "agent": row["agent_key"],
            "subject": row["subject"],
            "attributes": as_json(row["contact_attributes"]),
        },
    }


def _summed_up(row: Mapping[str, Any], scores: dict[str, object], reading: dict[str, object]) -> dict[str, object]:
    changed_at = as_moment(row["changed_at"])
    summary = {name: value for name, value in scores.items() if not name.endswith("_band")}
    summary |= {"mood": reading.get("label"), "wants_call_back": row["call_back"] is not None or None}
    summary["changed_at"] = changed_at.isoformat() if changed_at else None
    return {name: value for name, value in summary.items() if value is not None}
