"""All texts of a questionnaire in all its languages: out for translators, and in again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.context import Info
from voc.api.exposed import computed, field, one_of, shape, takes
from voc.api.facts import Translation, translations_of
from voc.api.global_ids import row_id
from voc.api.mutations import mutation
from voc.api.nodes import Id, fetch
from voc.api.surveys import Survey
from voc.core.find import one
from voc.surveys import models
from voc.surveys.editions import draft_edition
from voc.surveys.queries import current_version, questionnaire_of, surveys_visible_to
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.text_reviews import review_texts, reviews_of
from voc.surveys.translate import entries_in, entries_of_another, proposed, save_translations
from voc.surveys.translations.as_csv import csv_of
from voc.surveys.translations.as_xliff import xliff_of
from voc.surveys.translations.reviewed import Standing, standings
from voc.surveys.translations.table import Change, Entry, Line, Progress, lines, progress


@shape
class TextLine:
    """One text in every language it has."""

    key: str
    """A name that stays the same when its question moves."""
    path: str
    """Where it stands in the document."""
    is_ours: bool
    """Whether the words come with the service; the questionnaire may bring its own."""

    @computed
    def texts(line: Line) -> list[Translation]:  # noqa: N805 - the source is the line
        """The text, by language."""
        return translations_of(dict(line.texts))


@shape
class LanguageProgress:
    """How much of a questionnaire is there in one language."""

    language: str
    """The language."""
    done: int
    """How many texts it has."""
    total: int
    """How many there are."""


@shape
class TextStanding:
    """Where the translation of one text stands."""

    key: str
    """The text's key in the table."""
    is_changed_since: bool
    """Whether its source was changed after it was translated."""
    reviewed_by: str
    """Who read it again as it is now; empty where nobody did."""
    reviewed_at: datetime | None
    """When they did."""


@dataclass(frozen=True, slots=True)
class Table:
    """The draft whose texts are shown."""

    survey: models.Survey
    questionnaire: Questionnaire


@shape
class TextTable:
    """Every text of a draft."""

    @computed
    def draft_revision(table: Table) -> int:  # noqa: N805
        """The revision of the draft it was made of; saving names it."""
        return table.survey.draft_revision

    @computed
    def languages(table: Table) -> list[str]:  # noqa: N805
        """Its languages, the source first."""
        return list(table.questionnaire.languages)

    @field(list[LanguageProgress])
    def progress(table: Parent[Table]) -> tuple[Progress, ...]:  # noqa: N805
        """How far each language is."""
        return progress(table.questionnaire)

    @field(list[TextLine])
    def lines(table: Parent[Table]) -> tuple[Line, ...]:  # noqa: N805
        """The texts in the order of the document, our own words last."""
        return lines(table.questionnaire)

    @field(list[TextStanding])
    async def standings(
        table: Parent[Table],  # noqa: N805
        language: Annotated[str, strawberry.argument(description="The language of the translations.")],
    ) -> tuple[Standing, ...]:
        """Where each translation into a language stands, in the order of `lines`."""
        version = await current_version(table.survey.id)
        published = questionnaire_of(version) if version else None
        return standings(table.questionnaire, language, await reviews_of(table.survey.id, language), published)

    @field(str)
    def csv(
        table: Parent[Table],  # noqa: N805
        languages: Annotated[
            list[str] | None, strawberry.argument(description="Which beside the source; all, unless some are named.")
        ] = None,
    ) -> str:
        """The table as CSV: a key, then a column for each language."""
        return csv_of(table.questionnaire, tuple(languages or ()))

    @field(str)
    def xliff(
        table: Parent[Table],  # noqa: N805
        language: Annotated[str, strawberry.argument(description="The language it is translated into; a new one brings empty lines.")],
    ) -> str:
        """The translation into one language as XLIFF 1.2."""
        return xliff_of(table.questionnaire, language)


@shape
class TextChange:
    """What one entry of a translator's work does."""

    code: str
    """NEW, CHANGED, SAME; or why it is not taken: STALE (its source has changed), UNKNOWN_KEY, PLACEHOLDER (one lost or made up)."""
    key: str
    """The text."""
    language: str
    """The language."""
    before: str
    """What the draft says; empty where it says nothing."""
    after: str
    """What the entry says."""
    is_taken: bool
    """Whether saving would change the draft."""


@takes
class TextEntryInput:
    """One text in one language."""

    key: str
    """The text's key in the table."""
    language: str
    """The language."""
    text: str
    """What it says."""


@takes
class TextsElsewhereInput:
    """The translations that another survey has."""

    survey_id: strawberry.ID
    """That survey; its draft counts."""
    language: str
    """The language of the translations."""


@one_of
class TextsInput:
    """A translator's work, in exactly one way."""

    file: str | None = strawberry.UNSET
    """A file as it came back: CSV or XLIFF 1.2."""
    entries: list[TextEntryInput] | None = strawberry.UNSET
    """Single texts."""
    elsewhere: TextsElsewhereInput | None = strawberry.UNSET
    """What another survey says wherever its source says the same, for texts that are missing here."""


@takes
class SaveTranslationsInput:
    """A translator's work for a draft."""

    survey_id: strawberry.ID
    """The survey."""
    texts: TextsInput
    """What was translated."""
    expected_revision: int
    """The `draftRevision` it was made for; a Conflict when somebody saved in between."""


@takes
class ReviewTextsInput:
    """Translations that were read again."""

    survey_id: strawberry.ID
    """The survey."""
    language: str
    """Their language."""
    keys: list[str]
    """Their keys in the table, at most 1,000."""


@shape
class TextQueries:
    """Reads of texts."""

    @field(TextTable | None)
    async def text_table(self, info: Info, survey: Id) -> Table | None:
        """Every text of a draft in all its languages; null where one may not see the survey."""
        row: models.Survey | None = await fetch(info, survey, "Survey")
        return Table(row, draft_edition(row)) if row else None

    @field(list[TextChange])
    async def text_changes(
        self, info: Info, survey: Id, texts: Annotated[TextsInput, strawberry.argument(description="What was translated.")]
    ) -> tuple[Change, ...]:
        """What a translator's work would change in a draft, without changing it."""
        row: models.Survey | None = await fetch(info, survey, "Survey")
        return proposed(row, await _entries(info, row, texts)) if row else ()


@shape
class TextMutations:
    """Changes of texts."""

    @mutation(Survey)
    async def save_translations(self, info: Info, input: SaveTranslationsInput) -> models.Survey:
        """Put a translator's work into a draft, as far as `textChanges` says that it is taken."""
        survey_id = row_id(input.survey_id, "Survey", path="surveyId")
        entries = await _entries(info, await one(surveys_visible_to(info.context.actor), survey_id), input.texts)
        return await save_translations(info.context.actor, survey_id, entries, input.expected_revision)

    @mutation(Survey)
    async def review_texts(self, info: Info, input: ReviewTextsInput) -> models.Survey:
        """Say that translations were read again and fit their source as both are now."""
        survey_id = row_id(input.survey_id, "Survey", path="surveyId")
        return await review_texts(info.context.actor, survey_id, input.language, tuple(input.keys))


async def _entries(info: Info, survey: models.Survey, texts: TextsInput) -> tuple[Entry, ...]:
    if texts.elsewhere:
        other_id = row_id(texts.elsewhere.survey_id, "Survey", path="texts.elsewhere.surveyId")
        return await entries_of_another(info.context.actor, survey, other_id, texts.elsewhere.language)
    if isinstance(texts.file, str):
        return entries_in(texts.file, "texts.file")
    return tuple(Entry(one.key, one.language, one.text.strip()) for one in texts.entries or ())
