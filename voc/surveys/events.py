"""Facts of the surveys room."""

from voc.core.events import Event

DRAFT = "draft"  # the kind of change that whoever looks at a draft hears of


class SurveyPublished(Event):
    """A version (by its id) is what customers see from now on."""
