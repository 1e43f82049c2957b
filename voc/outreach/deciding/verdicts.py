"""The words in which decisions are said. PURE."""

from enum import StrEnum


class Verdict(StrEnum):
    """What a policy said about a contact."""

    SEND = "send"
    DELAY = "delay"
    SKIP = "skip"


class Reason(StrEnum):
    """Why; each has a sentence in `reasons.py`. The last group says why an invitation did not leave after all."""

    ASKED = "asked"
    SETTLING = "settling"
    NO_POLICY = "no_policy"
    POLICY_PAUSED = "policy_paused"
    CONDITION_NOT_MET = "condition_not_met"
    RULE_FAULT = "rule_fault"
    SURVEY_NOT_PUBLISHED = "survey_not_published"
    CONTACT_SPAM = "contact_spam"
    CONTACT_ABANDONED = "contact_abandoned"
    CONTACT_SUPPLIER = "contact_supplier"
    CONTACT_EXCLUDED = "contact_excluded"
    OUTCOME_EXCLUDED = "outcome_excluded"
    NO_MARKETING = "no_marketing"
    TOO_LATE = "too_late"
    NO_CUSTOMER = "no_customer"
    NO_ADDRESS = "no_address"
    CONSENT_REFUSED = "consent_refused"
    CONSENT_UNKNOWN = "consent_unknown"
    SUPPRESSED = "suppressed"
    HELD = "held"
    WITHIN_QUIET_DAYS = "within_quiet_days"
    OUTRANKED = "outranked"
    BUDGET_SPENT = "budget_spent"
    OUTSIDE_WINDOW = "outside_window"
    NOT_SAMPLED = "not_sampled"
    ENOUGH_ANSWERS = "enough_answers"

    TEXT_TOO_LONG = "text_too_long"
    RECIPIENT_REFUSED = "recipient_refused"
    MESSAGE_REFUSED = "message_refused"
    NOT_DELIVERED = "not_delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    WITHDRAWN = "withdrawn"


DRAWN = (Reason.ASKED, Reason.NOT_SAMPLED, Reason.ENOUGH_ANSWERS)
"""The reasons of those who came as far as the draw."""
