"""The words of ours that stand around the questions, for every language we speak; a questionnaire may bring its own. PURE."""

from voc.surveys.questionnaire import Questionnaire
from voc.surveys.texts import Texts

WORDS: dict[str, Texts] = {
    name: Texts(dict(zip(("en", "nl"), both, strict=True)))
    for name, both in {
        "next": ("Next", "Volgende"),
        "back": ("Back", "Terug"),
        "send": ("Send", "Versturen"),
        "clear_choice": ("Clear my choice", "Mijn keuze wissen"),
        "optional": ("optional", "niet verplicht"),
        "yes": ("Yes", "Ja"),
        "no": ("No", "Nee"),
        "other": ("Something else", "Iets anders"),
        "other_words": ("Tell us in your own words", "Vertel het in uw eigen woorden"),
        "choose_one": ("Choose one answer.", "Kies één antwoord."),
        "choose_several": ("Choose all that apply.", "Kies alles wat past."),
        "call_back": ("May we call you about this?", "Mogen we u hierover bellen?"),
        "missing": ("Answer this question to go on.", "Beantwoord deze vraag om verder te gaan."),
        "not_a_choice": ("Choose one of the answers shown.", "Kies een van de antwoorden."),
        "not_a_number": ("Type a number, such as 12.", "Typ een getal, zoals 12."),
        "too_low": ("Type a number of {lowest} or more.", "Typ een getal van {lowest} of hoger."),
        "too_high": ("Type a number of {highest} or less.", "Typ een getal van {highest} of lager."),
        "too_many_decimals": ("Use at most {decimals} decimals.", "Gebruik hoogstens {decimals} decimalen."),
        "too_few_choices": ("Choose at least {at_least} answers.", "Kies minstens {at_least} antwoorden."),
        "too_many_choices": ("Choose at most {at_most} answers.", "Kies hoogstens {at_most} antwoorden."),
        "too_long": ("Use at most {longest} characters.", "Gebruik hoogstens {longest} tekens."),
        "not_a_date": ("Type a date, such as 31-12-2026.", "Typ een datum, zoals 31-12-2026."),
        "too_early": ("Choose a day on or after {earliest}.", "Kies een dag vanaf {earliest}."),
        "too_late": ("Choose a day on or before {latest}.", "Kies een dag tot en met {latest}."),
    }.items()
}


def word(questionnaire: Questionnaire, name: str, language: str) -> str:
    """The word in the questionnaire's own wording, else ours, for a reader of `language`."""
    own = questionnaire.words.get(name)
    ours = WORDS[name]
    if own and own.language_for(language) in {language, language.split("-", 1)[0]}:
        return own.say(language)
    if ours.language_for(language) in {language, language.split("-", 1)[0]} or not own:
        return ours.say(language)
    return own.say(language)
