"""A question by its id, over all versions of its survey: what was renamed is found under the names it had."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from voc.core.db import marks
from voc.surveys.lineage import Edition, lineage, newest_name
from voc.surveys.queries import current_version, editions_of, questionnaire_of

Filter = tuple[str, list[object]]


async def question_filter(question: str, survey_id: UUID | None) -> Filter:
    """The condition on `score s` that lets through what was answered to the question, in one survey or in all; one statement, and one
    more for each survey in which the name itself was given up."""
    elsewhere = ["s.question = ?"]
    values: list[object] = [question]
    renamed: list[Filter] = []
    for survey, editions in (await editions_of(survey_id)).items():
        if any(edition.renamed for edition in editions):
            names = lineage(editions, await _newest(question, survey, editions))
            if list(names) != [question] or len(names[question]) < len(editions):
                elsewhere.append("s.survey_id <> ?")
                values.append(survey)
                renamed.append(_named(names))
    conditions = [" AND ".join(elsewhere), *(condition for condition, _ in renamed)]
    return f"({' OR '.join(f'({one})' for one in conditions)})", [*values, *(value for _, more in renamed for value in more)]


async def newest_question(question: str, survey_id: UUID) -> str:
    """What the newest version of a survey calls a question that may be asked for by a name it had before."""
    editions = (await editions_of(survey_id)).get(survey_id, [])
    return await _newest(question, survey_id, editions)


async def _newest(question: str, survey_id: UUID, editions: Sequence[Edition]) -> str:
    newest = newest_name(editions, question)
    if newest == question:
        return question
    version = await current_version(survey_id)
    is_asked = version is not None and any(one.id == question for one in questionnaire_of(version).questions())
    return question if is_asked else newest


def _named(names: Mapping[str, tuple[UUID, ...]]) -> Filter:
    each = [f"s.question = ? AND s.version_id IN ({marks(versions)})" for versions in names.values()]
    return " OR ".join(f"({one})" for one in each), [value for name, versions in names.items() for value in (name, *versions)]
