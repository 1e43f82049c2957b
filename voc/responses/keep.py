"""Writing what one press of a button brought, so that two presses, two tabs and two machines at once lose nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from voc.core import clock
from voc.core.db import as_json, as_moment, as_uuid, execute, execute_many, marks, rows
from voc.core.ids import new_id
from voc.responses.answers import Checked, check, kind_of
from voc.responses.drafts import Posted
from voc.responses.link import Link
from voc.responses.models import ResponseState
from voc.responses.read_answer import Value
from voc.surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Kept:
    """A response after a press: what counts, what must be mended, and how it stood before."""

    response_id: UUID
    checked: Checked
    has_changed: bool
    was: ResponseState
    submitted_at: datetime | None
    suspect: str


@dataclass(frozen=True, slots=True)
class _Stored:
    value: Value
    answered_at: datetime | None


async def keep(link: Link, questionnaire: Questionnaire, posted: Posted, *, is_sent: bool) -> Kept:
    """Begin the response if there is none, and write the answers of the press; those with faults stay as they were.

    A response that was sent already is changed as a whole or, while there are faults, not at all. `is_sent` checks all questions,
    otherwise only those of the press.
    """
    now = clock.now()
    row, is_new = await _begin_or_lock(link, posted.language, now)
    response_id = _id(row["id"])
    stored = {} if is_new else await _stored(response_id)
    checked = check(questionnaire, merged(stored, posted), posted.language, asked=None if is_sent else posted.asked)
    was = ResponseState(row["state"])
    has_changed = False
    if not (checked.faults and was is ResponseState.COMPLETE):
        has_changed = await write_answers(response_id, questionnaire, checked, {name: one.value for name, one in stored.items()}, now)
    return Kept(response_id, checked, has_changed, was, as_moment(row["submitted_at"]), row["suspect"])


def merged(stored: Mapping[str, _Stored], posted: Posted) -> dict[str, object]:
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
    response_id: UUID, questionnaire: Questionnaire, checked: Checked, before: Mapping[str, Value], now: datetime
) -> bool:
    """Write what differs from `before`, take away what no longer counts, and say whether anything did."""
    different = {name: value for name, value in checked.answers.items() if name not in before or not _same(before[name], value)}
    gone = [] if checked.faults else [name for name in before if name not in checked.answers]
    if different:
        await execute_many(_PUT, [_columns(response_id, name, kind_of(questionnaire, name), different[name], now) for name in different])
    if gone:
        await execute(f"DELETE FROM answer WHERE response_id = ? AND question IN ({marks(gone)})", response_id, *gone)
    return bool(different or gone)


async def set_columns(response_id: UUID, values: Mapping[str, object]) -> None:
    """Set columns of one response."""
    await execute(f"UPDATE response SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?", *values.values(), response_id)


async def _begin_or_lock(link: Link, language: str, now: datetime) -> tuple[dict[str, Any], bool]:
    """The response of this invitation, made or found; until the transaction ends nobody else writes it."""
    made = new_id()
    values = (made, link.survey_id, link.version_id, link.invitation_id, link.customer_id, link.contact_id, link.channel, language)
    row = (await rows(_BEGIN, *values, ResponseState.OPEN, link.is_test, now, now))[0]
    return row, _id(row["id"]) == made


async def _stored(response_id: UUID) -> dict[str, _Stored]:
    found = await rows("SELECT question, value, answered_at FROM answer WHERE response_id = ?", response_id)
    return {row["question"]: _Stored(as_json(row["value"]), as_moment(row["answered_at"])) for row in found}


def _columns(response_id: UUID, name: str, kind: str, value: Value, now: datetime) -> Iterable[object]:
    number = float(value) if isinstance(value, int | float) else None
    text = value if isinstance(value, str) else None
    return (new_id(), response_id, name, kind, orjson.dumps(value).decode(), number, text, now)


def _same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and one == other


def _is_newer(answered_at: datetime | None, served_at: datetime | None) -> bool:
    return answered_at is not None and served_at is not None and answered_at > served_at


def _id(value: object) -> UUID:
    found = as_uuid(value)
    if found is None:
        raise ValueError("A row without an id.")
    return found


# The update changes nothing: it takes the lock and gives back the row.
_BEGIN = """
    INSERT INTO response (id, survey_id, version_id, invitation_id, customer_id, contact_id, channel, language, state, source, suspect,
        is_test, begun_at, saved_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', ?, ?, ?)
    ON CONFLICT (invitation_id) DO UPDATE SET invitation_id = excluded.invitation_id
    RETURNING id, state, submitted_at, suspect"""
_PUT = """
    INSERT INTO answer (id, response_id, question, kind, value, number, text, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (response_id, question) DO UPDATE SET kind = excluded.kind, value = excluded.value, number = excluded.number,
        text = excluded.text, answered_at = excluded.answered_at"""
