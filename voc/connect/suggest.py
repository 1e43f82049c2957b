"""PURE. The one thing that whoever has the customer on the line should do first, and the sentence for it."""

from datetime import datetime, timedelta
from enum import StrEnum

RECENT = timedelta(days=90)
_UNHAPPY = ("detractor", "dissatisfied", "hard", "negative")
_HAPPY = ("promoter", "satisfied", "easy", "positive")


class Suggestion(StrEnum):
    """What to do first."""

    OVERDUE = "overdue"
    OPEN_TASK = "open_task"
    SORRY = "sorry"
    THANKS = "thanks"
    ASK_WHO = "ask_who"
    NOTHING = "nothing"


_SENTENCES = {
    "en": {
        Suggestion.OVERDUE: "We owe this customer an answer that is past due: begin with it.",
        Suggestion.OPEN_TASK: "A colleague is working on something for this customer: say so before anything else.",
        Suggestion.SORRY: "The last time went badly: say that you read it.",
        Suggestion.THANKS: "The last time went well: a thank-you is welcome.",
        Suggestion.ASK_WHO: "Ask who you are speaking with.",
        Suggestion.NOTHING: "Nothing stands open.",
    },
    "nl": {
        Suggestion.OVERDUE: "We zijn deze klant een antwoord schuldig dat over tijd is: begin daarmee.",
        Suggestion.OPEN_TASK: "Een collega is met iets bezig voor deze klant: zeg dat als eerste.",
        Suggestion.SORRY: "De vorige keer ging het mis: zeg dat u het gelezen hebt.",
        Suggestion.THANKS: "De vorige keer ging het goed: een bedankje mag.",
        Suggestion.ASK_WHO: "Vraag wie u aan de lijn hebt.",
        Suggestion.NOTHING: "Er staat niets open.",
    },
}


def suggest(due_at: datetime | None, last_said: str, said_at: datetime | None, now: datetime) -> Suggestion:
    """What to do first, by when the most pressing open task is due and by the band or mood of what the customer said last."""
    if due_at is not None:
        return Suggestion.OVERDUE if due_at < now else Suggestion.OPEN_TASK
    if said_at is not None and now - said_at <= RECENT:
        if last_said in _UNHAPPY:
            return Suggestion.SORRY
        if last_said in _HAPPY:
            return Suggestion.THANKS
    return Suggestion.NOTHING


def sentence(suggestion: Suggestion, language: str) -> str:
    """The suggestion in words, in English where the language is not there."""
    return _SENTENCES.get(language.partition("-")[0], _SENTENCES["en"])[suggestion]
