"""What the other side tells of a message later on. PURE."""

from enum import StrEnum


class ReportKind(StrEnum):
    """It arrived; it came back because the address is no good, or for another reason that may pass; somebody called it spam."""

    DELIVERED = "delivered"
    BOUNCED = "bounced"
    RETURNED = "returned"
    COMPLAINED = "complained"
