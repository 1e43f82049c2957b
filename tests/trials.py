"""An experiment that has run: customers asked by either arm, and what some of them answered."""

from datetime import timedelta
from uuid import UUID

from tests.makers import SYSTEM
from voc.core import clock
from voc.core.ids import new_id
from voc.customers.models import Channel, Contact, Customer
from voc.insight.models import Metric, Score
from voc.outreach.deciding.verdicts import Reason, Verdict
from voc.outreach.models import Decision, Invitation, InvitationState, Policy
from voc.outreach.policies.save import save_policy
from voc.responses.models import Response, ResponseState
from voc.surveys.models import Survey, SurveyVersion

SATISFIED, DISSATISFIED = 5, 1
_SCALE = {"question": "csat", "metric": Metric.CSAT, "low": 1, "high": 5, "channel": Channel.EMAIL, "language": "en"}


async def trial(
    survey: str, touchpoint: str, *, key: str = "trial", name: str = "Short or long", weights: tuple[int, int] = (1, 1)
) -> Policy:
    """A policy with two arms that both ask a survey there is."""
    arms = [{"key": arm, "survey": survey, "weight": weight} for arm, weight in zip(("long", "short"), weights, strict=True)]
    return await save_policy(SYSTEM, key, name, {"touchpoints": [touchpoint], "survey": survey, "variants": arms})


async def ask(
    policy: Policy, arm: str, answers: list[int | None], *, days_ago: float = 10, customers: list[UUID] | None = None
) -> list[UUID]:
    """Ask as many customers as there are answers, all of which left so many days ago; None is no answer, else a CSAT a day later."""
    at, survey = clock.now() - timedelta(days=days_ago), await Survey.get(id=policy.survey_id)
    version = await SurveyVersion.get(survey_id=survey.id, number=survey.last_number)
    whom = customers or [new_id() for _ in answers]
    if customers is None:
        await Customer.bulk_create([Customer(id=one, name="Anna") for one in whom])
    contacts = [
        Contact(id=new_id(), system="s", external_id=str(new_id()), touchpoint="t", channel=Channel.PHONE, ended_at=at) for _ in whom
    ]
    await Contact.bulk_create(contacts)
    decisions, invitations, responses, scores = [], [], [], []
    of_survey = {"survey_id": survey.id}
    for customer, contact, value in zip(whom, contacts, answers, strict=True):
        known = {"policy_id": policy.id, "customer_id": customer, "contact_id": contact.id, **of_survey}
        decision = Decision(
            id=new_id(),
            touchpoint="t",
            verdict=Verdict.SEND,
            reason=Reason.ASKED,
            policy_key=policy.key,
            policy_number=policy.number,
            **known,
        )
        moments = {"send_at": at, "sent_at": at, "created_at": at, "expires_at": at + timedelta(days=30)}
        answered = None if value is None else at + timedelta(days=1)
        asked = {"state": InvitationState.SENT, "variant": arm, "secret_hash": str(new_id()), "channel": Channel.EMAIL, "language": "en"}
        invitation = Invitation(
            id=new_id(), decision_id=decision.id, version_id=version.id, answered_at=answered, **known, **moments, **asked
        )
        decisions.append(decision)
        invitations.append(invitation)
        if value is None:
            continue
        response = Response(
            id=new_id(), invitation_id=invitation.id, version_id=version.id, state=ResponseState.COMPLETE, channel=Channel.EMAIL,
            language="en", customer_id=customer, submitted_at=answered, **of_survey,
        )  # fmt: skip
        responses.append(response)
        band = "satisfied" if value > 3 else "dissatisfied"
        scores.append(
            Score(
                id=new_id(),
                response_id=response.id,
                version_id=version.id,
                value=value,
                band=band,
                answered_at=answered,
                **of_survey,
                **_SCALE,
            )
        )
    await Decision.bulk_create(decisions)
    await Invitation.bulk_create(invitations)
    await Response.bulk_create(responses)
    await Score.bulk_create(scores)
    return whom
