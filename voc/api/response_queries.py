"""Lists of responses, and of what customers wrote."""

from datetime import datetime
from typing import Annotated

import strawberry
from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.enums import Band, Channel, Label, Metric, ResponseState
from voc.api.exposed import field, shape, takes
from voc.api.listings import RESPONSES, Order, ended_responses
from voc.api.narrowing import containing, id_of, narrowed
from voc.api.nodes import Id, fetch
from voc.api.paging import Page, Paging
from voc.api.responses import Response
from voc.api.sensitive import readable
from voc.insight.models import Reading, Score
from voc.responses import models
from voc.surveys.questions import Text

InOrder = Annotated[Order | None, strawberry.argument(description="In which order; what was sent last, first, unless said.")]


@takes
class ResponseFilter:
    """Which responses to list."""

    search: str | None
    """Words of what the customer wrote, where you may read it."""
    sentiments: list[Label] | None
    """Only those with a text read as one of these."""
    metric: Metric | None
    """Only those with a score of this metric."""
    bands: list[Band] | None
    """Only those with a score in one of these bands."""
    survey_id: strawberry.ID | None
    """Only those to this survey."""
    touchpoint: str | None
    """Only those about a contact of this touchpoint, by its key."""
    team_id: strawberry.ID | None
    """Only those about a contact of this team."""
    customer_id: strawberry.ID | None
    """Only those of this customer."""
    channels: list[Channel] | None
    """Only those that came over one of these channels."""
    languages: list[str] | None
    """Only those in one of these languages."""
    states: list[ResponseState] | None
    """Only those that stand here."""
    open_link_id: strawberry.ID | None
    """Only those that came over this open link."""
    is_duplicate: bool | None
    """Only those that may be of somebody who answered before, or none of them."""
    is_test: bool | None
    """True lists tests instead; they are left out otherwise."""
    since: datetime | None
    """Only those sent at or after this moment."""
    until: datetime | None
    """Only those sent before this moment."""


Which = Annotated[ResponseFilter | None, strawberry.argument(description="Which responses.")]


@shape
class ResponseQueries:
    """Reads of responses."""

    @field(Connection[Response] | None)
    async def responses(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: InOrder = None,
        filter: Which = None,
    ) -> Page:
        """Responses that were sent, or left; one that is still being given is not listed yet."""
        rows = _asked(ended_responses(info.context.actor), filter, await readable(info, _texts()))
        return await RESPONSES.page(rows, Paging(first, after, last, before), order_by)

    @field(Connection[Response] | None)
    async def comments(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: InOrder = None,
        filter: Which = None,
    ) -> Page:
        """Responses in which the customer wrote something that you may read."""
        texts = await readable(info, _texts())
        rows = _asked(ended_responses(info.context.actor), filter, texts).filter(id__in=Subquery(texts.values("response_id")))
        return await RESPONSES.page(rows, Paging(first, after, last, before), order_by)

    @field(Response | None)
    async def response(self, info: Info, id: Id) -> models.Response | None:
        """One response."""
        return await fetch(info, id, "Response")  # type: ignore[no-any-return]


def _asked(rows: QuerySet[models.Response], filter: ResponseFilter | None, texts: QuerySet[models.Answer]) -> QuerySet[models.Response]:
    if filter is None:
        return rows.filter(is_test=False)
    rows = narrowed(
        rows,
        is_test=bool(filter.is_test),
        survey_id=id_of(filter.survey_id, "Survey", "filter.surveyId"),
        contact__touchpoint=filter.touchpoint,
        contact__team_id=id_of(filter.team_id, "Team", "filter.teamId"),
        customer_id=id_of(filter.customer_id, "Customer", "filter.customerId"),
        channel__in=filter.channels,
        language__in=filter.languages,
        state__in=filter.states,
        invitation__open_link_id=id_of(filter.open_link_id, "OpenLink", "filter.openLinkId"),
        submitted_at__gte=filter.since,
        submitted_at__lt=filter.until,
    )
    if filter.is_duplicate is not None:
        rows = rows.exclude(duplicate="") if filter.is_duplicate else rows.filter(duplicate="")
    return _meaning(rows, filter, texts)


def _meaning(rows: QuerySet[models.Response], filter: ResponseFilter, texts: QuerySet[models.Answer]) -> QuerySet[models.Response]:
    if filter.search:
        rows = rows.filter(id__in=Subquery(containing(texts, filter.search, "text").values("response_id")))
    if filter.sentiments is not None:
        read = Reading.filter(superseded_at=None, label__in=filter.sentiments)
        rows = rows.filter(id__in=Subquery(read.values("response_id")))
    if filter.metric is not None or filter.bands is not None:
        scored = narrowed(Score.filter(superseded_at=None), metric=filter.metric, band__in=filter.bands)
        rows = rows.filter(id__in=Subquery(scored.values("response_id")))
    return rows


def _texts() -> QuerySet[models.Answer]:
    return models.Answer.filter(kind=Text.kind, text__not_isnull=True)
