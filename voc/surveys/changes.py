"""What changed between two editions of a questionnaire, one thing at a time. PURE.

Questions, pages and end pages are told apart by their ids; a question that goes on under another id is compared with what it was.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum

from voc.surveys.called_anew import called_anew
from voc.surveys.check_logic import questions_with_paths
from voc.surveys.questionnaire import EndPage, Page, Questionnaire
from voc.surveys.questions import Ces, Choice, Choosing, Csat, InRows, Matrix, Metric, Question, Row
from voc.surveys.texts import Texts


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was: what (`code`), whose (`name`), where in the newer document, and from what to what."""

    code: str
    name: str
    path: str
    before: str = ""
    after: str = ""
    detail: str = ""


TEXT_ADDED, TEXT_REMOVED = "TEXT_ADDED", "TEXT_REMOVED"


def changes_between(before: Questionnaire, after: Questionnaire, renamed: Mapping[str, str]) -> tuple[Change, ...]:
    """Everything that is not as it was, in the order of the newer edition; `renamed` says which questions go on under which id."""
    was = called_anew(before, after, renamed)
    return (
        *_languages(was, after),
        *_fields_of("survey", "", was, after, _WHOLE),
        *_pages(was, after),
        *_questions(before, was, after, renamed),
        *_end_pages(was, after),
        *_walks(was, after),
    )


def summed_up(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The same with one line for each language in which texts came or went, first of all, instead of one for each text."""
    counts = Counter((f"{one.code[:4]}S{one.code[4:]}", one.path.rpartition(".")[2]) for one in changes if one.code in _TRANSLATED)
    lines = (Change(code, language, "languages", after=str(count)) for (code, language), count in sorted(counts.items()))
    return (*lines, *(one for one in changes if one.code not in _TRANSLATED))


_TRANSLATED = (TEXT_ADDED, TEXT_REMOVED)
_WHOLE = {"pages", "end_pages", "languages", "origin", "key", "walks"}
_PAGE = {"id", "questions"}
_QUESTION = {"id", "choices", "rows", "columns", "groups", "fields", "source_id"}
_SCALE = {"lowest", "highest", "top_boxes", "bottom_boxes", "convention"}


def _languages(before: Questionnaire, after: Questionnaire) -> Iterator[Change]:
    for language in after.languages:
        if language not in before.languages:
            yield Change("LANGUAGE_ADDED", language, "languages")
    for language in before.languages:
        if language not in after.languages:
            yield Change("LANGUAGE_REMOVED", language, "languages")
    if before.languages[0] != after.languages[0]:
        yield Change("FIRST_LANGUAGE", after.languages[0], "languages", before.languages[0], after.languages[0])


def _pages(before: Questionnaire, after: Questionnaire) -> Iterator[Change]:
    return _by_id("PAGE", "pages", before.pages, after.pages, _PAGE)


def _by_id(
    what: str, where: str, before: tuple[Page | EndPage, ...], after: tuple[Page | EndPage, ...], without: set[str]
) -> Iterator[Change]:
    """What came, what changed in itself, and what went."""
    old = {page.id: page for page in before}
    for number, page in enumerate(after):
        path = f"{where}[{number}]"
        if page.id not in old:
            yield Change(f"{what}_ADDED", page.id, path)
        else:
            yield from _fields_of(page.id, path, old[page.id], page, without)
    kept = {page.id for page in after}
    yield from (Change(f"{what}_REMOVED", page.id, where) for page in before if page.id not in kept)


def _questions(before: Questionnaire, was: Questionnaire, after: Questionnaire, renamed: Mapping[str, str]) -> Iterator[Change]:
    """What became of each question; `was` is the older edition with the ids of the newer."""
    old = {question.id: question for question in was.questions()}
    former = {renamed[question.id]: question.id for question in before.questions() if question.id in renamed}
    kept = set()
    for path, question in questions_with_paths(after):
        kept.add(question.id)
        if question.id not in old:
            yield Change("QUESTION_ADDED", question.id, path, after=question.text.say(""))
            continue
        if question.id in former:
            yield Change("QUESTION_RENAMED", question.id, f"{path}.id", former[question.id], question.id)
        yield from _question(path, old[question.id], question)
    for name, question in old.items():
        if name not in kept:
            yield Change("QUESTION_REMOVED", name, "pages", before=question.text.say(""))
    yield from _moved(was, after)


def _question(path: str, old: Question, new: Question) -> Iterator[Change]:
    if old.kind != new.kind:
        yield Change("KIND_CHANGED", new.id, f"{path}.kind", old.kind, new.kind)
        yield from _texts(new.id, f"{path}.text", "text", old.text, new.text)
        return
    if isinstance(old, Metric) and isinstance(new, Metric) and _scale_of(old) != _scale_of(new):
        yield Change("SCALE_CHANGED", new.id, path, _scale_of(old), _scale_of(new))
    yield from _fields_of(new.id, path, old, new, _QUESTION | (_SCALE if isinstance(new, Metric) else set()))
    if isinstance(old, Choosing) and isinstance(new, Choosing):
        yield from _items("CHOICE", new.id, f"{path}.choices", old.choices, new.choices)
    if isinstance(old, InRows) and isinstance(new, InRows):
        yield from _items("ROW", new.id, f"{path}.rows", old.rows, new.rows)
    if isinstance(old, Matrix) and isinstance(new, Matrix):
        yield from _items("COLUMN", new.id, f"{path}.columns", old.columns, new.columns)
    for name in ("groups", "fields"):
        if getattr(old, name, ()) != getattr(new, name, ()):
            yield Change("FIELD_CHANGED", new.id, f"{path}.{name}", detail=name)


def _scale_of(question: Metric) -> str:
    lowest, highest = question.ends
    scale = f"{lowest}–{highest}"
    if isinstance(question, Csat):
        return f"{scale}, {question.top_boxes}/{question.bottom_boxes}"
    return f"{scale}, {question.convention.value}" if isinstance(question, Ces) else scale


def _items(what: str, name: str, path: str, old: tuple[Choice | Row, ...], new: tuple[Choice | Row, ...]) -> Iterator[Change]:
    before, after = {one.code: one for one in old}, {one.code: one for one in new}
    for number, (code, one) in enumerate(after.items()):
        if code not in before:
            yield Change(f"{what}_ADDED", name, f"{path}[{number}]", after=one.text.say(""), detail=code)
        else:
            yield from (
                Change(f"{what}_CHANGED", name, change.path, change.before, change.after, code)
                for change in _fields_of(name, f"{path}[{number}]", before[code], one, {"code"})
            )
    for code, one in before.items():
        if code not in after:
            yield Change(f"{what}_REMOVED", name, path, before=one.text.say(""), detail=code)
    kept = [code for code in after if code in before]
    if kept != [code for code in before if code in after]:
        yield Change(f"{what}_ORDER", name, path)


def _moved(before: Questionnaire, after: Questionnaire) -> Iterator[Change]:
    """The questions that stand elsewhere among those that were there before and still are."""
    old, new = [one.id for one in before.questions()], [one.id for one in after.questions()]
    old, new = [name for name in old if name in set(new)], [name for name in new if name in set(old)]
    stays = {
        name for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks() for name in old[block.a :][: block.size]
    }
    for name in new:
        if name not in stays:
            yield Change("QUESTION_MOVED", name, "pages", str(old.index(name) + 1), str(new.index(name) + 1))


def _end_pages(before: Questionnaire, after: Questionnaire) -> Iterator[Change]:
    return _by_id("END_PAGE", "end_pages", before.end_pages, after.end_pages, {"id"})


def _walks(before: Questionnaire, after: Questionnaire) -> Iterator[Change]:
    old = {saved.id: saved for saved in before.walks}
    kept = {saved.id for saved in after.walks}
    for number, saved in enumerate(after.walks):
        if old.get(saved.id) != saved:
            yield Change("WALK_CHANGED" if saved.id in old else "WALK_ADDED", saved.id, f"walks[{number}]")
    yield from (Change("WALK_REMOVED", name, "walks") for name in old if name not in kept)


def _fields_of(name: str, path: str, old: object, new: object, without: set[str]) -> Iterator[Change]:
    """What differs in the plain fields and texts of two things of one kind."""
    for one in fields(new):  # type: ignore[arg-type]
        before, after = getattr(old, one.name), getattr(new, one.name)
        if one.name in without or before == after:
            continue
        here = f"{path}.{one.name}" if path else one.name
        if isinstance(before, Texts) and isinstance(after, Texts):
            yield from _texts(name, here, one.name, before, after)
        elif isinstance(before, Mapping) and isinstance(after, Mapping):
            for key in dict.fromkeys((*after, *before)):
                if before.get(key) != after.get(key):
                    yield from _texts(name, f"{here}.{key}", key, before.get(key, Texts()), after.get(key, Texts()))
        elif one.name in {"show_if", "end_if", "when"}:
            yield Change("CONDITION_CHANGED", name, here, before, after, one.name)
        else:
            yield Change("FIELD_CHANGED", name, here, _shown(before), _shown(after), one.name)


def _texts(name: str, path: str, detail: str, old: Texts, new: Texts) -> Iterator[Change]:
    """What differs in a text; one that came as a whole or went is told in its first language, a translation that did by its code."""
    if not old or not new:
        yield Change("FIELD_CHANGED", name, path, old.say(""), new.say(""), detail)
        return
    for language in dict.fromkeys((*new, *old)):
        before, after = old.get(language, ""), new.get(language, "")
        if before == after:
            continue
        code = TEXT_ADDED if not before else TEXT_REMOVED if not after else "TEXT_CHANGED" if detail == "text" else "FIELD_CHANGED"
        yield Change(code, name, f"{path}.{language}", before, after, detail)


def _shown(value: object) -> str:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if value is None or isinstance(value, Mapping | tuple) or hasattr(value, "__dataclass_fields__"):
        return ""
    return str(value)
