"""A phone shows the whole subject line. PURE."""

from collections.abc import Iterator

from voc.surveys.lint.rule import Finding, Rule
from voc.surveys.questionnaire import Questionnaire, Severity

LONGEST_SUBJECT = 49


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for language, subject in questionnaire.invitation.subject.items():
        if len(subject) > LONGEST_SUBJECT:
            message = f"The subject has {len(subject)} characters; phones cut it off. Keep it under {LONGEST_SUBJECT + 1}."
            dutch = f"Het onderwerp heeft {len(subject)} tekens; telefoons kappen het af. Houd het onder de {LONGEST_SUBJECT + 1}."
            yield Finding(f"invitation.subject.{language}", message, dutch)


def _subject(text: str) -> dict[str, object]:
    others = {"greeting": "Hello,", "why": "You called us.", "use": "We read every answer."}
    return {"invitation": {"subject": {"en": text}, **{name: {"en": one} for name, one in others.items()}}}


RULE = Rule(
    "LONG_SUBJECT",
    Severity.WARNING,
    _find,
    good=(_subject("How was our call?"),),
    bad=(_subject("How was the call that you had with one of us yesterday?"),),
)
