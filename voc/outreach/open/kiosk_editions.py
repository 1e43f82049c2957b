"""Which edition of its survey a kiosk asks: the newest one that a kiosk can ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from voc.core.db import as_moment, as_uuid, rows
from voc.outreach.editions import questionnaire_in
from voc.outreach.open.door import OpenDoor
from voc.outreach.open.kiosk import kiosk_facts
from voc.surveys.kiosk import Plan, kiosk_problems, plan_of
from voc.surveys.questionnaire import Questionnaire

MOST_TRIED = 5


@dataclass(frozen=True, slots=True)
class Edition:
    """A published edition as a kiosk asks it."""

    number: int
    version_id: UUID
    published_at: datetime
    questionnaire: Questionnaire
    plan: Plan


async def edition_for(door: OpenDoor) -> Edition | None:
    """The newest edition without a question that a kiosk cannot ask, so that publishing one with such a question turns no screen dark.

    None where the last five editions have one.
    """
    found = await rows(
        "SELECT id, number, published_at FROM survey_version WHERE survey_id = ? ORDER BY number DESC LIMIT ?", door.survey_id, MOST_TRIED
    )
    for row in found:
        if edition := await _edition(door, row):
            return edition
    return None


async def edition_numbered(door: OpenDoor, number: int) -> Edition | None:
    """The edition of that number, if there is one that a kiosk can ask."""
    found = await rows("SELECT id, number, published_at FROM survey_version WHERE survey_id = ? AND number = ?", door.survey_id, number)
    return await _edition(door, found[0]) if found else None


async def _edition(door: OpenDoor, row: dict[str, object]) -> Edition | None:
    version_id, number, published_at = as_uuid(row["id"]), row["number"], as_moment(row["published_at"])
    if version_id is None or published_at is None or not isinstance(number, int):
        return None
    questionnaire = await questionnaire_in(version_id)
    facts = kiosk_facts(door.name, door.place, door.campaign)
    if kiosk_problems(questionnaire, facts):
        return None
    return Edition(number, version_id, published_at, questionnaire, plan_of(questionnaire, facts))
