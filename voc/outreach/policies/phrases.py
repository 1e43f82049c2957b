"""The phrases that a policy's sentence is made of, in the languages of the console. PURE."""

from voc.outreach.policies.clocks import Among, Otherwise, Since
from voc.surveys.texts import Texts


def _both(en: str, nl: str) -> Texts:
    return Texts({"en": en, "nl": nl})


def _counted(one: Texts, other: Texts) -> tuple[Texts, Texts]:
    return one, other


DAYS = _counted(_both("{0} day", "{0} dag"), _both("{0} days", "{0} dagen"))
HOURS = _counted(_both("{0} hour", "{0} uur"), _both("{0} hours", "{0} uur"))
MINUTES = _counted(_both("{0} minute", "{0} minuut"), _both("{0} minutes", "{0} minuten"))
ANSWERS = _counted(_both("{0} answer", "{0} antwoord"), _both("{0} answers", "{0} antwoorden"))
QUESTIONS = _counted(_both("{0} question", "{0} vraag"), _both("{0} questions", "{0} vragen"))

OR, AND, ELSE = _both(" or ", " of "), _both(" and ", " en "), _both(", else ", ", anders ")
AFTER = _both("After {0}", "Na {0}")
WAIT = _both("wait {0}", "wacht {0}")
EVERYBODY = _both("ask everybody {0}", "vraag iedereen {0}")
SHARE = _both("ask {1} % {0}", "vraag {1} % {0}")
ENOUGH = _both("ask as many as bring {1} a month {0}", "vraag er zoveel als nodig zijn voor {1} per maand {0}")
SURVEY = _both("with “{0}”", "met “{0}”")
EXPERIMENT = _both("with {0} as an experiment ({1})", "met {0} als experiment ({1})")
NOT_RECENTLY = _both("not if asked in {0}", "niet als er in {0} iets gevraagd is")
NOT_BEFORE = _both("not before {0} after the last question", "niet eerder dan {0} na de vorige vraag")
WINDOW = _both("only {0} {1}–{2}", "alleen {0} {1}–{2} uur")
NO_HOLIDAYS = _both("and not on public holidays ({0})", "en niet op feestdagen ({0})")
BY = _both("by {0}", "via {0}")
CHANNELS = {
    "email": _both("mail", "mail"),
    "sms": _both("text message", "sms"),
    "outbox": _both("the outbox", "de outbox"),
    "other": _both("another system", "een ander systeem"),
}
NO_GATEWAY = _both("texts stay in the outbox, for no gateway is set", "sms’en blijven in de outbox, want er is geen gateway ingesteld")
REMIND_ONCE = _both("remind once after {0}", "herinner één keer na {0}")
REMIND = _both("remind after {0}", "herinner na {0}")
REMIND_AGAIN = _both("again after {0} more", "nog eens na {0}")
OVER = _both("{0} by {1}", "{0} via {1}")
WEEKDAYS = {
    "mon": _both("Mon", "ma"),
    "tue": _both("Tue", "di"),
    "wed": _both("Wed", "wo"),
    "thu": _both("Thu", "do"),
    "fri": _both("Fri", "vr"),
    "sat": _both("Sat", "za"),
    "sun": _both("Sun", "zo"),
}
EVERY_DAY = _both("daily", "dagelijks")

ONLY_WHEN = _both("Only when {0}.", "Alleen als {0}.")
SETTLES = _both("Contacts are looked at {0} after their end.", "Contacten worden {0} na afloop bekeken.")
SETTLES_AT_ONCE = _both("Contacts are looked at as soon as they end.", "Contacten worden meteen na afloop bekeken.")
WITHIN = _both("Ask within {0} of the contact.", "Vraag binnen {0} na het contact.")
EXPIRES = _both("The link works for {0}.", "De link werkt {0}.")
AFTER_ANSWER = _both("Quiet for {0} after an answer.", "{0} stil na een antwoord.")
AFTER_DECLINE = _both("Quiet for {0} after “not for me”.", "{0} stil na “niets voor mij”.")
CLOCK = _both("Not within {0} of {1} {2}{3}: {4}.", "Niet binnen {0} na {1} {2}{3}: {4}.")
STARTS = {
    Since.ASKED: _both("an invitation", "een uitnodiging"),
    Since.ANSWERED: _both("an answer", "een antwoord"),
    Since.DECLINED: _both("“not for me”", "“niets voor mij”"),
}
LOOKS_AMONG = {
    Among.ALL: _both("to any questionnaire", "voor welke vragenlijst ook"),
    Among.SURVEY: _both("to the same questionnaire", "voor dezelfde vragenlijst"),
    Among.METRIC: _both("to a questionnaire with the same metric", "voor een vragenlijst met dezelfde maat"),
}
AT_ACCOUNT = _both(" of anybody at the same company", " van iemand bij hetzelfde bedrijf")
OTHERWISE = {
    Otherwise.SKIP: _both("do not ask", "vraag niets"),
    Otherwise.DELAY: _both("wait until it may", "wacht tot het mag"),
    Otherwise.ASK: _both("ask all the same", "vraag toch"),
}
BUDGET = _both("At most {0} to a customer in any year.", "Hoogstens {0} per klant in een jaar.")
HELD = _both("While something is open with the customer: {0}.", "Zolang er iets loopt met de klant: {0}.")
NOT_AFTER = _both("Not after contacts that ended like this: {0}.", "Niet na contacten die zo eindigden: {0}.")
OUTCOMES = {
    "solved": _both("solved", "opgelost"),
    "solved_by_bot": _both("solved by a bot", "opgelost door een bot"),
    "transferred": _both("transferred", "doorverbonden"),
    "unsolved": _both("not solved", "niet opgelost"),
    "abandoned": _both("hung up", "opgehangen"),
    "spam": _both("spam", "spam"),
    "supplier": _both("a supplier", "leverancier"),
    "unknown": _both("how it ended is not known", "niet bekend hoe het afliep"),
}
HEEDS_MARKETING = _both("Not to customers who want no marketing.", "Niet aan klanten die geen marketing willen.")
LANGUAGE = _both("In the language {0}.", "In de taal {0}.")
CONTACTS_LANGUAGE = _both("In the language of the contact.", "In de taal van het contact.")
PRIORITY = _both("Priority {0}: higher ones choose first.", "Prioriteit {0}: hogere kiezen eerst.")
WORTH = _both("An answer is worth {0}.", "Een antwoord is {0} waard.")
