"""Answers a designer marked as personal: whoever may not see who a customer is may not read them either."""

from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from voc.api.context import Info
from voc.core.access import Action
from voc.responses.models import Answer, Response
from voc.responses.queries import questionnaire_by_version
from voc.surveys.course import course_of
from voc.surveys.models import SurveyVersion
from voc.surveys.queries import questionnaire_of
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Asked

NOTHING: frozenset[str] = frozenset()
_hidden_by_version: dict[UUID, frozenset[str]] = {}  # a version never changes


def may_read(info: Info) -> bool:
    """Whether the actor may know who the customer is in every response they see; a handler who studies all teams may not."""
    identities, responses = info.context.actor.reach(Action.SEE_IDENTITY), info.context.actor.reach(Action.SEE_RESPONSES)
    return identities.all or (not responses.all and bool(identities) and responses.teams <= identities.teams)


async def hidden_in(info: Info, response_id: UUID, version_id: UUID | None = None) -> frozenset[str]:
    """The questions of a response whose answers the actor may not read; its version is looked up unless it is known."""
    if may_read(info):
        return NOTHING
    if version_id is None:
        response = await info.context.loaders.row(Response, response_id)
        version_id = response.version_id if response else None
    return sensitive_in(await questionnaire_by_version(version_id)) if version_id else NOTHING


async def readable(info: Info, answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """Those of the answers that the actor may read, so that no search finds what it may not show."""
    if may_read(info):
        return answers
    for version in await SurveyVersion.exclude(id__in=list(_hidden_by_version)):
        _hidden_by_version[version.id] = sensitive_in(questionnaire_of(version))
    versions_hiding: dict[frozenset[str], list[UUID]] = {}
    for version_id, questions in _hidden_by_version.items():
        versions_hiding.setdefault(questions, []).append(version_id)
    versions_hiding.pop(NOTHING, None)
    hidden = [Q(response__version_id__in=ids, question__in=list(questions)) for questions, ids in versions_hiding.items()]
    return answers.filter(~Q(*hidden, join_type="OR")) if hidden else answers


def sensitive_in(questionnaire: Questionnaire) -> frozenset[str]:
    """The names under which answers to sensitive questions are kept."""
    course = course_of(questionnaire)
    marked = [question.id for question in course.questions.values() if isinstance(question, Asked) and question.sensitive]
    return frozenset(name for one in marked for name in (one, *course.names[one]))
