"""What publishing a text would make: the document that is frozen, and the names under which earlier answers go on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from voc.core.errors import Conflict, Fault, Invalid
from voc.surveys.check import check
from voc.surveys.lineage import Edition, former_names
from voc.surveys.models import Survey, SurveyVersion
from voc.surveys.parse import dump
from voc.surveys.queries import current_version, questionnaire_of
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.renames import Lost, Past, answer_names, lost_questions, settle

MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of questions that are no longer asked under their id: old name to new name, and those that were taken out."""

    renames: Mapping[str, str]
    removed: Collection[str]


NOTHING_DECIDED = Decided({}, ())


@dataclass(frozen=True, slots=True)
class Publication:
    """What becomes the next version: its questionnaire as an object, its name, and the answers that are kept under another name now."""

    document: dict[str, Any]
    name: str
    renamed: Mapping[str, str]


async def publication(survey: Survey, text: str, decided: Decided = NOTHING_DECIDED) -> Publication:
    """What publishing the text would make of it.

    Refuses a text with errors, each with its place, and what cannot have become of a question (Invalid); a text that says what the
    published version says already, and one that loses a question of which nobody said what became of it (Conflict).
    """
    questionnaire = _sound(survey, text)
    document, published = dump(questionnaire), await current_version(survey.id)
    if published and published.document == document:
        raise Conflict("UNCHANGED", "Nothing has changed since the last publication.")
    before = questionnaire_of(published) if published else None
    settled = settle(await lost_since(survey, before, questionnaire), decided.renames, decided.removed)
    if settled.faults:
        raise Invalid(settled.faults)
    if settled.undecided:
        raise Conflict("RENAMED", asking(settled.undecided))
    renamed = answer_names(before, questionnaire, settled.renamed) if before and settled.renamed else {}
    return Publication(document, questionnaire.name.say(questionnaire.default_language), renamed)


async def lost_since(survey: Survey, before: Questionnaire | None, after: Questionnaire) -> tuple[Lost, ...]:
    """The questions of the published version that the newer questionnaire lost, with what its earlier versions know of them."""
    if before is None or not lost_questions(before, after):
        return ()
    return lost_questions(before, after, await past_of(survey.id, before))


async def past_of(survey_id: UUID, live: Questionnaire) -> Past:
    """Every name that versions before the live one used, and what its questions were called then."""
    versions = await SurveyVersion.filter(survey_id=survey_id)
    used = {question.id for version in versions for question in questionnaire_of(version).questions()}
    editions = [Edition(version.id, version.number, version.renamed) for version in versions]
    return Past(frozenset(used), former_names(editions, (question.id for question in live.questions())))


def _sound(survey: Survey, text: str) -> Questionnaire:
    found = check(text)
    faults = found.faults
    if found.questionnaire and found.questionnaire.key != survey.key:
        message = f"The document says `key: {found.questionnaire.key}`, but this survey is `{survey.key}`. Change the line."
        faults.append(Fault("key", "WRONG_VALUE", message))
    if faults or found.questionnaire is None:
        raise Invalid(faults)
    return found.questionnaire


def asking(undecided: Collection[Lost]) -> str:
    """What must be said about lost questions, and how; of very many the first few."""
    told = " ".join(f"`{one.name}` is gone, and {_either(one)} new." for one in list(undecided)[:MOST_TOLD])
    if len(undecided) > MOST_TOLD:
        told += f" So it is with {len(undecided) - MOST_TOLD} more."
    ways = "`renames` with `from` and `to`, or `removed`; `--renamed old=new` or `--removed old`"
    return f"{told} Say of each whether it goes on under another id, so that its trend goes on, or was taken out ({ways})."


def _either(one: Lost) -> str:
    names = [f"`{candidate.id}`" for candidate in one.candidates[:MOST_TOLD]]
    if len(one.candidates) > MOST_TOLD:
        names.append(f"{len(one.candidates) - MOST_TOLD} more")
    return f"{names[0]} is" if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} are"
