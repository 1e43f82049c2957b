"""A file of another system becomes the draft of a new survey, with a report of what is not in it as it was in the file."""

import asyncio
import logging
import re
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from voc.core.access import Action, Actor
from voc.core.errors import Invalid
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.surveys.documents import MOST_BYTES, as_json, as_yaml
from voc.surveys.draft import create_survey
from voc.surveys.formats.file_format import FileFormat
from voc.surveys.formats.imported import Imported, NotImportable, ReportItem
from voc.surveys.formats.keys import as_key
from voc.surveys.models import ImportReport, Survey
from voc.surveys.questionnaire import Questionnaire

LONGEST_SECONDS = 60
MOST_IN_YAML = 200
_HANDLER = re.compile(r"\b(on[a-z]{3,})\s*=", re.IGNORECASE)
_SCRIPT_LINK = re.compile(r"\b(?:java|vb)script\s*:", re.IGNORECASE)
_log = logging.getLogger(__name__)
# Two at once: reading is work for the processor, and the rest of the process goes on beside it.
_readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="import")


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read: the questionnaire as text, and the report."""

    questionnaire: Questionnaire
    text: str
    report: tuple[ReportItem, ...]
    format: FileFormat


async def import_file(
    actor: Actor,
    data: bytes,
    *,
    file_name: str = "",
    format: FileFormat | None = None,
    key: str = "",
    name: str = "",
    brand_id: UUID | None = None,
) -> ImportReport:
    """Make a survey of a file and give the report of it.

    The format is told from the content where none is given; key and name come from the title of the file. A file that cannot be read
    is Invalid at `document`, with the code and the way out, and leaves no survey behind; so does a key that is taken (Conflict).
    """
    actor.must(Action.EDIT_SURVEY)
    read = await _read(data, file_name, format)
    return await keep_import(actor, read, file_name=file_name, key=key, name=name, brand_id=brand_id)


@verb(Action.EDIT_SURVEY)
async def keep_import(
    actor: Actor, read: Read, *, file_name: str = "", key: str = "", name: str = "", brand_id: UUID | None = None
) -> ImportReport:
    """Make a survey of what was read, with the report beside it. Without a key it gets a free one that looks like its title."""
    questionnaire = read.questionnaire
    title = questionnaire.name.say(questionnaire.default_language)
    chosen = key or await _free_key(as_key(questionnaire.key))
    text = read.text if chosen == questionnaire.key else _text_of(replace(questionnaire, key=chosen))
    survey = await create_survey(actor, chosen, (name or title or chosen)[:200], brand_id, text)
    return await ImportReport.create(
        survey=survey,
        by=actor.name[:200],
        format=read.format.value,
        file_name=file_name.replace("\\", "/").rpartition("/")[2][:200],
        questions=sum(1 for _ in questionnaire.questions()),
        items=[{name: harmless(str(value)) for name, value in asdict(item).items()} for item in read.report],
    )


def harmless(text: str) -> str:
    """What a report quotes of a file, such that it cannot run wherever it may be pasted."""
    bracketed = text.replace("<", "‹").replace(">", "›")
    return _HANDLER.sub(r"\1 :", _SCRIPT_LINK.sub("script …", bracketed))


async def _read(data: bytes, file_name: str, format: FileFormat | None) -> Read:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            return await loop.run_in_executor(_readers, _reading, data, file_name, format)
    except NotImportable as refusal:
        raise Invalid.at("document", refusal.code, str(refusal)) from None
    except TimeoutError:
        raise Invalid.at("document", "TOO_SLOW", f"Reading takes longer than {LONGEST_SECONDS} seconds. Split the survey.") from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
        error_id = str(new_id())
        # The message of the error may quote the file, so only its kind and places are logged.
        places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(fault.__traceback__)[-5:]]
        _log.error("a file could not be imported", extra={"error_id": error_id, "error": type(fault).__name__, "at": places})
        message = f"This file cannot be read, and the fault is ours. Tell whoever runs the service: {error_id}."
        raise Invalid.at("document", "NOT_READABLE", message) from None


def _reading(data: bytes, file_name: str, format: FileFormat | None) -> Read:
    from voc.surveys.formats.detect import read_file

    imported: Imported = read_file(data, file_name, format)
    questionnaire = imported.questionnaire
    origin = questionnaire.origin.format if questionnaire.origin else FileFormat.VOC
    text = _text_of(questionnaire)
    if len(text.encode()) > MOST_BYTES:
        raise NotImportable("TOO_LARGE", f"The questionnaire is larger than {MOST_BYTES // 1_000_000} MB. Split the survey.")
    return Read(questionnaire, text, imported.report, FileFormat(origin))


def _text_of(questionnaire: Questionnaire) -> str:
    """YAML, as people like to read it; JSON where it is so long that nobody does, for that is read much faster."""
    many = sum(1 for _ in questionnaire.questions()) > MOST_IN_YAML
    return as_json(questionnaire) if many else as_yaml(questionnaire)


async def _free_key(wanted: str) -> str:
    taken = {survey.key for survey in await Survey.filter(key__startswith=wanted).only("key")}
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted[:55]}-{number}"
    return found
