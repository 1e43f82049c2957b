"""Rules as sentences for colleagues, in the languages of the console. PURE."""

from voc.surveys.course import Course
from voc.surveys.fills import texts_of_codes
from voc.surveys.rules.listing import Decides, RuleAt
from voc.surveys.rules.rule import Comparison, How, Joined, Rule, Sign, Value
from voc.surveys.texts import Texts

LONGEST_QUESTION = 70
LONGEST_VALUE = 40


def _both(en: str, nl: str) -> Texts:
    return Texts({"en": en, "nl": nl})


_LEADS = {
    Decides.PAGE: _both("Shown when {0}.", "Getoond als {0}."),
    Decides.QUESTION: _both("Asked when {0}.", "Gevraagd als {0}."),
    Decides.PART: _both("Offered when {0}.", "Aangeboden als {0}."),
    Decides.STOP: _both("Nothing more is asked when {0}.", "Er wordt niets meer gevraagd als {0}."),
    Decides.QUOTA: _both("Counts when {0}.", "Telt mee als {0}."),
    Decides.END_PAGE: _both("Shown when {0}.", "Getoond als {0}."),
}
_SIGNS = {
    Sign.IS: _both("{0} is {1}", "{0} {1} is"),
    Sign.IS_NOT: _both("{0} is not {1}", "{0} niet {1} is"),
    Sign.AT_MOST: _both("{0} is {1} or less", "{0} {1} of lager is"),
    Sign.BELOW: _both("{0} is below {1}", "{0} lager is dan {1}"),
    Sign.AT_LEAST: _both("{0} is {1} or more", "{0} {1} of hoger is"),
    Sign.ABOVE: _both("{0} is above {1}", "{0} hoger is dan {1}"),
    Sign.ONE_OF: _both("{0} is {1}", "{0} {1} is"),
    Sign.NONE_OF: _both("{0} is not {1}", "{0} niet {1} is"),
    Sign.CHOSEN: _both("{1} is chosen at {0}", "bij {0} {1} is gekozen"),
    Sign.NOT_CHOSEN: _both("{1} is not chosen at {0}", "bij {0} {1} niet is gekozen"),
    Sign.ANSWERED: _both("{0} is answered", "{0} is beantwoord"),
    Sign.NOT_ANSWERED: _both("{0} is not answered", "{0} niet is beantwoord"),
}
_JOINS = {How.ALL: _both(" and ", " en "), How.ANY: _both(" or ", " of ")}
_YES_NO = {True: _both("yes", "ja"), False: _both("no", "nee")}
_SCORE = _both("the score {0}", "de score {0}")


def in_words(at: RuleAt, course: Course, language: str) -> str:
    """A condition with what it decides as a sentence; what is no simple rule is shown as it is written."""
    return _LEADS[at.decides].say(language).format(condition_in_words(at.condition, at.rule, course, language))


def condition_in_words(condition: str, rule: Rule | None, course: Course, language: str) -> str:
    """The condition alone, without a stop: “How likely …?” is 6 or less."""
    return " ".join(condition.split()) if rule is None else _rule(rule, course, language)


def name_in_words(course: Course, name: str, language: str) -> str:
    """What a condition speaks of: the question in quotes, for one of several answers of a question its own name as well."""
    variable, _, answer = name.partition(".")
    if variable == "scores":
        score = next((one for one in course.questionnaire.scores if one.id == answer), None)
        return _SCORE.say(language).format(f"“{score.name.say(language) or answer}”" if score else f"`{answer}`")
    question = course.owners.get(answer)
    if question is None:
        return f"`{answer}`"
    text = cut(question.text.say(language), LONGEST_QUESTION)
    quoted = f"“{text}”" if text else f"`{question.id}`"
    return quoted if answer == question.id else f"{quoted} (`{answer}`)"


def cut(text: str, longest: int) -> str:
    """A text on one line, cut where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _rule(rule: Rule, course: Course, language: str) -> str:
    if isinstance(rule, Comparison):
        return _compared(rule, course, language)
    parts = (f"({_rule(one, course, language)})" if isinstance(one, Joined) else _rule(one, course, language) for one in rule.parts)
    return _JOINS[rule.how].say(language).join(parts)


def _compared(one: Comparison, course: Course, language: str) -> str:
    values = [_value(course, one.name, value, language) for value in one.values]
    among = _JOINS[How.ANY].say(language).join([", ".join(values[:-1]), values[-1]] if len(values) > 1 else values)
    return _SIGNS[one.sign].say(language).format(name_in_words(course, one.name, language), among)


def _value(course: Course, name: str, value: Value, language: str) -> str:
    if isinstance(value, bool):
        return _YES_NO[value].say(language)
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else str(int(value) if value.is_integer() else value)
    question = course.owners.get(name.partition(".")[2])
    text = texts_of_codes(question, name.partition(".")[2], language).get(value) if question else None
    return f"‘{cut(text or value, LONGEST_VALUE)}’"
