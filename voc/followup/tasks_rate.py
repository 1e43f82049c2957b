"""What a rehearsal of a policy adds from here: how many tasks its answers would raise."""

from datetime import timedelta

from voc.core import clock
from voc.core.db import marks, padded, rows

LEARNT_FROM = timedelta(days=90)


async def tasks_to_expect(surveys: tuple[str, ...], answers: float) -> float | None:
    """Tasks that so many answers to these surveys bring, at the rate of the last 90 days; None while there is nothing to learn from."""
    keys = padded(sorted(set(surveys)))
    [found] = await rows(
        f"""SELECT COUNT(DISTINCT r.id) AS responses, COUNT(t.id) AS tasks
            FROM response r JOIN survey s ON s.id = r.survey_id LEFT JOIN task t ON t.response_id = r.id
            WHERE s.key IN ({marks(keys)}) AND r.submitted_at > ? AND r.is_test = ?""",
        *(*keys, clock.now() - LEARNT_FROM, False),
    )
    return found["tasks"] / found["responses"] * answers if found["responses"] else None
