"""What must hold between the parts of a questionnaire: names used once, texts that can be filled, limits that leave room. PURE.

Conditions are in `check_conditions.py`.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from voc.core.expression_words import is_name
from voc.surveys.check_conditions import conditions_in
from voc.surveys.check_limits import limits_in
from voc.surveys.check_texts import texts_problems
from voc.surveys.course import parts_of
from voc.surveys.questionnaire import Page, Problem, Questionnaire
from voc.surveys.questions import Asked, Fields, Hidden, InRows, MultipleChoice, Question, SideBySide
from voc.surveys.unroll import MOST_QUESTIONS, size_of, unrolled
from voc.surveys.whereabouts import Whereabouts
from voc.surveys.words import WORDS

Named = list[tuple[str, str]]
LONGEST_NAME = 200


def problems_in(questionnaire: Questionnaire, unread: frozenset[str] = frozenset(), known: frozenset[str] = frozenset()) -> list[Problem]:
    """Every fault between the parts. `unread` are ids of questions that could not be read, `known` the paths that have a fault already."""
    pages = _pages(questionnaire)
    where = Whereabouts(questionnaire, pages)
    found = [
        *_names(questionnaire, pages),
        *_loops(questionnaire),
        *_shuffles(questionnaire),
        *_references(questionnaire, where),
        *texts_problems(questionnaire, where),
        *(problem for path, question in questions_with_paths(questionnaire) for problem in limits_in(path, question)),
        *conditions_in(questionnaire, where, unread),
    ]
    return [problem for problem in found if problem.path not in known]


def questions_with_paths(questionnaire: Questionnaire) -> Iterator[tuple[str, Question]]:
    """Every question with its path in the document."""
    for number, page in enumerate(questionnaire.pages):
        for at, question in enumerate(page.questions):
            yield f"pages[{number}].questions[{at}]", question


def _pages(questionnaire: Questionnaire) -> tuple[tuple[Page, ...], ...]:
    too_long = size_of(questionnaire) > MOST_QUESTIONS
    return tuple((page,) for page in questionnaire.pages) if too_long else unrolled(questionnaire)


def _names(questionnaire: Questionnaire, pages: tuple[tuple[Page, ...], ...]) -> Iterator[Problem]:
    yield from _twice("languages", _listed("languages", questionnaire.languages))
    for field in ("pages", "end_pages", "quotas", "scores"):
        parts = getattr(questionnaire, field)
        yield from _twice(field.replace("_", " "), [(f"{field}[{at}].id", part.id) for at, part in enumerate(parts)])
    yield from _answer_names(pages)
    for path, question in questions_with_paths(questionnaire):
        if question.id and not is_name(question.id):
            yield Problem(f"{path}.id", "WRONG_VALUE", f"`{question.id}` is a word of the condition language. Choose another id.")
        yield from _codes(path, question)
    for number, page in enumerate(questionnaire.pages):
        yield from _twice("loop", [(f"pages[{number}].loop_over[{at}].code", one.code) for at, one in enumerate(page.loop_over)])
    for name in questionnaire.words:
        if name not in WORDS:
            yield Problem(f"words.{name}", "UNKNOWN_FIELD", f"There is no word `{name}`. There are {', '.join(sorted(WORDS))}.")


def _answer_names(pages: tuple[tuple[Page, ...], ...]) -> Iterator[Problem]:
    """Names of answers, those of loops written out among them, each with the path of its question."""
    seen: dict[str, str] = {}
    hidden: set[str] = set()
    for number, turns in enumerate(pages):
        for turn in turns:
            for at, question in enumerate(turn.questions):
                path = f"pages[{number}].questions[{at}].id"
                for name in dict.fromkeys((question.id, *question.names())):
                    is_again = name in seen and not (isinstance(question, Hidden) and name in hidden)
                    if name and is_again:
                        message = f"`{name}` is used twice among the questions: also at {seen[name]}. Rename one."
                        yield Problem(path, "USED_TWICE", message)
                    elif len(name) > LONGEST_NAME:
                        yield Problem(path, "TOO_LONG", f"`{name}` is longer than {LONGEST_NAME} characters. Take a shorter id or code.")
                    seen.setdefault(name, path)
                if isinstance(question, Hidden):
                    hidden.add(question.id)


def _codes(path: str, question: Question) -> Iterator[Problem]:
    for part, items in parts_of(question):
        place = part if not part.isdigit() else f"groups[{part}].columns"
        codes = [(f"{path}.{place}[{at}].code", item.code) for at, item in enumerate(items)]
        if part == "choices" and getattr(question, "other", None):
            codes[-1] = (f"{path}.other", items[-1].code)
        yield from _twice(place.rsplit(".", 1)[-1], codes)
    if isinstance(question, SideBySide):
        yield from _twice("groups", [(f"{path}.groups[{at}].id", group.id) for at, group in enumerate(question.groups)])
    if isinstance(question, Fields):
        yield from _twice("fields", [(f"{path}.fields[{at}].code", one.code) for at, one in enumerate(question.fields)])
    if isinstance(question, Asked):
        yield from _shadowed(path, question)


def _shadowed(path: str, question: Asked) -> Iterator[Problem]:
    """Two answers of one question under one name: that of a row beside own words, or beside the comment."""
    own = question.answers()
    if question.comment and question.comment_name in own:
        yield Problem(f"{path}.comment", "USED_TWICE", f"`{question.comment_name}` is used twice in this question. Change the code.")
    if isinstance(question, InRows) and any(row.own_words for row in question.rows):
        cells = {name for row, name in question.row_names()}
        for code, name in question.words_names().items():
            if name in cells:
                yield Problem(f"{path}.rows", "USED_TWICE", f"`{name}` is used twice in this question: change the code of row `{code}`.")


def _loops(questionnaire: Questionnaire) -> Iterator[Problem]:
    before: dict[str, Any] = {}
    for number, page in enumerate(questionnaire.pages):
        path = f"pages[{number}].loop"
        if page.loop and not isinstance(before.get(page.loop), MultipleChoice):
            yield Problem(path, "WRONG_LOOP", f"`{page.loop}` must be a multiple choice on an earlier page, which is no loop itself.")
        if page.loop and page.loop_over:
            yield Problem(path, "WRONG_LOOP", "A page has `loop` or `loop_over`, not both.")
        if not page.loop and not page.loop_over:
            before |= {question.id: question for question in page.questions}
    size = size_of(questionnaire)
    if size > MOST_QUESTIONS:
        yield Problem("pages", "TOO_LONG", f"With its loops this makes {size} questions; at most {MOST_QUESTIONS} fit. Loop over fewer.")


def _shuffles(questionnaire: Questionnaire) -> Iterator[Problem]:
    order = [page.id for page in questionnaire.pages]
    known = set(order)
    places: Named = []
    for number, shuffle in enumerate(questionnaire.shuffles):
        path = f"shuffles[{number}]"
        for at, entry in enumerate(shuffle.pages):
            here = f"{path}.pages[{at}]"
            pages = entry.split()
            places += [(here, page) for page in pages]
            yield from (Problem(here, "UNKNOWN_PAGE", f"There is no page `{page}`.") for page in pages if page not in known)
            if [page for page in order if page in pages] != pages or not _are_neighbours(order, pages):
                yield Problem(here, "WRONG_VALUE", "Pages that stay together must follow each other in the document, in this order.")
        if shuffle.show and shuffle.show > len(shuffle.pages):
            yield Problem(f"{path}.show", "WRONG_VALUE", f"There are only {len(shuffle.pages)} pages to show.")
    yield from _twice("shuffled pages", places)


def _are_neighbours(order: list[str], pages: list[str]) -> bool:
    places = [order.index(page) for page in pages if page in order]
    return all(later == earlier + 1 for earlier, later in pairwise(places))


def _references(questionnaire: Questionnaire, where: Whereabouts) -> Iterator[Problem]:
    """Parts that are named elsewhere: end pages by quotas, questions by scores, languages to fall back on."""
    ends = [end.id for end in questionnaire.end_pages]
    for number, quota in enumerate(questionnaire.quotas):
        if quota.end_page and quota.end_page not in ends:
            message = f"There is no end page `{quota.end_page}`. There are {', '.join(ends)}."
            yield Problem(f"quotas[{number}].end_page", "UNKNOWN_PAGE", message)
    for number, score in enumerate(questionnaire.scores):
        if score.id and not is_name(score.id):
            yield Problem(f"scores[{number}].id", "WRONG_VALUE", f"`{score.id}` is a word of the condition language. Choose another id.")
        for at, question in enumerate(score.questions):
            if question not in where.questions:
                yield Problem(f"scores[{number}].questions[{at}]", "UNKNOWN_QUESTION", f"There is no question `{question}` to count.")
    for at, language in enumerate(questionnaire.fallback):
        if language not in questionnaire.languages:
            yield Problem(f"fallback[{at}]", "UNKNOWN_LANGUAGE", f"`{language}` is not among the languages of this document.")


def _listed(path: str, names: Iterable[str]) -> Named:
    return [(f"{path}[{at}]", name) for at, name in enumerate(names)]


def _twice(what: str, places: Named) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path, name in places:
        if name and name in seen:
            yield Problem(path, "USED_TWICE", f"`{name}` is used twice among the {what}: also at {seen[name]}. Rename one.")
        seen.setdefault(name, path)
