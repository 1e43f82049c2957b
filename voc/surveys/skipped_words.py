"""Why somebody is asked something or not, in sentences for colleagues. PURE."""

from voc.surveys.course import Course
from voc.surveys.questionnaire import Page
from voc.surveys.questions import Question
from voc.surveys.rules.reading import rule_of
from voc.surveys.rules.saying import condition_in_words
from voc.surveys.skipped import Skipped, Why
from voc.surveys.texts import Texts


def _both(en: str, nl: str) -> Texts:
    return Texts({"en": en, "nl": nl})


_WHY_NOT = {
    Why.CONDITION: _both("It is only asked when {0}.", "Dit wordt alleen gevraagd als {0}."),
    Why.PAGE_CONDITION: _both("Its page is only shown when {0}.", "De pagina wordt alleen getoond als {0}."),
    Why.NOT_DRAWN: _both("It was not drawn for this person.", "Dit is voor deze persoon niet getrokken."),
    Why.ENDED: _both("Nothing more is asked, because {0}.", "Er wordt niets meer gevraagd, want {0}."),
    Why.QUOTA_FULL: _both("Nothing more is asked, because a quota is full.", "Er wordt niets meer gevraagd, want een quotum is vol."),
}
_WHY = {
    "question": _both("Asked because {0}.", "Gevraagd omdat {0}."),
    "page": _both("Its page is shown because {0}.", "De pagina wordt getoond omdat {0}."),
}


def why_not(skipped: Skipped, course: Course, language: str) -> str:
    """Why a question is not asked."""
    return _WHY_NOT[skipped.why].say(language).format(_said(skipped.condition, course, language))


def because(page: Page, question: Question, course: Course, language: str) -> list[str]:
    """Why a question is asked: the conditions that are met; empty where it is asked of everybody."""
    conditions = (("page", page.show_if), ("question", question.show_if))
    return [_WHY[what].say(language).format(_said(condition, course, language)) for what, condition in conditions if condition]


def _said(condition: str, course: Course, language: str) -> str:
    return condition_in_words(condition, rule_of(condition), course, language)
