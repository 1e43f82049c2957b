"""The door: password or one-time link in, a session for as long as it is used, and out again everywhere at once.

Whoever is unknown and whoever is wrong get the same answer after the same time.
"""

from datetime import timedelta
from uuid import UUID

from voc.core import clock, settings
from voc.core.access import Action, Actor
from voc.core.errors import Invalid, Refusal
from voc.core.events import emit
from voc.core.find import one
from voc.core.ids import new_secret, secret_hash, signed
from voc.core.seals import url_text
from voc.core.verb import verb
from voc.staff.events import SignInLinkAsked
from voc.staff.models import Member, Session, SignInLink
from voc.staff.passwords import hash_password, matches
from voc.staff.queries import actor_of_member, members_visible_to

SESSION = timedelta(days=14)
LINK = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=5)


class SignInRefused(Refusal):
    """Wrong, unknown, expired or used: the message does not say which."""

    code = "SIGN_IN_REFUSED"

    def __init__(self) -> None:
        super().__init__("That did not match. Check the address and password, or ask for a link by mail.")


async def sign_in(actor: Actor, email: str, password: str) -> str:
    """Open a session and give its secret for the cookie, or SignInRefused."""
    actor.must(Action.SIGN_IN)
    member = await Member.get_or_none(email=email.strip().lower(), deactivated_at=None)
    if not await matches(password, member.password_hash if member else None) or member is None:
        raise SignInRefused
    return await _open_session(actor, member.id)


@verb(Action.SIGN_IN)
async def ask_link(actor: Actor, email: str, purpose: str = "sign_in") -> None:
    """Send a link that signs in once (`sign_in`), or lets a new password be set (`reset`). An unknown address gets the same silence."""
    member = await Member.get_or_none(email=email.strip().lower(), deactivated_at=None)
    if member is not None:
        await emit(SignInLinkAsked((await _add_link(member.id, purpose)).id))


@verb(Action.EDIT_STAFF)
async def make_link(actor: Actor, member_id: UUID) -> str:
    """The path of a one-time sign-in link for a member, for an admin at the command line to hand over."""
    member = await one(members_visible_to(actor), member_id)
    return link_path((await _add_link(member.id, "sign_in")).id)


@verb(Action.SIGN_IN)
async def use_link(actor: Actor, secret: str) -> str:
    """Use a sign-in link up and give the secret of a new session, or SignInRefused."""
    return await _open_session(actor, await _use_up(secret, "sign_in"))


async def reset_password(actor: Actor, secret: str, password: str) -> str:
    """Use a reset link up: set the password, end every session, and give the secret of a new one."""
    actor.must(Action.SIGN_IN)
    return await _reset(actor, secret, await hash_password(password))


async def change_password(actor: Actor, old: str, new: str) -> None:
    """Set one's own password; the old one must match if there is one. Sessions elsewhere end."""
    actor.must(Action.OWN_ACCOUNT)
    member = await one(Member.all(), _own_id(actor))
    if member.password_hash and not await matches(old, member.password_hash):
        raise Invalid.at("oldPassword", "PASSWORD_WRONG", "Your present password is not right.")
    await _set_password(actor, member.id, await hash_password(new))


@verb(Action.OWN_ACCOUNT)
async def sign_out(actor: Actor, secret: str) -> None:
    """End this session."""
    await Session.filter(secret_hash=secret_hash(secret)).delete()


@verb(Action.OWN_ACCOUNT)
async def sign_out_everywhere(actor: Actor) -> int:
    """End every session of the member; says how many there were."""
    return await Session.filter(member_id=_own_id(actor)).delete()


async def actor_for_session(secret: str) -> Actor | None:
    """Who sits behind the cookie, with the roles of this moment; None when it opens nothing."""
    now = clock.now()
    session = await Session.get_or_none(secret_hash=secret_hash(secret), expires_at__gt=now).select_related("member")
    if session is None or session.member.deactivated_at:
        return None
    if now - session.seen_at > SEEN_EVERY:
        await Session.filter(id=session.id).update(seen_at=now, expires_at=now + SESSION)
    return await actor_of_member(session.member)


async def link_of(link_id: UUID) -> tuple[Member, str, str] | None:
    """The member, path and purpose of a link that can still be used."""
    link = await SignInLink.get_or_none(id=link_id, used_at=None, expires_at__gt=clock.now()).select_related("member")
    return (link.member, link_path(link.id, link.purpose), link.purpose) if link else None


def link_path(link_id: UUID, purpose: str = "sign_in") -> str:
    """The path under the base url that uses the link."""
    return f"/sign-in/{'reset' if purpose == 'reset' else 'link'}/{_link_secret(link_id)}"


@verb(Action.SIGN_IN)
async def purge_sign_in(actor: Actor) -> None:
    """Routine: forget sessions and links that open nothing any more."""
    await Session.filter(expires_at__lt=clock.now()).delete()
    await SignInLink.filter(expires_at__lt=clock.now() - timedelta(days=1)).delete()


@verb(Action.SIGN_IN)
async def _open_session(actor: Actor, member_id: UUID) -> str:
    secret = new_secret()
    await Session.create(member_id=member_id, secret_hash=secret_hash(secret), expires_at=clock.now() + SESSION)
    return secret


@verb(Action.SIGN_IN)
async def _reset(actor: Actor, secret: str, password_hash: str) -> str:
    member_id = await _use_up(secret, "reset")
    await Member.filter(id=member_id).update(password_hash=password_hash)
    await Session.filter(member_id=member_id).delete()
    return await _open_session(actor, member_id)


@verb(Action.OWN_ACCOUNT)
async def _set_password(actor: Actor, member_id: UUID, password_hash: str) -> None:
    await Member.filter(id=member_id).update(password_hash=password_hash)
    await Session.filter(member_id=member_id).delete()


async def _add_link(member_id: UUID, purpose: str) -> SignInLink:
    link = SignInLink(member_id=member_id, purpose=purpose, expires_at=clock.now() + LINK)
    link.secret_hash = secret_hash(_link_secret(link.id))
    await link.save(force_create=True)
    return link


async def _use_up(secret: str, purpose: str) -> UUID:
    now = clock.now()
    link = await SignInLink.get_or_none(secret_hash=secret_hash(secret), purpose=purpose, used_at=None, expires_at__gt=now)
    if link is None or not await SignInLink.filter(id=link.id, used_at=None).update(used_at=now):
        raise SignInRefused
    if not await Member.filter(id=link.member_id, deactivated_at=None).exists():
        raise SignInRefused
    return link.member_id


def _link_secret(link_id: UUID) -> str:
    return url_text(signed(settings.current().key(), "sign-in-link", link_id))


def _own_id(actor: Actor) -> UUID:
    if actor.id is None or not actor.is_member:
        raise SignInRefused
    return actor.id
