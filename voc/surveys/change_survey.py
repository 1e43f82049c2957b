"""Changing what a survey is beside its draft: the key it goes by, and the brand it is asked under."""

import re
from uuid import UUID

from tortoise.exceptions import IntegrityError

from voc.core.access import Action, Actor
from voc.core.db import transaction
from voc.core.errors import Conflict, Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.surveys.described import IN_WORDS, KEY
from voc.surveys.draft_history import content_of, keep, locked, text_like
from voc.surveys.models import Survey
from voc.surveys.queries import brands_visible_to, surveys_visible_to


@verb(Action.EDIT_SURVEY)
async def change_brand(actor: Actor, survey_id: UUID, brand_id: UUID) -> Survey:
    """Ask the survey under another brand from now on, invitations that are planned included."""
    survey = await one(surveys_visible_to(actor), survey_id)
    brand = await one(brands_visible_to(actor), brand_id)
    survey.brand = brand
    await survey.save(update_fields=["brand_id"])
    return survey


@verb(Action.EDIT_SURVEY)
async def change_key(actor: Actor, survey_id: UUID, key: str) -> Survey:
    """Give a survey that was never published another key, in its draft as well.

    Refuses what cannot be a key (Invalid), one that is taken, and a survey that was published: policies and answers know it by its key.
    """
    survey = await locked(surveys_visible_to(actor), survey_id)
    if not re.fullmatch(KEY, key):
        raise Invalid.at("key", "WRONG_VALUE", f"`{key[:80]}` cannot be a key. {IN_WORDS[KEY]}")
    if key == survey.key:
        return survey
    if survey.last_number:
        raise Conflict("KEY_IN_USE", "This survey was published under its key, and policies and answers know it by that. Copy it instead.")
    try:
        async with transaction():
            survey.key = key
            await survey.save(update_fields=["key"])
    except IntegrityError:
        raise Conflict("SURVEY_EXISTS", f"There is a survey `{key}` already. Choose another key.") from None
    return await keep(actor, survey, text_like(survey.draft, content_of(survey.draft) | {"key": key}))
