"""What stands around the questions: who asks, and what the texts may say of the reader and the contact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from voc.core.db import as_json, as_moment, as_uuid, rows

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Around:
    """The brand that asks, the customer who is asked, and the contact it is about, as one invitation ties them together."""

    invitation_id: UUID
    survey_id: UUID
    customer_id: UUID | None
    channel: str
    language: str
    brand_name: str
    accent: str
    on_accent: str
    help_text: Mapping[str, str]
    privacy_text: Mapping[str, str]
    sender_line: Mapping[str, str]
    postal_address: str
    customer_name: str | None
    first_name: str | None
    phone: str | None
    time_zone: str | None
    ended_at: datetime | None
    agent_name: str | None
    touchpoint_names: Mapping[str, str]
    logo_hash: str = ""
    logo_width: int | None = None
    logo_height: int | None = None


async def around(invitation_id: UUID) -> Around | None:
    """Everything around one invitation, in one statement; None when there is no such invitation."""
    return _read(await rows(_AROUND, invitation_id))


async def around_survey(survey_id: UUID, language: str, channel: str = "") -> Around | None:
    """The same before an invitation is made: the brand that asks, and nobody in particular; None when there is no such survey."""
    nobody = {"invitation_id": NOBODY, "channel": channel, "language": language, **dict.fromkeys(_UNKNOWN)}
    return _read([{**nobody, **row} for row in await rows(_AROUND_SURVEY, survey_id)])


def _read(found: Sequence[dict[str, Any]]) -> Around | None:
    if not found:
        return None
    row = found[0]
    row.update({name: as_uuid(row[name]) for name in ("invitation_id", "survey_id", "customer_id")})
    row.update({name: as_json(row[name]) or {} for name in ("help_text", "privacy_text", "sender_line", "touchpoint_names")})
    row["ended_at"] = as_moment(row["ended_at"])
    return Around(**row)


_LOGO = "b.logo_hash, g.width AS logo_width, g.height AS logo_height"
_BRAND = f"b.name AS brand_name, b.accent, b.on_accent, b.help_text, b.privacy_text, b.postal_address, b.sender_line, {_LOGO}"
_OF_BRAND = "JOIN brand b ON b.id = s.brand_id LEFT JOIN brand_logo g ON g.hash = b.logo_hash"
_AROUND = f"""
    SELECT i.id AS invitation_id, i.survey_id, i.customer_id, i.channel, i.language, {_BRAND},
        p.name AS customer_name, p.first_name, p.phone, p.time_zone, c.ended_at, c.agent_name, t.names AS touchpoint_names
    FROM invitation i
        JOIN survey s ON s.id = i.survey_id {_OF_BRAND}
        LEFT JOIN customer p ON p.id = i.customer_id
        LEFT JOIN contact c ON c.id = i.contact_id LEFT JOIN touchpoint t ON t.key = c.touchpoint
    WHERE i.id = ?"""
_AROUND_SURVEY = f"SELECT s.id AS survey_id, {_BRAND} FROM survey s {_OF_BRAND} WHERE s.id = ?"
_UNKNOWN = ("customer_id", "customer_name", "first_name", "phone", "time_zone", "ended_at", "agent_name", "touchpoint_names")
