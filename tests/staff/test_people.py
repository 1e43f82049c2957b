"""Members, roles, teams and tokens."""

from datetime import timedelta
from types import ModuleType

import pytest

from voc.core.access import Action, Actor, Role
from voc.core.errors import Conflict, Forbidden, Invalid
from voc.staff.members import add_member, give_role, take_role
from voc.staff.models import ApiToken, Team
from voc.staff.queries import actor_of_member
from voc.staff.teams import save_calendar, save_team
from voc.staff.tokens import actor_for_token, create_token, revoke_token

ADMIN = Actor.system("test")
HOURS = {"mon": [["09:00", "17:00"]]}


async def test_an_address_can_belong_to_one_member_only(db: str) -> None:
    await add_member(ADMIN, name="Sanne", email="sanne@example.nl")
    with pytest.raises(Conflict, match=r"sanne@example\.nl"):
        await add_member(ADMIN, name="Other", email="SANNE@example.nl")


async def test_all_faults_of_a_new_member_are_told_at_once(db: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await add_member(ADMIN, name=" ", email="no address", language="tlh", time_zone="Mars/Olympus")
    assert [fault.path for fault in refusal.value.faults] == ["name", "language", "timeZone", "email"]


async def test_a_member_may_be_lead_of_one_team_and_handler_of_another(db: str) -> None:
    await save_calendar(ADMIN, "office", name="Office", time_zone="Europe/Amsterdam", hours=HOURS)
    billing = await save_team(ADMIN, "billing", name="Billing", calendar_key="office")
    repair = await save_team(ADMIN, "repair", name="Repair", calendar_key="office")
    member = await add_member(ADMIN, name="Sanne", email="sanne@example.nl")
    await give_role(ADMIN, member.id, Role.LEAD, billing.id)
    await give_role(ADMIN, member.id, Role.LEAD, billing.id)
    await give_role(ADMIN, member.id, Role.AGENT, repair.id)
    actor = await actor_of_member(member)
    assert actor.reach(Action.WORK_TASK).teams == {billing.id}
    assert actor.reach(Action.SEE_TASKS).teams == {billing.id, repair.id}
    await take_role(ADMIN, member.id, Role.LEAD, billing.id)
    assert not (await actor_of_member(member)).may(Action.WORK_TASK)


async def test_there_is_always_exactly_one_fallback_team(db: str) -> None:
    await save_calendar(ADMIN, "office", name="Office", time_zone="Europe/Amsterdam", hours=HOURS)
    await save_team(ADMIN, "first", name="First", calendar_key="office")
    await save_team(ADMIN, "second", name="Second", calendar_key="office", is_fallback=True)
    await save_team(ADMIN, "second", name="Second", calendar_key="office", is_fallback=False)
    assert [team.key for team in await Team.filter(is_fallback=True)] == ["second"]


async def test_business_hours_that_never_open_or_close_before_they_open_are_refused(db: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await save_calendar(
            ADMIN, "x", name="X", time_zone="Nowhere", hours={"mon": [["17:00", "09:00"]], "someday": []}, closed_on=["24 December"]
        )
    assert [fault.path for fault in refusal.value.faults] == ["hours.someday", "hours.mon[0]", "closedOn[0]", "timeZone"]
    with pytest.raises(Invalid, match="once a week"):
        await save_calendar(ADMIN, "x", name="X", time_zone="Europe/Amsterdam", hours={})


async def test_a_token_is_kept_as_a_hash_and_opens_what_its_scope_leaves(db: str) -> None:
    token, secret = await create_token(ADMIN, name="IVR", role=Role.INTEGRATION, scope=[Action.RECORD_CONTACT])
    assert secret not in str(await ApiToken.all().values())
    actor = await actor_for_token(secret)
    assert actor
    assert (actor.name, actor.may(Action.RECORD_CONTACT), actor.may(Action.EXPORT)) == ("IVR", True, False)
    assert (await ApiToken.get(id=token.id)).last_used_at


async def test_a_token_opens_nothing_once_expired_or_revoked(db: str, clock: ModuleType) -> None:
    token, secret = await create_token(ADMIN, name="CRM", role=Role.INTEGRATION, expires_at=clock.now() + timedelta(days=1))
    other, other_secret = await create_token(ADMIN, name="IVR", role=Role.INTEGRATION)
    await revoke_token(ADMIN, other.id)
    assert await actor_for_token(other_secret) is None
    assert await actor_for_token(secret)
    clock.advance(timedelta(days=1))
    assert await actor_for_token(secret) is None
    assert await actor_for_token("voc_guess") is None
    assert token.hint == secret[:8]


async def test_only_admins_hand_out_keys(db: str) -> None:
    member = await add_member(ADMIN, name="Sanne", email="sanne@example.nl")
    await give_role(ADMIN, member.id, Role.LEAD)
    with pytest.raises(Forbidden):
        await create_token(await actor_of_member(member), name="mine", role=Role.ADMIN)
    with pytest.raises(Invalid):
        await create_token(ADMIN, name="root", role=Role.SYSTEM)


@pytest.mark.parametrize(
    ("holidays", "says"),
    [
        ("Nederland", "NL (Netherlands)"),
        ("Germany", "DE (Germany)"),
        ("DE-XX", "DE has no part XX with holidays of its own: it has DE-"),
        ("??", "write a code such as NL, BE or DE-BY."),
    ],
)
async def test_holidays_of_a_country_that_nobody_knows_are_refused_with_the_nearest(db: str, holidays: str, says: str) -> None:
    with pytest.raises(Invalid) as refused:
        await save_calendar(ADMIN, "office", name="Office", time_zone="Europe/Amsterdam", hours=HOURS, holidays=holidays)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("holidays", "COUNTRY_UNKNOWN")]
    assert says in refused.value.faults[0].message
    await save_calendar(ADMIN, "office", name="Office", time_zone="Europe/Amsterdam", hours=HOURS, holidays="DE-BY")
