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
        "wanted": (
            "You left this out. Answer it, or press once more to go on without it.",
            "Dit is niet ingevuld. Beantwoord het, of druk nog eens om zonder verder te gaan.",
        ),
        "exclusive": ("“{exclusive}” cannot go with other answers.", "“{exclusive}” gaat niet samen met andere antwoorden."),
        "wrong_total": ("The numbers must add up to {total}; now they make {sum}.", "Samen moet het {total} zijn; nu is het {sum}."),
        "not_an_email": ("Type a mail address, such as name@example.com.", "Typ een mailadres, zoals naam@example.com."),
        "not_a_phone": ("Type a telephone number, such as +31 20 123 4567.", "Typ een telefoonnummer, zoals 020 123 4567."),
        "not_a_url": ("Type a web address, such as https://example.com.", "Typ een webadres, zoals https://example.com."),
        "wrong_pattern": ("This is not written as we expect it.", "Dit is anders geschreven dan we verwachten."),
        "too_short": ("Use at least {shortest} characters.", "Gebruik minstens {shortest} tekens."),
        "not_a_time": ("Type a time, such as 14:30.", "Typ een tijd, zoals 14:30."),
        "time_too_early": ("Choose a time from {earliest}.", "Kies een tijd vanaf {earliest}."),
        "time_too_late": ("Choose a time up to {latest}.", "Kies een tijd tot en met {latest}."),
        "not_a_step": ("Type {lowest}, or any number of steps of {step} more.", "Typ {lowest}, of een aantal stappen van {step} meer."),
        "too_many_files": ("Send at most {most} files.", "Stuur hoogstens {most} bestanden."),
        "not_a_file": ("Choose the file again.", "Kies het bestand opnieuw."),
        "same_place": ("Give each answer a place of its own.", "Geef elk antwoord een eigen plaats."),
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
