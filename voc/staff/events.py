"""What happens in the staff room that others follow."""

from dataclasses import dataclass

from voc.core.events import Event


@dataclass(frozen=True, slots=True)
class MemberDeactivated(Event):
    """A colleague left; `ref` is the member."""


@dataclass(frozen=True, slots=True)
class SignInLinkAsked(Event):
    """Somebody asked for a mail that signs them in or resets their password; `ref` is the link."""
