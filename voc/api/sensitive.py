"""Answers a designer marked as personal: whoever may not see who a customer is may not read them either."""

from uuid import UUID

from voc.api.context import Info
from voc.core.access import Action
from voc.responses.models import Response
from voc.responses.queries import questionnaire_by_version
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Asked, Choosing

NOTHING: frozenset[str] = frozenset()


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


def sensitive_in(questionnaire: Questionnaire) -> frozenset[str]:
    """The names under which answers to sensitive questions are kept."""
    marked = [question for question in questionnaire.questions() if isinstance(question, Asked) and question.sensitive]
    return frozenset(question.id for question in marked) | {question.other_id for question in marked if isinstance(question, Choosing)}
