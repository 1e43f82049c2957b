"""What edits of a draft would do beyond the draft: to trends, and to answers that are kept under its codes. PURE."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from voc.surveys.another_kind import as_kind
from voc.surveys.changes import Change
from voc.surveys.differences import Effect, TrendVerdict
from voc.surveys.edit_places import asked, items
from voc.surveys.edits import ChangeKind, Edit, Rename, edited
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import KINDS, Metric

_CODED = ("choices", "rows", "columns", "fields", "groups")


@dataclass(frozen=True, slots=True)
class Lost:
    """Something of a question that would be gone: a field, or a code or id under which answers are kept (`is_stored`)."""

    question: str
    name: str
    is_stored: bool


@dataclass(frozen=True, slots=True)
class Consequences:
    """What would be lost, and the trends that would not go on."""

    lost: tuple[Lost, ...]
    effects: tuple[Effect, ...]


def consequences(document: Mapping[str, Any], edits: tuple[Edit, ...], published: Questionnaire | None) -> Consequences:
    """What edits would do, without doing them. Raises Invalid, by the number of the edit, where one cannot be done."""
    before = {str(one.get("id")): one for one in asked(dict(document))}
    after = {str(one.get("id")): one for one in asked(edited(dict(document), edits))}
    kinds = [edit for edit in edits if isinstance(edit, ChangeKind) and before.get(edit.question, {}).get("kind") != edit.kind]
    fields = (Lost(edit.question, name, False) for edit in kinds for name in _fields_lost(before.get(edit.question), edit.kind))
    lost = (*fields, *_stored(before, after, edits, published))
    return Consequences(tuple(dict.fromkeys(lost)), tuple(_effects(kinds, published)))


def _fields_lost(question: Mapping[str, Any] | None, kind: str) -> tuple[str, ...]:
    return as_kind(question, kind).lost if question and kind in KINDS else ()


def _stored(
    before: Mapping[str, Any], after: Mapping[str, Any], edits: tuple[Edit, ...], published: Questionnaire | None
) -> Iterator[Lost]:
    """The published ids and codes that the draft has now and would not have then."""
    names = {edit.question: edit.new_id for edit in edits if isinstance(edit, Rename)}
    for question in published.questions() if published else ():
        if question.id not in before:
            continue
        if question.id in names and names[question.id] != question.id:
            yield Lost(question.id, question.id, True)
        now = after.get(names.get(question.id, question.id))
        if now is not None:
            held, kept = _codes(before[question.id]), _codes(now)
            yield from (Lost(question.id, code, True) for code in _published_codes(question) if code in held and code not in kept)


def _codes(question: Mapping[str, Any]) -> set[str]:
    listed = (item for name in _CODED for item in items(dict(question), name))
    return {str(item.get("code", item.get("id", ""))) for item in listed}


def _published_codes(question: object) -> Iterator[str]:
    for name in _CODED:
        for item in getattr(question, name, ()):
            yield str(getattr(item, "code", getattr(item, "id", "")))


def _effects(kinds: list[ChangeKind], published: Questionnaire | None) -> Iterator[Effect]:
    for edit in kinds:
        asked_now = published.question(edit.question) if published else None
        if isinstance(asked_now, Metric) and asked_now.kind != edit.kind:
            verdict = TrendVerdict.BREAKS if issubclass(KINDS[edit.kind], Metric) else TrendVerdict.ENDS
            reason = Change("KIND_CHANGED", edit.question, f"questions/{edit.question}/kind", asked_now.kind, edit.kind)
            yield Effect(asked_now.kind, edit.question, verdict, (reason,))
