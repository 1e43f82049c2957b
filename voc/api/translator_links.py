"""Links for translators from outside."""

from datetime import datetime

import strawberry
from strawberry import Parent

from voc.api.context import Info
from voc.api.exposed import computed, exposes, field, shape, takes
from voc.api.global_ids import row_id
from voc.api.idempotency import Keyed
from voc.api.mutations import mutation
from voc.api.nodes import Id, Node, fetch
from voc.api.surveys import Survey
from voc.core import clock
from voc.surveys import models
from voc.surveys.translator_links import address_of, create_translator_link, revoke_translator_link, translator_links_visible_to


@exposes(models.TranslatorLink, visible=translator_links_visible_to)
class TranslatorLink(Node):
    """Leave for somebody from outside to translate one survey into one language, until a day. Seen by whoever may make such links."""

    language: str
    """The language they write."""
    translator: str
    """Who got the link: the name beside everything they save."""
    made_by: str
    """Who made it."""
    made_at: datetime
    """When."""
    expires_at: datetime
    """Until when it opens the texts."""
    revoked_at: datetime | None
    """When it was revoked."""
    used_at: datetime | None
    """When something was saved with it last."""

    @computed
    def is_open(row: models.TranslatorLink) -> bool:  # noqa: N805 - the source is the row
        """Whether it opens the texts now."""
        return row.revoked_at is None and row.expires_at > clock.now()

    @computed
    def address(row: models.TranslatorLink) -> str:  # noqa: N805
        """The address to send to the translator; whoever has it can translate."""
        return address_of(row.id)

    @field(Survey | None)
    async def survey(row: Parent[models.TranslatorLink], info: Info) -> models.Survey | None:  # noqa: N805
        """The survey they translate."""
        return await info.context.loaders.row(models.Survey, row.survey_id)


@takes
class CreateTranslatorLinkInput(Keyed):
    """A link for a translator."""

    survey_id: strawberry.ID
    """The survey."""
    language: str
    """The language they write: any but the survey's first."""
    translator: str
    """Who gets the link, by name."""
    days: int
    """For how many days it opens the texts, 1 to 90."""


@takes
class RevokeTranslatorLinkInput:
    """A translator's link to revoke."""

    link_id: strawberry.ID
    """The link."""


@shape
class TranslatorLinkQueries:
    """Reads of translators' links."""

    @field(list[TranslatorLink])
    async def translator_links(self, info: Info, survey: Id) -> list[models.TranslatorLink]:
        """The translators' links of a survey, the newest first, at most 100; empty for whoever may not make them."""
        row: models.Survey | None = await fetch(info, survey, "Survey", path="survey")
        visible = translator_links_visible_to(info.context.actor)
        return await visible.filter(survey_id=row.id).order_by("-made_at", "-id").limit(100) if row else []


@shape
class TranslatorLinkMutations:
    """Changes of translators' links."""

    @mutation(TranslatorLink)
    async def create_translator_link(self, info: Info, input: CreateTranslatorLinkInput) -> models.TranslatorLink:
        """Make a link with which somebody from outside translates a draft into one language."""
        survey_id = row_id(input.survey_id, "Survey", path="surveyId")
        given = {"language": input.language, "translator": input.translator}
        return await create_translator_link(info.context.actor, survey_id, days=input.days, **given)

    @mutation(TranslatorLink)
    async def revoke_translator_link(self, info: Info, input: RevokeTranslatorLinkInput) -> models.TranslatorLink:
        """Let a translator's link open nothing from now on. What was saved with it stays."""
        return await revoke_translator_link(info.context.actor, row_id(input.link_id, "TranslatorLink", path="linkId"))
