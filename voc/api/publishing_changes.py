"""Publishing, and asking, agreeing, refusing and taking back."""

from datetime import datetime
from uuid import UUID

import strawberry

from voc.api.context import Info
from voc.api.exposed import shape, takes
from voc.api.global_ids import row_id
from voc.api.mutations import mutation
from voc.api.publishing import PublishRequest, QuestionRenameInput, decided_in
from voc.api.surveys import SurveyVersion
from voc.surveys import models
from voc.surveys.publish import publish_survey
from voc.surveys.publish_requests import approve_publish, refuse_publish, request_publish, withdraw_publish


@takes
class PublishSurveyInput:
    """A survey to publish."""

    survey_id: strawberry.ID
    """The survey."""
    renames: list[QuestionRenameInput] | None
    """Questions of the published version that go on under another id. Where a question went and another of its kind came, it must be
    said here or in `removed` what became of it, else it is a Conflict with the code RENAMED; `publishCheck` lists them."""
    removed: list[str] | None
    """Questions of the published version that were taken out, by their ids."""


@takes
class RequestPublishInput:
    """A survey to publish once somebody agrees, or at a moment."""

    survey_id: strawberry.ID
    """The survey; its draft as it is now is what will be published."""
    renames: list[QuestionRenameInput] | None
    """Questions that go on under another id, as in `publishSurvey`."""
    removed: list[str] | None
    """Questions that were taken out, as in `publishSurvey`."""
    publish_at: datetime | None
    """From when customers see it; at once when left out, which needs a second person."""
    note: str | None
    """A word to whoever agrees, at most 500 characters."""


@takes
class ApprovePublishInput:
    """A request to agree to."""

    request_id: strawberry.ID
    """The request."""


@takes
class WithdrawPublishInput:
    """A request to take back."""

    request_id: strawberry.ID
    """The request."""


@takes
class RefusePublishInput:
    """A request to refuse."""

    request_id: strawberry.ID
    """The request."""
    reason: str
    """Why, in at most 500 characters, so that it can be mended."""


@shape
class PublishMutations:
    """Publishing."""

    @mutation(SurveyVersion)
    async def publish_survey(self, info: Info, input: PublishSurveyInput) -> models.SurveyVersion:
        """Freeze the draft as the edition customers see from now on. Invitations that are out keep theirs.

        Where a second person must agree it is a Conflict with the code APPROVAL_NEEDED: use `requestPublish`.
        """
        survey_id = row_id(input.survey_id, "Survey", path="surveyId")
        return await publish_survey(info.context.actor, survey_id, decided_in(input.renames, input.removed))

    @mutation(PublishRequest)
    async def request_publish(self, info: Info, input: RequestPublishInput) -> models.PublishRequest:
        """Ask that the draft as it is now be published: by a second person's leave where one must agree, at a moment where one is given.

        A survey has one such request at a time (Conflict ASKED_ALREADY), so that sending it twice asks once.
        """
        survey_id = row_id(input.survey_id, "Survey", path="surveyId")
        decided = decided_in(input.renames, input.removed)
        return await request_publish(info.context.actor, survey_id, decided, publish_at=input.publish_at, note=input.note or "")

    @mutation(PublishRequest)
    async def approve_publish(self, info: Info, input: ApprovePublishInput) -> models.PublishRequest:
        """Agree: exactly what was asked for is published, now or at its moment. Whoever asked cannot (Conflict OWN_REQUEST)."""
        return await approve_publish(info.context.actor, _request(input))

    @mutation(PublishRequest)
    async def refuse_publish(self, info: Info, input: RefusePublishInput) -> models.PublishRequest:
        """Say no, and why. Nothing is published."""
        return await refuse_publish(info.context.actor, _request(input), input.reason)

    @mutation(PublishRequest)
    async def withdraw_publish(self, info: Info, input: WithdrawPublishInput) -> models.PublishRequest:
        """Take back what waits for a colleague or for its moment; whoever may publish can. Nothing is published."""
        return await withdraw_publish(info.context.actor, _request(input))


def _request(input: ApprovePublishInput | RefusePublishInput | WithdrawPublishInput) -> UUID:
    return row_id(input.request_id, "PublishRequest", path="requestId")
