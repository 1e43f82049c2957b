"""An export of responses, as the system wrote it that a survey came from, taken over onto that survey."""

import asyncio
from dataclasses import dataclass, field

from voc.core.access import Action, Actor
from voc.core.errors import Invalid
from voc.responses.import_responses import ImportOrder, Outcome, import_responses, published_version, try_responses
from voc.responses.queries import questionnaire_by_version
from voc.surveys.formats.exported import Exported, OutsideColumns
from voc.surveys.formats.imported import NotImportable


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """A file of responses: onto which survey (its key), in which columns and systems the outside ids are known, at most how many."""

    survey: str
    data: bytes
    most: int = 10_000_000
    columns: OutsideColumns = field(default=OutsideColumns())
    customer_system: str = ""
    contact_system: str = ""


async def import_export(actor: Actor, file: ExportFile) -> Outcome:
    """Store every response of the file once; a second time stores nothing twice.

    Refuses what is no export of the system that the survey came from, more than `most`, and a column that is not there (Invalid at
    `document`), a column of outside ids without the system that knows them, and a survey that was never published (Invalid).
    """
    order, exported = await _opened(actor, file)
    return await import_responses(actor, order, exported)


async def try_export(actor: Actor, file: ExportFile) -> Outcome:
    """What `import_export` would come to, with nothing stored."""
    order, exported = await _opened(actor, file)
    return await try_responses(actor, order, exported)


async def _opened(actor: Actor, file: ExportFile) -> tuple[ImportOrder, Exported]:
    from voc.surveys.formats.export_reading import read_export, system_of  # readers that nothing else at the start needs

    actor.must(Action.IMPORT_RESPONSES)
    for named, system, path in (
        (file.columns.customer, file.customer_system, "customerSystem"),
        (file.columns.contact, file.contact_system, "contactSystem"),
    ):
        if named and not system:
            raise Invalid.at(path, "SYSTEM_NEEDED", f"Name the system that knows the ids in column `{named}`.")
    version = await published_version(file.survey)
    questionnaire = await questionnaire_by_version(version.id)
    try:
        source = system_of(questionnaire)
        exported = await asyncio.to_thread(read_export, file.data, questionnaire, file.columns)
    except NotImportable as refusal:
        raise Invalid.at("document", refusal.code, str(refusal)) from None
    if exported.count > file.most:
        why = f"There are {exported.count:,} responses in this file, and {file.most:,} can come at once."
        raise Invalid.at("document", "TOO_MANY", f"{why} Split it, or import it at the command line.")
    order = ImportOrder(survey=file.survey, source=source, customer_system=file.customer_system, contact_system=file.contact_system)
    return order, exported
