"""A question that is answered with one number, or with yes or no, asks one thing (Dillman 2014). PURE."""

import re
from collections.abc import Iterator

from voc.surveys.lint.rule import Finding, Rule, asked_texts
from voc.surveys.questionnaire import Questionnaire, Severity
from voc.surveys.questions import Scale, YesNo

_JOINS = {
    "en": re.compile(r"(?<!\w)(\w+) (?:and|or|and/or) (?:(?:the|our|your|an?) )?(\w+)", re.IGNORECASE),
    "nl": re.compile(r"(?<!\w)(\w+) (?:en|of|en/of) (?:(?:de|het|onze|ons|uw|een) )?(\w+)", re.IGNORECASE),
    "de": re.compile(r"(?<!\w)(\w+) (?:und|oder) (?:(?:die|der|das|den|unsere?|Ihre?|eine?) )?(\w+)", re.IGNORECASE),
    "fr": re.compile(r"(?<!\w)(\w+) (?:et|ou) (?:(?:la|le|les|nos|notre|votre|une?) )?(\w+)", re.IGNORECASE),
    "es": re.compile(r"(?<!\w)(\w+) (?:y|e|o|u) (?:(?:la|el|los|las|nuestro|nuestra|su|una?) )?(\w+)", re.IGNORECASE),
}
# One thing said with two words; and `of` in Dutch is also "whether".
_ONE_THING = {
    *("friend colleague", "friends family", "friend family", "more less", "yes no", "terms conditions", "and why", "one more"),
    *("vriend collega", "vrienden familie", "vriend familie", "vriend bekende", "familielid vriend", "ja nee", "min meer", "meer minder"),
    *("freunden kollegen", "freund kollegen", "freundin kollegen", "familie freunden", "ami collègue", "amis famille", "proche collègue"),
    *("amigo colega", "amigo compañero", "amigos familiares", "familiar amigo", "amigos colegas"),
}
_WHETHER = {"weten", "zeggen", "vertellen", "aangeven", "laten", "vragen", "afvragen", "wij", "we", "u", "je"}


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, language, text in asked_texts(questionnaire, Scale, YesNo):
        for joined in _JOINS[language].finditer(text) if language in _JOINS else ():
            left, right = joined[1].lower(), joined[2].lower()
            if (
                f"{left} {right}" in _ONE_THING
                or left in _WHETHER
                or right in {"not", "niet", "nicht", "pas", "no", "u", "je", "wij", "we"}
            ):
                continue
            message = f"“{joined[0]}” asks two things at once: nobody can tell which of them an answer is about. Make two questions of it."
            dutch = f"“{joined[0]}” vraagt twee dingen tegelijk: niemand weet waar een antwoord over gaat. Maak er twee vragen van."
            yield Finding(path, message, dutch)


RULE = Rule(
    "DOUBLE_QUESTION",
    Severity.WARNING,
    _find,
    good=(
        {"text": {"en": "How likely are you to recommend us to a friend or colleague?"}},
        {"text": {"nl": "Hoe waarschijnlijk is het dat u ons aanbeveelt aan een vriend of collega?"}},
        {"text": {"nl": "Kunt u zeggen of de monteur op tijd was?"}},
        {"questions": [{"id": "which", "kind": "text", "text": {"en": "What went well and what did not?"}}]},
    ),
    bad=(
        {"text": {"en": "How friendly and quick was our colleague?"}},
        {"text": {"nl": "Hoe tevreden bent u over de prijs en de levering?"}},
        {"text": {"de": "Wie zufrieden sind Sie mit Preis und Lieferung?"}},
        {"text": {"fr": "Êtes-vous satisfait du prix et de la livraison ?"}},
        {"text": {"es": "¿Está satisfecho con el precio y la entrega?"}},
        {"questions": [{"id": "kept", "kind": "yes_no", "text": {"en": "Was the delivery on time and complete?"}}]},
    ),
)
