"""What becomes of an invitation after it is made: links for others, tests, seen, answered, declined."""

from datetime import timedelta
from types import ModuleType

import pytest
from pydantic import SecretStr

from tests.conftest import FROZEN_AT
from tests.outreach.house import ASKED, EMAIL, REFUSED, SYSTEM, House, skipped
from voc.core import settings
from voc.core.access import Actor, Role, held
from voc.core.errors import Conflict, Forbidden, Invalid, NotFound
from voc.core.ids import new_id, secret_hash
from voc.customers.consent import set_consent
from voc.customers.models import Channel
from voc.outreach.invitations import (
    create_invitation,
    create_test_invitation,
    decline,
    mark_answered,
    mark_seen,
    report_delivery,
    send_again,
)
from voc.outreach.links import Purpose, invitation_named_by, link_secret, links_of, secret_for
from voc.outreach.models import Invitation, InvitationState, LinkSeen, PauseScope
from voc.outreach.queries import invitation_by_secret, invitation_for, invitations_visible_to
from voc.outreach.wishes.addresses import OUTGOING
from voc.outreach.wishes.pause import pause
from voc.outreach.wishes.suppress import suppress_customer
from voc.staff.members import add_member, give_role
from voc.staff.queries import actor_of_member
from voc.surveys.draft import import_survey
from voc.surveys.library import load

PROGRAM = Actor("crm", held([Role.INTEGRATION]))
DAY = timedelta(days=1)


async def invitation(house: House) -> Invitation:
    await house.policy()
    await house.contact()
    await house.work()
    assert await house.decisions() == [ASKED]
    return await house.invitation()


async def test_a_secret_leads_to_its_invitation_and_stands_nowhere(house: House) -> None:
    asked = await invitation(house)
    secret = link_secret(asked)
    assert len(secret) == 22
    assert await invitation_by_secret(secret) == asked
    assert await invitation_by_secret(secret[:-1] + ("A" if secret[-1] != "A" else "B")) is None
    assert asked.secret_hash == secret_hash(secret)
    assert secret not in str(await Invitation.all().values())


async def test_links_for_stopping_and_for_choices_are_made_for_one_purpose(house: House) -> None:
    asked = await invitation(house)
    for purpose in Purpose:
        secret = secret_for(purpose, asked.id)
        other = Purpose.STOP if purpose is Purpose.MESSAGES else Purpose.MESSAGES
        assert len(secret) == 43
        assert await invitation_for(purpose, secret) == asked
        assert await invitation_for(other, secret) is None
    links = links_of(asked.id)
    assert links.survey == f"http://127.0.0.1:8000/s/{link_secret(asked)}"
    assert links.stop == f"http://127.0.0.1:8000/u/{secret_for(Purpose.STOP, asked.id)}"


@pytest.mark.parametrize("made_up", ["", "x", "é" * 43, "A" * 43, "=" * 43, "A" * 42 + "-", "A" * 400])
async def test_a_link_that_nobody_made_leads_nowhere(house: House, made_up: str) -> None:
    assert invitation_named_by(Purpose.STOP, made_up) is None
    assert await invitation_for(Purpose.STOP, made_up) is None
    assert await invitation_by_secret(made_up) is None


async def test_another_key_makes_other_links(house: House) -> None:
    asked = await invitation(house)
    before = link_secret(asked), secret_for(Purpose.STOP, asked.id)
    settings.install(settings.current().model_copy(update={"secret": SecretStr("t" * 40)}))
    assert before[0] != link_secret(asked)
    assert await invitation_for(Purpose.STOP, before[1]) is None


async def test_a_link_that_was_opened_is_evidence_and_no_answer(house: House, clock: ModuleType) -> None:
    asked = await invitation(house)
    first = clock.now()
    for score in (None, 7, 9):
        await mark_seen(asked.id, score)
        clock.advance(timedelta(seconds=1))
    seen = await Invitation.get(id=asked.id)
    assert (seen.opened_at, seen.answered_at, seen.declined_at, seen.state) == (first, None, None, InvitationState.SENT)
    assert [(one.score) for one in await LinkSeen.all().order_by("seen_at")] == [None, 7, 9]


async def test_answering_counts_once_and_belongs_to_the_holder(house: House, clock: ModuleType) -> None:
    asked = await invitation(house)
    holder = Actor.respondent(asked.id)
    first = clock.now()
    await mark_answered(holder, asked.id)
    clock.advance(DAY)
    await mark_answered(holder, asked.id)
    assert (await Invitation.get(id=asked.id)).answered_at == first
    for verb in (mark_answered, decline):
        with pytest.raises(NotFound):
            await verb(Actor.respondent(new_id()), asked.id)
    assert await invitations_visible_to(holder).all() == [asked]
    assert await invitations_visible_to(Actor.stranger()).all() == []


async def test_an_answer_begins_quiet_days_of_its_own(house: House, clock: ModuleType) -> None:
    await house.policy(quiet_days=2, quiet_days_after_answer=10, quiet_days_after_decline=5)
    for days, verb, quiet_until in ((0, mark_answered, 10), (20, decline, 25)):
        clock.freeze(FROZEN_AT + days * DAY)
        contact = await house.contact()
        await house.work()
        assert await house.decisions(contact) == [ASKED]
        asked = await Invitation.get(contact_id=contact.id)
        await verb(Actor.respondent(asked.id), asked.id)
        for later, expected in ((quiet_until - 1, skipped("within_quiet_days")), (quiet_until, ASKED)):
            clock.freeze(FROZEN_AT + later * DAY)
            contact = await house.contact()
            await house.work()
            assert await house.decisions(contact) == [expected], later
        await Invitation.filter(contact_id=contact.id).update(state=InvitationState.FAILED)


async def test_another_system_gets_a_link_to_deliver(house: House) -> None:
    await house.contact()
    made = await create_invitation(
        PROGRAM, house.surveys["csat-after-call"].id, customer_id=await house.customer_id(), channel=Channel.SMS, expire_days=3
    )
    assert made.link == links_of(made.invitation.id).survey
    assert (made.invitation.state, made.invitation.channel, made.invitation.language) == (InvitationState.SENT, Channel.SMS, "nl")
    assert made.invitation.expires_at - made.invitation.send_at == 3 * DAY
    assert await house.attempts() == [(1, "accepted", "the link was given to crm")]
    await house.work(days=2)
    assert await house.mails() == []


async def test_a_link_may_be_about_a_contact_or_about_nobody_known(house: House) -> None:
    contact = await house.contact()
    survey_id = house.surveys["csat-after-call"].id
    about = await create_invitation(PROGRAM, survey_id, contact_id=contact.id)
    assert (about.invitation.customer_id, about.invitation.contact_id) == (await house.customer_id(), contact.id)
    anybody = await create_invitation(PROGRAM, survey_id, language="it")
    assert (anybody.invitation.customer_id, anybody.invitation.language) == (None, "nl")


async def test_a_link_given_to_another_system_counts_for_quiet_days(house: House) -> None:
    await house.policy()
    await house.contact(ended=None, name="call")
    await create_invitation(PROGRAM, house.surveys["csat-after-call"].id, customer_id=await house.customer_id())
    contact = await house.contact(name="call")
    await house.work()
    assert await house.decisions(contact) == [skipped("within_quiet_days")]


async def test_what_another_system_reports_is_noted(house: House) -> None:
    made = await create_invitation(PROGRAM, house.surveys["csat-after-call"].id)
    assert (await report_delivery(PROGRAM, made.invitation.id, is_delivered=True, detail="handset")).state is InvitationState.SENT
    failed = await report_delivery(PROGRAM, made.invitation.id, is_delivered=False, detail="number unknown")
    assert (failed.state, failed.state_reason) == (InvitationState.FAILED, "not_delivered")
    assert [state for _, state, _ in await house.attempts()] == ["accepted", "accepted", "failed"]
    await house.policy()
    contact = await house.contact()
    await house.work()
    ours = await Invitation.get(contact_id=contact.id)
    with pytest.raises(Conflict, match="this service"):
        await report_delivery(PROGRAM, ours.id, is_delivered=True)


async def test_no_link_is_made_for_who_does_not_want_one(house: House) -> None:
    survey_id = house.surveys["csat-after-call"].id
    await house.contact("anna")
    await house.contact("bart")
    anna, bart = await house.customer_id("anna"), await house.customer_id("bart")
    await suppress_customer(SYSTEM, anna, OUTGOING, "asked by phone")
    await set_consent(SYSTEM, bart, EMAIL, REFUSED, "crm")
    for customer_id, channel, code in ((anna, Channel.SMS, "SUPPRESSED"), (bart, EMAIL, "CONSENT_REFUSED")):
        with pytest.raises(Conflict) as refusal:
            await create_invitation(PROGRAM, survey_id, customer_id=customer_id, channel=channel)
        assert refusal.value.code == code
    await pause(SYSTEM, PauseScope.SURVEY, "csat-after-call", "panic")
    with pytest.raises(Conflict) as refusal:
        await create_invitation(PROGRAM, survey_id)
    assert refusal.value.code == "PAUSED"
    assert await Invitation.all().count() == 0


async def test_what_a_link_needs_is_told(house: House) -> None:
    draft = await import_survey(SYSTEM, load("store-visit").text)
    for survey_id, expected in ((draft.id, "never been published"), (new_id(), "no such survey")):
        with pytest.raises((Conflict, NotFound), match=expected):
            await create_invitation(PROGRAM, survey_id)
    with pytest.raises(Invalid, match="1 to 366 days"):
        await create_invitation(PROGRAM, draft.id, expire_days=0)
    with pytest.raises(Forbidden):
        await create_invitation(Actor("Ana", held([Role.ANALYST])), draft.id)


async def test_a_designer_gets_a_test_that_is_marked_and_keeps_nobody_away(house: House) -> None:
    member = await add_member(SYSTEM, name="Dina", email="dina@fiber.example")
    await give_role(SYSTEM, member.id, Role.DESIGNER)
    dina = await actor_of_member(member)
    await pause(SYSTEM, PauseScope.CHANNEL, "other", "elsewhere")
    made = await create_test_invitation(dina, house.surveys["nps-after-delivery"].id, "en")
    await house.work()
    (mail,) = await house.mails()
    assert (mail["To"], mail["Subject"], made.is_test, made.language) == (
        "dina@fiber.example",
        "[TEST] How did your delivery go?",
        True,
        "en",
    )
    with pytest.raises(Conflict, match="member"):
        await create_test_invitation(PROGRAM, house.surveys["nps-after-delivery"].id)
    with pytest.raises(Conflict, match="failed"):
        await send_again(SYSTEM, made.id)
