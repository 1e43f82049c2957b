"""What happens in the outreach room."""

from voc.core.events import Event


class InvitationSent(Event):
    """An invitation was put in front of the customer; `ref` is the invitation."""


class InvitationFailed(Event):
    """An invitation could not be delivered and will not be tried again by itself; `ref` is the invitation."""
