"""Keys of programs."""

from datetime import datetime
from typing import ClassVar

import strawberry
from strawberry import Parent

from voc.api.actions import Action
from voc.api.context import Info
from voc.api.enums import Role
from voc.api.exposed import computed, exposes, field, shape, takes
from voc.api.global_ids import row_id
from voc.api.idempotency import Keyed
from voc.api.mutations import mutation
from voc.api.narrowing import id_of
from voc.api.nodes import Node
from voc.api.staff import Team
from voc.core.access import Actor, Held
from voc.staff import models
from voc.staff.queries import tokens_visible_to
from voc.staff.tokens import create_token, revoke_token


@exposes(models.ApiToken, visible=tokens_visible_to)
class ApiToken(Node):
    """A program's key. What it opens was shown once and is not kept."""

    name: str
    """The program that uses it."""
    role: Role
    """The role it acts in."""
    hint: str
    """Its first letters, to recognise it by."""
    created_at: datetime
    """When it was made."""
    expires_at: datetime | None
    """When it stops working; null is never."""
    last_used_at: datetime | None
    """When it was last used, to the minute."""
    revoked_at: datetime | None
    """When it was revoked."""

    @computed
    def actions(row: models.ApiToken) -> list[Action]:  # noqa: N805 - the source is the row
        """Everything it may do: what its role may, or as much of it as it was given."""
        scope = None if row.scope is None else frozenset(Action(action) for action in row.scope)
        bearer = Actor(row.name, frozenset({Held(row.role, row.team_id)}), scope=scope)
        return [action for action in Action if bearer.may(action)]

    @field(Team | None)
    async def team(row: Parent[models.ApiToken], info: Info) -> models.Team | None:  # noqa: N805
        """The team it acts for; null is all teams."""
        return await info.context.loaders.row(models.Team, row.team_id)


@shape
class CreatedToken:
    """A new token with its secret."""

    shown_once: ClassVar[tuple[str, ...]] = ("secret",)

    token: ApiToken
    """The token."""
    secret: str | None
    """What the program sends as `Authorization: Bearer …`. Shown this once; null when the request is repeated."""


@takes
class CreateTokenInput(Keyed):
    """A key for a program."""

    name: str
    """The program that will use it."""
    role: Role
    """The role it acts in, usually INTEGRATION."""
    scope: list[Action] | None
    """What it may do of all that its role may; everything when left out."""
    team_id: strawberry.ID | None
    """The team it acts for; all teams when left out."""
    expires_at: datetime | None
    """When it stops working; never when left out."""


@takes
class RevokeTokenInput:
    """A token to revoke."""

    token_id: strawberry.ID
    """The token."""


@shape
class TokenQueries:
    """Reads of keys of programs."""

    @field(list[ApiToken])
    async def tokens(self, info: Info) -> list[models.ApiToken]:
        """All tokens, also revoked and expired ones, newest first; empty for whoever may not change them."""
        return await tokens_visible_to(info.context.actor).order_by("-created_at", "-id")


@shape
class TokenMutations:
    """Changes of keys of programs."""

    @mutation(CreatedToken)
    async def create_token(self, info: Info, input: CreateTokenInput) -> CreatedToken:
        """Make a token and show its secret this once."""
        token, secret = await create_token(
            info.context.actor,
            name=input.name,
            role=input.role,
            scope=input.scope,
            team_id=id_of(input.team_id, "Team", "teamId"),
            expires_at=input.expires_at,
        )
        return CreatedToken(token=token, secret=secret)  # type: ignore[arg-type]  # the row is what the type shows

    @mutation(ApiToken)
    async def revoke_token(self, info: Info, input: RevokeTokenInput) -> models.ApiToken:
        """Let a token open nothing from now on."""
        return await revoke_token(info.context.actor, row_id(input.token_id, "ApiToken", path="tokenId"))
