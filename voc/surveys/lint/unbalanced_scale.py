"""As many answers are favourable as are unfavourable. PURE."""

from collections.abc import Iterator

from voc.surveys.check_logic import questions_with_paths
from voc.surveys.lint.rule import Finding, Rule, one_of
from voc.surveys.questionnaire import Questionnaire, Severity
from voc.surveys.questions import Choice, Matrix, SingleChoice

_FAVOURABLE = {
    "en": one_of(
        "excellent",
        "(?:very )?good",
        "great",
        "satisfied",
        "(?:strongly )?agree",
        "easy",
        "happy",
        "likely",
        "outstanding",
        "perfect",
        "fast",
    ),
    "nl": one_of(
        "uitstekend",
        "(?:heel |zeer )?goed",
        "tevreden",
        "(?:helemaal )?(?:mee )?eens",
        "makkelijk",
        "gemakkelijk",
        "blij",
        "waarschijnlijk",
        "snel",
    ),
    "de": one_of(
        "ausgezeichnet",
        "(?:sehr )?gut",
        "zufrieden",
        "stimme (?:voll |voll und ganz )?zu",
        "einfach",
        "leicht",
        "wahrscheinlich",
        "schnell",
    ),
    "fr": one_of("excellente?", "(?:très )?bonn?e?", "satisfaite?", "d['’]accord", "facile", "probable", "rapide"),
    "es": one_of("excelente", "(?:muy )?buen[oa]", "satisfech[oa]", "de acuerdo", "fácil", "probable", "rápid[oa]"),
}
_UNFAVOURABLE = {
    "en": one_of(
        "(?:very )?bad",
        "poor",
        "terrible",
        "awful",
        "dissatisfied",
        "unsatisfied",
        "(?:strongly )?disagree",
        "difficult",
        "hard",
        "unhappy",
        "unlikely",
        "slow",
    ),
    "nl": one_of(
        "(?:heel |zeer )?slecht",
        "matig",
        "onvoldoende",
        "ontevreden",
        "(?:helemaal )?(?:mee )?oneens",
        "(?:helemaal )?niet (?:mee )?eens",
        "moeilijk",
        "lastig",
        "onwaarschijnlijk",
        "langzaam",
    ),
    "de": one_of(
        "(?:sehr )?schlecht",
        "mangelhaft",
        "unzufrieden",
        "stimme (?:gar |überhaupt )?nicht zu",
        "schwierig",
        "schwer",
        "unwahrscheinlich",
        "langsam",
    ),
    "fr": one_of(
        "(?:très )?mauvaise?",
        "médiocre",
        "insatisfaite?",
        "mécontente?",
        "pas (?:du tout )?d['’]accord",
        "difficile",
        "improbable",
        "lente?",
    ),
    "es": one_of("(?:muy )?mal[oa]", "deficiente", "insatisfech[oa]", "en desacuerdo", "difícil", "improbable", "lent[oa]"),
}


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, question in questions_with_paths(questionnaire):
        if isinstance(question, SingleChoice):
            yield from _judged(f"{path}.choices", question.choices)
        elif isinstance(question, Matrix):
            yield from _judged(f"{path}.columns", question.columns)


def _judged(path: str, choices: tuple[Choice, ...]) -> Iterator[Finding]:
    for language in {language for choice in choices for language in choice.text} & set(_FAVOURABLE):
        texts = [choice.text.get(language, "") for choice in choices]
        bad = sum(bool(_UNFAVOURABLE[language].search(text)) for text in texts)
        good = sum(bool(_FAVOURABLE[language].search(text)) and not _UNFAVOURABLE[language].search(text) for text in texts)
        # Answers that are no judgement at all, such as reasons, are no scale.
        if good + bad >= max(3, len(texts) // 2) and abs(good - bad) >= 2:
            message = f"{good} of these answers are favourable and {bad} unfavourable: that pushes the result. Offer as many of each."
            dutch = f"{good} van deze antwoorden zijn gunstig en {bad} ongunstig: dat stuurt de uitkomst. Bied er van elk evenveel aan."
            yield Finding(path, message, dutch)
            return


def _choices(*texts: str, language: str = "en") -> dict[str, object]:
    choices = [{"code": str(number), "text": {language: text}} for number, text in enumerate(texts)]
    question = {"id": "how", "kind": "single_choice", "text": {language: "How was it?"}, "choices": choices}
    return {"languages": [language], "questions": [question]}


RULE = Rule(
    "UNBALANCED_SCALE",
    Severity.WARNING,
    _find,
    good=(
        _choices("Very good", "Good", "Neither", "Bad", "Very bad"),
        _choices("Slecht", "Matig", "Neutraal", "Goed", "Uitstekend", language="nl"),
        _choices("The price", "The wait", "A good friend", "The quality"),
        _choices("Pas du tout d'accord", "Pas d'accord", "Ni l'un ni l'autre", "D'accord", "Tout à fait d'accord", language="fr"),
        _choices("Stimme gar nicht zu", "Stimme nicht zu", "Teils, teils", "Stimme zu", "Stimme voll zu", language="de"),
        _choices("Helemaal niet mee eens", "Niet mee eens", "Neutraal", "Mee eens", "Helemaal mee eens", language="nl"),
    ),
    bad=(
        _choices("Excellent", "Very good", "Good", "Bad"),
        _choices("Uitstekend", "Heel goed", "Goed", "Slecht", language="nl"),
        _choices("Sehr gut", "Gut", "Ausgezeichnet", "Schlecht", language="de"),
    ),
)
