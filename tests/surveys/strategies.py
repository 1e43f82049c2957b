"""Any questionnaire there can be, and any answers to one, for property tests."""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from voc.core.expression_words import is_name
from voc.core.expressions import Kind
from voc.surveys.parse import parse
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import KINDS, Choosing, Question, Scale

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).filter(is_name)
CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,6}", fullmatch=True).filter(lambda code: code != "other")
WORDS = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="{}"), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)
TRICKY = st.sampled_from(
    ["no", "1e3", "12:30", "~", "- a", "a: b", "# x", "'", '"', "<b>", "007", "2026-01-01", "yes\nand no", "*", "{x}", "!"]
)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire with any kinds, languages, texts and conditions."""
    languages = draw(st.lists(st.sampled_from(["en", "nl", "de", "pt-BR", "ar", "no"]), min_size=1, max_size=3, unique=True))
    names = draw(st.lists(NAMES, min_size=2, max_size=8, unique=True).filter(_room_for_others))
    asked: list[Question] = []
    pages = []
    for number, group in enumerate(_grouped(names, draw(st.integers(1, 3)))):
        questions = []
        for name in group:
            document = draw(_question(name, languages))
            document["show_if"] = draw(_condition(asked)) if asked else ""
            questions.append(document)
            asked.append(_read(document, languages))
        pages.append({"id": f"page{number}", "questions": questions, "title": draw(_texts(languages))})
    ends = [{"id": "end0", "title": draw(_texts(languages)), "show_if": draw(_condition(asked))}] if draw(st.booleans()) else []
    last = {"id": "end", "title": draw(_texts(languages)), "offer_call_back": True}
    return parse(
        {
            "key": "any",
            "name": draw(_texts(languages)),
            "languages": languages,
            "minutes": draw(st.none() | st.integers(1, 60)),
            "pages": pages,
            "end_pages": [
                *(end for end in ends if end["show_if"]),
                last,
            ],
            "invitation": {name: draw(_texts(languages)) for name in ("subject", "greeting", "why", "use")},
            "words": {"next": draw(_texts(languages))},
        }
    )


def answers(questionnaire: Questionnaire) -> SearchStrategy[dict[str, Any]]:
    """Any answers of the right kinds, to any of the questions."""
    values: dict[Kind, SearchStrategy[Any]] = {
        Kind.NUMBER: st.integers(-1, 11) | st.floats(0, 10),
        Kind.TEXT: st.sampled_from(["a", "b", "other"]) | WORDS,
        Kind.TEXTS: st.lists(CODES, max_size=3),
        Kind.YES_NO: st.booleans(),
        Kind.MOMENT: st.dates().map(date.isoformat),
    }
    return st.fixed_dictionaries({}, optional={name: values[kind] for name, kind in questionnaire.answer_kinds().items()})


def _grouped(names: list[str], count: int) -> list[list[str]]:
    return [group for group in (names[start::count] for start in range(count)) if group]


def _room_for_others(names: list[str]) -> bool:
    return not {f"{name}_other" for name in names} & set(names)


def _texts(languages: list[str]) -> SearchStrategy[dict[str, str]]:
    text = WORDS | TRICKY
    others = dict.fromkeys(languages[1:], text)
    return st.fixed_dictionaries({languages[0]: text}, optional=others)


@st.composite
def _question(draw: st.DrawFn, name: str, languages: list[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    document: dict[str, Any] = {"id": name, "kind": kind, "text": draw(_texts(languages)), "help": draw(st.just({}) | _texts(languages))}
    if kind != "statement":
        document |= {"required": draw(st.booleans()), "sensitive": draw(st.booleans())}
    if kind in {"csat", "rating"}:
        document |= {"lowest": draw(st.integers(0, 1)), "highest": draw(st.integers(4, 10)), "low": draw(_texts(languages))}
    if kind == "ces":
        document["convention"] = draw(st.sampled_from(["mean", "top3", "index"]))
    if kind in {"single_choice", "multiple_choice"}:
        codes = draw(st.lists(CODES, min_size=2, max_size=4, unique=True))
        document["choices"] = [{"code": code, "text": draw(_texts(languages))} for code in codes]
        document["other"] = draw(st.just({}) | _texts(languages))
    if kind == "number":
        document |= {"lowest": draw(st.none() | st.floats(-5, 0)), "highest": draw(st.none() | st.integers(1, 5)), "decimals": 2}
    if kind == "date":
        document["earliest"] = draw(st.none() | st.dates().map(date.isoformat))
    return document


def _read(document: dict[str, Any], languages: list[str]) -> Question:
    text = {languages[0]: "x"}
    whole = {
        "key": "one",
        "name": text,
        "languages": languages,
        "pages": [{"id": "p", "questions": [{**document, "show_if": ""}]}],
        "end_pages": [{"id": "e", "title": text}],
        "invitation": dict.fromkeys(("subject", "greeting", "why", "use"), text),
    }
    return next(parse(whole).questions())


@st.composite
def _condition(draw: st.DrawFn, asked: list[Question]) -> str:
    question = draw(st.sampled_from(asked))
    name = f"answers.{question.id}"
    if isinstance(question, Scale):
        one = f"{name} {draw(st.sampled_from(['<', '<=', '==', '!=', '>=', '>']))} {draw(st.integers(0, 10))}"
    elif isinstance(question, Choosing):
        code = draw(st.sampled_from(question.codes))
        one = f"{name} == '{code}'" if question.answer is Kind.TEXT else f"'{code}' in {name}"
    elif question.answer is Kind.YES_NO:
        one = draw(st.sampled_from([name, f"!{name}"]))
    elif question.answer is None:
        one = ""
    else:
        one = draw(st.sampled_from([f"has({name})", f"!has({name})"]))
    return one if not one or draw(st.booleans()) else f"!({one}) || {one} && 1 == 1"
