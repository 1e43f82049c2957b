"""What the changes between two editions of a questionnaire do to every metric. PURE.

A metric goes on as one line only while people are asked the same: its wording, scale, cut-offs, and who is asked. What may shift it a
little, without making it another question, is named too (order effects: Schuman and Presser 1981).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from voc.surveys.called_anew import called_anew
from voc.surveys.changes import TEXT_ADDED, Change, changes_between, summed_up
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.renames import likely_renames, lost_questions


class TrendVerdict(StrEnum):
    """What a change does to the line of a metric."""

    GOES_ON = "goes_on"
    MAY_SHIFT = "may_shift"
    BREAKS = "breaks"
    BEGINS = "begins"
    ENDS = "ends"


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


def difference(before: Questionnaire, after: Questionnaire, renamed: Mapping[str, str] | None = None) -> Difference:
    """Compare two editions; `renamed` says which questions of the older one go on under which id, and is guessed where it is left out."""
    names = likely_renames(lost_questions(before, after)) if renamed is None else dict(renamed)
    changes = changes_between(before, after, names)
    return Difference(summed_up(changes), tuple(_effects(before, after, changes, names)))


_SHIFTING = {"low", "high", "help", "required", "wanted", "look", "labels"}


def _effects(before: Questionnaire, after: Questionnaire, changes: tuple[Change, ...], renamed: Mapping[str, str]) -> Iterator[Effect]:
    was = called_anew(before, after, renamed)
    old = {renamed.get(question.id, question.id): question for question in before.metrics()}
    new = {question.id: question for question in after.metrics()}
    for name in dict.fromkeys((*new, *old)):
        mine = tuple(change for change in changes if change.name == name)
        if name not in old:
            came = tuple(change for change in mine if change.code in {"QUESTION_ADDED", "KIND_CHANGED"})
            yield Effect(new[name].kind, name, TrendVerdict.BEGINS, came)
        elif name not in new:
            yield Effect(old[name].kind, name, TrendVerdict.ENDS, mine)
        else:
            around = tuple(_around(was, after, name))
            earlier = tuple(change for change in changes if change.code in {"LANGUAGE_ADDED", "LANGUAGE_REMOVED"})
            yield _effect(new[name].kind, name, mine, around, earlier)


def _around(was: Questionnaire, after: Questionnaire, name: str) -> Iterator[Change]:
    """What decides beside a question's own condition who is asked it, where that differs: its page, and what ends it all before that."""
    (old, old_ends), (new, new_ends) = _conditions(was, name), _conditions(after, name)
    at = {page.id: f"pages[{number}]" for number, page in enumerate(after.pages)}
    for code, field in (("CONDITION_CHANGED", "show_if"), ("FIELD_CHANGED", "loop")):
        if old[field] != new[field]:
            yield Change(code, new["id"], f"{at[new['id']]}.{field}", old[field], new[field], field)
    if sorted(old_ends.values()) != sorted(new_ends.values()):
        for page in dict.fromkeys((*new_ends, *old_ends)):
            before, now = old_ends.get(page, ""), new_ends.get(page, "")
            if before != now:
                yield Change("CONDITION_CHANGED", page, f"{at[page]}.end_if" if page in at else "pages", before, now, "end_if")


def _conditions(edition: Questionnaire, name: str) -> tuple[dict[str, str], dict[str, str]]:
    """What the page of a question says of who sees it, and the conditions, by their pages, under which nobody comes that far."""
    number = next(number for number, page in enumerate(edition.pages) if any(one.id == name for one in page.questions))
    page = edition.pages[number]
    loop = page.loop or ("loop_over" if page.loop_over else "")
    ends = {one.id: one.end_if for one in edition.pages[: number + bool(loop)] if one.end_if}
    return {"id": page.id, "show_if": page.show_if, "loop": loop}, ends


def _effect(metric: str, name: str, mine: tuple[Change, ...], around: tuple[Change, ...], elsewhere: tuple[Change, ...]) -> Effect:
    breaking = (*(change for change in mine if _breaks(change)), *around)
    if breaking:
        return Effect(metric, name, TrendVerdict.BREAKS, breaking)
    shifting = (*(change for change in mine if _shifts(change)), *_translated(mine, {one.name for one in elsewhere}), *elsewhere)
    renamed = tuple(change for change in mine if change.code == "QUESTION_RENAMED")
    return Effect(metric, name, TrendVerdict.MAY_SHIFT if shifting else TrendVerdict.GOES_ON, (*renamed, *shifting))


def _shifts(change: Change) -> bool:
    return change.code == "QUESTION_MOVED" or (change.detail in _SHIFTING and change.code != TEXT_ADDED)


def _translated(mine: tuple[Change, ...], whole: set[str]) -> Iterator[Change]:
    """One change for each language in which a question can be read now, those left out that are new as a whole."""
    for change in mine:
        language = change.path.rpartition(".")[2]
        if change.code == TEXT_ADDED and language not in whole:
            whole.add(language)
            yield change


def _breaks(change: Change) -> bool:
    if change.code == "TEXT_CHANGED":
        return SequenceMatcher(None, change.before.lower().split(), change.after.lower().split()).ratio() < 1
    if change.code == "CONDITION_CHANGED":
        return ".questions[" in change.path  # a page may be called like a question on it
    return change.code in {"SCALE_CHANGED", "KIND_CHANGED"}
