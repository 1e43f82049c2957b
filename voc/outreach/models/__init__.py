"""Tables of the outreach room, by what they are about."""

from voc.outreach.delivery_states import DeliveryState
from voc.outreach.models.channels import Delivery, DeliveryReport, MailHost, OutboxMail
from voc.outreach.models.invitations import Invitation, InvitationState, LinkSeen, OddPress, OpenLink
from voc.outreach.models.limits import Hold, Pause, PauseScope, Suppression
from voc.outreach.models.messages import Became, InboundMessage, Receipt
from voc.outreach.models.policies import Decision, Policy, PolicyTouchpoint, PolicyVersion, Touchpoint

__all__ = [
    "Became",
    "Decision",
    "Delivery",
    "DeliveryReport",
    "DeliveryState",
    "Hold",
    "InboundMessage",
    "Invitation",
    "InvitationState",
    "LinkSeen",
    "MailHost",
    "OddPress",
    "OpenLink",
    "OutboxMail",
    "Pause",
    "PauseScope",
    "Policy",
    "PolicyTouchpoint",
    "PolicyVersion",
    "Receipt",
    "Suppression",
    "Touchpoint",
]
