"""What can be said of an arm as a sentence for colleagues, in the languages of the console. PURE."""

from voc.insight.experiment_rule import SMALLEST, Comparison, Measure, Standing
from voc.surveys.texts import Texts


def _both(en: str, nl: str) -> Texts:
    return Texts({"en": en, "nl": nl})


_SAYS = {
    Standing.TOO_FEW: _both(
        "Go on: too few to compare {arm} with {first}; {count} more {units}.",
        "Ga door: te weinig om {arm} met {first} te vergelijken; nog {count} {units}.",
    ),
    Standing.GO_ON: _both(
        "Go on: nothing can be said yet of {arm} beside {first}; about {count} more {units}.",
        "Ga door: over {arm} naast {first} valt nog niets te zeggen; nog ongeveer {count} {units}.",
    ),
    Standing.HIGHER: _both("Stop: {arm} is better than {first}.", "Stop: {arm} is beter dan {first}."),
    Standing.LOWER: _both("Stop: {first} is better than {arm}.", "Stop: {first} is beter dan {arm}."),
    Standing.SAME: _both(
        "Stop: no difference larger than {smallest} is left between {arm} and {first}.",
        "Stop: tussen {arm} en {first} is er geen verschil groter dan {smallest}.",
    ),
}
_UNITS = {True: _both("invitations", "uitnodigingen"), False: _both("answers", "antwoorden")}
_OF_MEASURE = {
    Measure.ANSWERED: _both("{0} percentage points", "{0} procentpunten"),
    Measure.NPS: _both("{0} points", "{0} punten"),
    Measure.CSAT: _both("{0} percentage points", "{0} procentpunten"),
    Measure.CES: _both("{0} on the scale of 1 to 7", "{0} op de schaal van 1 tot 7"),
}


def in_words(comparison: Comparison, first: str, language: str) -> str:
    """Whether to stop or go on, and why; `first` is the arm that it is compared with. Other languages get English."""
    base = language.split("-", 1)[0]
    spoken = base if base == "nl" else "en"
    number = f"{SMALLEST[comparison.measure]:g}"
    return (
        _SAYS[comparison.standing]
        .say(spoken)
        .format(
            arm=comparison.arm,
            first=first,
            count=f"{comparison.to_go:,}".replace(",", "." if spoken == "nl" else ","),
            units=_UNITS[comparison.measure is Measure.ANSWERED].say(spoken),
            smallest=_OF_MEASURE[comparison.measure].say(spoken).format(number.replace(".", ",") if spoken == "nl" else number),
        )
    )
