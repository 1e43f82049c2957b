"""What becomes of a text by what its gateway tells, in whatever order that comes. PURE."""

from collections.abc import Mapping

from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivery_states import DeliveryState
from voc.outreach.gateways.template import Outcome

# What is surer stands further on: a text that arrived stays so whatever comes late, and of two failures the one that says most counts.
_SURER = (DeliveryState.STARTED, DeliveryState.ACCEPTED, DeliveryState.FAILED, DeliveryState.BOUNCED, DeliveryState.DELIVERED)
_TOLD: Mapping[Outcome, DeliveryState] = {
    Outcome.DELIVERED: DeliveryState.DELIVERED,
    Outcome.BOUNCED: DeliveryState.BOUNCED,
    Outcome.STOPPED: DeliveryState.FAILED,
    Outcome.REFUSED: DeliveryState.FAILED,
    Outcome.TAKEN: DeliveryState.ACCEPTED,
}
REASONS: Mapping[Outcome, Reason] = {
    Outcome.BOUNCED: Reason.RECIPIENT_REFUSED,
    Outcome.STOPPED: Reason.SUPPRESSED,
    Outcome.REFUSED: Reason.NOT_DELIVERED,
}
"""Why an ask failed whose text did."""


def state_after(state: DeliveryState, told: Outcome) -> DeliveryState:
    """The state of an attempt after one more receipt: the same for the same receipts in any order, however often each comes."""
    return max(state, _TOLD[told], key=_SURER.index)
