"""Reminding the rest: those who were asked and have not reacted."""

import strawberry

from voc.api.context import Info
from voc.api.exposed import enum, one_of, shape
from voc.api.global_ids import row_id
from voc.api.mutations import mutation
from voc.outreach.delivering import remind
from voc.outreach.delivering.remind import WhyNot

enum(
    WhyNot,
    "Why an invitation whose link still works is not reminded now. New values may be added: handle unknown ones.",
    name="WhyNotReminded",
    NOT_SENT="It has not been sent.",
    REACTED="The customer has begun to answer, answered, written back, or said that it was not for them.",
    NOT_OURS="Another system delivers it, or no policy asked.",
    ENDS_SOON="Its link ends within a day.",
    TOO_SOON="The last message about it left less than a day ago.",
    ENOUGH="It was reminded as often as its policy allows.",
    NEXT_TIME="A thousand are planned at once: call again for these.",
)


@one_of
class RemindInvitationsInput:
    """Whose invitations."""

    survey_id: strawberry.ID | None = strawberry.UNSET
    """Those of a survey."""
    policy_id: strawberry.ID | None = strawberry.UNSET
    """Those of a policy."""


@shape
class NotReminded:
    """Invitations that are not reminded now, for one reason."""

    reason: WhyNot
    """Why."""
    count: int
    """How many."""


@shape
class RemindedInvitations:
    """What was planned. Each is looked at once more when its turn comes: consent, windows, quiet days, what is open with the customer."""

    planned: int
    """How many reminders leave now, or as soon as may be."""

    left_out: list[NotReminded]
    """Why the others do not, the most frequent reason first."""


@shape
class ReminderMutations:
    """Asking once more."""

    @mutation(RemindedInvitations)
    async def remind_invitations(self, info: Info, input: RemindInvitationsInput) -> RemindedInvitations:
        """Remind everybody who was asked, can still answer and has not reacted: at most a thousand at once, as often as allowed."""
        reminded = await remind.remind_invitations(
            info.context.actor,
            survey_id=row_id(input.survey_id, "Survey", path="surveyId") if input.survey_id else None,
            policy_id=row_id(input.policy_id, "Policy", path="policyId") if input.policy_id else None,
        )
        ordered = sorted(reminded.left_out.items(), key=lambda one: (-one[1], one[0]))
        left_out = [NotReminded(reason=reason, count=count) for reason, count in ordered]
        return RemindedInvitations(planned=reminded.planned, left_out=left_out)
