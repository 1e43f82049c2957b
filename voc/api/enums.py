"""The domain's own words of choice, published with a description for each. Types take them from here, so that none is met unpublished."""

from enum import Enum

from voc.api.exposed import enum
from voc.connect.models import HookState
from voc.core.access import Role
from voc.customers.models import Channel, ConsentState, Direction, Outcome
from voc.followup.queries import InboxView
from voc.followup.rules import By
from voc.followup.states import Priority, Solved, Step, TaskState
from voc.insight.models import Label, Metric
from voc.insight.scores import Size
from voc.outreach.deciding.reasons import SENTENCES
from voc.outreach.deciding.verdicts import Reason, Verdict
from voc.outreach.models import DeliveryState, InvitationState, PauseScope
from voc.outreach.policies.clocks import Otherwise
from voc.responses.models import ResponseState
from voc.surveys.questionnaire import Severity
from voc.surveys.questions import Band, Convention

__all__ = [
    "Band",
    "By",
    "Channel",
    "ConsentState",
    "Convention",
    "DeliveryState",
    "Direction",
    "HookState",
    "InboxView",
    "InvitationState",
    "Label",
    "Metric",
    "Otherwise",
    "Outcome",
    "PauseScope",
    "Priority",
    "Reason",
    "ResponseState",
    "Role",
    "Severity",
    "Size",
    "Solved",
    "Step",
    "TaskState",
    "Verdict",
    "Weekday",
]

NEW_VALUES = "New values may be added: handle unknown ones."


class Weekday(Enum):
    """A day of the week, under the name business hours are kept by."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


enum(
    Weekday,
    "A day of the week.",
    MON="Monday.",
    TUE="Tuesday.",
    WED="Wednesday.",
    THU="Thursday.",
    FRI="Friday.",
    SAT="Saturday.",
    SUN="Sunday.",
)
enum(
    Role,
    "What somebody, or a program, is here for. A member may hold several, each for one team or for all.",
    DESIGNER="Writes questionnaires and decides who is asked.",
    HANDLER="Calls customers back and closes tasks.",
    LEAD="Leads a team: divides its tasks and looks after its routes.",
    AGENT="Has the customer on the line.",
    ANALYST="Studies answers and figures.",
    ADMIN="Holds the keys: members, teams, tokens, webhooks, jobs.",
    AUDITOR="Looks at everything and changes nothing.",
    INTEGRATION="A program: CRM, contact centre, IVR, app.",
    RESPONDENT="A customer who holds a secret link.",
    TRANSLATOR="Somebody from outside with a link to one language of one survey.",
    STRANGER="Anybody.",
    SYSTEM="The service itself: what follows events and the clock.",
)
enum(
    Channel,
    f"The way a contact came in, or a message goes out. {NEW_VALUES}",
    PHONE="A call.",
    CHAT="A chat on the website or in an app.",
    EMAIL="Electronic mail.",
    MESSAGE="A messaging service such as WhatsApp.",
    SMS="A text message.",
    WEB="A web page.",
    APP="An app.",
    IVR="A voice menu.",
    VISIT="A visit to a store or office.",
    PAPER="A letter or a form on paper.",
    DELIVERY="Goods brought to the customer.",
    OUTBOX="The outbox of this service, where mails are kept instead of sent.",
    OTHER="Another way: for an invitation, another system delivers the link.",
)
enum(Direction, "Who began the contact.", INBOUND="The customer.", OUTBOUND="We.")
enum(
    Outcome,
    f"How a contact ended. {NEW_VALUES}",
    name="ContactOutcome",
    SOLVED="A colleague solved it.",
    SOLVED_BY_BOT="A bot or voice menu solved it.",
    TRANSFERRED="It went on elsewhere.",
    UNSOLVED="It ended without a solution.",
    ABANDONED="The customer left before anybody answered.",
    SPAM="It was no customer at all.",
    SUPPLIER="A supplier wrote, not a customer.",
    UNKNOWN="Nobody told.",
)
enum(
    ConsentState,
    "What the customer said about being asked over a channel. No statement means that nobody knows.",
    GRANTED="Agreed.",
    REFUSED="Refused.",
)
enum(
    Verdict,
    "What a policy said about a contact.",
    SEND="The customer is asked.",
    DELAY="It is looked at again later.",
    SKIP="The customer is not asked.",
)
enum(
    Reason,
    f"Why a policy said so, or why an invitation did not leave after all. {NEW_VALUES}",
    name="DecisionReason",
    **{reason.name: sentences["en"] for reason, sentences in SENTENCES.items()},
)
enum(
    Otherwise,
    "What a policy does with a customer whom something speaks against asking now.",
    SKIP="Does not ask.",
    DELAY="Waits until it may ask.",
    ASK="Asks nevertheless.",
)
enum(
    InvitationState,
    "Where an invitation stands.",
    PLANNED="It will be sent at its time.",
    HELD="Sending is paused; it goes out when the pause ends.",
    SENT="It reached the channel.",
    FAILED="It could not be delivered.",
    WITHDRAWN="It will not be sent, or its link is closed.",
)
enum(
    DeliveryState,
    "How one attempt to deliver an invitation went.",
    STARTED="Under way, or cut off.",
    ACCEPTED="The channel took it.",
    DELIVERED="It arrived: a receipt says so.",
    FAILED="The channel refused it.",
    BOUNCED="It was taken and came back.",
)
enum(
    PauseScope,
    "What an emergency stop stops.",
    EVERYTHING="All sending.",
    CHANNEL="One channel.",
    POLICY="One policy.",
    SURVEY="One survey.",
)
enum(
    ResponseState,
    "Where a response stands; what was answered counts either way.",
    OPEN="The customer may still be answering.",
    COMPLETE="The customer sent it.",
    LEFT="The customer went away before sending.",
)
enum(
    Metric,
    f"What a question can measure. {NEW_VALUES}",
    NPS="Net promoter score: promoters less detractors, -100 to 100 points.",
    CSAT="Customer satisfaction: the share of the top boxes, in percent.",
    CES="Customer effort score, by the convention its question declares.",
)
enum(
    Convention,
    "How a CES is reckoned.",
    name="CesConvention",
    MEAN="The mean, 1 to 7.",
    TOP3="The share of 5 to 7, in percent.",
    INDEX="The share of 6 and 7 less the share of 1 to 3, in points.",
)
enum(
    Band,
    "What a single score means.",
    PROMOTER="NPS 9 or 10.",
    PASSIVE="NPS 7 or 8.",
    DETRACTOR="NPS 0 to 6.",
    SATISFIED="In the top boxes of CSAT.",
    EASY="At the easy end of CES.",
    NEUTRAL="In the middle of CSAT or CES.",
    DISSATISFIED="In the bottom boxes of CSAT.",
    HARD="At the hard end of CES.",
)
enum(
    Label,
    "The mood of a text, as an analyser reads it.",
    name="Sentiment",
    NEGATIVE="Unhappy.",
    NEUTRAL="Neither happy nor unhappy.",
    POSITIVE="Happy.",
    MIXED="Both, clearly.",
    UNKNOWN="No analyser knows its language: nothing is guessed.",
)
enum(
    TaskState,
    "Where a task stands.",
    OPEN="Nobody has taken it.",
    IN_PROGRESS="Somebody works on it.",
    WAITING="It waits for the customer.",
    DONE="It is closed.",
)
enum(
    Priority,
    "How pressing a task is; inboxes sort by due time first.",
    name="TaskPriority",
    LOW="Can wait.",
    NORMAL="As usual.",
    HIGH="Before the usual ones.",
    URGENT="Now.",
)
enum(Solved, "What the handler says at closing.", YES="Solved.", PARTLY="Solved in part.", NO="Not solved.")
enum(
    InboxView,
    "The views of the inbox.",
    name="TaskView",
    MINE="Yours, to be done.",
    TEAM="Of the teams you work for, to be done.",
    UNOWNED="To be done, and nobody's.",
    AT_RISK="Due within four hours, or overdue.",
    WAITING="Waiting for the customer.",
    DONE_THIS_WEEK="Closed since Monday.",
)
enum(
    Step,
    f"What happened to a task. {NEW_VALUES}",
    name="TaskStepKind",
    RAISED="It came into being.",
    CHANGED="The customer changed the answer, or more became known.",
    TAKEN="A colleague took it.",
    GIVEN="It was handed over.",
    RELEASED="It went back to the team when its owner left.",
    NOTED="Somebody wrote a note.",
    WAITING="It began to wait for the customer.",
    RESUMED="It was taken up again.",
    CLOSED="It was closed.",
    REOPENED="It was opened again.",
    ERASED="The customer deleted the answers it is about.",
)
enum(
    By,
    f"How a route finds the team of its tasks. {NEW_VALUES}",
    name="PlacedBy",
    CONTACT_TEAM="The team that had the contact.",
    QUEUE="The team that answers the queue of the contact.",
    TOPIC="By the answer to a question.",
    SEGMENT="By the segment of the customer.",
    TEAM="Always the same team.",
)
enum(
    HookState,
    "How the telling of one event to a webhook stands.",
    WAITING="Waits for its first or next attempt.",
    TOLD="The address answered with success.",
    FAILED="Given up; it can be replayed.",
)
enum(
    Severity,
    "How much a problem of a questionnaire matters.",
    name="ProblemSeverity",
    ERROR="Keeps it from being published.",
    WARNING="Advice.",
)
enum(
    Size,
    "Whether there are enough answers to rest on.",
    name="SampleSize",
    TOO_FEW="Below 5: do not show the figure.",
    FEW="Below 30: show it with a warning, and draw no line through it.",
    ENOUGH="30 or more.",
)
