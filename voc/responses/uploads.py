"""Files that customers sent: kept in a folder of their own that no web server sees, under names nobody can guess."""

import asyncio
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from voc.core import clock, settings
from voc.core.access import Action, Actor
from voc.core.db import as_uuid, execute_many, marks, rows
from voc.core.errors import NotFound
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.responses.link import Link
from voc.responses.models import Upload
from voc.responses.queries import questionnaire_by_version, responses_visible_to
from voc.surveys.course import course_of, owner_of
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import FileUpload

KEPT_UNSENT = timedelta(days=1)
AT_ONCE = 500
MOST_ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it arrived: `path` is where it waits, `media_type` what its content says."""

    question: str
    name: str
    path: Path
    size: int
    media_type: str


@verb(Action.ANSWER)
async def keep_uploads(actor: Actor, link: Link, sent: Sequence[Sent]) -> list[str]:
    """Keep files of the holder of a link and give their ids, in order. An answer must name them within a day, or they are forgotten."""
    if actor.id != link.invitation_id:
        raise NotFound
    ids = [new_id() for _ in sent]
    now = clock.now()
    columns = [
        (one, link.invitation_id, file.question, file.name[:200], file.media_type, file.size, now)
        for one, file in zip(ids, sent, strict=True)
    ]
    await execute_many(_PUT, columns)
    for one, file in zip(ids, sent, strict=True):
        await asyncio.to_thread(_place, file.path, path_of(one))
    return [str(one) for one in ids]


async def own_uploads(invitation_id: UUID) -> dict[str, Upload]:
    """The files of one invitation by their ids."""
    return {str(one.id): one for one in await Upload.filter(invitation_id=invitation_id)}


async def file_names(questionnaire: Questionnaire, answers: Mapping[str, object]) -> dict[str, str]:
    """What the files of a response were called by whoever sent them, by their ids."""
    asked = [name for name, question in course_of(questionnaire).owners.items() if isinstance(question, FileUpload)]
    ids = [one for name in asked for one in _ids(answers.get(name))]
    return {str(one.id): one.name for one in await Upload.filter(id__in=ids)} if ids else {}


async def upload_for(actor: Actor, upload_id: UUID) -> Upload:
    """A file, for a colleague who may see the response that names it, and its sensitive answers if it is one; else NotFound."""
    upload = await Upload.get_or_none(id=upload_id)
    response = await responses_visible_to(actor).get_or_none(invitation_id=upload.invitation_id) if upload else None
    if upload is None or response is None:
        raise NotFound
    question = owner_of(await questionnaire_by_version(response.version_id), upload.question)
    if isinstance(question, FileUpload) and question.sensitive and not _may_read_sensitive(actor):
        raise NotFound
    return upload


@verb(Action.SUBMIT_RESPONSE)
async def forget_uploads(actor: Actor) -> None:
    """Erase files that no answer names: never sent, taken back, or gone with their response. Up to 50,000 a run."""
    for _ in range(MOST_ROUNDS):
        old = await rows(_UNNAMED, clock.now() - KEPT_UNSENT, AT_ONCE)
        ids = [one for row in old if (one := as_uuid(row["id"]))]
        if ids:
            await Upload.filter(id__in=ids).delete()
        for one in ids:
            await asyncio.to_thread(path_of(one).unlink, missing_ok=True)
        if len(old) < AT_ONCE:
            break
    await asyncio.to_thread(_clear_arrivals, (clock.now() - KEPT_UNSENT).timestamp())


@verb(Action.SUBMIT_RESPONSE)
async def forget_files_of(actor: Actor, ref: str) -> None:
    """Erase the files that came with a response whose answers were deleted."""
    found = await rows("SELECT u.id FROM upload u JOIN response r ON r.invitation_id = u.invitation_id WHERE r.id = ?", ref)
    ids = [one for row in found if (one := as_uuid(row["id"]))]
    for one in ids:
        await asyncio.to_thread(path_of(one).unlink, missing_ok=True)
    await Upload.filter(id__in=ids).delete()


async def is_room() -> bool:
    """Whether the disk of the folder still has what files of customers must leave free."""
    chosen = settings.current()
    return await asyncio.to_thread(_free, chosen.uploads_folder()) >= chosen.uploads_leave_free * 1024 * 1024


def path_of(upload_id: UUID) -> Path:
    """Where the content of a file is."""
    return settings.current().uploads_folder() / upload_id.hex[-2:] / upload_id.hex


def arrivals() -> Path:
    """Where files wait while they come in; nobody else may look."""
    return settings.current().uploads_folder() / "arriving"


def _may_read_sensitive(actor: Actor) -> bool:
    """Whether the actor may know who the customer is in every response they see."""
    identities, responses = actor.reach(Action.SEE_IDENTITY), actor.reach(Action.SEE_RESPONSES)
    return identities.all or (not responses.all and bool(identities) and responses.teams <= identities.teams)


def _free(folder: Path) -> int:
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    return shutil.disk_usage(there).free


def _place(arrived: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.replace(arrived, kept)


def _clear_arrivals(before: float) -> None:
    for path in arrivals().glob("*"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def _ids(value: object) -> Iterable[UUID]:
    for one in value if isinstance(value, list) else ():
        try:
            yield UUID(str(one))
        except ValueError:
            continue


_PUT = f"INSERT INTO upload (id, invitation_id, question, name, media_type, size, sent_at) VALUES ({marks(range(7))})"
_UNNAMED = """
    SELECT u.id FROM upload u
    WHERE u.sent_at < ? AND NOT EXISTS (
        SELECT 1 FROM response r JOIN answer a ON a.response_id = r.id AND a.question = u.question
        WHERE r.invitation_id = u.invitation_id AND CAST(a.value AS TEXT) LIKE '%' || CAST(u.id AS TEXT) || '%')
    ORDER BY u.sent_at LIMIT ?"""
