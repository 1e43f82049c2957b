"""What the condition of a policy (`when`) may speak of. PURE."""

from voc.core.expressions import Environment, Kind, environment

CONTACT = {
    "touchpoint": Kind.TEXT,
    "channel": Kind.TEXT,
    "direction": Kind.TEXT,
    "outcome": Kind.TEXT,
    "team": Kind.TEXT,
    "queue": Kind.TEXT,
    "agent": Kind.TEXT,
    "subject": Kind.TEXT,
    "started_at": Kind.MOMENT,
    "ended_at": Kind.MOMENT,
    "minutes": Kind.NUMBER,
    "attributes": Kind.ATTRIBUTES,
}
CUSTOMER = {
    "language": Kind.TEXT,
    "time_zone": Kind.TEXT,
    "segment": Kind.TEXT,
    "value": Kind.NUMBER,
    "currency": Kind.TEXT,
    "has_email": Kind.YES_NO,
    "has_phone": Kind.YES_NO,
    "has_account": Kind.YES_NO,
    "known_since": Kind.MOMENT,
    "attributes": Kind.ATTRIBUTES,
}
ACCOUNT = {
    "segment": Kind.TEXT,
    "value": Kind.NUMBER,
    "currency": Kind.TEXT,
    "owner": Kind.TEXT,
    "attributes": Kind.ATTRIBUTES,
}
HISTORY = {
    "invitations": Kind.NUMBER,
    "answers": Kind.NUMBER,
    "declines": Kind.NUMBER,
    "last_asked_at": Kind.MOMENT,
    "last_answered_at": Kind.MOMENT,
    "last_declined_at": Kind.MOMENT,
}
HERE: Environment = environment({"contact": CONTACT, "customer": CUSTOMER, "account": ACCOUNT, "history": HISTORY})
