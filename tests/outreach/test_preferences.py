"""A customer who says stop, or not for some months, is obeyed at once, whatever their address is."""

from datetime import UTC, datetime, timedelta
from types import ModuleType

import pytest

from tests.outreach.house import ASKED, EMAIL, SYSTEM, House, Seen, skipped
from voc.core.access import Actor
from voc.core.errors import NotFound
from voc.core.ids import new_id
from voc.customers.models import Channel, Consent, ConsentState
from voc.outreach.models import Invitation, Suppression
from voc.outreach.wishes.addresses import OUTGOING, address_hash
from voc.outreach.wishes.preferences import Preference, Wish, months_later, preferences_of, set_preferences, unsubscribe
from voc.outreach.wishes.suppress import BOUNCED, lift, suppress

DAY = timedelta(days=1)


async def asked(house: House, name: str = "anna") -> Invitation:
    await house.policy(quiet_days=0, quiet_days_after_decline=0)
    contact = await house.contact(name)
    await house.work()
    return await Invitation.get(contact_id=contact.id)


async def next_decision(house: House, name: str = "anna") -> Seen:
    contact = await house.contact(name)
    await house.work()
    (decision,) = await house.decisions(contact)
    return decision


async def test_one_click_stops_the_channel_at_once(house: House) -> None:
    invitation = await asked(house)
    for _ in range(2):
        await unsubscribe(Actor.respondent(invitation.id), invitation.id)
    assert await next_decision(house) == skipped("suppressed")
    assert await next_decision(house, "bart") == ASKED
    stopped = {one.channel for one in await preferences_of(invitation) if one.is_stopped}
    assert stopped == {EMAIL}
    said = await Consent.get()
    assert (said.channel, said.state, said.source) == (EMAIL, ConsentState.REFUSED, "customer page")


async def test_the_click_in_a_mail_stops_mail_also_when_the_ask_went_on_by_text(house: House) -> None:
    invitation = await asked(house)
    await Invitation.filter(id=invitation.id).update(channel=Channel.SMS)
    await unsubscribe(Actor.respondent(invitation.id), invitation.id)
    assert {one.channel for one in await preferences_of(invitation) if one.is_stopped} == {EMAIL, Channel.SMS}


async def test_a_new_address_is_no_way_around_a_stop(house: House) -> None:
    invitation = await asked(house)
    await unsubscribe(Actor.respondent(invitation.id), invitation.id)
    contact = await house.contact({**house.customer("anna"), "email": "anna@elders.example"})
    await house.work()
    assert contact.customer_id == invitation.customer_id
    assert await house.decisions(contact) == [skipped("suppressed")]


async def test_a_stop_withdraws_what_waits(house: House) -> None:
    first = await asked(house)
    await house.policy(quiet_days=0, delay_minutes=60)
    waiting = await house.contact()
    await house.work()
    await unsubscribe(Actor.respondent(first.id), first.id)
    await house.work(days=1)
    assert await house.decisions(waiting) == [Seen("send", "asked", "withdrawn")]


async def test_stopping_all_covers_channels_that_come_later(house: House) -> None:
    invitation = await asked(house)
    await set_preferences(Actor.respondent(invitation.id), invitation.id, Wish.STOP)
    assert await preferences_of(invitation) == tuple(Preference(channel, True, None) for channel in OUTGOING)
    await house.policy(channels=["other", "email"])
    assert (await next_decision(house)).reason == "suppressed"


@pytest.mark.parametrize(("wish", "months"), [(Wish.PAUSE_3, 3), (Wish.PAUSE_12, 12)])
async def test_a_pause_of_some_months_ends_by_itself(house: House, clock: ModuleType, wish: Wish, months: int) -> None:
    invitation = await asked(house)
    until = months_later(clock.now(), months)
    await set_preferences(Actor.respondent(invitation.id), invitation.id, wish)
    assert {one.until for one in await preferences_of(invitation)} == {until}
    clock.freeze(until - timedelta(seconds=1))
    assert await next_decision(house) == skipped("suppressed")
    clock.freeze(until)
    assert await next_decision(house) == ASKED


async def test_who_stopped_may_go_on_again(house: House, clock: ModuleType) -> None:
    invitation = await asked(house)
    holder = Actor.respondent(invitation.id)
    for wish, expected in ((Wish.STOP, skipped("suppressed")), (Wish.GO_ON, ASKED)):
        await set_preferences(holder, invitation.id, wish)
        clock.advance(timedelta(minutes=1))
        assert await next_decision(house) == expected
    assert not any(one.is_stopped for one in await preferences_of(invitation))


async def test_who_changes_a_stop_into_a_pause_is_asked_after_it(house: House, clock: ModuleType) -> None:
    invitation = await asked(house)
    holder = Actor.respondent(invitation.id)
    await set_preferences(holder, invitation.id, Wish.STOP)
    clock.advance(timedelta(minutes=1))
    await set_preferences(holder, invitation.id, Wish.PAUSE_3)
    clock.advance(93 * DAY)
    assert await next_decision(house) == ASKED


async def test_one_channel_can_be_chosen_alone(house: House) -> None:
    invitation = await asked(house)
    await set_preferences(Actor.respondent(invitation.id), invitation.id, Wish.STOP, Channel.SMS)
    assert {one.channel for one in await preferences_of(invitation) if one.is_stopped} == {Channel.SMS}
    assert await next_decision(house) == ASKED


async def test_going_on_does_not_bring_a_dead_address_back(house: House) -> None:
    invitation = await asked(house)
    await suppress(SYSTEM, EMAIL, "anna@klant.example", BOUNCED)
    for wish in (Wish.STOP, Wish.PAUSE_3, Wish.GO_ON):
        await set_preferences(Actor.respondent(invitation.id), invitation.id, wish)
    assert await next_decision(house) == skipped("suppressed")
    assert await lift(SYSTEM, EMAIL, "ANNA@klant.example")
    assert not await lift(SYSTEM, EMAIL, "anna@klant.example")
    assert await next_decision(house) == ASKED


async def test_a_link_speaks_for_nobody_else(house: House) -> None:
    invitation = await asked(house)
    for call in (
        unsubscribe(Actor.respondent(new_id()), invitation.id),
        set_preferences(Actor.respondent(new_id()), invitation.id, Wish.STOP),
    ):
        with pytest.raises(NotFound):
            await call
    assert await Suppression.all().count() == 0


async def test_a_link_without_a_customer_stops_nobody_and_breaks_nothing(house: House) -> None:
    invitation = await asked(house)
    await Invitation.filter(id=invitation.id).update(customer_id=None)
    await unsubscribe(Actor.respondent(invitation.id), invitation.id)
    assert await Suppression.all().count() == 0
    assert not any(one.is_stopped for one in await preferences_of(await Invitation.get(id=invitation.id)))


async def test_the_list_holds_no_address(house: House) -> None:
    kept = await suppress(SYSTEM, EMAIL, " Anna@Klant.Example", "asked by phone", until=None)
    assert kept.address_hash == address_hash("anna@klant.example")
    assert "anna" not in str(await Suppression.all().values()).casefold()
    again = await suppress(SYSTEM, Channel.OUTBOX, "anna@klant.example", "asked twice")
    assert (again.id, again.reason) == (kept.id, "asked twice")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ((2026, 11, 30), 3, (2027, 2, 28)),
        ((2027, 11, 30), 3, (2028, 2, 29)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2026, 12, 1), 12, (2027, 12, 1)),
    ],
)
def test_some_months_later_is_a_day_that_exists(day: tuple[int, int, int], months: int, expected: tuple[int, int, int]) -> None:
    assert months_later(datetime(*day, tzinfo=UTC), months) == datetime(*expected, tzinfo=UTC)
