"""What becomes of an invitation: made for another system or as a test, seen, answered, declined, withdrawn, sent again."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor, Role
from voc.core.db import execute
from voc.core.errors import Conflict, Invalid, NotFound
from voc.core.events import emit
from voc.core.find import one
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.customers.models import Channel, ConsentState, Contact, Customer
from voc.outreach.deciding.reasons import sentence
from voc.outreach.deciding.standing import standing_of
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.fall_back import Lost, try_another_way
from voc.outreach.delivering.leaving import load, rules_of
from voc.outreach.delivering.plan import Leaving, Plan, add_deliveries, plan_invitation, withdraw_row
from voc.outreach.editions import language_among, questionnaire_in
from voc.outreach.events import InvitationSent
from voc.outreach.links import links_of
from voc.outreach.models import Delivery, DeliveryState, Invitation, InvitationState, LinkSeen
from voc.outreach.queries import invitations_visible_to
from voc.surveys.models import Survey
from voc.surveys.queries import current_version, surveys_visible_to

TEST_DAYS = 7
LONGEST_DAYS = 366
_OURS = (Channel.EMAIL, Channel.OUTBOX)


@dataclass(frozen=True, slots=True)
class Created:
    """An invitation for another system to deliver, and the link it leads to."""

    invitation: Invitation
    link: str


@verb(Action.INVITE)
async def create_invitation(
    actor: Actor,
    survey_id: UUID,
    *,
    customer_id: UUID | None = None,
    contact_id: UUID | None = None,
    channel: Channel = Channel.OTHER,
    language: str | None = None,
    expire_days: int = 30,
) -> Created:
    """Make a personal link that another system delivers over `channel`; it counts as sent from now on.

    The contact brings its customer along. Refuses a survey that was never published, a customer who does not want messages over
    the channel, and while sending is paused (Conflict); no policy is asked.
    """
    if not 1 <= expire_days <= LONGEST_DAYS:
        raise Invalid.at("expireDays", "OUT_OF_RANGE", f"A link works for 1 to {LONGEST_DAYS} days.")
    survey = await one(surveys_visible_to(actor), survey_id)
    contact = await one(Contact.all(), contact_id) if contact_id else None
    customer_id = customer_id or (contact.customer_id if contact else None)
    customer = await one(Customer.all(), customer_id) if customer_id else None
    version_id, language = await _edition(survey, language or (customer.language if customer else None))
    await _refuse(survey, customer, channel)
    now = clock.now()
    plan = Plan(
        survey_id=survey.id,
        version_id=version_id,
        channel=channel,
        language=language,
        send_at=now,
        expires_at=now + timedelta(days=expire_days),
        customer_id=customer_id,
        contact_id=contact_id,
    )
    invitation_id = await plan_invitation(plan, state=InvitationState.SENT)
    await _note_delivery(invitation_id, channel, DeliveryState.ACCEPTED, f"the link was given to {actor.name}")
    await emit(InvitationSent(invitation_id))
    return Created(await Invitation.get(id=invitation_id), links_of(invitation_id).survey)


@verb(Action.INVITE)
async def create_test_invitation(actor: Actor, survey_id: UUID, language: str | None = None) -> Invitation:
    """Send the published survey to the member who asks, marked TEST; its answers are never counted.

    Refuses programs, which have no mailbox, and a survey that was never published (Conflict).
    """
    if not actor.is_member or actor.id is None:
        raise Conflict("NO_MAILBOX", "A test goes to the mail address of the member who asks: sign in as one.")
    survey = await one(surveys_visible_to(actor), survey_id)
    version_id, language = await _edition(survey, language or actor.language)
    now = clock.now()
    plan = Plan(
        survey_id=survey.id,
        version_id=version_id,
        channel=Channel.EMAIL,
        language=language,
        send_at=now,
        expires_at=now + timedelta(days=TEST_DAYS),
        is_test=True,
        tester_id=actor.id,
    )
    return await Invitation.get(id=await plan_invitation(plan))


@verb(Action.INVITE)
async def report_delivery(actor: Actor, invitation_id: UUID, *, is_delivered: bool, detail: str = "") -> Invitation:
    """Note what another system says of a link it was given; what did not arrive goes another way where its policy has one.

    Refuses invitations that we deliver ourselves (Conflict).
    """
    invitation = await one(invitations_visible_to(actor), invitation_id)
    if invitation.channel in _OURS or (invitation.channel is Channel.SMS and invitation.policy_id):
        raise Conflict("DELIVERED_BY_US", "This invitation is delivered by this service; its attempts are noted already.")
    state = DeliveryState.ACCEPTED if is_delivered else DeliveryState.FAILED
    await _note_delivery(invitation_id, invitation.channel, state, detail)
    if not is_delivered and invitation.state is InvitationState.SENT:
        await try_another_way([Lost(invitation_id, invitation.channel, Reason.NOT_DELIVERED)])
    return await Invitation.get(id=invitation_id)


@verb(Action.EDIT_OUTREACH)
async def withdraw(actor: Actor, invitation_id: UUID) -> Invitation:
    """Take back an invitation that has not left. A Conflict when it has, or when it is too late to stop."""
    invitation = await one(invitations_visible_to(actor), invitation_id)
    if not await withdraw_row(invitation.id, Reason.WITHDRAWN):
        raise Conflict("HAS_LEFT", "This invitation has left already, or is leaving at this moment.")
    return await Invitation.get(id=invitation_id)


@verb(Action.EDIT_OUTREACH)
async def send_again(actor: Actor, invitation_id: UUID) -> Invitation:
    """Try once more to deliver an invitation that failed, such as after an address was mended. A Conflict for any other.

    It goes over the first of its policy's channels again.
    """
    invitation = await one(invitations_visible_to(actor), invitation_id)
    now = clock.now()
    rules = rules_of((await load([invitation.id], now))[invitation.id])
    channel = Channel(rules.channels[0]) if rules else invitation.channel
    again = await Invitation.filter(id=invitation.id, state=InvitationState.FAILED).update(
        state=InvitationState.PLANNED, state_reason="", send_at=now, channel=channel
    )
    if not again:
        raise Conflict("NOT_FAILED", "Only an invitation that failed can be sent again.")
    await add_deliveries([Leaving(invitation.id, channel, now, mark=new_id())])
    return await Invitation.get(id=invitation_id)


async def mark_seen(invitation_id: UUID, score: int | None = None) -> None:
    """Note that the link was opened, by a person or a scanner, and with which score. Evidence only: nothing is answered by it."""
    await note_seen(Actor.respondent(invitation_id), invitation_id, score)


@verb(Action.ANSWER)
async def note_seen(actor: Actor, invitation_id: UUID, score: int | None) -> None:
    """See `mark_seen`."""
    _must_hold(actor, invitation_id)
    await LinkSeen.create(invitation_id=invitation_id, score=score)
    await Invitation.filter(id=invitation_id, opened_at=None).update(opened_at=clock.now())


@verb(Action.ANSWER)
async def mark_answered(actor: Actor, invitation_id: UUID) -> None:
    """Note that an answer came; the first counts."""
    _must_hold(actor, invitation_id)
    now = clock.now()
    sql = "UPDATE invitation SET answered_at = ?, begun_at = COALESCE(begun_at, ?), remind_at = NULL WHERE id = ? AND answered_at IS NULL"
    await execute(sql, now, now, invitation_id)


@verb(Action.ANSWER)
async def mark_begun(actor: Actor, invitation_id: UUID) -> None:
    """Note that an answer was begun, though it may never be sent: no reminder follows. The first counts."""
    _must_hold(actor, invitation_id)
    await execute("UPDATE invitation SET begun_at = ?, remind_at = NULL WHERE id = ? AND begun_at IS NULL", clock.now(), invitation_id)


@verb(Action.ANSWER)
async def decline(actor: Actor, invitation_id: UUID) -> None:
    """Note that the ask was not welcome; the quiet days after a decline begin, and no reminder follows."""
    _must_hold(actor, invitation_id)
    await Invitation.filter(id=invitation_id, declined_at=None).update(declined_at=clock.now(), remind_at=None)


def _must_hold(actor: Actor, invitation_id: UUID) -> None:
    if actor.has(Role.RESPONDENT) and actor.id != invitation_id:
        raise NotFound("This link belongs to another invitation.")


async def _edition(survey: Survey, wanted: str | None) -> tuple[UUID, str]:
    version = await current_version(survey.id)
    if version is None:
        raise Conflict("NOT_PUBLISHED", "This survey has never been published. Publish it first.")
    return version.id, language_among((await questionnaire_in(version.id)).languages, wanted)


async def _refuse(survey: Survey, customer: Customer | None, channel: Channel) -> None:
    standing = await standing_of(customer.id, customer.email, customer.phone) if customer else await standing_of(None, None, None)
    if standing.paused("", survey.key) or channel in standing.paused_channels():
        raise Conflict("PAUSED", sentence(Reason.POLICY_PAUSED, "en"))
    if channel in standing.suppressed:
        raise Conflict("SUPPRESSED", sentence(Reason.SUPPRESSED, "en"))
    if standing.consents.get(channel) == ConsentState.REFUSED:
        raise Conflict("CONSENT_REFUSED", sentence(Reason.CONSENT_REFUSED, "en"))


async def _note_delivery(invitation_id: UUID, channel: Channel, state: DeliveryState, detail: str) -> None:
    now = clock.now()
    await Delivery.create(
        invitation_id=invitation_id,
        number=await Delivery.filter(invitation_id=invitation_id).count() + 1,
        channel=channel,
        state=state,
        message_id=f"<{invitation_id}@link>",
        detail=" ".join(detail.split())[:300],
        started_at=now,
        finished_at=now,
    )
