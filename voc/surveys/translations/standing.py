"""How far the languages of drafts are, for lists of many: each draft is read once for each of its editions."""

from collections import OrderedDict
from uuid import UUID

from voc.surveys.documents import questionnaire_in
from voc.surveys.questionnaire import QuestionnaireError
from voc.surveys.translations.table import Progress, progress

MOST_KEPT = 2000
LONGEST = 200_000
_kept: OrderedDict[tuple[UUID, int], tuple[Progress, ...] | None] = OrderedDict()


def progress_of(survey_id: UUID, revision: int, text: str) -> tuple[Progress, ...] | None:
    """How far each language of a draft is; None where it describes nothing yet, or is too long to be read while a list waits."""
    key = survey_id, revision
    if key not in _kept:
        _kept[key] = _read(text) if len(text) <= LONGEST else None
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return _kept[key]


def _read(text: str) -> tuple[Progress, ...] | None:
    try:
        return progress(questionnaire_in(text))
    except QuestionnaireError:
        return None
