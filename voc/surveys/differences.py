"""What changed between two editions of a questionnaire, and what that does to every metric. PURE.

Questions, pages and end pages are told apart by their ids; whatever has another id is another one. A metric goes on as one line only
while people are asked the same: its wording, scale, cut-offs, and who is asked. What may shift it a little, without making it another
question, is named too (order effects: Schuman and Presser 1981).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum

from voc.surveys.check_logic import questions_with_paths
from voc.surveys.questionnaire import EndPage, Page, Questionnaire
from voc.surveys.questions import Ces, Choice, Choosing, Csat, InRows, Matrix, Metric, Question, Row
from voc.surveys.texts import Texts


class TrendVerdict(StrEnum):
    """What a change does to the line of a metric."""

    GOES_ON = "goes_on"
    MAY_SHIFT = "may_shift"
    BREAKS = "breaks"
    BEGINS = "begins"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was: what (`code`), whose (`name`), where in the newer document, and from what to what."""

    code: str
    name: str
    path: str
    before: str = ""
    after: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What the changes do to one metric question: the verdict, and the codes of the changes that lead to it."""

    metric: str
    question: str
    verdict: TrendVerdict
    reasons: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that changed, in the order of the newer document, and the effect on each metric of either."""

    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]

    @property
    def breaks(self) -> tuple[Effect, ...]:
        """The metrics whose line does not go on."""
        return tuple(effect for effect in self.effects if effect.verdict in {TrendVerdict.BREAKS, TrendVerdict.ENDS})


def difference(before: Questionnaire, after: Questionnaire) -> Difference:
    """Compare two editions."""
    changes = (
        *_languages(before, after),
        *_fields_of("survey", "", before, after, _WHOLE),
        *_pages(before, after),
        *_questions(before, after),
        *_end_pages(before, after),
    )
    return Difference(changes, tuple(_effects(before, after, changes)))


_WHOLE = {"pages", "end_pages", "languages", "origin", "key"}
_PAGE = {"id", "questions"}
_QUESTION = {"id", "choices", "rows", "columns", "groups", "fields", "source_id"}
_SCALE = {"lowest", "highest", "top_boxes", "bottom_boxes", "convention"}
_SHIFTING = {"low", "high", "help", "required", "wanted", "look", "labels"}


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


def _questions(before: Questionnaire, after: Questionnaire) -> Iterator[Change]:
    old = {question.id: question for question in before.questions()}
    new = {question.id: question for question in after.questions()}
    gone = {name: question for name, question in old.items() if name not in new}
    for path, question in questions_with_paths(after):
        if question.id in old:
            yield from _question(path, old[question.id], question)
        elif renamed := _like(question, gone):
            del gone[renamed]
            yield Change("QUESTION_RENAMED", question.id, f"{path}.id", renamed, question.id)
        else:
            yield Change("QUESTION_ADDED", question.id, path, after=question.text.say(""))
    for name, question in gone.items():
        yield Change("QUESTION_REMOVED", name, "pages", before=question.text.say(""))
    yield from _moved(before, after)


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


def _fields_of(name: str, path: str, old: object, new: object, without: set[str]) -> Iterator[Change]:
    """What differs in the plain fields and texts of two things of one kind."""
    for one in fields(new):  # type: ignore[arg-type]
        before, after = getattr(old, one.name), getattr(new, one.name)
        if one.name in without or before == after:
            continue
        here = f"{path}.{one.name}" if path else one.name
        if isinstance(before, Texts) and isinstance(after, Texts):
            yield from _texts(name, here, one.name, before, after)
        elif one.name in {"show_if", "end_if", "when"}:
            yield Change("CONDITION_CHANGED", name, here, before, after, one.name)
        else:
            yield Change("FIELD_CHANGED", name, here, _shown(before), _shown(after), one.name)


def _texts(name: str, path: str, detail: str, old: Texts, new: Texts) -> Iterator[Change]:
    for language in dict.fromkeys((*new, *old)):
        before, after = old.get(language, ""), new.get(language, "")
        if before and after and before != after:
            code = "TEXT_CHANGED" if detail == "text" else "FIELD_CHANGED"
            yield Change(code, name, f"{path}.{language}", before, after, detail)


def _shown(value: object) -> str:
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, Mapping | tuple) or hasattr(value, "__dataclass_fields__"):
        return ""
    return str(value)


def _like(question: Question, gone: Mapping[str, Question]) -> str:
    """The id of a question that is gone and reads as this one does; "" where there is none."""
    for name, old in gone.items():
        if old.kind == question.kind and old.text and old.text.say("") == question.text.say(""):
            return name
    return ""


def _effects(before: Questionnaire, after: Questionnaire, changes: tuple[Change, ...]) -> Iterator[Effect]:
    old = {question.id: question for question in before.metrics()}
    new = {question.id: question for question in after.metrics()}
    for name in dict.fromkeys((*new, *old)):
        mine = tuple(change for change in changes if change.name == name)
        if name not in old:
            came = tuple(change for change in mine if change.code in {"QUESTION_ADDED", "QUESTION_RENAMED", "KIND_CHANGED"})
            yield Effect(new[name].kind, name, TrendVerdict.BEGINS, came)
        elif name not in new:
            yield Effect(old[name].kind, name, TrendVerdict.ENDS, mine)
        else:
            page = next(page for page in after.pages if any(one.id == name for one in page.questions))
            around = tuple(change for change in changes if change.name == page.id and change.code == "CONDITION_CHANGED")
            earlier = tuple(change for change in changes if change.code in {"LANGUAGE_ADDED", "LANGUAGE_REMOVED"})
            yield _effect(new[name].kind, name, (*mine, *around), earlier)


def _effect(metric: str, name: str, mine: tuple[Change, ...], elsewhere: tuple[Change, ...]) -> Effect:
    breaking = tuple(change for change in mine if _breaks(change))
    if breaking:
        return Effect(metric, name, TrendVerdict.BREAKS, breaking)
    shifting = (*(change for change in mine if change.code == "QUESTION_MOVED" or change.detail in _SHIFTING), *elsewhere)
    return Effect(metric, name, TrendVerdict.MAY_SHIFT if shifting else TrendVerdict.GOES_ON, shifting)


def _breaks(change: Change) -> bool:
    if change.code == "TEXT_CHANGED":
        return SequenceMatcher(None, change.before.lower().split(), change.after.lower().split()).ratio() < 1
    return change.code in {"SCALE_CHANGED", "KIND_CHANGED", "CONDITION_CHANGED"}
