"""Open links: addresses over which anybody may answer, on a poster, a website, a kiosk."""

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.exposed import computed, enum, exposes, field, shape, takes
from voc.api.listings import OPEN_LINKS, Order
from voc.api.narrowing import id_of, narrowed
from voc.api.nodes import Id, Node, fetch
from voc.api.paging import Page, Paging
from voc.api.surveys import Survey
from voc.core import clock
from voc.outreach import models
from voc.outreach.links import open_address
from voc.outreach.open.kinds import OpenLinkKind, OpenLinkState, state_of
from voc.outreach.queries import open_links_visible_to, sees_open_addresses
from voc.responses.queries import counts_by_open_link
from voc.surveys.models import Survey as SurveyRow

enum(
    OpenLinkKind,
    "Where an open link is found.",
    LINK="A plain address, such as in a newsletter.",
    POSTER="A QR code on paper.",
    KIOSK="A device that stands where customers come.",
    WIDGET="A button on a website.",
)
enum(
    OpenLinkState,
    "Whether whoever comes now can begin to answer.",
    OPEN="They can, while the survey is published and not stopped.",
    FULL="There are as many responses as were asked for.",
    CLOSED="It was open until a moment that has passed.",
    REVOKED="It was taken back for good.",
)


@exposes(models.OpenLink, visible=open_links_visible_to)
class OpenLink(Node):
    """An address for many: whoever answers over it gets an invitation of their own, without a customer."""

    kind: OpenLinkKind
    """Where it is found."""
    name: str
    """Name for colleagues."""
    place: str
    """Where it hangs or stands; empty where nobody said."""
    campaign: str
    """What it belongs to; empty where nobody said."""
    language: str | None
    """The language it opens in; null is what the visitor's browser asks for."""
    cap: int | None
    """The most responses; null is no end."""
    used: int
    """Responses that were begun over it and not left: these count for the cap."""
    closes_at: datetime | None
    """Until when it is open; null is no end."""
    revoked_at: datetime | None
    """When it was taken back."""
    revoked_by: str | None
    """Who took it back."""
    allowed_origins: list[str]
    """The websites that may hold it, of a widget."""
    last_seen_at: datetime | None
    """When a kiosk was last in touch; null for others."""
    waiting: int
    """How many answers waited on a kiosk then."""
    created_at: datetime
    """When it was made."""
    created_by: str
    """Who made it."""

    @computed
    def state(row: models.OpenLink) -> OpenLinkState:  # noqa: N805 - the source is the row
        """Whether whoever comes now can begin to answer."""
        return state_of(revoked_at=row.revoked_at, closes_at=row.closes_at, cap=row.cap, used=row.used, now=clock.now())

    @field(str | None)
    def url(row: Parent[models.OpenLink], info: Info) -> str | None:  # noqa: N805
        """The address, which anybody who has it can answer over; null where you may not hand it out."""
        return open_address(row) if sees_open_addresses(info.context.actor) else None

    @field(int)
    async def responses(row: Parent[models.OpenLink], info: Info) -> int:  # noqa: N805
        """How many complete responses came over it."""
        found = await info.context.loaders.of(counts_by_open_link, row.id)
        return found.responses if found else 0

    @field(int)
    async def duplicates(row: Parent[models.OpenLink], info: Info) -> int:  # noqa: N805
        """How many of these may be of somebody who answered before; they count all the same."""
        found = await info.context.loaders.of(counts_by_open_link, row.id)
        return found.duplicates if found else 0

    @field(Survey | None)
    async def survey(row: Parent[models.OpenLink], info: Info) -> SurveyRow | None:  # noqa: N805
        """The survey it asks, in its newest edition."""
        return await info.context.loaders.row(SurveyRow, row.survey_id)


@takes
class OpenLinkFilter:
    """Which open links to list."""

    survey_id: strawberry.ID | None
    """Only those of this survey."""
    kinds: list[OpenLinkKind] | None
    """Only those that are found here."""
    is_revoked: bool | None
    """Only those that were taken back, or none of them."""


@shape
class OpenLinkQueries:
    """Reads of open links."""

    @field(Connection[OpenLink] | None)
    async def open_links(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: Annotated[Order | None, strawberry.argument(description="In which order; the newest first unless said.")] = None,
        filter: Annotated[OpenLinkFilter | None, strawberry.argument(description="Which open links.")] = None,
    ) -> Page:
        """Addresses over which anybody may answer."""
        asked = filter or OpenLinkFilter(survey_id=None, kinds=None, is_revoked=None)
        rows = narrowed(
            open_links_visible_to(info.context.actor),
            survey_id=id_of(asked.survey_id, "Survey", "filter.surveyId"),
            kind__in=asked.kinds,
            revoked_at__isnull=None if asked.is_revoked is None else not asked.is_revoked,
        )
        return await OPEN_LINKS.page(rows, Paging(first, after, last, before), order_by)

    @field(OpenLink | None)
    async def open_link(self, info: Info, id: Id) -> models.OpenLink | None:
        """One open link."""
        return await fetch(info, id, "OpenLink")  # type: ignore[no-any-return]
