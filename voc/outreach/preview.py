"""The messages that ask, as a customer would get them, before anybody does. Nothing is sent, and their links lead nowhere."""

from uuid import UUID

from voc.outreach.delivering.ask import Ask, Sender
from voc.outreach.links import links_of
from voc.outreach.mail.render import Letter, letter
from voc.surveys.models import Brand
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.sms_text import sms_text
from voc.surveys.texts import Texts

NOBODY = UUID(int=0)


def previewed_mail(questionnaire: Questionnaire, brand: Brand, language: str) -> Letter:
    """The mail in one language, to nobody in particular: its texts show what they fall back to. Links are as long as real ones."""
    sender = Sender(
        name=brand.name,
        from_email=brand.from_email,
        reply_to=brand.reply_to,
        postal_address=brand.postal_address,
        accent=brand.accent,
        on_accent=brand.on_accent,
        signature=Texts(brand.signature).say(language),
    )
    return letter(
        Ask(
            invitation_id=NOBODY,
            address="",
            language=language,
            questionnaire=questionnaire,
            sender=sender,
            links=links_of(NOBODY),
            values={"brand.name": brand.name},
        )
    )


def previewed_sms(questionnaire: Questionnaire, brand: Brand, language: str) -> str:
    """The text message in one language."""
    return sms_text(questionnaire, language, {"brand.name": brand.name}, links_of(NOBODY).survey)
