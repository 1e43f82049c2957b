"""How attempts to deliver go. PURE."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """How one attempt went: taken by the other side, known to have arrived, not taken, or sent back later."""

    STARTED = "started"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    BOUNCED = "bounced"
