"""Responses as CSV, one row each with everything it is joined to, page by page: however many there are, little is held."""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from voc.connect.export_columns import FACTS, MOMENTS, Asked, asked_in, cell
from voc.connect.hook_bodies import global_id
from voc.core import settings
from voc.core.access import Action, Actor, Reach
from voc.core.db import as_json, as_moment, as_uuid, marks, rows
from voc.surveys.lineage import Edition, onward
from voc.surveys.models import SurveyVersion
from voc.surveys.queries import questionnaire_of

PAGE = 500
_RESPONSES = """
    SELECT r.id, s.key AS survey, v.number AS version, r.state, r.channel, r.language, r.suspect, r.invitation_id,
           r.customer_id, r.customer_system, r.customer_external_id, r.contact_id, r.begun_at, r.submitted_at, r.changed_at,
           coalesce(c.system, r.contact_system) AS contact_system, coalesce(c.external_id, r.contact_external_id) AS contact_external_id,
           c.touchpoint, t.key AS team, c.queue, c.agent_key AS agent, c.started_at AS contact_started_at, c.ended_at AS contact_ended_at
    FROM response r JOIN survey s ON s.id = r.survey_id JOIN survey_version v ON v.id = r.version_id
    LEFT JOIN contact c ON c.id = r.contact_id LEFT JOIN team t ON t.id = c.team_id
    WHERE NOT r.is_test"""


Names: TypeAlias = dict[tuple[str, int], Mapping[str, str]]
"""What the names of a version, by its survey's key and its number, are called in the newest one, where that differs."""


@dataclass(frozen=True, slots=True)
class Which:
    """Which responses: of one survey or of all, and sent or left in a period (from `since`, before `until`)."""

    survey_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


class _Joined(NamedTuple):
    """What belongs to the responses of a page."""

    answers: dict[UUID, dict[str, Any]]
    scores: dict[UUID, dict[str, Mapping[str, Any]]]
    readings: dict[UUID, dict[str, Mapping[str, Any]]]
    tasks: dict[UUID, list[str]]
    known_as: dict[UUID, list[tuple[str, str]]]


def export_responses(actor: Actor, which: Which, delimiter: str = ",") -> AsyncIterator[str]:
    """The CSV in parts, header first. Forbidden at once for who may not export; only what the actor may see is in it, tests never.

    With one survey its questions are columns by their ids, of all its versions; with all surveys, `survey.question`. A question that was
    renamed is one column, under the name it has now.
    Answers to sensitive questions are stars for whoever may not see who every customer is.
    """
    actor.must(Action.EXPORT)
    return _parts(actor, which, delimiter)


async def _parts(actor: Actor, which: Which, delimiter: str) -> AsyncIterator[str]:
    reach, is_hidden = actor.reach(Action.SEE_RESPONSES), not actor.reach(Action.SEE_IDENTITY).all
    asked, names = await _asked(which.survey_id)
    yield _lines([[*FACTS, *(column for one in asked for column in one.columns)]], delimiter)
    last: UUID | None = None
    while page := await _page(reach, which, last):
        joined = await _joined(page)
        yield _lines([_row(row, asked, joined, names, is_hidden=is_hidden) for row in page], delimiter)
        last = as_uuid(page[-1]["id"])


async def _asked(survey_id: UUID | None) -> tuple[list[Asked], Names]:
    """What was ever asked, the newest version first; sensitive where any version says so."""
    versions = SurveyVersion.filter(survey_id=survey_id) if survey_id else SurveyVersion.all()
    found: dict[tuple[str, str], Asked] = {}
    names: Names = {}
    for key, group in groupby(await versions.select_related("survey").order_by("survey__key", "-number"), lambda one: one.survey.key):
        editions = list(group)
        changed = [Edition(one.id, one.number, one.renamed) for one in editions]
        for version in editions:
            now = names[key, version.number] = onward(changed, version.number, editions[0].number)
            for asked in asked_in(questionnaire_of(version), key, "" if survey_id else f"{key}."):
                name = now.get(asked.question, asked.question)
                known = found.setdefault((key, name), replace(asked, question=name))
                if asked.is_sensitive and not known.is_sensitive:
                    found[key, name] = replace(known, is_sensitive=True)
    return list(found.values()), names


async def _page(reach: Reach, which: Which, last: UUID | None) -> list[dict[str, Any]]:
    if not reach:
        return []
    sql: list[str] = [_RESPONSES]
    values: list[object] = []
    for condition, value in (
        ("r.id > ?", last),
        ("r.survey_id = ?", which.survey_id),
        ("r.submitted_at >= ?", which.since),
        ("r.submitted_at < ?", which.until),
    ):
        if value is not None:
            sql.append(f"AND {condition}")
            values.append(value)
    if not reach.all:
        sql.append(f"AND c.team_id IN ({marks(reach.teams)})")
        values += reach.teams
    return await rows(f"{' '.join(sql)} ORDER BY r.id LIMIT {PAGE}", *values)


async def _joined(page: Sequence[Mapping[str, Any]]) -> _Joined:
    ids = [row["id"] for row in page]
    whose = list({row["customer_id"] for row in page} - {None})
    of = f"response_id IN ({marks(ids)})"
    joined = _Joined({}, {}, {}, {}, {})
    for row in await rows(f"SELECT response_id, question, value FROM answer WHERE {of}", *ids):
        joined.answers.setdefault(_id(row["response_id"]), {})[row["question"]] = as_json(row["value"])
    for row in await rows(f"SELECT response_id, question, metric, value, band FROM score WHERE superseded_at IS NULL AND {of}", *ids):
        joined.scores.setdefault(_id(row["response_id"]), {})[row["question"]] = row
    for row in await rows(f"SELECT response_id, question, label, score FROM reading WHERE superseded_at IS NULL AND {of}", *ids):
        joined.readings.setdefault(_id(row["response_id"]), {})[row["question"]] = row
    for row in await rows(f"SELECT id, response_id FROM task WHERE {of} ORDER BY created_at, id", *ids):
        joined.tasks.setdefault(_id(row["response_id"]), []).append(global_id("Task", row["id"]))
    sql = (
        f"SELECT customer_id, system, external_id FROM customer_identity WHERE customer_id IN ({marks(whose)}) ORDER BY system, external_id"
    )
    for row in await rows(sql, *whose) if whose else []:
        joined.known_as.setdefault(_id(row["customer_id"]), []).append((row["system"], row["external_id"]))
    return joined


def _row(row: Mapping[str, Any], asked: Iterable[Asked], joined: _Joined, names: Names, *, is_hidden: bool) -> list[object]:
    response_id, customer_id = _id(row["id"]), row["customer_id"]
    told = [(row["customer_system"], row["customer_external_id"])] if row["customer_external_id"] else []
    known_as = joined.known_as.get(_id(customer_id), []) if customer_id else told
    crm = settings.current().crm_system
    facts = {
        **row,
        **{name: as_moment(row[name]) for name in MOMENTS},
        "id": global_id("Response", response_id),
        "invitation_id": row["invitation_id"] and global_id("Invitation", row["invitation_id"]),
        "contact_id": row["contact_id"] and global_id("Contact", row["contact_id"]),
        "customer_id": customer_id and global_id("Customer", customer_id),
        "crm_id": next((external_id for system, external_id in known_as if system == crm), None),
        "known_as": " ".join(f"{system}:{external_id}" for system, external_id in known_as),
        "task_ids": " ".join(joined.tasks.get(response_id, ())),
    }
    cells = [cell(facts[name]) for name in FACTS.values()]
    now = names.get((row["survey"], row["version"]), {})
    answers, scores, readings = (
        {now.get(name, name): value for name, value in of.get(response_id, {}).items()}
        for of in (joined.answers, joined.scores, joined.readings)
    )
    for one in asked:
        is_ours = one.survey == row["survey"]
        cells += one.cells(answers, scores, readings, is_hidden=is_hidden) if is_ours else [""] * len(one.columns)
    return cells


def _lines(many: Iterable[Iterable[object]], delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(many)
    return text.getvalue()


def _id(value: object) -> UUID:
    return UUID(str(value))
