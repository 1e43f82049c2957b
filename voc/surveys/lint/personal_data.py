"""Who is asked for something personal reads why, and colleagues who need it not do not see it (GDPR, article 5). PURE."""

from collections.abc import Iterator

from voc.surveys.check_logic import questions_with_paths
from voc.surveys.lint.rule import Finding, Rule, one_of
from voc.surveys.questionnaire import Questionnaire, Severity
from voc.surveys.questions import Asked, Fields, Format, Text

_PERSONAL = one_of(
    *(
        "your (?:full |last |first )?name",
        "e-?mail(?: address)?",
        "(?:phone|telephone|mobile) number",
        "(?:home|postal|street) address",
        "date of birth",
    ),
    *(
        "your age",
        "your income",
        "your salary",
        "your religion",
        "your health",
        "(?:bank )?account number",
        "iban",
        "passport",
        "social security",
    ),
    *(
        "uw (?:voor|achter)?naam",
        "e-?mailadres",
        "telefoonnummer",
        "mobiele nummer",
        "uw adres",
        "geboortedatum",
        "uw leeftijd",
        "uw inkomen",
    ),
    *(
        "uw gezondheid",
        "uw geloof",
        "rekeningnummer",
        "burgerservicenummer",
        "bsn",
        "ihr name",
        "ihren namen",
        "telefonnummer",
        "geburtsdatum",
    ),
    *("ihr alter", "ihr einkommen", "votre nom", "adresse e-?mail", "numéro de téléphone", "date de naissance", "votre âge", "su nombre"),
    *("correo electrónico", "número de teléfono", "fecha de nacimiento", "su edad"),
)


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, question in questions_with_paths(questionnaire):
        if isinstance(question, Asked) and not (question.reason or question.sensitive) and is_personal(question):
            message = f"`{question.id}` asks for something personal. Say why in `reason`, mark it `sensitive`, or leave it out."
            dutch = f"`{question.id}` vraagt iets persoonlijks. Zeg waarom in `reason`, merk het als `sensitive`, of laat het weg."
            yield Finding(path, message, dutch)


def is_personal(question: Asked) -> bool:
    """Whether it asks who somebody is or how to reach them, as its kind or its words tell."""
    private = {Format.EMAIL, Format.PHONE}
    if isinstance(question, Text) and question.format in private:
        return True
    if isinstance(question, Fields) and any(one.format in private for one in question.fields):
        return True
    return isinstance(question, Text | Fields) and any(_PERSONAL.search(text) for text in question.text.values())


_ADDRESS = {"id": "mail", "kind": "text", "format": "email", "text": {"en": "Where can we reach you?"}}

RULE = Rule(
    "PERSONAL_DATA",
    Severity.WARNING,
    _find,
    good=(
        {"questions": [{**_ADDRESS, "reason": {"en": "We only use it to answer you."}}]},
        {"questions": [{**_ADDRESS, "sensitive": True}]},
        {"questions": [{"id": "why", "kind": "text", "text": {"en": "What is the name of the product?"}}]},
    ),
    bad=(
        {"questions": [_ADDRESS]},
        {"questions": [{"id": "born", "kind": "text", "text": {"en": "What is your date of birth?"}}]},
        {"languages": ["nl"], "questions": [{"id": "naam", "kind": "text", "text": {"nl": "Wat is uw naam?"}}]},
    ),
)
