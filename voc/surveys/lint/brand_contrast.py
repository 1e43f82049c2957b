"""People can read what stands on the colour of the brand. PURE."""

from collections.abc import Iterator

from voc.surveys.colours import READABLE, contrast
from voc.surveys.lint.rule import Finding, Sender, SenderRule
from voc.surveys.questionnaire import Questionnaire, Severity


def _find(questionnaire: Questionnaire, sender: Sender | None) -> Iterator[Finding]:
    """Says nothing of a file alone: it does not know under which brand it will be asked."""
    if sender and (found := contrast(sender.accent, sender.on_accent)) < READABLE:
        message = (
            f"The brand {sender.name} writes {sender.on_accent} on {sender.accent}, a contrast of {found:.1f}; people need {READABLE}. "
            "Change its colours before anybody is asked."
        )
        dutch = (
            f"Het merk {sender.name} schrijft {sender.on_accent} op {sender.accent}, een contrast van {found:.1f}; nodig is "
            f"{READABLE}. Verander de kleuren voordat iemand gevraagd wordt."
        )
        yield Finding("", message, dutch)


RULE = SenderRule(
    "BRAND_CONTRAST",
    Severity.WARNING,
    _find,
    good=(({}, Sender(accent="#1f4e79", on_accent="#ffffff")), ({}, Sender(accent="#ffd200", on_accent="#1a2330")), ({}, None)),
    bad=(({}, Sender(accent="#ffd200", on_accent="#ffffff")), ({}, Sender(accent="#777777", on_accent="#ffffff"))),
)
