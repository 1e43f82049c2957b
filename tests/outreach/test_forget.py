"""What was seen is forgotten when nobody can need it any more, and not a day earlier."""

from datetime import timedelta
from types import ModuleType

from tests.outreach.house import SYSTEM, House
from voc.outreach.forget import LINK_SEEN_DAYS, OUTBOX_DAYS, forget_what_was_seen
from voc.outreach.models import Decision, Delivery, Invitation, LinkSeen, OutboxMail


async def test_mails_in_the_outbox_go_after_their_days_and_the_record_of_them_stays(house: House, clock: ModuleType) -> None:
    await house.policy()
    await house.contact()
    await house.work()
    clock.advance(timedelta(days=OUTBOX_DAYS - 1))
    await forget_what_was_seen(SYSTEM)
    assert await OutboxMail.all().count() == 1
    clock.advance(timedelta(days=2))
    await forget_what_was_seen(SYSTEM)
    assert await OutboxMail.all().count() == 0
    assert [await table.all().count() for table in (Decision, Invitation, Delivery)] == [1, 1, 1]


async def test_that_a_link_was_opened_is_forgotten_once_its_invitation_is_long_over(house: House, clock: ModuleType) -> None:
    await house.policy()
    await house.contact()
    await house.work()
    invitation = await Invitation.get()
    await LinkSeen.create(invitation_id=invitation.id)
    clock.advance(timedelta(days=LINK_SEEN_DAYS + 1))
    recent = await LinkSeen.create(invitation_id=invitation.id, score=9)

    await Invitation.filter(id=invitation.id).update(expires_at=clock.now() + timedelta(days=1))
    await forget_what_was_seen(SYSTEM)
    assert await LinkSeen.all().count() == 2  # its link can still be used

    await Invitation.filter(id=invitation.id).update(expires_at=clock.now() - timedelta(days=1))
    await forget_what_was_seen(SYSTEM)
    assert [seen.id for seen in await LinkSeen.all()] == [recent.id]
