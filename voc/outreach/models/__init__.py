"""Tables of the outreach room, by what they are about."""

from voc.outreach.models.channels import Delivery, DeliveryState, OutboxMail
from voc.outreach.models.invitations import Invitation, InvitationState, LinkSeen, OpenLink
from voc.outreach.models.limits import Hold, Pause, PauseScope, Suppression
from voc.outreach.models.policies import Decision, Policy, PolicyVersion, Touchpoint

__all__ = [
    "Decision",
    "Delivery",
    "DeliveryState",
    "Hold",
    "Invitation",
    "InvitationState",
    "LinkSeen",
    "OpenLink",
    "OutboxMail",
    "Pause",
    "PauseScope",
    "Policy",
    "PolicyVersion",
    "Suppression",
    "Touchpoint",
]
