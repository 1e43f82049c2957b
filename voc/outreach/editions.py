"""Published questionnaires at hand: versions never change, so each is read once."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from voc.core import settings
from voc.core.errors import NotFound
from voc.surveys.queries import questionnaire_of, versions_by_id
from voc.surveys.questionnaire import Questionnaire

_KEPT: dict[UUID, Questionnaire] = {}
_MOST = 500


async def questionnaire_in(version_id: UUID) -> Questionnaire:
    """What the version asks; NotFound when there is no such version."""
    if version_id not in _KEPT:
        found = (await versions_by_id([version_id])).get(version_id)
        if found is None:
            raise NotFound("There is no such version of a survey.")
        if len(_KEPT) >= _MOST:
            _KEPT.clear()
        _KEPT[version_id] = questionnaire_of(found)
    return _KEPT[version_id]


async def metrics_in(version_ids: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """Which metrics each version measures."""
    return {one: frozenset(metric.kind for metric in (await questionnaire_in(one)).metrics()) for one in set(version_ids)}


def language_among(languages: tuple[str, ...], wanted: str | None) -> str:
    """The language to ask in: the wanted one or its base, else the house's, else the questionnaire's first."""
    return _chosen(languages, wanted or "", settings.current().default_language)


@lru_cache(maxsize=1024)
def _chosen(languages: tuple[str, ...], wanted: str, default: str) -> str:
    candidates = (wanted, wanted.split("-", 1)[0], default)
    return next((language for language in candidates if language in languages), languages[0])
