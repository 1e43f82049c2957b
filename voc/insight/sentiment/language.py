"""The language a text is written in: the survey's, unless the small words of the text clearly say otherwise. PURE.

Somebody may answer a Dutch survey in English, and an English one in Dutch. An English analyser that reads Dutch gives a wrong label, so
this guard looks at function words. On the development corpora it mistakes 1 English text in 1,000 for another language and
recognises 9 of 10 Dutch ones; what has no function words at all keeps the survey's language.
"""

import re
from typing import NamedTuple

FROM_SURVEY = "survey"
FROM_WORDS = "words"

_WORDS = {
    "en": """the and are were this that with you your they have has not for but very from would could just our my it's don't didn't
        there which when what who to been it she if about as at by be or i i'm good great please need more no too only never really
        nothing than then because after again how all""",
    "nl": """de het een en ik niet dat voor maar zijn heb heeft ook nog wel geen mijn jullie wij ze er werd wordt naar bij zeer erg
        veel heel toch omdat alles niets weer hebben ging kan met te op aan om als dan uit jammer goed goede niks mij meer hun deze
        dit daar wat waar moet moest kon nooit altijd snel lekker prima bedankt hoe wie zo graag meteen""",
    "de": """der das und ist nicht ich ein eine einen mit auf für auch sehr mich wir sie aber noch nur wird wurde haben habe bei von zu
        dem den sich es kein keine alles immer wieder schon gut danke leider wie nie nach nichts sind mein meine euch ihr zum zur mal
        doch wenn dass kann war""",
    "fr": """le les des et est une je pas que qui pour dans avec nous vous très mais ont été avoir plus ce cette mes sont était du au
        c'est j'ai il elle ne merci bien jamais rien toujours trop bon bonne tout la un à de en sur""",
    "es": """el los las y es una un que por para con muy pero se mi su más está fue han del al lo nos sin este esta son nada no gracias
        bien siempre nunca todo bueno buena la de en mal como ha""",
}
_BY_LANGUAGE = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FEW_WORDS = 4
_LOOK_AT = 2000


class Spoken(NamedTuple):
    """A language, and what decided on it."""

    language: str
    decided_by: str


def language_of(text: str, survey_language: str) -> Spoken:
    """The language of a text that answers a survey in `survey_language` (`nl`, `en-GB`).

    Another language needs more than twice as many of its words as the survey's own has, and at least two unless the text is short.
    A survey in a language whose words are not known here is believed.
    """
    hint = survey_language.replace("_", "-").split("-", 1)[0].lower()
    if hint not in _BY_LANGUAGE:
        return Spoken(hint, FROM_SURVEY)
    words = [found.lower().replace("’", "'") for found in _WORD.findall(text[:_LOOK_AT])]
    votes = {language: sum(word in known for word in words) for language, known in _BY_LANGUAGE.items()}
    own = votes.pop(hint)
    best = max(votes, key=lambda language: votes[language])
    if votes[best] > 2 * own and (votes[best] >= 2 or len(words) <= _FEW_WORDS):
        return Spoken(best, FROM_WORDS)
    return Spoken(hint, FROM_SURVEY)
