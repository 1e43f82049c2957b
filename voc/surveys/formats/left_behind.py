"""What of a questionnaire is not in a file for another system. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass

from voc.surveys.course import conditions_of
from voc.surveys.formats.export_format import ExportFormat
from voc.surveys.formats.surveyjs_conditions import Said
from voc.surveys.questionnaire import Page, Questionnaire

_NAMES = {ExportFormat.SURVEYJS: "SurveyJS", ExportFormat.QSF: "Qualtrics"}


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """One thing that stays here: its place in the document (`pages[0].show_if`), and what to do about it, for a person."""

    path: str
    what: str


def left_behind(questionnaire: Questionnaire, format: ExportFormat) -> tuple[LeftBehind, ...]:
    """Everything that the file does not hold, in the order of the document; nothing for our own formats and for paper."""
    if format not in _NAMES:
        return ()
    name = _NAMES[format]
    pages = (found for number, page in enumerate(questionnaire.pages) for found in _of_page(number, page, questionnaire, format))
    return (*pages, *_of_the_whole(questionnaire, format), LeftBehind("invitation", f"{name} has its own words of invitations."))


def _of_page(number: int, page: Page, questionnaire: Questionnaire, format: ExportFormat) -> Iterator[LeftBehind]:
    here = f"pages[{number}]"
    said = Said(questionnaire) if format is ExportFormat.SURVEYJS else None
    conditions = [(f"{here}.show_if", page.show_if), (f"{here}.end_if", page.end_if)]
    for at, question in enumerate(page.questions):
        conditions += [(f"{here}.questions[{at}].{end}", condition) for end, condition in conditions_of(question)]
    for path, condition in conditions:
        if condition and not (said and said.condition(condition)):
            yield LeftBehind(path, f"Write this condition anew there: {condition}")
    if page.loop or page.loop_over:
        yield LeftBehind(f"{here}.loop", "The page stands there once. Repeat it there by hand.")
    if page.show:
        yield LeftBehind(f"{here}.show", f"All questions are asked there, not {page.show} drawn at random.")


def _of_the_whole(questionnaire: Questionnaire, format: ExportFormat) -> Iterator[LeftBehind]:
    name = _NAMES[format]
    if format is ExportFormat.QSF:
        if questionnaire.intro:
            yield LeftBehind("intro", f"Set the words above the first question in {name}.")
        yield LeftBehind("end_pages", f"Set the words of thanks in {name}.")
    for part, what in (
        ("shuffles", "pages stand in the order of the document there"),
        ("quotas", "limits are set anew there"),
        ("scores", "scores are reckoned here alone"),
        ("walks", "saved walks prove this document alone"),
    ):
        if found := getattr(questionnaire, part):
            yield LeftBehind(part, f"{len(found)} {part}: {what}.")
