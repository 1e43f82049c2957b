"""Quotas and scores. PURE."""

from collections.abc import Container

from voc.surveys.formats.qsf.flow import ending_quotas
from voc.surveys.formats.qsf.logic import holds_something
from voc.surveys.formats.qsf.loose import group, groups, text, whole, word
from voc.surveys.formats.qsf.names import Names, plain_id
from voc.surveys.formats.qsf.options import points_of
from voc.surveys.formats.qsf.pages import Assembly
from voc.surveys.questionnaire import NamedScore, Quota
from voc.surveys.questions import Choosing, InRows
from voc.surveys.texts import Texts

_ENDING = {"EndCurrentSurvey", "EndSurvey", "PreventAllSurveys", "End"}


def quotas_of(assembly: Assembly) -> tuple[Quota, ...]:
    """Quotas that end the survey when they are full; those that only count are reported."""
    quotas: dict[str, Quota] = {}
    notes = assembly.logic.notes
    ending = frozenset().union(*(ending_quotas(station) for station in assembly.flow.stations))
    for one in assembly.source.quotas:
        quota_id, name, limit = word(one.get("ID")), text(one.get("Name")), whole(one.get("Occurrences"))
        if word(one.get("QuotaAction")) not in _ENDING and quota_id not in ending:
            notes.dropped(quota_id, "QUOTA_DROPPED", name, "It counts without ending anything. Look at the figures instead.")
            continue
        condition = assembly.logic.condition(one.get("Logic"), (quota_id,)) if holds_something(one.get("Logic")) else None
        if limit is None or not 1 <= limit <= 10_000_000 or (condition is None and holds_something(one.get("Logic"))):
            notes.dropped(quota_id, "QUOTA_DROPPED", name, "What it counts, or its limit, cannot be said here. Set it by hand.")
            continue
        own = _new_id(plain_id(name or quota_id), quotas)
        quotas[own] = Quota(id=own, limit=limit, when=condition.yes if condition else "")
        if word(one.get("QuotaAction")) == "PreventAllSurveys":
            notes.changed(quota_id, "QUOTA_CHANGED", name, "It ends the survey for those who fall under it, not for everybody.")
    return tuple(quotas.values())


def scores_of(assembly: Assembly, names: Names) -> tuple[NamedScore, ...]:
    """The sums of points, one for each scoring category that any question counts in."""
    scores: dict[str, NamedScore] = {}
    for one in groups([dict(each) for each in assembly.source.scoring]):
        category = word(one.get("ID"))
        counting = tuple(
            built.question.id
            for source_id, built in names.questions.items()
            if category in points_of(assembly.pipes.payloads[source_id]) and isinstance(built.question, Choosing | InRows)
        )
        if counting:
            own = _new_id(plain_id(text(one.get("Name")) or category), scores)
            named = assembly.pipes.plain(category, text(one.get("Name")))[:200]
            scores[own] = NamedScore(
                id=own, name=Texts({assembly.pipes.base: named}, assembly.pipes.fallback) if named else Texts(), questions=counting
            )
        elif word(group(one).get("Name")) not in {"", "Score"}:
            assembly.logic.notes.dropped(category, "SCORE_DROPPED", text(one.get("Name")), "No question that is asked counts in it.")
    return tuple(scores.values())


def _new_id(wanted: str, taken: Container[str]) -> str:
    number, found = 1, wanted[:50]
    while found in taken:
        number += 1
        found = f"{wanted[:50]}_{number}"
    return found
