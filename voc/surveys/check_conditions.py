"""Whether every condition of a questionnaire can be decided where it stands. PURE."""

from collections.abc import Iterator

from voc.core import expressions
from voc.core.expression_words import is_name, names_read
from voc.core.expressions import Environment, ExpressionError, Kind
from voc.surveys.course import conditions_of
from voc.surveys.questionnaire import Problem, Questionnaire
from voc.surveys.whereabouts import AT_THE_END, Whereabouts


def conditions_in(questionnaire: Questionnaire, where: Whereabouts, unread: frozenset[str]) -> Iterator[Problem]:
    """Each condition against all answers, then against those that are known where it stands."""
    scores = {score.id: Kind.NUMBER for score in questionnaire.scores if is_name(score.id)}
    here = expressions.environment({"answers": where.kinds, **({"scores": scores} if scores else {})})
    for path, text, page, question in _conditions(questionnaire):
        yield from _condition(path, text, here, where, (page, question), unread)
    yield from _end_pages(questionnaire)


def _conditions(questionnaire: Questionnaire) -> Iterator[tuple[str, str, int, int]]:
    """Every condition with its path, and the place at which it is decided."""
    for number, page in enumerate(questionnaire.pages):
        path = f"pages[{number}]"
        yield f"{path}.show_if", page.show_if, number, 0
        yield f"{path}.end_if", page.end_if, number, AT_THE_END
        for at, question in enumerate(page.questions):
            for end, text in conditions_of(question):
                yield f"{path}.questions[{at}].{end}", text, number, at
    for number, quota in enumerate(questionnaire.quotas):
        yield f"quotas[{number}].when", quota.when, AT_THE_END, 0
    for number, end_page in enumerate(questionnaire.end_pages):
        yield f"end_pages[{number}].show_if", end_page.show_if, AT_THE_END, 0


def _condition(
    path: str, text: str, here: Environment, where: Whereabouts, place: tuple[int, int], unread: frozenset[str]
) -> Iterator[Problem]:
    if not text:
        return
    reads = {field for variable, field in names_read(text, here.variables) if variable == "answers"}
    if reads & unread:
        return
    try:
        expressions.compile(text, here)
    except ExpressionError as fault:
        at = f"line {fault.line}, column {fault.column}" if "\n" in text else f"column {fault.column}"
        yield Problem(path, "CONDITION", f"{fault.message} (at {at} of `{text[:200]}`)")
        return
    for name in sorted(reads - {""}):
        if not where.is_known(name, *place):
            yield Problem(path, "LATER_QUESTION", where.why_unknown(name, *place))


def _end_pages(questionnaire: Questionnaire) -> Iterator[Problem]:
    by_quota = {quota.end_page for quota in questionnaire.quotas}
    for number, end in enumerate(questionnaire.end_pages):
        is_last = number == len(questionnaire.end_pages) - 1
        if is_last and end.show_if:
            message = "The last end page must have no condition, so that every customer gets one."
            yield Problem(f"end_pages[{number}].show_if", "NO_FALLBACK", message)
        if not is_last and not end.show_if and end.id not in by_quota:
            message = f"End page `{end.id}` has no condition, so the ones after it are never seen. Give it one, or move it to the end."
            yield Problem(f"end_pages[{number}].show_if", "UNREACHABLE", message)
