"""Drafts: the text as its designer wrote it, kept even while it does not parse."""

import re
from uuid import UUID

from tortoise.exceptions import IntegrityError

from voc.core import clock, live
from voc.core.access import Action, Actor
from voc.core.db import transaction
from voc.core.errors import Conflict, Fault, Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.surveys.check import check
from voc.surveys.described import IN_WORDS, KEY
from voc.surveys.documents import MOST_BYTES
from voc.surveys.events import DRAFT
from voc.surveys.models import DraftStep, Survey
from voc.surveys.queries import brands_visible_to, default_brand, survey_by_key, surveys_visible_to

MOST_STEPS = 50
STEPS_OF_LONG_ONES = 5
LONG = 200_000
_KEY_LINE = re.compile(r"^key:[^\n]*$", re.MULTILINE)


@verb(Action.EDIT_SURVEY)
async def create_survey(actor: Actor, key: str, name: str, brand_id: UUID | None, document_text: str) -> Survey:
    """A new survey with this text as its draft; the text's `key` line is made to say the survey's key.

    Without a brand it gets the default one. A key that is taken is a Conflict; a text of any other trouble is kept as it is.
    """
    faults = text_faults("document", document_text)
    if not re.fullmatch(KEY, key):
        faults.append(Fault("key", "WRONG_VALUE", f"`{key[:80]}` cannot be a key. {IN_WORDS[KEY]}"))
    if not 1 <= len(name.strip()) <= 200:
        faults.append(Fault("name", "WRONG_VALUE", "Give the survey a name of 1 to 200 characters."))
    if faults:
        raise Invalid(faults)
    brand = await one(brands_visible_to(actor), brand_id) if brand_id else await default_brand()
    try:
        async with transaction():
            draft = _KEY_LINE.sub(f"key: {key}", document_text, count=1)
            owner = actor.name if actor.is_member else ""
            return await Survey.create(key=key, name=name.strip(), brand=brand, draft=draft, owner=owner)
    except IntegrityError:
        raise Conflict("SURVEY_EXISTS", f"There is a survey `{key}` already. Choose another key, or change that one.") from None


@verb(Action.EDIT_SURVEY)
async def save_draft(actor: Actor, survey_id: UUID, text: str, expected_revision: int) -> Survey:
    """Replace the draft that the designer had before them, whose revision was `expected_revision`.

    A text that does not parse is kept: work is never lost. If somebody else saved in between, nothing is changed (Conflict).
    """
    survey = await one(surveys_visible_to(actor), survey_id)
    if faults := text_faults("text", text):
        raise Invalid(faults)
    now = clock.now()
    changed = await Survey.filter(id=survey.id, draft_revision=expected_revision).update(
        draft=text, draft_revision=expected_revision + 1, updated_at=now
    )
    if not changed:
        raise Conflict("DRAFT_CHANGED", "Somebody saved this draft after you opened it. Load it again and bring your changes over.")
    if text != survey.draft:
        await remember_step(actor, survey, text)
    await live.note(DRAFT, survey.id)
    survey.draft, survey.draft_revision, survey.updated_at = text, expected_revision + 1, now
    return survey


@verb(Action.EDIT_SURVEY)
async def import_survey(actor: Actor, text: str, brand_id: UUID | None = None) -> Survey:
    """Make the text the draft of the survey whose key it names: a new survey, or a new draft of the one that is there.

    Unlike a draft that is being written, a text that comes as a whole must be a questionnaire (Invalid).
    """
    found = check(text)
    if found.questionnaire is None:
        raise Invalid(Fault(problem.path, problem.code, problem.message) for problem in found.errors)
    survey = await survey_by_key(found.questionnaire.key)
    if survey is None:
        name = found.questionnaire.name.say(found.questionnaire.default_language)
        return await create_survey(actor, found.questionnaire.key, name, brand_id, text)
    return survey if survey.draft == text else await save_draft(actor, survey.id, text, survey.draft_revision)


async def remember_step(actor: Actor, survey: Survey, text: str) -> None:
    """Note that the draft goes from what the row says to a text, so that it can be undone; what was undone before is forgotten.

    Fifty steps are kept, of a long draft five.
    """
    most = STEPS_OF_LONG_ONES if len(survey.draft) > LONG else MOST_STEPS
    await DraftStep.filter(survey_id=survey.id, is_undone=True).delete()
    number = survey.draft_revision + 1
    await DraftStep.create(survey_id=survey.id, number=number, before=survey.draft, after=text, made_by=actor.name)
    kept = await DraftStep.filter(survey_id=survey.id).order_by("-number").offset(most).limit(1).values_list("number", flat=True)
    if kept:
        await DraftStep.filter(survey_id=survey.id, number__lte=kept[0]).delete()


def text_faults(path: str, text: str) -> list[Fault]:
    """Why a text cannot be kept as a draft; empty where it can."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        return [Fault(path, "TOO_LONG", f"The text is larger than {MOST_BYTES // 1_000_000} MB. Split the survey.")]
    if re.search("[\x00\ud800-\udfff]", text):
        return [Fault(path, "WRONG_VALUE", "The text holds a character that cannot be kept. Type it again without it.")]
    return []
