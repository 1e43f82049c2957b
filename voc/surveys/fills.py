"""What earlier answers say in later texts: `{answers.delivery_day|…}` as the reader's language writes it. PURE."""

from collections.abc import Mapping
from datetime import date, datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from voc.surveys.course import course_of
from voc.surveys.placeholders import ANSWERS, SCORES
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Choosing, Date, DateTime, InRows, Matrix, Question, SideBySide, YesNo
from voc.surveys.walking import Walk
from voc.surveys.words import word

Fills = dict[str, str | None]


def fills(questionnaire: Questionnaire, walk: Walk, language: str) -> Fills:
    """Every answer that counts and every named score, by the name of its placeholder, in the words a reader of `language` knows."""
    owners = course_of(questionnaire).owners
    locale = _locale(language, questionnaire.default_language)
    found: Fills = {f"{SCORES}{name}": format_decimal(round(value, 2), locale=locale) for name, value in walk.scores.items()}
    for name, value in walk.answers.items():
        found[f"{ANSWERS}{name}"] = _said(questionnaire, owners[name], name, value, language, locale)
    return found


def _said(questionnaire: Questionnaire, question: Question, name: str, value: object, language: str, locale: Locale) -> str:
    texts = texts_of_codes(question, name, language)
    if isinstance(value, bool):
        own = (question.yes_text if value else question.no_text) if isinstance(question, YesNo) else None
        return (own and own.say(language)) or word(questionnaire, "yes" if value else "no", language)
    if isinstance(value, list | tuple):
        return ", ".join(texts.get(str(one)) or str(one) for one in value)
    if isinstance(value, int | float):
        return texts.get(str(value)) or format_decimal(value, locale=locale)
    if isinstance(question, Date | DateTime) and name == question.id:
        return _moment(str(value), locale)
    return texts.get(str(value)) or str(value)


def texts_of_codes(question: Question, name: str, language: str) -> Mapping[str, str]:
    """What a reader sees beside each code that the answer of this name may be."""
    if isinstance(question, Choosing):
        choices = question.all_choices if name == question.id else ()
    elif isinstance(question, Matrix):
        choices = question.columns
    elif isinstance(question, SideBySide):
        choices = next((group.columns for _, group, own in question.cell_names() if own == name), ())
    else:
        return {}
    if isinstance(question, InRows) and name in question.words_names().values():
        return {}
    return {choice.code: choice.text.say(language) for choice in choices}


def _moment(value: str, locale: Locale) -> str:
    try:
        if "T" not in value:
            return format_date(date.fromisoformat(value), "long", locale=locale)
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{format_date(moment, 'long', locale=locale)} {format_time(moment, 'short', locale=locale)}"


def _locale(*languages: str) -> Locale:
    for language in languages:
        try:
            return Locale.parse(language, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
