"""What happened in this room, by the id of the response."""

from voc.core.events import Event


class ResponseSubmitted(Event):
    """A response was sent, or left half-way: what was answered counts from now on."""


class ResponseChanged(Event):
    """A response that counted already was changed, completed after all, or got a wish to be called."""


class ResponseJoined(Event):
    """The customer or the contact of a response became known."""


class ResponseErased(Event):
    """The answers of a response were deleted by whoever gave them: nothing that was made of them may stay."""
