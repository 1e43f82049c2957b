"""Facts of the surveys room."""

from voc.core.events import Event


class SurveyPublished(Event):
    """A version (by its id) is what customers see from now on."""
