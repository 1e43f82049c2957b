"""Links for translators from outside: one survey, one language, until a day; texts only, and each of their saves is a step with their name.

A link is made from its id whenever it is needed, so no table holds it.
"""

import re
from datetime import timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from voc.core import clock, settings
from voc.core.access import Action, Actor
from voc.core.errors import Fault, Invalid, NotFound
from voc.core.find import one
from voc.core.seals import id_in, sealed_id
from voc.core.verb import verb
from voc.surveys.described import IN_WORDS, LANGUAGE
from voc.surveys.draft_history import locked
from voc.surveys.models import Survey, TranslatorLink
from voc.surveys.queries import surveys_visible_to
from voc.surveys.translate import put_in
from voc.surveys.translations.table import Entry

MOST_DAYS = 90


@verb(Action.EDIT_SURVEY)
async def create_translator_link(actor: Actor, survey_id: UUID, *, language: str, translator: str, days: int) -> TranslatorLink:
    """A link with which somebody from outside translates a draft into one language for some days (1 to 90)."""
    survey = await one(surveys_visible_to(actor), survey_id)
    faults = []
    if not re.fullmatch(LANGUAGE, language):
        faults.append(Fault("language", "WRONG_VALUE", f"`{language[:20]}` is no language. {IN_WORDS[LANGUAGE]}"))
    if not 1 <= len(translator.strip()) <= 120:
        faults.append(Fault("translator", "NAME_MISSING", "Say who gets the link: it stands beside everything they save."))
    if not 1 <= days <= MOST_DAYS:
        faults.append(Fault("days", "WRONG_VALUE", f"A link works for 1 to {MOST_DAYS} days."))
    if faults:
        raise Invalid(faults)
    until = clock.now() + timedelta(days=days)
    return await TranslatorLink.create(
        survey=survey, language=language, translator=translator.strip(), made_by=actor.name[:200], expires_at=until
    )


@verb(Action.EDIT_SURVEY)
async def revoke_translator_link(actor: Actor, link_id: UUID) -> TranslatorLink:
    """The link opens nothing from now on; what was saved with it stays."""
    link = await one(translator_links_visible_to(actor), link_id)
    if link.revoked_at is None:
        link.revoked_at = clock.now()
        await link.save(update_fields=["revoked_at"])
    return link


@verb(Action.TRANSLATE)
async def translate_by_link(actor: Actor, link_id: UUID, entries: tuple[Entry, ...]) -> Survey:
    """Put what a translator wrote into the draft, as far as it can be taken; nothing but texts of the link's language.

    NotFound where the link is not theirs or no longer open; Invalid, by key, for a text that cannot stand in its place.
    """
    link = await open_link(link_id) if actor.id == link_id else None
    if link is None:
        raise NotFound("This link is no longer open.")
    survey = await locked(Survey.all(), link.survey_id)
    mine = tuple(entry for entry in entries if entry.language == link.language)
    kept = await put_in(actor, survey, mine)
    await TranslatorLink.filter(id=link.id).update(used_at=clock.now())
    return kept


def translator_links_visible_to(actor: Actor) -> QuerySet[TranslatorLink]:
    """The links, for whoever may make them."""
    return TranslatorLink.all() if actor.reach(Action.EDIT_SURVEY).all else TranslatorLink.filter(id=None)


async def open_link(link_id: UUID) -> TranslatorLink | None:
    """The link with its survey and brand while it is open; None once it is revoked or its days are over."""
    return await TranslatorLink.get_or_none(id=link_id, revoked_at=None, expires_at__gt=clock.now()).select_related("survey__brand")


def address_of(link_id: UUID) -> str:
    """The address that a link is opened by."""
    return f"{settings.current().base_url}/t/{sealed_id(link_id, 'translator')}"


def link_named_by(secret: str) -> UUID | None:
    """The id of the link with this secret, or None when nobody made it."""
    return id_in(secret, "translator")
