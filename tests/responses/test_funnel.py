"""The funnel counts one cohort, each step a part of the one before, and just as somebody would who looks at every case."""

from collections.abc import Callable
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from types import ModuleType
from uuid import UUID

import pytest

from tests.makers import SYSTEM, Story
from voc.core.db import count_statements
from voc.core.ids import new_id
from voc.customers.models import Channel, Contact
from voc.outreach.deciding.verdicts import Reason, Verdict
from voc.outreach.models import Decision, Delivery, DeliveryState, Invitation, InvitationState, LinkSeen, OpenLink, Policy
from voc.outreach.open.kinds import OpenLinkKind
from voc.outreach.policies.save import save_policy
from voc.outreach.policies.touchpoints import save_touchpoint
from voc.responses.funnel import ELIGIBLE, Cohort, Funnel, funnel_of
from voc.responses.models import Answer, Response, ResponseState
from voc.surveys.models import SurveyVersion

SECOND = timedelta(seconds=1)
CHANNELS = (Channel.EMAIL, Channel.SMS, Channel.OTHER)


@dataclass
class Case:
    """What happened to one case, as whoever looked on would tell it."""

    at: datetime
    reason: Reason | None
    policy_id: UUID | None
    touchpoint: str
    version: SurveyVersion
    invitation: Invitation | None = None
    deliveries: list[Delivery] = field(default_factory=list)
    seen: list[LinkSeen] = field(default_factory=list)
    response: Response | None = None
    answers: list[Answer] = field(default_factory=list)

    def seen_by_a_person(self) -> bool:
        assert self.invitation
        mail = self.invitation.channel in (Channel.EMAIL, Channel.SMS)
        for one in self.seen:
            early = [d for d in self.deliveries if d.started_at <= one.seen_at < (d.finished_at or one.seen_at + SECOND) + 10 * SECOND]
            others = [o for o in self.seen if o.score is not None and one.score is not None and o.score != one.score]
            if not (mail and early) and not [o for o in others if abs(o.seen_at - one.seen_at) <= 10 * SECOND]:
                return True
        return False

    def steps(self) -> set[str]:
        """The steps it came to."""
        came = {"decided"}
        if self.reason is None or self.reason in ELIGIBLE:
            came.add("eligible")
        one = self.invitation
        if one is None or one.state is InvitationState.WITHDRAWN:
            return came
        came.add("invited")
        freed = self.response is not None and not self.response.suspect
        answered = freed and self.response is not None and self.response.state is ResponseState.COMPLETE
        started = answered or (freed and any(answer.kind != "hidden" for answer in self.answers))
        opened = started or self.seen_by_a_person()
        reached = {"answered": answered, "started": started, "opened": opened, "delivered": opened or one.delivered_at is not None}
        return came | {step for step, is_so in reached.items() if is_so}

    def beside(self) -> dict[str, int]:
        one = self.invitation
        if one is None or one.state is InvitationState.WITHDRAWN:
            return {}
        return {
            "waiting": one.state is InvitationState.PLANNED,
            "held": one.state is InvitationState.HELD,
            "failed": one.state is InvitationState.FAILED,
            "bounced": any(delivery.state is DeliveryState.BOUNCED for delivery in self.deliveries),
            "complained": one.complained_at is not None,
            "stopped": one.stopped_at is not None,
            "declined": one.declined_at is not None,
            "reminders": one.reminders,
            "scanned": bool(self.seen) and "opened" not in self.steps(),
            "suspect": bool(self.response and self.response.suspect),
        }


@pytest.fixture
def story(db: str) -> Story:
    """What happens, told in sentences."""
    return Story(db)


async def test_each_step_is_a_part_of_the_one_before_and_counts_what_a_close_look_counts(story: Story, clock: ModuleType) -> None:
    cases = await happened(story, clock.now(), 300, Random(20261122))
    some = cases[7]
    cohorts: list[tuple[Cohort, Callable[[Case], bool]]] = [
        (Cohort(), lambda case: True),
        (Cohort(since=some.at), lambda case: case.at >= some.at),
        (Cohort(until=some.at), lambda case: case.at < some.at),
        (Cohort(policy_id=some.policy_id), lambda case: case.policy_id == some.policy_id),
        (Cohort(touchpoint="delivery"), lambda case: case.touchpoint == "delivery"),
        (Cohort(survey_id=some.version.survey_id), lambda case: case.version.survey_id == some.version.survey_id),
        (Cohort(channel=Channel.SMS), lambda case: case.invitation is not None and case.invitation.channel is Channel.SMS),
        (
            Cohort(variant="b", since=some.at),
            lambda case: case.invitation is not None and case.invitation.variant == "b" and case.at >= some.at,
        ),
    ]
    for cohort, belongs in cohorts:
        with count_statements() as seen:
            funnel = await funnel_of(cohort)
        assert funnel == counted([case for case in cases if belongs(case)]), cohort
        steps = astuple(funnel)[:7]
        assert list(steps) == sorted(steps, reverse=True)
        assert steps[0] > 0
        assert seen.count == 1
    assert min(astuple(await funnel_of(Cohort()))) > 0


async def test_nobody_at_all_is_a_funnel_of_noughts(db: str) -> None:
    assert set(astuple(await funnel_of(Cohort()))) == {0}


def counted(cases: list[Case]) -> Funnel:
    """The same by looking at each case."""
    noughts = Funnel(*[0] * 17)
    came = [case.steps() for case in cases]
    steps = {
        name: sum(name in one for one in came) for name in ("decided", "eligible", "invited", "delivered", "opened", "started", "answered")
    }
    beside: dict[str, int] = {}
    for case in cases:
        # A direct invitation that was taken back leaves no case at all.
        for name, n in case.beside().items():
            beside[name] = beside.get(name, 0) + n
    return replace(noughts, **steps, **beside)


async def happened(story: Story, now: datetime, count: int, chance: Random) -> list[Case]:
    """Write a random past: decisions for every reason, invitations in every state, openings by people and scanners, held answers."""
    await save_touchpoint(SYSTEM, "after-call", names={"en": "After a call"})
    versions = [await story.survey("csat-after-call"), await story.survey("nps-after-delivery")]
    policies: list[Policy] = []
    for key, survey in (("calls", "csat-after-call"), ("parcels", "nps-after-delivery")):
        policies.append(await save_policy(SYSTEM, key, key, {"touchpoint": "after-call", "survey": survey}))
    poster = await OpenLink.create(survey_id=versions[0].survey_id, kind=OpenLinkKind.POSTER, name="x", secret_hash="x", created_by="t")
    contacts = [
        Contact(system="cc", external_id=str(n), touchpoint=chance.choice(("after-call", "delivery")), channel=Channel.PHONE)
        for n in range(count)
    ]
    await Contact.bulk_create(contacts)
    decisions: list[Decision] = []
    cases: list[Case] = []
    for contact in contacts:
        at = now - timedelta(minutes=chance.randrange(60 * 24 * 40))
        which = chance.randrange(2)
        reason = chance.choice((*Reason, *[Reason.ASKED] * 60))
        case = Case(at, reason, policies[which].id, contact.touchpoint, versions[which])
        kind = chance.random()
        if kind < 0.85:
            decision = decided(case, contact)
            decisions.append(decision)
            if reason is Reason.ASKED:
                case.invitation = invited(case, chance, decision_id=decision.id)
            cases.append(case)
            continue
        # Asked without a decision: directly, as a test, or over an open link; the last two are nobody's business here.
        case.reason, case.policy_id = None, None
        case.invitation = invited(case, chance, contact_id=contact.id)
        case.invitation.is_test, case.invitation.open_link_id = kind > 0.97, poster.id if 0.94 < kind <= 0.97 else None
        counts = kind <= 0.94 and case.invitation.state is not InvitationState.WITHDRAWN
        cases.append(case)
        if not counts:
            case.touchpoint = "nobody's"
    for case in cases:
        if case.invitation:
            live(case, chance)
    await Decision.bulk_create(decisions)
    await write([case for case in cases if case.invitation])
    return [case for case in cases if case.touchpoint != "nobody's"]


def decided(case: Case, contact: Contact) -> Decision:
    """The decision of a case."""
    assert case.reason
    return Decision(
        contact_id=contact.id,
        policy_id=case.policy_id,
        policy_key=str(case.policy_id),
        survey_id=case.version.survey_id,
        touchpoint=case.touchpoint,
        verdict=Verdict.SEND if case.reason is Reason.ASKED else Verdict.SKIP,
        reason=case.reason,
        decided_at=case.at,
    )


def invited(case: Case, chance: Random, **facts: UUID) -> Invitation:
    """An invitation in some state."""
    id = new_id()
    return Invitation(
        id=id,
        survey_id=case.version.survey_id,
        version_id=case.version.id,
        policy_id=case.policy_id,
        channel=chance.choice(CHANNELS),
        language="en",
        state=chance.choice((*InvitationState, *[InvitationState.SENT] * 12)),
        variant=chance.choice(("", "a", "b")),
        secret_hash=str(id),
        send_at=case.at,
        expires_at=case.at + timedelta(days=30),
        created_at=case.at,
        **facts,
    )


def live(case: Case, chance: Random) -> None:
    """What became of an invitation that left."""
    one = case.invitation
    assert one
    if one.state not in (InvitationState.SENT, InvitationState.FAILED):
        return
    arrived = one.sent_at = one.send_at + timedelta(seconds=chance.randrange(2, 90))
    state = chance.choice([DeliveryState.ACCEPTED] * 6 + [DeliveryState.BOUNCED, DeliveryState.DELIVERED])
    one.delivered_at = arrived if one.state is InvitationState.SENT and state is not DeliveryState.BOUNCED else None
    case.deliveries.append(delivered(one, 1, state, arrived))
    if chance.random() < 0.2:
        one.reminders = 1
        case.deliveries.append(delivered(one, 2, DeliveryState.ACCEPTED, arrived + timedelta(days=3)))
    for name in ("declined_at", "stopped_at", "complained_at"):
        if chance.random() < 0.06:
            setattr(one, name, arrived + timedelta(hours=1))
    look(case, chance, arrived)
    if chance.random() < 0.45:
        answer(case, chance, arrived + timedelta(minutes=7))


def look(case: Case, chance: Random, arrived: datetime) -> None:
    """Scanners and people who open the link."""
    kind = chance.random()
    away = {0: timedelta(seconds=-1), 1: 3 * SECOND, 2: 9.9 * SECOND, 3: 10.1 * SECOND, 4: timedelta(hours=2)}[chance.randrange(5)]
    scores = [None] if kind < 0.4 else [7] if kind < 0.7 else [0, 5, 10] if kind < 0.85 else []
    for n, score in enumerate(scores):
        gap = SECOND if chance.random() < 0.7 else 11 * SECOND
        case.seen.append(
            LinkSeen(invitation_id=case.invitation.id if case.invitation else None, score=score, seen_at=arrived + away + n * gap)
        )
    if case.seen and case.invitation:
        case.invitation.opened_at = min(one.seen_at for one in case.seen)


def delivered(one: Invitation, number: int, state: DeliveryState, at: datetime) -> Delivery:
    """An attempt."""
    times = {"started_at": at - 2 * SECOND, "finished_at": at}
    return Delivery(invitation_id=one.id, number=number, reminder=number - 1, channel=one.channel, state=state, message_id="m", **times)


def answer(case: Case, chance: Random, at: datetime) -> None:
    """A response: sent, left or open; held or not; with an answer, with a hidden fact only, or with none."""
    assert case.invitation
    case.response = Response(
        survey_id=case.version.survey_id,
        version_id=case.version.id,
        invitation_id=case.invitation.id,
        channel=case.invitation.channel,
        language="en",
        state=chance.choice((*ResponseState, ResponseState.COMPLETE)),
        suspect=chance.choice(("", "", "", "too_fast, several_scores")),
        begun_at=at,
    )
    for kind in chance.choice((["scale"], ["scale", "hidden"], ["hidden"], [])):
        case.answers.append(Answer(response_id=case.response.id, question=f"q_{kind}", kind=kind, value=3))


async def write(cases: list[Case]) -> None:
    """Put it all into the database."""
    await Invitation.bulk_create(case.invitation for case in cases if case.invitation)
    await Delivery.bulk_create(one for case in cases for one in case.deliveries)
    await LinkSeen.bulk_create(one for case in cases for one in case.seen)
    await Response.bulk_create(case.response for case in cases if case.response)
    await Answer.bulk_create(one for case in cases for one in case.answers)
