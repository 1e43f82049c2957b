"""Where a survey stands, as a word of choice; types take it from here, so that it is never met unpublished."""

from voc.api.exposed import enum
from voc.outreach.survey_states import SurveyState

__all__ = ["SurveyState"]

enum(
    SurveyState,
    "Where a survey stands.",
    DRAFT="It was never published.",
    LIVE="Customers are asked with it, or can be.",
    PAUSED="Nobody is asked with it until somebody lets it go on; links that were sent still take answers.",
    ENDED="Every policy and link that asked with it has stopped.",
)
