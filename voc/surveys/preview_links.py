"""Links to look at a questionnaire before customers do. Nothing is stored: the address carries what it shows, until when, and a seal."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.find import one
from voc.core.seals import sealed, told_in
from voc.core.verb import verb
from voc.surveys.check import check
from voc.surveys.models import Survey, SurveyVersion
from voc.surveys.queries import questionnaire_of, surveys_visible_to, versions_visible_to
from voc.surveys.questionnaire import Questionnaire

SHARED = timedelta(days=7)
AT_HAND = timedelta(hours=12)
_ID, _MOMENT = 16, 5


@dataclass(frozen=True, slots=True)
class PreviewLink:
    """An address below this service's own, and when it stops leading anywhere."""

    path: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Previewed:
    """What a link shows: a survey's draft as it is now, or one version (`number`)."""

    survey: Survey
    number: int | None
    questionnaire: Questionnaire
    expires_at: datetime


@verb(Action.EDIT_SURVEY)
async def share_draft(actor: Actor, survey_id: UUID) -> PreviewLink:
    """A link for anybody, good for seven days, to the draft as it is whenever they look.

    It cannot be taken back before that, unless the key of the whole installation is changed. NotFound where there is no such survey.
    """
    survey = await one(surveys_visible_to(actor), survey_id)
    return preview_of(survey, SHARED)


@verb(Action.EDIT_SURVEY)
async def share_version(actor: Actor, version_id: UUID) -> PreviewLink:
    """The same to a published version, which never changes."""
    version = await one(versions_visible_to(actor), version_id)
    return preview_of(version, SHARED)


def preview_of(row: Survey | SurveyVersion, lasting: timedelta = AT_HAND) -> PreviewLink:
    """The link to a draft or version that whoever asks may see."""
    expires_at = (clock.now() + lasting).replace(microsecond=0)
    kind = b"v" if isinstance(row, SurveyVersion) else b"d"
    told = kind + row.id.bytes + int(expires_at.timestamp()).to_bytes(_MOMENT)
    return PreviewLink(f"/p/{sealed(told, 'preview')}", expires_at)


async def previewed(token: str) -> Previewed | None:
    """What the holder of a link may look at; None where nobody made it, its time is over, or the draft is no questionnaire (any more)."""
    told = told_in(token, 1 + _ID + _MOMENT, "preview")
    if told is None:
        return None
    expires_at = datetime.fromtimestamp(int.from_bytes(told[1 + _ID :]), UTC)
    if clock.now() >= expires_at:
        return None
    row_id = UUID(bytes=told[1 : 1 + _ID])
    return await (_version(row_id, expires_at) if told[:1] == b"v" else _draft(row_id, expires_at))


async def _version(version_id: UUID, expires_at: datetime) -> Previewed | None:
    version = await SurveyVersion.get_or_none(id=version_id).select_related("survey")
    return Previewed(version.survey, version.number, questionnaire_of(version), expires_at) if version else None


async def _draft(survey_id: UUID, expires_at: datetime) -> Previewed | None:
    survey = await Survey.get_or_none(id=survey_id)
    questionnaire = drafted(survey) if survey else None
    return Previewed(survey, None, questionnaire, expires_at) if survey and questionnaire else None


def drafted(survey: Survey) -> Questionnaire | None:
    """What the draft describes; None while it describes nothing."""
    return check(survey.draft).questionnaire
