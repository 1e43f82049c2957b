"""Quotas: how many complete responses of one sort are wanted. Each is counted once, also when many are sent at the same moment."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from voc.core.db import as_json, execute, rows
from voc.core.ids import new_id
from voc.responses.link import Link
from voc.surveys.flow import Walk
from voc.surveys.questionnaire import Questionnaire, Quota
from voc.surveys.quotas import end_page_over, falls_under


@dataclass(frozen=True, slots=True)
class Counted:
    """For which quotas a response counts; `over` is the one that was full: then it counts for none and ends on `end_page`."""

    quotas: tuple[str, ...] = ()
    over: str = ""
    end_page: str = ""


async def full_quotas(questionnaire: Questionnaire, survey_id: UUID, own: Collection[str] = ()) -> frozenset[str]:
    """The quotas of which there are enough already, but for those that a response counts for itself."""
    if not questionnaire.quotas:
        return frozenset()
    found = await rows("SELECT quota, counted FROM quota_count WHERE survey_id = ?", survey_id)
    counted = {row["quota"]: row["counted"] for row in found}
    return frozenset(quota.id for quota in questionnaire.quotas if counted.get(quota.id, 0) >= quota.limit and quota.id not in own)


async def full_for(questionnaire: Questionnaire, link: Link) -> frozenset[str]:
    """The quotas that are full for the holder of a link."""
    if not questionnaire.quotas:
        return frozenset()
    found = await rows("SELECT quotas FROM response WHERE id = ?", link.response_id) if link.response_id else []
    return await full_quotas(questionnaire, link.survey_id, as_json(found[0]["quotas"]) if found else ())


async def count(questionnaire: Questionnaire, survey_id: UUID, before: Collection[str], way: Walk) -> Counted:
    """Count a complete response for every quota it falls under, and no longer for others; for none where one of them is full.

    Runs in the transaction that completes the response, so that either both happen or neither.
    """
    if not questionnaire.quotas:
        return Counted()
    wanted = [] if way.full_quota else falls_under(questionnaire, way)
    over = way.full_quota or await _taken(survey_id, [quota for quota in wanted if quota.id not in before])
    kept = () if over else tuple(quota.id for quota in wanted)
    await release(survey_id, [one for one in before if one not in kept])
    return Counted(kept, over, end_page_over(questionnaire, over).id if over else "")


async def _taken(survey_id: UUID, quotas: Collection[Quota]) -> str:
    """Take a place in each of them; where one is full all are given back, and its name is the answer."""
    taken: list[str] = []
    for quota in quotas:
        place = await rows(_TAKE, new_id(), survey_id, quota.id, quota.limit)
        if not place:
            await release(survey_id, taken)
            return quota.id
        taken.append(quota.id)
    return ""


async def release(survey_id: UUID, quotas: Collection[str]) -> None:
    """Give places back."""
    for quota in quotas:
        await execute("UPDATE quota_count SET counted = counted - 1 WHERE survey_id = ? AND quota = ? AND counted > 0", survey_id, quota)


# One statement takes the place and looks whether there is one: of two at once the second waits, and sees what the first took.
_TAKE = """
    INSERT INTO quota_count (id, survey_id, quota, counted) VALUES (?, ?, ?, 1)
    ON CONFLICT (survey_id, quota) DO UPDATE SET counted = quota_count.counted + 1 WHERE quota_count.counted < ?
    RETURNING counted"""
