"""The text message about one ask, and whether it can be sent at all."""

from voc.core.gsm7 import messages_for
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.ask import Ask
from voc.outreach.wishes.phone_numbers import takes_texts
from voc.surveys.sms_text import sms_text


def text_of(ask: Ask) -> str:
    """The whole text, as the preview shows it."""
    return sms_text(ask.questionnaire, ask.language, ask.values, ask.links.survey, is_reminder=ask.reminding is not None)


def no_text(ask: Ask, *, most_parts: int, countries: str) -> Reason | None:
    """Why no text can reach them: the number takes none, or is of a country that texts do not go to, or the text is too long."""
    if not takes_texts(ask.address, countries):
        return Reason.NO_ADDRESS
    return Reason.TEXT_TOO_LONG if messages_for(text_of(ask)).count > most_parts else None
