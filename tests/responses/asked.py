"""Customers who were asked: the rows of an invitation and what it hangs on."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.responses.documents import SHORT
from voc.core import clock
from voc.core.ids import new_id, secret_hash
from voc.customers.models import Channel, Contact, Customer
from voc.outreach.links import link_secret
from voc.outreach.models import Invitation, InvitationState
from voc.surveys.models import Brand, Survey, SurveyVersion


@dataclass(frozen=True)
class Asked:
    """A customer with a link."""

    invitation: Invitation
    version: SurveyVersion
    customer: Customer
    contact: Contact
    secret: str


async def published(document: dict[str, Any] | None = None, *, accent: str = "#1f4e79") -> SurveyVersion:
    """The first version of a survey of the brand Pakketdienst Noord."""
    chosen = document or SHORT
    brand, _ = await Brand.get_or_create(
        key="noord",
        defaults={
            "name": "Pakketdienst Noord",
            "from_email": "vraag@noord.example",
            "postal_address": "Postbus 12, 9700 AA Groningen",
            "help_text": {
                "nl": "Bel 050 123 45 67 of mail klant@noord.example.",
                "en": "Call +31 50 123 45 67 or mail klant@noord.example.",
            },
            "privacy_text": {
                "nl": "Alleen onze collega's lezen uw antwoord. We bewaren het twee jaar.",
                "en": "Only our colleagues read your answer. We keep it for two years.",
            },
            "accent": accent,
        },
    )
    survey = await Survey.create(key=chosen["key"], name=next(iter(chosen["name"].values())), brand_id=brand.id, draft="", last_number=1)
    return await SurveyVersion.create(survey_id=survey.id, number=1, document=chosen, published_by="test")


async def asked(
    version: SurveyVersion | None = None, *, language: str = "en", phone: str | None = "+31612345612", is_test: bool = False, days: int = 14
) -> Asked:
    """A customer who was asked after a delivery, an hour ago."""
    version = version or await published()
    now = clock.now()
    customer = await Customer.create(name="Anna de Vries", first_name="Anna", email="anna@example.nl", phone=phone, language=language)
    contact = await Contact.create(
        system="contact-centre",
        external_id=str(new_id()),
        customer_id=customer.id,
        touchpoint="delivery",
        channel=Channel.DELIVERY,
        ended_at=now - timedelta(days=1),
    )
    invitation = Invitation(
        survey_id=version.survey_id,
        version_id=version.id,
        customer_id=customer.id,
        contact_id=contact.id,
        channel=Channel.EMAIL,
        language=language,
        state=InvitationState.SENT,
        is_test=is_test,
        send_at=now - timedelta(hours=1),
        sent_at=now - timedelta(hours=1),
        expires_at=now + timedelta(days=days),
    )
    secret = link_secret(invitation)
    invitation.secret_hash = secret_hash(secret)
    await invitation.save()
    return Asked(invitation, version, customer, contact, secret)
