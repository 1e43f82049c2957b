"""Reads of the surveys room."""

from collections import OrderedDict
from collections.abc import Iterable
from uuid import UUID

from tortoise.expressions import F
from tortoise.queryset import QuerySet

from voc.core.access import Action, Actor
from voc.core.errors import Conflict
from voc.surveys.lineage import Edition
from voc.surveys.models import Brand, BrandLogo, ImportReport, PublishRequest, PublishState, Survey, SurveyVersion
from voc.surveys.parse import parse
from voc.surveys.questionnaire import Questionnaire

MOST_KEPT = 200
_kept: OrderedDict[UUID, Questionnaire] = OrderedDict()


def surveys_visible_to(actor: Actor) -> QuerySet[Survey]:
    """The surveys; everybody who works here may know what we ask."""
    return Survey.all() if actor.reach(Action.SEE_SURVEYS).all else Survey.filter(id=None)


def versions_visible_to(actor: Actor) -> QuerySet[SurveyVersion]:
    """The published versions, for whoever may see the surveys."""
    return SurveyVersion.all() if actor.reach(Action.SEE_SURVEYS).all else SurveyVersion.filter(id=None)


def brands_visible_to(actor: Actor) -> QuerySet[Brand]:
    """The brands, for whoever may see the surveys."""
    return Brand.all() if actor.reach(Action.SEE_SURVEYS).all else Brand.filter(id=None)


async def logos_by_hash(hashes: Iterable[str]) -> dict[str, BrandLogo]:
    """The pictures of these names."""
    return {logo.hash: logo for logo in await BrandLogo.filter(hash__in=list(hashes))}


async def survey_by_key(key: str) -> Survey | None:
    """The survey of that key."""
    return await Survey.get_or_none(key=key)


async def current_version(survey_id: UUID) -> SurveyVersion | None:
    """What customers see now: the newest published version, or None before the first."""
    return (await current_versions([survey_id])).get(survey_id)


async def current_versions(survey_ids: Iterable[UUID]) -> dict[UUID, SurveyVersion]:
    """The newest published version of each survey that has one, in one statement."""
    found = await SurveyVersion.filter(survey__id__in=list(survey_ids), survey__last_number__gt=0, number=F("survey__last_number"))
    return {version.survey_id: version for version in found}


async def versions_by_id(ids: Iterable[UUID]) -> dict[UUID, SurveyVersion]:
    """The versions of those ids."""
    return {version.id: version for version in await SurveyVersion.filter(id__in=list(ids))}


async def default_brand() -> Brand:
    """The brand we ask under where none is named: the oldest. A Conflict before the first is made."""
    brand = await Brand.all().order_by("created_at", "id").first()
    if brand is None:
        raise Conflict("NO_BRAND", "There is no brand to ask under yet. Make one first: its name, sender address and colours.")
    return brand


def questionnaire_of(version: SurveyVersion) -> Questionnaire:
    """What a version asks. Kept in memory, for versions never change."""
    if version.id not in _kept:
        _kept[version.id] = parse(version.document)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return _kept[version.id]


def import_reports_visible_to(actor: Actor) -> QuerySet[ImportReport]:
    """What came of imports, for whoever may see the surveys."""
    return ImportReport.all() if actor.reach(Action.SEE_SURVEYS).all else ImportReport.filter(id=None)


async def import_reports_of(survey_ids: Iterable[UUID]) -> dict[UUID, list[ImportReport]]:
    """The imports of each survey, the newest first."""
    found: dict[UUID, list[ImportReport]] = {}
    for report in await ImportReport.filter(survey__id__in=list(survey_ids)).order_by("-at", "-id"):
        found.setdefault(report.survey_id, []).append(report)
    return found


def publish_requests_visible_to(actor: Actor) -> QuerySet[PublishRequest]:
    """What somebody wants published, or wanted, for whoever may see the surveys."""
    return PublishRequest.all() if actor.reach(Action.SEE_SURVEYS).all else PublishRequest.filter(id=None)


async def open_requests(survey_ids: Iterable[UUID]) -> dict[UUID, PublishRequest]:
    """What waits to be published for each survey: at most one."""
    found = await PublishRequest.filter(survey__id__in=list(survey_ids), state__in=(PublishState.WAITING, PublishState.SCHEDULED))
    return {request.survey_id: request for request in found}


async def editions_of(survey_id: UUID | None = None) -> dict[UUID, list[Edition]]:
    """The versions of one survey, or of all, with the names that changed in each, the oldest first; no documents are read."""
    versions = SurveyVersion.filter(survey_id=survey_id) if survey_id else SurveyVersion.all()
    found: dict[UUID, list[Edition]] = {}
    for row in await versions.order_by("number").values("id", "survey_id", "number", "renamed"):
        found.setdefault(row["survey_id"], []).append(Edition(row["id"], row["number"], row["renamed"]))
    return found
