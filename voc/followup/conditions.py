"""What the condition of a route (`when`) may speak of. PURE."""

from voc.core.expressions import Environment, Kind, environment

RESPONSE = {
    "channel": Kind.TEXT,
    "language": Kind.TEXT,
    "survey": Kind.TEXT,
    "touchpoint": Kind.TEXT,
    "is_complete": Kind.YES_NO,
    "wants_call_back": Kind.YES_NO,
    "has_comment": Kind.YES_NO,
    "submitted_at": Kind.MOMENT,
    "answers": Kind.ATTRIBUTES,
}
# Of two questions with the same metric in one survey the lower value speaks: a route is there to find what went wrong.
SCORES = {
    "nps": Kind.NUMBER,
    "csat": Kind.NUMBER,
    "ces": Kind.NUMBER,
    "nps_band": Kind.TEXT,
    "csat_band": Kind.TEXT,
    "ces_band": Kind.TEXT,
}
READING = {"label": Kind.TEXT, "score": Kind.NUMBER, "language": Kind.TEXT}
CUSTOMER = {"language": Kind.TEXT, "segment": Kind.TEXT, "value": Kind.NUMBER, "currency": Kind.TEXT, "attributes": Kind.ATTRIBUTES}
CONTACT = {
    "touchpoint": Kind.TEXT,
    "channel": Kind.TEXT,
    "direction": Kind.TEXT,
    "outcome": Kind.TEXT,
    "team": Kind.TEXT,
    "queue": Kind.TEXT,
    "agent": Kind.TEXT,
    "subject": Kind.TEXT,
    "attributes": Kind.ATTRIBUTES,
}
HERE: Environment = environment({"response": RESPONSE, "scores": SCORES, "reading": READING, "customer": CUSTOMER, "contact": CONTACT})
