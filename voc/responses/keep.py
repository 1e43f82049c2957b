"""Writing responses and answers, so that two presses, two tabs and two machines at once lose nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import orjson

from voc.core.db import as_json, as_moment, as_uuid, execute, execute_many, marks, rows
from voc.core.errors import Conflict
from voc.core.ids import new_id
from voc.responses.answers import Checked, kind_of
from voc.responses.drafts import Posted
from voc.responses.link import Link
from voc.responses.models import ResponseState
from voc.responses.read_answer import Value
from voc.surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer as it was given before."""

    value: Value
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Before:
    """A response as it stood before a press, while nobody else writes it; without an id it was not begun."""

    response_id: UUID | None = None
    state: ResponseState = ResponseState.OPEN
    submitted_at: datetime | None = None
    suspect: str = ""
    quotas: tuple[str, ...] = ()
    answers: Mapping[str, Stored] = field(default_factory=dict)
    begun_at: datetime | None = None


NOT_BEGUN = Before()


async def begin(link: Link, columns: Mapping[str, object], now: datetime) -> UUID | None:
    """Make the response of a link; None when another press has made it a moment ago."""
    facts: dict[str, object] = {
        "id": new_id(),
        "survey_id": link.survey_id,
        "version_id": link.version_id,
        "invitation_id": link.invitation_id,
        "customer_id": link.customer_id,
        "contact_id": link.contact_id,
        "channel": link.channel,
        "source": "",
        "is_test": link.is_test,
        "seed": link.seed,
        "quotas": "[]",
        "over_quota": "",
        "duplicate": "",
        "begun_at": now,
        **columns,
    }
    made = await rows(
        f"""INSERT INTO response ({", ".join(facts)}) VALUES ({marks(facts)}) ON CONFLICT (invitation_id) DO NOTHING RETURNING id""",
        *facts.values(),
    )
    return as_uuid(made[0]["id"]) if made else None


async def locked(link: Link) -> Before:
    """The response of a link with its answers; until the transaction ends nobody else writes it. A Conflict once they were deleted."""
    # The update changes nothing: it takes the lock and gives back the row.
    row = (await rows(_LOCK, link.invitation_id))[0]
    response_id = as_uuid(row["id"])
    found = await rows("SELECT question, value, answered_at FROM answer WHERE response_id = ?", response_id)
    answers = {one["question"]: Stored(as_json(one["value"]), as_moment(one["answered_at"])) for one in found}
    quotas = tuple(as_json(row["quotas"]) or ())
    if row["erased_at"]:
        raise Conflict("CLOSED", "The answers over this link were deleted. It takes no more.")
    begun_at, submitted_at = as_moment(row["begun_at"]), as_moment(row["submitted_at"])
    return Before(response_id, ResponseState(row["state"]), submitted_at, row["suspect"], quotas, answers, begun_at)


def merged(stored: Mapping[str, Stored], posted: Posted) -> dict[str, object]:
    """What is known after the press: an answer that was emptied is gone, unless another tab gave it after this page was served."""
    known: dict[str, object] = {name: one.value for name, one in stored.items()}
    for name in posted.asked:
        given = posted.raw.get(name)
        if given not in (None, "", [], ()):
            known[name] = given
        elif name in stored and not _is_newer(stored[name].answered_at, posted.served_at):
            del known[name]
    return known


async def write_answers(
    response_id: UUID, questionnaire: Questionnaire, checked: Checked, before: Mapping[str, Stored], now: datetime
) -> bool:
    """Write what differs from before, take away what no longer counts, and say whether anything did."""
    different = {name: value for name, value in checked.answers.items() if name not in before or not _same(before[name].value, value)}
    gone = [] if checked.faults else [name for name in before if name not in checked.answers]
    if different:
        await execute_many(_PUT, [_columns(response_id, name, kind_of(questionnaire, name), different[name], now) for name in different])
    if gone:
        await execute(f"DELETE FROM answer WHERE response_id = ? AND question IN ({marks(gone)})", response_id, *gone)
    return bool(different or gone)


async def set_columns(response_id: UUID, values: Mapping[str, object]) -> None:
    """Set columns of one response."""
    await execute(f"UPDATE response SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?", *values.values(), response_id)


def _columns(response_id: UUID, name: str, kind: str, value: Value, now: datetime) -> Iterable[object]:
    number = float(value) if isinstance(value, int | float) else None
    text = value if isinstance(value, str) else None
    return (new_id(), response_id, name, kind, orjson.dumps(value).decode(), number, text, now)


def _same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and one == other


def _is_newer(answered_at: datetime | None, served_at: datetime | None) -> bool:
    return answered_at is not None and served_at is not None and answered_at > served_at


_LOCK = """
    UPDATE response SET invitation_id = invitation_id WHERE invitation_id = ?
    RETURNING id, state, begun_at, submitted_at, suspect, quotas, erased_at"""
_PUT = """
    INSERT INTO answer (id, response_id, question, kind, value, number, text, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (response_id, question) DO UPDATE SET kind = excluded.kind, value = excluded.value, number = excluded.number,
        text = excluded.text, answered_at = excluded.answered_at"""
