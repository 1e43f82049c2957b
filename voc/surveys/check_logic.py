"""What must hold between the parts of a questionnaire: names used once, conditions that can be decided, limits that leave room. PURE."""

from collections.abc import Iterator
from typing import Any

from voc.core import expressions
from voc.core.expression_words import is_name, names_read
from voc.core.expressions import ExpressionError
from voc.surveys.placeholders import ALWAYS_KNOWN, KNOWN, placeholders
from voc.surveys.questionnaire import Problem, Questionnaire, texts_of
from voc.surveys.questions import OTHER, Choosing, Csat, Date, MultipleChoice, Number, Question, Rating
from voc.surveys.words import WORDS


def problems_in(questionnaire: Questionnaire, unread: frozenset[str] = frozenset(), known: frozenset[str] = frozenset()) -> list[Problem]:
    """Every fault between the parts. `unread` are ids of questions that could not be read, `known` the paths that have a fault already."""
    found = [
        *_names(questionnaire),
        *_texts(questionnaire),
        *_limits(questionnaire),
        *_conditions(questionnaire, unread),
        *_end_pages(questionnaire),
    ]
    return [problem for problem in found if problem.path not in known]


def _names(questionnaire: Questionnaire) -> Iterator[Problem]:
    yield from _twice("languages", [(f"languages[{at}]", language) for at, language in enumerate(questionnaire.languages)])
    yield from _twice("pages", [(f"pages[{at}].id", page.id) for at, page in enumerate(questionnaire.pages)])
    yield from _twice("end pages", [(f"end_pages[{at}].id", page.id) for at, page in enumerate(questionnaire.end_pages)])
    places = [(f"{path}.id", name) for path, question in questions_with_paths(questionnaire) for name in _ids(question)]
    yield from _twice("questions", places)
    for path, question in questions_with_paths(questionnaire):
        if question.id and not is_name(question.id):
            yield Problem(f"{path}.id", "WRONG_VALUE", f"`{question.id}` is a word of the condition language. Choose another id.")
        if isinstance(question, Choosing):
            codes = [(f"{path}.choices[{at}].code", choice.code) for at, choice in enumerate(question.choices)]
            yield from _twice("choices", [*codes, *([(f"{path}.other", OTHER)] if question.other else [])])
    for name in questionnaire.words:
        if name not in WORDS:
            yield Problem(f"words.{name}", "UNKNOWN_FIELD", f"There is no word `{name}`. There are {', '.join(sorted(WORDS))}.")


def _twice(what: str, places: list[tuple[str, str]]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path, name in places:
        if name and name in seen:
            yield Problem(path, "USED_TWICE", f"`{name}` is used twice among the {what}: also at {seen[name]}. Rename one.")
        seen.setdefault(name, path)


def _ids(question: Question) -> list[str]:
    return list({question.id: None, **question.names()})


def _texts(questionnaire: Questionnaire) -> Iterator[Problem]:
    languages = questionnaire.languages
    for path, texts in texts_of(questionnaire):
        name = path.rsplit(".", 1)[-1]
        if languages and languages[0] not in texts:
            yield Problem(path, "NO_DEFAULT_TEXT", f"`{name}` has no text in `{languages[0]}`, the language others fall back to. Add it.")
        for language, text in texts.items():
            if languages and language not in languages:
                message = f"`{language}` is not among the languages of this document. Add it to `languages`, or remove this text."
                yield Problem(f"{path}.{language}", "UNKNOWN_LANGUAGE", message)
            yield from _placeholders(f"{path}.{language}", text)


def _placeholders(path: str, text: str) -> Iterator[Problem]:
    for placeholder in placeholders(text):
        if placeholder.name not in KNOWN:
            message = f"Nobody can fill in `{{{placeholder.name}}}`. There are {', '.join(sorted(KNOWN))}."
            yield Problem(path, "UNKNOWN_PLACEHOLDER", message)
        elif placeholder.fallback is None and placeholder.name not in ALWAYS_KNOWN:
            message = f"`{{{placeholder.name}}}` is not always known. Add a fallback after a bar: `{{{placeholder.name}|…}}`."
            yield Problem(path, "NO_FALLBACK", message)


def _limits(questionnaire: Questionnaire) -> Iterator[Problem]:
    for path, question in questions_with_paths(questionnaire):
        if isinstance(question, Csat | Rating) and question.highest <= question.lowest:
            yield Problem(f"{path}.highest", "WRONG_VALUE", "`highest` must be above `lowest`.")
        elif isinstance(question, Csat) and question.top_boxes + question.bottom_boxes > len(question.points):
            yield Problem(f"{path}.top_boxes", "WRONG_VALUE", "`top_boxes` and `bottom_boxes` overlap. Together they fit in the scale.")
        if isinstance(question, MultipleChoice):
            least, most = question.at_least or 0, question.at_most or len(question.codes)
            if not least <= most <= len(question.codes):
                message = f"`at_least` and `at_most` must leave room: there are {len(question.codes)} choices."
                yield Problem(f"{path}.at_most" if question.at_most else f"{path}.at_least", "WRONG_VALUE", message)
        if isinstance(question, Number) and _crossed(question.lowest, question.highest):
            yield Problem(f"{path}.highest", "WRONG_VALUE", "`highest` must not be below `lowest`.")
        if isinstance(question, Date) and _crossed(question.earliest, question.latest):
            yield Problem(f"{path}.latest", "WRONG_VALUE", "`latest` must not be before `earliest`.")


def _crossed(lower: Any, upper: Any) -> bool:
    return lower is not None and upper is not None and bool(lower > upper)


def _conditions(questionnaire: Questionnaire, unread: frozenset[str]) -> Iterator[Problem]:
    """Each condition against all answers, then against those that come before it."""
    kinds = {name: kind for name, kind in questionnaire.answer_kinds().items() if is_name(name)}
    here, earlier = expressions.environment({"answers": kinds}), set[str]()
    for number, page in enumerate(questionnaire.pages):
        path = f"pages[{number}]"
        yield from _condition(f"{path}.show_if", page.show_if, here, earlier, unread)
        for at, question in enumerate(page.questions):
            yield from _condition(f"{path}.questions[{at}].show_if", question.show_if, here, earlier, unread)
            earlier |= {name for name in _ids(question) if name in kinds}
    for number, end in enumerate(questionnaire.end_pages):
        yield from _condition(f"end_pages[{number}].show_if", end.show_if, here, earlier, unread)


def _condition(path: str, text: str, here: expressions.Environment, earlier: set[str], unread: frozenset[str]) -> Iterator[Problem]:
    reads = {field for _, field in names_read(text, here.variables)}
    if not text or reads & unread:
        return
    try:
        expressions.compile(text, here)
    except ExpressionError as fault:
        place = f"line {fault.line}, column {fault.column}" if "\n" in text else f"column {fault.column}"
        yield Problem(path, "CONDITION", f"{fault.message} (at {place} of `{text}`)")
        return
    for name in sorted(reads - earlier - {""}):
        yield Problem(
            path, "LATER_QUESTION", f"`{name}` is asked later. A condition can only look back: move the question, or the condition."
        )


def _end_pages(questionnaire: Questionnaire) -> Iterator[Problem]:
    for number, end in enumerate(questionnaire.end_pages):
        is_last = number == len(questionnaire.end_pages) - 1
        if is_last and end.show_if:
            message = "The last end page must have no condition, so that every customer gets one."
            yield Problem(f"end_pages[{number}].show_if", "NO_FALLBACK", message)
        if not is_last and not end.show_if:
            message = f"End page `{end.id}` has no condition, so the ones after it are never seen. Give it one, or move it to the end."
            yield Problem(f"end_pages[{number}].show_if", "UNREACHABLE", message)


def questions_with_paths(questionnaire: Questionnaire) -> Iterator[tuple[str, Question]]:
    """Every question with its path in the document."""
    for number, page in enumerate(questionnaire.pages):
        for at, question in enumerate(page.questions):
            yield f"pages[{number}].questions[{at}]", question
