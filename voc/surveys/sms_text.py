"""The text message that asks: who, what about, the link, how to end it. PURE."""

from collections.abc import Mapping

from voc.surveys.flow import first_question
from voc.surveys.placeholders import filled
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.words import word

SECRET = 22
"""How many letters of an address `/s/…` are the secret one."""


def sms_text(questionnaire: Questionnaire, language: str, values: Mapping[str, str | None], link: str, *, is_reminder: bool = False) -> str:
    """The whole message to a reader of a language; `values` fill its placeholders, `brand.name` stands before it.

    A reminder says that it is one.
    """
    texts = questionnaire.invitation.sms or first_question(questionnaire).text
    said = " ".join(filled(texts.say(language), values).split())
    name = values.get("brand.name") or ""
    begin = said if not name or name in said else f"{name}: {said}"
    if is_reminder:
        begin = f"{word(questionnaire, 'sms_reminder', language)}: {begin}"
    return f"{begin} {link} {word(questionnaire, 'sms_stop', language)}"
