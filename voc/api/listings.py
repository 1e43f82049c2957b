"""The lists that clients page through, and the orders they come in; the first order is the usual one."""

from enum import Enum

from tortoise.queryset import QuerySet

from voc.api.exposed import enum
from voc.api.paging import Listing
from voc.connect.models import HookDelivery
from voc.core.access import Actor
from voc.core.models import Job
from voc.customers.models import Account, Contact, Customer
from voc.followup.models import Task
from voc.outreach.models import Decision, Delivery, InboundMessage, Invitation, OpenLink, Suppression
from voc.responses.models import Response
from voc.responses.queries import responses_visible_to
from voc.staff.models import Member
from voc.surveys.models import PublishRequest, Survey, SurveyVersion


class MemberOrder(Enum):
    """Orders of members."""

    NAME = "name"
    NEWEST = "newest"


class Order(Enum):
    """Orders of most lists."""

    NEWEST = "newest"
    OLDEST = "oldest"


class TaskOrder(Enum):
    """Orders of tasks."""

    DUE = "due"
    NEWEST = "newest"
    CHANGED = "changed"


class SurveyOrder(Enum):
    """Orders of surveys."""

    CHANGED = "changed"
    NAME = "name"


enum(MemberOrder, "In which order members are listed.", NAME="By name.", NEWEST="Who came last, first.")
enum(Order, "In which order a list comes.", NEWEST="The newest first.", OLDEST="The oldest first.")
enum(
    TaskOrder,
    "In which order tasks are listed.",
    DUE="What is due first, first.",
    NEWEST="What was raised last, first.",
    CHANGED="What changed last, first.",
)
enum(SurveyOrder, "In which order surveys are listed.", CHANGED="What changed last, first.", NAME="By name.")


def ended_responses(actor: Actor) -> QuerySet[Response]:
    """The visible responses that were sent, or left; one that is still being given has no place in their order yet."""
    return responses_visible_to(actor).filter(submitted_at__isnull=False)


def _by(column: str) -> dict[Enum, tuple[str, ...]]:
    return {Order.NEWEST: (f"-{column}",), Order.OLDEST: (column,)}


MEMBERS = Listing("members", Member, {MemberOrder.NAME: ("name",), MemberOrder.NEWEST: ("-created_at",)})
CUSTOMERS = Listing("customers", Customer, _by("created_at"))
ACCOUNTS = Listing("accounts", Account, _by("created_at"))
CONTACTS = Listing("contacts", Contact, _by("created_at"))
SURVEYS = Listing("surveys", Survey, {SurveyOrder.CHANGED: ("-updated_at",), SurveyOrder.NAME: ("name",)})
PUBLISH_REQUESTS = Listing("publishRequests", PublishRequest, _by("asked_at"))
VERSIONS = Listing("versions", SurveyVersion, _by("number"))
DECISIONS = Listing("decisions", Decision, _by("decided_at"))
INVITATIONS = Listing("invitations", Invitation, _by("created_at"))
OPEN_LINKS = Listing("openLinks", OpenLink, _by("created_at"))
DELIVERIES = Listing("deliveries", Delivery, _by("started_at"))
SUSPECTS = Listing("suspectAnswers", Response, _by("submitted_at"), never_null=("submitted_at",))
SUPPRESSIONS = Listing("suppressions", Suppression, _by("since"))
RESPONSES = Listing("responses", Response, _by("submitted_at"), never_null=("submitted_at",))
TASKS = Listing("tasks", Task, {TaskOrder.DUE: ("due_at",), TaskOrder.NEWEST: ("-created_at",), TaskOrder.CHANGED: ("-updated_at",)})
HOOK_DELIVERIES = Listing("hookDeliveries", HookDelivery, _by("created_at"))
INBOUND_MESSAGES = Listing("inboundMessages", InboundMessage, _by("at"))
JOBS = Listing("jobs", Job, _by("created_at"))
