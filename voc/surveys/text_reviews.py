"""Saying that translations fit their source."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.errors import Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.surveys.editions import draft_edition
from voc.surveys.models import Survey, TextReview
from voc.surveys.queries import surveys_visible_to
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.translations.reviewed import Review, mark_of
from voc.surveys.translations.table import lines

MOST = 1000
_LONGEST_KEY = 400


@verb(Action.EDIT_SURVEY)
async def review_texts(actor: Actor, survey_id: UUID, language: str, keys: tuple[str, ...]) -> Survey:
    """Say that the translations with these keys were read again and fit their source, as both are in the draft now.

    Keys without a text in that language are passed over. Invalid for more than 1,000, or while the draft describes nothing.
    """
    survey = await one(surveys_visible_to(actor), survey_id)
    if len(keys) > MOST:
        raise Invalid.at("keys", "WRONG_LENGTH", f"Send at most {MOST} keys at a time.")
    await note_texts(actor, survey.id, draft_edition(survey), [(language, key) for key in keys], is_reviewed=True)
    return survey


async def note_texts(
    actor: Actor, survey_id: UUID, questionnaire: Questionnaire, texts: Iterable[tuple[str, str]], *, is_reviewed: bool
) -> None:
    """Keep marks of translations and of their source as they are now: written, or read again."""
    table, first, now = {line.key: line.texts for line in lines(questionnaire)}, questionnaire.default_language, clock.now()
    noted = [
        TextReview(
            survey_id=survey_id,
            language=language,
            key=key,
            source_mark=mark_of(table[key].get(first, "")),
            text_mark=mark_of(table[key][language]),
            is_reviewed=is_reviewed,
            by=actor.name[:200],
            at=now,
        )
        for language, key in dict.fromkeys(texts)
        if language != first and language in table.get(key, ()) and len(key) <= _LONGEST_KEY
    ]
    changing = ["source_mark", "text_mark", "is_reviewed", "by", "at"]
    await TextReview.bulk_create(noted, batch_size=500, on_conflict=["survey_id", "language", "key"], update_fields=changing)


async def reviews_of(survey_id: UUID, language: str) -> Mapping[str, Review]:
    """What was said of the translations into a language, by key."""
    found = await TextReview.filter(survey_id=survey_id, language=language)
    return {one.key: Review(one.source_mark, one.text_mark, one.is_reviewed, one.by, one.at) for one in found}
