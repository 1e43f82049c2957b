"""The story: what follows each event, and what follows the clock. This one page shows the whole loop."""

from voc.core import events
from voc.core.events import Event
from voc.core.jobs import Effect, Handler, Reaction, Terms
from voc.core.jobs.routines import Routine
from voc.customers.events import ContactRecorded, CustomerChanged
from voc.followup.events import TaskChanged, TaskRaised
from voc.followup.give_back import give_back_tasks
from voc.followup.hold import hold_for_task
from voc.followup.raise_task import follow_response
from voc.insight.events import ResponseTagged
from voc.insight.tag import refresh_facts, tag_response
from voc.outreach.decide import decide_contact
from voc.responses.events import ResponseChanged, ResponseJoined, ResponseSubmitted
from voc.responses.join import join_contact, join_customer, join_waiting
from voc.responses.leave import close_left
from voc.staff.events import MemberDeactivated, SignInLinkAsked
from voc.staff.sign_in import purge_sign_in
from voc.web.sign_in_mail import mail_sign_in_link

DECIDE = Reaction("outreach.decide", decide_contact)
TAG = Reaction("insight.tag", tag_response)
FOLLOW = Reaction("followup.follow_response", follow_response)
HOLD = Reaction("followup.hold_for_task", hold_for_task)

REACTIONS: dict[type[Event], tuple[Handler, ...]] = {
    # A contact comes in: is somebody asked, and did somebody answer already?
    ContactRecorded: (DECIDE, Reaction("responses.join_contact", join_contact)),
    CustomerChanged: (Reaction("responses.join_customer", join_customer),),
    # An answer comes in: what does it mean, and who must do something?
    ResponseSubmitted: (TAG,),
    ResponseChanged: (TAG,),
    ResponseJoined: (Reaction("insight.refresh_facts", refresh_facts), FOLLOW),
    ResponseTagged: (FOLLOW,),
    # A task opens and closes: the customer is left alone meanwhile.
    TaskRaised: (HOLD,),
    TaskChanged: (HOLD,),
    # Colleagues come and go.
    SignInLinkAsked: (Effect("staff.mail_sign_in_link", mail_sign_in_link, Terms(attempts=5)),),
    MemberDeactivated: (Reaction("followup.give_back_tasks", give_back_tasks),),
}
OTHERS: tuple[Handler, ...] = ()
ROUTINES = (
    Routine("close_left", "*/10 * * * *", lambda actor: close_left(actor, "")),
    Routine("join_waiting", "*/15 * * * *", lambda actor: join_waiting(actor, "")),
    Routine("purge_sign_in", "17 3 * * *", purge_sign_in),
)


def install() -> None:
    """Make this the story of the process; every command does so once at its start."""
    events.install(REACTIONS, ROUTINES, OTHERS)
