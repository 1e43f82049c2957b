"""Changes between editions in sentences, in the languages of the console. PURE."""

from babel import Locale, UnknownLocaleError

from voc.surveys.changes import Change
from voc.surveys.differences import Effect, TrendVerdict
from voc.surveys.texts import Texts

_LONGEST = 120


def _both(en: str, nl: str) -> Texts:
    return Texts({"en": en, "nl": nl})


_CHANGES = {
    "LANGUAGE_ADDED": _both("The language `{name}` is new.", "De taal `{name}` is nieuw."),
    "LANGUAGE_REMOVED": _both("The language `{name}` is gone.", "De taal `{name}` is weg."),
    "FIRST_LANGUAGE": _both(
        "The first language was `{before}` and is `{after}`: other readers now get that one.",
        "De eerste taal was `{before}` en is `{after}`: andere lezers krijgen nu die.",
    ),
    "TEXTS_ADDED": _both("Texts in {language} were added: {after}.", "Er kwamen teksten in het {language} bij: {after}."),
    "TEXTS_REMOVED": _both("Texts in {language} were taken out: {after}.", "Er gingen teksten in het {language} weg: {after}."),
    "TEXT_ADDED": _both("`{name}` can be read in another language: “{after}”", "`{name}` is in nog een taal te lezen: “{after}”"),
    "TEXT_REMOVED": _both("`{name}` lost a translation: “{before}”", "`{name}` is een vertaling kwijt: “{before}”"),
    "PAGE_ADDED": _both("The page `{name}` is new.", "De pagina `{name}` is nieuw."),
    "PAGE_REMOVED": _both("The page `{name}` is gone.", "De pagina `{name}` is weg."),
    "END_PAGE_ADDED": _both("The end page `{name}` is new.", "De slotpagina `{name}` is nieuw."),
    "END_PAGE_REMOVED": _both("The end page `{name}` is gone.", "De slotpagina `{name}` is weg."),
    "QUESTION_ADDED": _both("`{name}` is new: “{after}”", "`{name}` is nieuw: “{after}”"),
    "QUESTION_REMOVED": _both("`{name}` is no longer asked: “{before}”", "`{name}` wordt niet meer gevraagd: “{before}”"),
    "QUESTION_RENAMED": _both(
        "`{before}` is now called `{after}`: its earlier answers count with it.",
        "`{before}` heet nu `{after}`: eerdere antwoorden tellen mee.",
    ),
    "QUESTION_MOVED": _both(
        "`{name}` was question {before} and is question {after} of those that stayed.",
        "`{name}` was vraag {before} en is vraag {after} van de vragen die bleven.",
    ),
    "KIND_CHANGED": _both(
        "`{name}` was a question of the kind {before} and is now {after}.",
        "`{name}` was een vraag van het soort {before} en is nu {after}.",
    ),
    "SCALE_CHANGED": _both(
        "The scale of `{name}` changed from {before} to {after}.", "De schaal van `{name}` ging van {before} naar {after}."
    ),
    "TEXT_CHANGED": _both("`{name}` read “{before}” and now reads “{after}”.", "`{name}` luidde “{before}” en luidt nu “{after}”."),
    "CONDITION_CHANGED": _both(
        "The condition `{detail}` of `{name}` was {before} and is {after}.",
        "De voorwaarde `{detail}` van `{name}` was {before} en is {after}.",
    ),
    "FIELD_CHANGED": _both(
        "`{detail}` of `{name}` changed: {before} → {after}.", "`{detail}` van `{name}` is veranderd: {before} → {after}."
    ),
    "CHOICE_ADDED": _both("`{name}` has the new choice `{detail}`: “{after}”", "`{name}` heeft de nieuwe keuze `{detail}`: “{after}”"),
    "CHOICE_REMOVED": _both("`{name}` has lost the choice `{detail}`: “{before}”", "`{name}` is de keuze `{detail}` kwijt: “{before}”"),
    "CHOICE_CHANGED": _both(
        "The choice `{detail}` of `{name}` changed: {before} → {after}.",
        "De keuze `{detail}` van `{name}` is veranderd: {before} → {after}.",
    ),
    "CHOICE_ORDER": _both("The choices of `{name}` stand in another order.", "De keuzes van `{name}` staan in een andere volgorde."),
    "ROW_ADDED": _both("`{name}` has the new row `{detail}`: “{after}”", "`{name}` heeft de nieuwe rij `{detail}`: “{after}”"),
    "ROW_REMOVED": _both("`{name}` has lost the row `{detail}`: “{before}”", "`{name}` is de rij `{detail}` kwijt: “{before}”"),
    "ROW_CHANGED": _both(
        "The row `{detail}` of `{name}` changed: {before} → {after}.", "De rij `{detail}` van `{name}` is veranderd: {before} → {after}."
    ),
    "ROW_ORDER": _both("The rows of `{name}` stand in another order.", "De rijen van `{name}` staan in een andere volgorde."),
    "COLUMN_ADDED": _both("`{name}` has the new column `{detail}`: “{after}”", "`{name}` heeft de nieuwe kolom `{detail}`: “{after}”"),
    "COLUMN_REMOVED": _both("`{name}` has lost the column `{detail}`: “{before}”", "`{name}` is de kolom `{detail}` kwijt: “{before}”"),
    "COLUMN_CHANGED": _both(
        "The column `{detail}` of `{name}` changed: {before} → {after}.",
        "De kolom `{detail}` van `{name}` is veranderd: {before} → {after}.",
    ),
    "COLUMN_ORDER": _both("The columns of `{name}` stand in another order.", "De kolommen van `{name}` staan in een andere volgorde."),
    "WALK_ADDED": _both("The saved walk `{name}` is new.", "De bewaarde wandeling `{name}` is nieuw."),
    "WALK_REMOVED": _both("The saved walk `{name}` is gone.", "De bewaarde wandeling `{name}` is weg."),
    "WALK_CHANGED": _both("The saved walk `{name}` changed.", "De bewaarde wandeling `{name}` is veranderd."),
}
_NOTHING = _both("nothing", "niets")
_EFFECTS = {
    TrendVerdict.GOES_ON: _both("{metric} of `{question}`: the trend goes on.", "{metric} van `{question}`: de trend loopt door."),
    TrendVerdict.MAY_SHIFT: _both(
        "{metric} of `{question}`: the trend goes on, but may shift a little.",
        "{metric} van `{question}`: de trend loopt door, maar kan iets verschuiven.",
    ),
    TrendVerdict.BREAKS: _both("{metric} of `{question}`: the trend breaks here.", "{metric} van `{question}`: de trend breekt hier."),
    TrendVerdict.BEGINS: _both("{metric} of `{question}`: a trend begins.", "{metric} van `{question}`: een trend begint."),
    TrendVerdict.ENDS: _both("{metric} of `{question}`: the trend ends.", "{metric} van `{question}`: de trend eindigt."),
}


def change_in_words(change: Change, language: str) -> str:
    """A change as a sentence for a reader of `language`; long texts are cut."""
    empty = _NOTHING.say(language)
    return (
        _CHANGES[change.code]
        .say(language)
        .format(
            name=change.name,
            detail=change.detail,
            before=_cut(change.before) or empty,
            after=_cut(change.after) or empty,
            language=_language(change.name, language) if change.code in {"TEXTS_ADDED", "TEXTS_REMOVED"} else "",
        )
    )


def effect_in_words(effect: Effect, language: str) -> str:
    """What happens to a metric, with the changes that lead to it."""
    metric = effect.metric.upper()
    said = _EFFECTS[effect.verdict].say(language).format(metric=metric, question=effect.question)
    return " ".join((said, *(change_in_words(reason, language) for reason in effect.reasons)))


def _language(code: str, reader: str) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name(reader) or code
    except (ValueError, UnknownLocaleError):
        return code


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
