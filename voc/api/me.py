"""Whoever asks: who they are, what they may do, and their own settings."""

from strawberry import Parent

from voc.api.actions import Action
from voc.api.context import Info
from voc.api.exposed import computed, field, shape, takes
from voc.api.mutations import mutation
from voc.api.staff import HeldRole, Member, in_order
from voc.core.access import Actor, Held
from voc.core.find import one
from voc.staff import models
from voc.staff.members import set_own_preferences
from voc.staff.queries import members_visible_to
from voc.staff.sign_in import change_password


@shape
class Me:
    """Whoever asks, as the service knows them at this moment."""

    name: str
    """Name of the member or token."""
    is_member: bool
    """Whether this is a colleague who signed in, and no program."""
    language: str
    """Language that texts are given in."""
    time_zone: str
    """Zone that times should be shown in."""

    @computed
    def actions(actor: Actor) -> list[Action]:  # noqa: N805 - the source is the actor
        """Everything they may do, at least for one team. What they may not do is refused whatever a client shows."""
        return [action for action in Action if actor.may(action)]

    @field(list[HeldRole])
    def roles(actor: Parent[Actor]) -> list[Held]:  # noqa: N805
        """The roles they hold."""
        return in_order(actor.roles)

    @field(Member | None)
    async def member(actor: Parent[Actor], info: Info) -> models.Member | None:  # noqa: N805
        """The colleague; null for programs."""
        return await info.context.loaders.row(models.Member, actor.id if actor.is_member else None)


@shape
class MeQueries:
    """Reads of one's own account."""

    @field(Me | None)
    def me(self, info: Info) -> Actor | None:
        """Whoever asks; null when nobody is signed in and no token was sent."""
        return None if info.context.actor.is_stranger else info.context.actor


@takes
class UpdateMeInput:
    """One's own preferences."""

    language: str
    """Language the console speaks: nl or en."""
    time_zone: str
    """Zone that times are shown in, such as Europe/Amsterdam."""


@takes
class ChangePasswordInput:
    """A new password."""

    old_password: str
    """The present password; empty when there is none yet."""
    new_password: str
    """The new one, 12 to 200 characters."""


@shape
class MeMutations:
    """Changes of one's own account."""

    @mutation(Member)
    async def update_me(self, info: Info, input: UpdateMeInput) -> models.Member:
        """Set the language and time zone the console speaks to you in."""
        return await set_own_preferences(info.context.actor, language=input.language, time_zone=input.time_zone)

    @mutation(Member)
    async def change_password(self, info: Info, input: ChangePasswordInput) -> models.Member:
        """Set your own password. Your sessions elsewhere end, and so does this one: sign in again."""
        actor = info.context.actor
        await change_password(actor, input.old_password, input.new_password)
        return await one(members_visible_to(actor), actor.id)  # type: ignore[arg-type]
