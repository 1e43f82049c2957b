"""Any questionnaire there can be, of every kind and with every field, and any answers to one, for property tests."""

from datetime import date
from typing import Any, cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.surveys.any_question import CODES, NAMES, any_question, texts
from voc.core.expressions import Kind
from voc.surveys.course import course_of
from voc.surveys.parse import parse
from voc.surveys.questionnaire import Questionnaire, QuestionnaireError
from voc.surveys.questions import Question

__all__ = ["CODES", "NAMES", "answers", "documents", "questionnaires"]
WORDS = st.sampled_from(["a", "b", "other", "12:30", "2026-01-31T10:00", "x@example.com", "+31612345678", "https://example.com", "words"])
SAVED_ANSWERS = st.sampled_from([0, 7, 2.5, True]) | WORDS | st.lists(WORDS, max_size=2)
INVITATION = ("subject", "greeting", "why", "use")


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A document that describes a questionnaire, nearly always."""
    languages = draw(st.lists(st.sampled_from(["en", "nl", "de", "pt-BR", "ar", "zh-Hans"]), min_size=1, max_size=2, unique=True))
    names = draw(st.lists(NAMES, min_size=2, max_size=6, unique_by=lambda name: name[0]))
    asked: list[Question] = []
    pages: list[dict[str, Any]] = []
    for number, group in enumerate(_grouped(names, draw(st.integers(1, 3)))):
        questions = []
        for name in group:
            document = draw(any_question(name, languages))
            read = _read(document, languages)
            if asked:
                for part in (document, *_parts_of(document)):
                    if draw(st.integers(0, 2)) == 0:
                        part["show_if"] = draw(condition(asked))
            questions.append(document)
            asked += read
        pages.append(draw(_page(number, questions, languages)))
    _with_loop(draw, pages, asked)
    ends = [{"id": "end0", "title": draw(texts(languages)), "show_if": draw(condition(asked))}] if draw(st.booleans()) and asked else []
    return {
        "key": "any",
        "name": draw(texts(languages)),
        "languages": languages,
        "fallback": draw(st.sampled_from([[], languages[-1:]])),
        "minutes": draw(st.none() | st.integers(1, 60)),
        "pages": pages,
        **draw(_parts(pages, asked, languages)),
        "end_pages": [*ends, {"id": "end", "title": draw(texts(languages)), "offer_call_back": True}],
        "invitation": {name: draw(texts(languages)) for name in INVITATION},
        "words": {"next": draw(texts(languages))},
    }


def questionnaires() -> SearchStrategy[Questionnaire]:
    """A questionnaire with any kinds, languages, texts, conditions, loops, shuffles, quotas and scores."""
    return documents().map(_parsed).filter(bool).map(lambda found: cast(Questionnaire, found))


def answers(questionnaire: Questionnaire) -> SearchStrategy[dict[str, Any]]:
    """Any answers of the right kinds, to any of the questions."""
    codes = sorted({code for question in course_of(questionnaire).questions.values() for code in _codes(question)} or {"a"})
    values: dict[Kind, SearchStrategy[Any]] = {
        Kind.NUMBER: st.integers(-1, 11) | st.sampled_from([0.5, 50, 100]),
        Kind.TEXT: WORDS | st.sampled_from(codes),
        Kind.TEXTS: st.lists(st.sampled_from(codes), max_size=4),
        Kind.YES_NO: st.booleans(),
        Kind.MOMENT: st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.isoformat) | st.just("2026-01-31T14:30"),
    }
    kinds = course_of(questionnaire).kinds
    return st.fixed_dictionaries({}, optional={name: values[kind] for name, kind in kinds.items()})


def _parts_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The choices, rows and columns of a question, which can be shown under a condition too."""
    groups = document["groups"] if document["kind"] == "side_by_side" else []
    lists = [document.get(name, []) for name in ("choices", "rows", "columns")] + [group["columns"] for group in groups]
    return [part for parts in lists for part in parts]


def _codes(question: Question) -> list[str]:
    parts = (getattr(question, name, ()) for name in ("all_choices", "columns"))
    return [part.code for items in parts for part in items]


def _parsed(document: dict[str, Any]) -> Questionnaire | None:
    try:
        return parse(document)
    except QuestionnaireError as refused:
        # Names may meet by chance, as those of a row and of a question do; anything else would be a mistake of this file.
        if any(problem.code != "USED_TWICE" for problem in refused.problems):
            raise
        return None


def _grouped(names: list[str], count: int) -> list[list[str]]:
    return [group for group in (names[start::count] for start in range(count)) if group]


@st.composite
def _page(draw: st.DrawFn, number: int, questions: list[dict[str, Any]], languages: list[str]) -> dict[str, Any]:
    return {
        "id": f"page{number}",
        "questions": questions,
        "title": draw(st.just({}) | texts(languages)),
        "text": draw(st.just({}) | texts(languages)),
        "order": draw(st.sampled_from(["as_written", "random"])),
        "show": draw(st.none() | st.integers(1, 3)),
    }


def _with_loop(draw: st.DrawFn, pages: list[dict[str, Any]], asked: list[Question]) -> None:
    """Now and then a last page that comes once for each chosen answer, or for each of a list."""
    several = [question.id for question in asked if question.kind == "multiple_choice"]
    inner = {"id": "inner", "kind": "yes_no", "text": {"en": "{loop.text}"}}
    what = draw(st.sampled_from(["", "list", *several]))
    if not what:
        return
    over: dict[str, Any] = {"loop": what} if what != "list" else {"loop_over": [{"code": "N 1"}, {"code": "n-1"}]}
    after = {"id": "inner2", "kind": "text", "show_if": "answers.inner"}
    pages.append({"id": "looped", "questions": [inner, after], "end_if": "!answers.inner && answers.inner", **over})
    for question in (inner, after):
        question.pop("text", None)


@st.composite
def _parts(draw: st.DrawFn, pages: list[dict[str, Any]], asked: list[Question], languages: list[str]) -> dict[str, Any]:
    """Quotas, scores, saved walks and shuffles."""
    found: dict[str, Any] = {}
    if draw(st.booleans()) and asked:
        found["quotas"] = [{"id": "some", "limit": 3, "when": draw(condition(asked)), "end_page": "end"}]
        found["scores"] = [{"id": "points", "questions": [asked[0].id], "name": draw(texts(languages))}]
    if draw(st.booleans()) and asked:
        answers = draw(st.dictionaries(st.sampled_from([one.id for one in asked]), SAVED_ANSWERS, max_size=3))
        found["walks"] = [{"id": "one", "answers": answers, "asked": [asked[0].id], "end_page": "end", "scores": {"points": 2.5}}]
    plain = [page["id"] for page in pages if page["id"] != "looped"]
    if len(plain) > 1 and not any("show_if" in part for page in pages for one in page["questions"] for part in (one, *_parts_of(one))):
        found["shuffles"] = [{"pages": plain[:2], "show": draw(st.none() | st.integers(1, 2))}]
    return found


def _read(document: dict[str, Any], languages: list[str]) -> list[Question]:
    """The question as it is asked; nothing where it is not."""
    text = {languages[0]: "x"}
    whole = {
        "key": "one",
        "name": text,
        "languages": languages,
        "pages": [{"id": "p", "questions": [{**document, "show_if": ""}]}],
        "end_pages": [{"id": "e", "title": text}],
        "invitation": dict.fromkeys(INVITATION, text),
    }
    found = _parsed(whole)
    return [question for question in found.questions() if question.names()] if found else []


@st.composite
def condition(draw: st.DrawFn, asked: list[Question]) -> str:
    """A condition over one of these questions."""
    question = draw(st.sampled_from(asked))
    answer, kind = draw(st.sampled_from(sorted(question.names().items())))
    name = f"answers.{answer}"
    if kind is Kind.NUMBER:
        one = f"{name} {draw(st.sampled_from(['<', '<=', '==', '!=', '>=', '>']))} {draw(st.integers(0, 10))}"
    elif kind is Kind.YES_NO:
        one = draw(st.sampled_from([name, f"!{name}"]))
    elif kind is Kind.TEXTS:
        one = f"'{draw(st.sampled_from([*_codes(question), 'a']))}' in {name}"
    elif kind is Kind.TEXT:
        one = f"{name} == '{draw(st.sampled_from([*_codes(question), 'a']))}'"
    else:
        one = draw(st.sampled_from([f"has({name})", f"!has({name})"]))
    return one if draw(st.booleans()) else f"!({one}) || {one} && 1 == 1"
