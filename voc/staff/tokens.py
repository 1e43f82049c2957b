"""API tokens: shown once, kept as a hash, narrowed to actions, and stopped at will."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor, Held, Role
from voc.core.errors import Invalid
from voc.core.find import one
from voc.core.ids import new_secret, secret_hash
from voc.core.verb import verb
from voc.staff.models import ApiToken
from voc.staff.queries import tokens_visible_to

PREFIX = "voc_"
USED_EVERY = timedelta(minutes=1)
_NOT_FOR_TOKENS = (Role.RESPONDENT, Role.TRANSLATOR, Role.STRANGER, Role.SYSTEM)


@verb(Action.EDIT_STAFF)
async def create_token(
    actor: Actor,
    *,
    name: str,
    role: Role,
    scope: Collection[Action] | None = None,
    team_id: UUID | None = None,
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is never shown again. `scope` leaves it only these actions of its role."""
    if not name.strip():
        raise Invalid.at("name", "NAME_MISSING", "Name the token after the program that will use it.")
    if role in _NOT_FOR_TOKENS:
        raise Invalid.at("role", "ROLE_NOT_FOR_TOKENS", f"No token can hold the role {role}.")
    if expires_at is not None and expires_at <= clock.now():
        raise Invalid.at("expiresAt", "IN_THE_PAST", "The token would have expired already: choose a later moment.")
    secret = PREFIX + new_secret()
    token = await ApiToken.create(
        name=name.strip(),
        role=role,
        team_id=team_id,
        scope=sorted(scope) if scope is not None else None,
        secret_hash=secret_hash(secret),
        hint=secret[:8],
        expires_at=expires_at,
    )
    return token, secret


@verb(Action.EDIT_STAFF)
async def revoke_token(actor: Actor, token_id: UUID) -> ApiToken:
    """The token opens nothing from now on."""
    token = await one(tokens_visible_to(actor), token_id)
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        await token.save(update_fields=["revoked_at"])
    return token


async def actor_for_token(secret: str) -> Actor | None:
    """Who sends this token; None when it is unknown, expired or revoked."""
    now = clock.now()
    token = await ApiToken.get_or_none(secret_hash=secret_hash(secret), revoked_at=None)
    if token is None or (token.expires_at and token.expires_at <= now):
        return None
    if token.last_used_at is None or now - token.last_used_at > USED_EVERY:
        await ApiToken.filter(id=token.id).update(last_used_at=now)
    team_id: UUID | None = token.team_id
    scope = frozenset(Action(action) for action in token.scope) if token.scope is not None else None
    return Actor(name=token.name, roles=frozenset({Held(token.role, team_id)}), id=token.id, scope=scope)
