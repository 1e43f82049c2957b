"""What happens in the customers room."""

from voc.core.events import Event


class ContactRecorded(Event):
    """A contact is new, or something about it has changed; `ref` is the contact."""


class CustomerChanged(Event):
    """A customer is new, or something about them has changed; `ref` is the customer."""
