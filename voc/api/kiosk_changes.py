"""Registering kiosks. Their answers come over `/k/…` from the device itself, which is no member and holds no token."""

import strawberry

from voc.api.context import Info
from voc.api.exposed import shape, takes
from voc.api.global_ids import row_id
from voc.api.mutations import mutation
from voc.api.open_links import OpenLink
from voc.outreach import models
from voc.outreach.open.kiosk import change_kiosk_pin, register_kiosk
from voc.outreach.open.links import OpenLinkFacts


@takes
class RegisterKioskInput:
    """A screen that asks where customers come. Name, place and campaign hold no personal data; hidden questions may read them."""

    survey_id: strawberry.ID
    """The survey it asks: published, and without a question that must be answered and is personal."""
    name: str
    """Name for colleagues, up to 120 characters; hidden questions read it as `kiosk`."""
    place: str | None
    """Where it stands, up to 120 characters; hidden questions read it as `place`."""
    campaign: str | None
    """What it belongs to, up to 120 characters; hidden questions read it as `campaign`."""
    language: str | None
    """The language it begins in; the survey's first when left out."""
    pin: str
    """The code of the staff there, four to eight digits: it opens counts, pause and language, never answers."""


@takes
class ChangeKioskPinInput:
    """Another code for the staff of a kiosk."""

    open_link_id: strawberry.ID
    """The kiosk."""
    pin: str
    """The new code, four to eight digits. The device takes it over when it is next in touch and starts again."""


@shape
class KioskMutations:
    """Registering kiosks."""

    @mutation(OpenLink)
    async def register_kiosk(self, info: Info, input: RegisterKioskInput) -> models.OpenLink:
        """Register a kiosk; its `url` is for that device alone. InvalidInput names each question a kiosk cannot ask, and the way out."""
        facts = OpenLinkFacts(name=input.name, place=input.place or "", campaign=input.campaign or "", language=input.language)
        return await register_kiosk(info.context.actor, row_id(input.survey_id, "Survey", path="surveyId"), facts, input.pin)

    @mutation(OpenLink)
    async def change_kiosk_pin(self, info: Info, input: ChangeKioskPinInput) -> models.OpenLink:
        """Give the staff of a kiosk another code (Conflict when it was taken back)."""
        return await change_kiosk_pin(info.context.actor, row_id(input.open_link_id, "OpenLink", path="openLinkId"), input.pin)
