"""A text message fits in one: it is paid for by the piece, and arrives in pieces. PURE."""

from collections.abc import Iterator

from voc.core.gsm7 import Alphabet, Messages, messages_for
from voc.surveys.lint.rule import STRANGER, Finding, Sender, SenderRule
from voc.surveys.questionnaire import Questionnaire, Severity
from voc.surveys.sms_text import SECRET, sms_text


def _find(questionnaire: Questionnaire, sender: Sender | None) -> Iterator[Finding]:
    """Says nothing where no words for a text message are written. Without a sender a name and a host of usual length are counted."""
    who = sender or STRANGER
    link = f"{who.host}/s/{'x' * SECRET}"
    for language in questionnaire.invitation.sms:
        found = messages_for(sms_text(questionnaire, language, {"brand.name": who.name}, link))
        if found.count > 1:
            yield Finding(f"invitation.sms.{language}", f"{_length(found)} {_way_out(found)}", _in_dutch(found))


def _length(found: Messages) -> str:
    return f"With name, link and STOP this is {found.size} characters in {found.count} messages, and {found.room} fit in one."


def _way_out(found: Messages) -> str:
    letters = ", ".join(f"`{letter}`" for letter in found.costly[:5])
    if found.alphabet is Alphabet.UCS2 and found.size <= 160:
        return f"Only for {letters} it needs the alphabet of 70: write without, or say it in {found.size - found.room} less."
    if found.alphabet is Alphabet.UCS2:
        return f"{letters} need the alphabet in which 70 fit; say it in {found.size - found.room} less."
    return f"Say it in {found.size - found.room} less{f' ({letters} count for two)' if letters else ''}."


def _in_dutch(found: Messages) -> str:
    letters, much = ", ".join(f"`{letter}`" for letter in found.costly[:5]), found.size - found.room
    length = f"Met naam, link en STOP zijn dit {found.size} tekens in {found.count} berichten, en er passen er {found.room} in één."
    if found.alphabet is Alphabet.UCS2:
        return f"{length} Door {letters} geldt het alfabet van 70: schrijf het zonder, of zeg het in {much} tekens minder."
    return f"{length} Zeg het in {much} tekens minder{f' ({letters} telt dubbel)' if letters else ''}."


def _sms(text: str) -> dict[str, object]:
    said = {"subject": "How was our call?", "greeting": "Hello,", "why": "You called us.", "use": "We read every answer.", "sms": text}
    return {"invitation": {name: {"en": one} for name, one in said.items()}}


RULE = SenderRule(
    "LONG_SMS",
    Severity.WARNING,
    _find,
    good=((_sms("How was our call about your order?"), None), ({}, None)),
    bad=(
        (_sms("How was our call about your order? Your answer helps us to help you better next time, and takes only one minute."), None),
        (_sms("How was the call about “your order”?"), None),
        (_sms("How was our call about your order?"), Sender(name="The very long name of a firm in three countries and two continents")),
    ),
)
