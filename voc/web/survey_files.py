"""Files that come with a step of a survey: what may come, what is kept, what is said of the rest."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from voc.core.errors import Fault
from voc.responses.file_kinds import kind_of_file
from voc.responses.uploads import Sent, is_room, keep_uploads, own_uploads
from voc.surveys.questions import FileUpload, Question
from voc.web.posted_files import Allowance, Arrived
from voc.web.posted_form import PostedForm
from voc.web.visit import Visit
from voc.web.wording import Words, words_for

MEGABYTE = 1024 * 1024


@dataclass(slots=True)
class Files:
    """What stands in the answers to questions for files after a press: ids by question, and what must be mended."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def allowances(questions: Iterable[Question]) -> dict[str, Allowance]:
    """What may come with these questions."""
    asked = [question for question in questions if isinstance(question, FileUpload)]
    return {question.id: Allowance(question.most_files, question.most_megabytes * MEGABYTE) for question in asked}


async def take_files(visit: Visit, questions: Iterable[Question], form: PostedForm, arrived: Sequence[Arrived], language: str) -> Files:
    """Keep what may be kept, and hold on to what was sent before unless it was unticked."""
    asked = [question for question in questions if isinstance(question, FileUpload)]
    files = Files()
    for one in arrived:
        if all(one.question != question.id for question in asked):
            one.forget()
    if not asked:
        return files
    known = await own_uploads(visit.link.invitation_id)
    files.names = {one: upload.name for one, upload in known.items()}
    for question in asked:
        kept = [one for one in form.many(f"{question.id}_kept") if one in known and known[one].question == question.id]
        files.ids[question.id] = kept
        here = [one for one in arrived if one.question == question.id]
        good = await _good(question, here, len(kept), files, words_for("survey", language))
        for new, sent in zip(await keep_uploads(visit.actor, visit.link, good), good, strict=True):
            files.ids[question.id].append(new)
            files.names[new] = sent.name
    return files


async def _good(question: FileUpload, arrived: Sequence[Arrived], kept: int, files: Files, words: Words) -> list[Sent]:
    good: list[Sent] = []
    for one in arrived:
        key, sent = await judged(question, one, kept + len(good))
        if sent:
            good.append(sent)
        else:
            one.forget()
            said = words.plain(key, name=one.name, megabytes=question.most_megabytes, most=question.most_files)
            files.faults.append(Fault(question.id, key.upper(), said))
    return good


async def judged(question: FileUpload, one: Arrived, before: int) -> tuple[str, Sent | None]:
    """The key of the words that refuse a file, or the file as it may be kept; `before` is how many there are of the question already."""
    if one.is_too_large:
        return "file_too_large", None
    if one.path is None or before >= question.most_files:
        return "file_too_many", None
    if not await is_room():
        return "file_no_room", None
    found = await asyncio.to_thread(kind_of_file, one.path)
    if found is None or found[0] not in question.accepts:
        return "file_wrong_kind", None
    return "", Sent(question.id, one.name, one.path, one.size, found[1])
