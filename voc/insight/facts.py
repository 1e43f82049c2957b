"""The facts a score carries: what was known of the response, its contact and its customer at that moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from voc.core.db import as_uuid, dialect, marks, padded, rows

_FACTS = """
    SELECT r.id, r.survey_id, r.version_id, r.channel, r.language, r.is_test, r.suspect,
           c.touchpoint, c.team_id, c.agent_key, u.segment, u.value_amount, u.value_currency,
           EXISTS (SELECT 1 FROM score s WHERE s.response_id = r.id AND s.superseded_at IS NULL)
               OR EXISTS (SELECT 1 FROM reading g WHERE g.response_id = r.id AND g.superseded_at IS NULL) AS is_tagged
    FROM response r
    LEFT JOIN contact c ON c.id = r.contact_id
    LEFT JOIN customer u ON u.id = COALESCE(r.customer_id, c.customer_id)
    WHERE r.id IN ({}) ORDER BY r.id"""
_KNOWN_THEN = ("touchpoint", "team_id", "agent_key", "segment", "value_amount", "value_currency")
# Two reactions to one response must not both find it untagged. On SQLite there is one writer anyway.
_LOCK = " FOR NO KEY UPDATE OF r"


@dataclass(frozen=True, slots=True)
class Facts:
    """A response as scores see it; `known` are the columns of a score that tell what was known of contact and customer."""

    response_id: UUID
    survey_id: UUID
    version_id: UUID
    channel: str
    language: str
    is_counted: bool
    is_tagged: bool
    team_id: UUID | None
    known: Mapping[str, object]


async def facts_of(response_ids: Iterable[UUID]) -> list[Facts]:
    """The facts as they stand now, kept from changing until the transaction ends; a response that is gone is left out.

    Tests and suspect answers are not counted.
    """
    ids = padded(sorted(set(response_ids)))
    lock = _LOCK if dialect() == "postgres" else ""
    return [_facts(row) for row in await rows(_FACTS.format(marks(ids)) + lock, *ids)]


def _facts(row: Mapping[str, Any]) -> Facts:
    return Facts(
        response_id=UUID(str(row["id"])),
        survey_id=UUID(str(row["survey_id"])),
        version_id=UUID(str(row["version_id"])),
        channel=row["channel"],
        language=row["language"],
        is_counted=not row["is_test"] and not row["suspect"],
        is_tagged=bool(row["is_tagged"]),
        team_id=as_uuid(row["team_id"]),
        known={name: row[name] for name in _KNOWN_THEN},
    )
