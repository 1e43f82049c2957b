"""Coming in, staying in, and going out."""

from datetime import timedelta
from types import ModuleType

import pytest

from voc.core.access import Actor, Role
from voc.core.errors import Conflict, Invalid
from voc.core.models import Job
from voc.staff import sign_in
from voc.staff.members import add_member, deactivate_member, give_role
from voc.staff.models import Member, SignInLink
from voc.staff.passwords import hash_password
from voc.staff.sign_in import SignInRefused

ADMIN = Actor.system("test")
NOBODY = Actor.stranger()
PASSWORD = "correct horse battery staple"


async def colleague(email: str = "sanne@example.nl", role: Role = Role.HANDLER) -> Member:
    """A member with a password and a role."""
    member = await add_member(ADMIN, name="Sanne de Wit", email=email)
    await give_role(ADMIN, member.id, role)
    await Member.filter(id=member.id).update(password_hash=await hash_password(PASSWORD))
    return member


async def test_a_password_opens_a_session_that_knows_who_it_is(db: str) -> None:
    member = await colleague()
    secret = await sign_in.sign_in(NOBODY, " Sanne@Example.nl ", PASSWORD)
    actor = await sign_in.actor_for_session(secret)
    assert actor
    assert (actor.id, actor.name, actor.is_member, actor.has(Role.HANDLER)) == (member.id, "Sanne de Wit", True, True)


async def test_wrong_unknown_and_deactivated_are_told_the_same(db: str) -> None:
    await colleague("boss@example.nl", Role.ADMIN)
    gone = await colleague()
    await deactivate_member(ADMIN, gone.id)
    told = set()
    for email, password in (("boss@example.nl", "wrong wrong wrong"), ("nobody@example.nl", PASSWORD), ("sanne@example.nl", PASSWORD)):
        with pytest.raises(SignInRefused) as refusal:
            await sign_in.sign_in(NOBODY, email, password)
        told.add(refusal.value.message)
    assert len(told) == 1


async def test_a_link_signs_in_once_and_not_after_half_an_hour(db: str, clock: ModuleType) -> None:
    member = await colleague()
    first = (await sign_in.make_link(ADMIN, member.id)).rsplit("/", 1)[1]
    assert await sign_in.actor_for_session(await sign_in.use_link(NOBODY, first))
    with pytest.raises(SignInRefused):
        await sign_in.use_link(NOBODY, first)
    late = (await sign_in.make_link(ADMIN, member.id)).rsplit("/", 1)[1]
    clock.advance(timedelta(minutes=31))
    with pytest.raises(SignInRefused):
        await sign_in.use_link(NOBODY, late)


async def test_asking_for_a_link_mails_members_only_and_says_nothing_either_way(db: str) -> None:
    await colleague()
    await sign_in.ask_link(NOBODY, "nobody@example.nl")
    assert not await SignInLink.all().count()
    await sign_in.ask_link(NOBODY, "sanne@example.nl")
    link = await SignInLink.get()
    found = await sign_in.link_of(link.id)
    assert found
    assert found[0].email == "sanne@example.nl"
    assert await Job.filter(ref=str(link.id)).count() == 1


async def test_a_reset_link_does_not_sign_in_and_a_reset_ends_other_sessions(db: str) -> None:
    member = await colleague()
    elsewhere = await sign_in.sign_in(NOBODY, member.email, PASSWORD)
    await sign_in.ask_link(NOBODY, member.email, "reset")
    found = await sign_in.link_of((await SignInLink.get()).id)
    assert found
    secret = found[1].rsplit("/", 1)[1]
    with pytest.raises(SignInRefused):
        await sign_in.use_link(NOBODY, secret)
    fresh = await sign_in.reset_password(NOBODY, secret, "a new and longer sentence")
    assert await sign_in.actor_for_session(fresh)
    assert await sign_in.actor_for_session(elsewhere) is None
    assert await sign_in.sign_in(NOBODY, member.email, "a new and longer sentence")


async def test_changing_ones_password_needs_the_old_one_and_ends_every_session(db: str) -> None:
    member = await colleague()
    secret = await sign_in.sign_in(NOBODY, member.email, PASSWORD)
    actor = await sign_in.actor_for_session(secret)
    assert actor
    with pytest.raises(Invalid):
        await sign_in.change_password(actor, "not the old one", "a new and longer sentence")
    with pytest.raises(Invalid):
        await sign_in.change_password(actor, PASSWORD, "short")
    await sign_in.change_password(actor, PASSWORD, "a new and longer sentence")
    assert await sign_in.actor_for_session(secret) is None


async def test_signing_out_everywhere_ends_all_sessions_of_that_member_only(db: str) -> None:
    await colleague()
    await colleague("piet@example.nl")
    mine = [await sign_in.sign_in(NOBODY, "sanne@example.nl", PASSWORD) for _ in range(2)]
    his = await sign_in.sign_in(NOBODY, "piet@example.nl", PASSWORD)
    actor = await sign_in.actor_for_session(mine[0])
    assert actor
    assert await sign_in.sign_out_everywhere(actor) == 2
    assert [await sign_in.actor_for_session(secret) for secret in mine] == [None, None]
    assert await sign_in.actor_for_session(his)


async def test_a_session_lives_while_it_is_used_and_dies_two_weeks_after(db: str, clock: ModuleType) -> None:
    await colleague()
    secret = await sign_in.sign_in(NOBODY, "sanne@example.nl", PASSWORD)
    clock.advance(timedelta(days=10))
    assert await sign_in.actor_for_session(secret)
    clock.advance(timedelta(days=10))
    assert await sign_in.actor_for_session(secret)
    clock.advance(timedelta(days=15))
    assert await sign_in.actor_for_session(secret) is None


async def test_deactivating_ends_sessions_at_once_but_never_for_the_last_admin(db: str) -> None:
    boss = await colleague("boss@example.nl", Role.ADMIN)
    await colleague()
    secret = await sign_in.sign_in(NOBODY, "sanne@example.nl", PASSWORD)
    actor = await sign_in.actor_for_session(secret)
    assert actor
    assert actor.id
    await deactivate_member(ADMIN, actor.id)
    assert await sign_in.actor_for_session(secret) is None
    with pytest.raises(Conflict, match="last admin"):
        await deactivate_member(ADMIN, boss.id)
