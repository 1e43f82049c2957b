"""Changes of open links."""

from datetime import datetime

import strawberry

from voc.api.context import Info
from voc.api.exposed import shape, takes
from voc.api.global_ids import row_id
from voc.api.idempotency import Keyed
from voc.api.mutations import mutation
from voc.api.open_links import OpenLink
from voc.core.errors import Invalid
from voc.outreach import models
from voc.outreach.open.kinds import OpenLinkKind
from voc.outreach.open.links import OpenLinkChanges, OpenLinkFacts, change_open_link, create_open_link, revoke_open_link


@takes
class CreateOpenLinkInput(Keyed):
    """An address for many. Name, place and campaign hold no personal data."""

    survey_id: strawberry.ID
    """The survey it asks."""
    kind: OpenLinkKind
    """Where it is found; a kiosk is registered instead."""
    name: str
    """Name for colleagues, up to 120 characters."""
    place: str | None
    """Where it hangs, up to 120 characters."""
    campaign: str | None
    """What it belongs to, up to 120 characters."""
    language: str | None
    """The language it opens in; what the visitor's browser asks for when left out."""
    cap: int | None
    """The most complete responses, from 1; no end when left out. Whoever began may finish; a place that is left is free after a day."""
    closes_at: datetime | None
    """Until when it is open; no end when left out."""
    allowed_origins: list[str] | None
    """The websites that may hold it, of a widget, such as `https://www.example.com`."""


@takes
class ChangeOpenLinkInput:
    """What to change of an open link; what is left out stays."""

    open_link_id: strawberry.ID
    """The open link."""
    name: str | None = strawberry.UNSET
    """Name for colleagues."""
    language: str | None = strawberry.UNSET
    """The language it opens in; null is what the visitor's browser asks for."""
    cap: int | None = strawberry.UNSET
    """The most complete responses; null is no end."""
    closes_at: datetime | None = strawberry.UNSET
    """Until when it is open; null is no end."""
    allowed_origins: list[str] | None = strawberry.UNSET
    """The websites that may hold it, of a widget; null is none."""


@takes
class RevokeOpenLinkInput:
    """An open link to take back for good."""

    open_link_id: strawberry.ID
    """The open link."""


@shape
class OpenLinkMutations:
    """Changes of open links."""

    @mutation(OpenLink)
    async def create_open_link(self, info: Info, input: CreateOpenLinkInput) -> models.OpenLink:
        """Make an address over which anybody may answer."""
        facts = OpenLinkFacts(
            name=input.name,
            place=input.place or "",
            campaign=input.campaign or "",
            language=input.language,
            cap=input.cap,
            closes_at=input.closes_at,
            allowed_origins=tuple(input.allowed_origins or ()),
        )
        return await create_open_link(info.context.actor, row_id(input.survey_id, "Survey", path="surveyId"), input.kind, facts)

    @mutation(OpenLink)
    async def change_open_link(self, info: Info, input: ChangeOpenLinkInput) -> models.OpenLink:
        """Change what is said of an open link (Conflict when it was taken back)."""
        open_link_id = row_id(input.open_link_id, "OpenLink", path="openLinkId")
        return await change_open_link(info.context.actor, open_link_id, _changes(input))

    @mutation(OpenLink)
    async def revoke_open_link(self, info: Info, input: RevokeOpenLinkInput) -> models.OpenLink:
        """Take an open link back for good; whoever began may finish. Again changes nothing."""
        return await revoke_open_link(info.context.actor, row_id(input.open_link_id, "OpenLink", path="openLinkId"))


def _changes(input: ChangeOpenLinkInput) -> OpenLinkChanges:
    changes: OpenLinkChanges = {}
    if input.name is not strawberry.UNSET:
        if input.name is None:
            raise Invalid.at("name", "NAME_MISSING", "An open link keeps a name. Leave `name` out to keep the one it has.")
        changes["name"] = input.name
    if input.language is not strawberry.UNSET:
        changes["language"] = input.language
    if input.cap is not strawberry.UNSET:
        changes["cap"] = input.cap
    if input.closes_at is not strawberry.UNSET:
        changes["closes_at"] = input.closes_at
    if input.allowed_origins is not strawberry.UNSET:
        changes["allowed_origins"] = tuple(input.allowed_origins or ())
    return changes
