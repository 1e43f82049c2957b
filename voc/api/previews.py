"""Looking at what customers will meet before they do: pages, mails, text messages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from voc.api.context import Info
from voc.api.exposed import computed, enum, field, shape, takes
from voc.api.mutations import mutation
from voc.api.nodes import known
from voc.core import settings
from voc.core.errors import Invalid
from voc.core.gsm7 import Alphabet, Messages, messages_for
from voc.outreach.mail.render import Letter
from voc.outreach.preview import previewed_mail, previewed_sms
from voc.surveys import models, preview_links
from voc.surveys.preview_links import drafted, preview_of, share_draft, share_version
from voc.surveys.queries import questionnaire_of
from voc.surveys.questionnaire import Questionnaire

enum(
    Alphabet,
    "How a text message is written.",
    name="SmsAlphabet",
    GSM7="The network's own alphabet: 160 letters fit in one message.",
    UCS2="Any letter at all: 70 fit in one message.",
)
Edition = models.Survey | models.SurveyVersion
SurveyOrVersion = Annotated[strawberry.ID, strawberry.argument(description="The id of a Survey, for its draft, or of a SurveyVersion.")]
Language = Annotated[str | None, strawberry.argument(description="The language to read it in; the first when left out.")]


@shape
class PreviewLink:
    """An address at which a questionnaire is shown as customers will meet it. Nothing done there is kept or counted."""

    path: str
    """Where, below the address of this service."""
    expires_at: datetime
    """When it stops leading anywhere."""

    address: str
    """The whole address, to give to somebody else."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A questionnaire that can be shown, and where."""

    link: preview_links.PreviewLink
    questionnaire: Questionnaire


@shape
class PreviewPage:
    """The pages of a questionnaire for one's own look at them. Nothing done there is kept or counted."""

    @computed
    def path(opened: Opened) -> str:  # noqa: N805 - the source is what was opened
        """Where, below the address of this service. `language`, `scheme` (light, dark) and `text` (200) may be asked for behind it."""
        return opened.link.path

    @computed
    def expires_at(opened: Opened) -> datetime:  # noqa: N805
        """When it stops leading anywhere: half a day from now."""
        return opened.link.expires_at

    @computed
    def languages(opened: Opened) -> list[str]:  # noqa: N805
        """The languages it can be shown in."""
        return list(opened.questionnaire.languages)


@shape
class PreviewMail:
    """A mail as it would be sent."""

    subject: str
    """The subject line."""
    text: str
    """The plain text."""
    html: str
    """The HTML."""

    @computed
    def text_bytes(mail: Letter) -> int:  # noqa: N805
        """How long the plain text is."""
        return len(mail.text.encode())

    @computed
    def html_bytes(mail: Letter) -> int:  # noqa: N805
        """How long the HTML is; ours stays under 12,000."""
        return len(mail.html.encode())


@dataclass(frozen=True, slots=True)
class Sms:
    """A text message and what it takes."""

    text: str
    messages: Messages


@shape
class PreviewSms:
    """A text message as it would be sent."""

    text: str
    """All of it, with the sender's name, a link and how to end it."""

    @computed
    def alphabet(sms: Sms) -> Alphabet:  # noqa: N805
        """How it is written."""
        return sms.messages.alphabet

    @computed
    def size(sms: Sms) -> int:  # noqa: N805
        """How much room it takes, in letters."""
        return sms.messages.size

    @computed
    def room(sms: Sms) -> int:  # noqa: N805
        """How much fits in one message."""
        return sms.messages.room

    @computed
    def messages(sms: Sms) -> int:  # noqa: N805
        """How many messages it takes."""
        return sms.messages.count

    @computed
    def costly_letters(sms: Sms) -> list[str]:  # noqa: N805
        """The letters without which it would take less room."""
        return list(sms.messages.costly)


@dataclass(frozen=True, slots=True)
class Asked:
    """A questionnaire and the brand it is asked under, in one language."""

    questionnaire: Questionnaire
    brand: models.Brand
    language: str


@shape
class PreviewMessage:
    """The messages that ask, in one language, to nobody in particular: what is not known of a customer shows its fallback."""

    language: str
    """The language they are in."""

    @field(PreviewMail)
    def mail(asked: strawberry.Parent[Asked]) -> Letter:  # noqa: N805
        """The mail."""
        return previewed_mail(asked.questionnaire, asked.brand, asked.language)

    @field(PreviewSms)
    def sms(asked: strawberry.Parent[Asked]) -> Sms:  # noqa: N805
        """The text message."""
        text = previewed_sms(asked.questionnaire, asked.brand, asked.language)
        return Sms(text, messages_for(text))


@takes
class SharePreviewInput:
    """A questionnaire to show to somebody."""

    id: strawberry.ID
    """The id of a Survey, for its draft as it is whenever they look, or of a SurveyVersion."""


@shape
class PreviewQueries:
    """Reads of what customers will meet."""

    @field(PreviewPage | None)
    async def preview_page(self, info: Info, id: SurveyOrVersion) -> Opened | None:
        """Where the pages can be looked at. Null where one may not see it, and for a draft that is no questionnaire yet."""
        row = await _edition(info, id)
        questionnaire = _questionnaire_of(row)
        return Opened(preview_of(row), questionnaire) if row and questionnaire else None

    @field(PreviewMessage | None)
    async def preview_message(self, info: Info, id: SurveyOrVersion, language: Language = None) -> Asked | None:
        """The messages that ask. Null where one may not see it, and for a draft that is no questionnaire yet."""
        row = await _edition(info, id)
        rows = info.context.loaders
        survey = await rows.row(models.Survey, row.survey_id) if isinstance(row, models.SurveyVersion) else row
        brand = await rows.row(models.Brand, survey.brand_id) if survey else None
        questionnaire = _questionnaire_of(row)
        if questionnaire is None or brand is None:
            return None
        spoken = language if language in questionnaire.languages else questionnaire.default_language
        return Asked(questionnaire, brand, spoken)


@shape
class PreviewMutations:
    """Showing others what customers will meet."""

    @mutation(PreviewLink)
    async def share_preview(self, info: Info, input: SharePreviewInput) -> PreviewLink:
        """A link for anybody, good for seven days. It is kept nowhere and cannot be taken back, unless the whole key is changed."""
        name, key = _known(input.id)
        link = await (share_draft if name == "Survey" else share_version)(info.context.actor, key)
        return PreviewLink(path=link.path, expires_at=link.expires_at, address=settings.current().base_url + link.path)


async def _edition(info: Info, id: str) -> Edition | None:
    name, key = _known(id)
    rows = info.context.loaders
    return await (rows.row(models.Survey, key) if name == "Survey" else rows.row(models.SurveyVersion, key))


def _known(id: str) -> tuple[str, UUID]:
    name, key = known(id, "id")
    if name not in ("Survey", "SurveyVersion"):
        raise Invalid.at("id", "WRONG_TYPE_OF_ID", f"`id` takes the id of a Survey or a SurveyVersion, and this is the id of a {name}.")
    return name, key


def _questionnaire_of(row: Edition | None) -> Questionnaire | None:
    if isinstance(row, models.SurveyVersion):
        return questionnaire_of(row)
    return drafted(row) if row else None
