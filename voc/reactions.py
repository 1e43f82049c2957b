"""The story: what follows each event, and what follows the clock. This one page shows the whole loop."""

from voc.connect import forget as connect_forget
from voc.connect import plan_hooks, tell_hook
from voc.connect.follow_reply import follow_reply
from voc.connect.webhooks import purge_hook_deliveries
from voc.core import events, settings
from voc.core.events import Event
from voc.core.idempotency import forget_old_keys
from voc.core.jobs import Effect, Handler, Reaction, Terms
from voc.core.jobs.handlers import Run
from voc.core.jobs.routines import Routine
from voc.customers.events import ContactRecorded, CustomerChanged
from voc.followup import forget as followup_forget
from voc.followup.events import TaskChanged, TaskRaised
from voc.followup.follow_response import follow_response, follow_responses
from voc.followup.give_back import give_back_tasks
from voc.followup.hold import hold_for_task
from voc.insight import forget as insight_forget
from voc.insight.events import ResponseTagged
from voc.insight.tag import refresh_facts, tag_response, tag_responses
from voc.outreach.deciding.decide import decide_contact, decide_contacts
from voc.outreach.delivering import deliver
from voc.outreach.forget import forget_what_was_seen
from voc.outreach.policies.start import START, start_at_its_moment
from voc.outreach.returning.inbound import FOLLOW_REPLY
from voc.outreach.returning.mailbox import READ_MAILBOX, plan_reading, read_mailbox
from voc.outreach.returning.receipts import APPLY_RECEIPT, apply_receipt
from voc.responses.events import ResponseChanged, ResponseErased, ResponseJoined, ResponseSubmitted
from voc.responses.join import join_contact, join_contacts, join_customer, join_waiting
from voc.responses.leave import close_left
from voc.responses.uploads import forget_files_of, forget_uploads
from voc.staff.events import MemberDeactivated, SignInLinkAsked
from voc.staff.sign_in import purge_sign_in
from voc.surveys.publish_requests import PUBLISH_AT, publish_at_its_moment
from voc.web.sign_in_mail import mail_sign_in_link


def _tell(kind: str, run: Run) -> Reaction:
    """What outside systems hear of; no work at all while none of them listens."""
    return Reaction(kind, run, only_while=plan_hooks.ANYONE_LISTENS)


TAG = Reaction("insight.tag", tag_response, run_many=tag_responses)
FOLLOW = Reaction("followup.follow_response", follow_response, run_many=follow_responses)
# The customer deleted the answers: nothing that was made of them stays in any room.
ERASED = (
    Reaction("responses.forget_files", forget_files_of),
    Reaction("insight.forget_response", insight_forget.forget_response),
    Reaction("followup.forget_response", followup_forget.forget_response),
    Reaction("connect.forget_response", connect_forget.forget_response),
)
DECIDE = Reaction("outreach.decide", decide_contact, run_many=decide_contacts)
JOIN_CONTACT = Reaction("responses.join_contact", join_contact, run_many=join_contacts)
HOLD = Reaction("followup.hold_for_task", hold_for_task)

REACTIONS: dict[type[Event], tuple[Handler, ...]] = {
    # A contact comes in: is somebody asked, and did somebody answer already?
    ContactRecorded: (DECIDE, JOIN_CONTACT),
    CustomerChanged: (Reaction("responses.join_customer", join_customer),),
    # An answer comes in: what does it mean, and who must do something?
    ResponseSubmitted: (TAG, _tell("connect.response_submitted", plan_hooks.response_submitted)),
    ResponseChanged: (TAG, _tell("connect.response_changed", plan_hooks.response_changed)),
    ResponseJoined: (Reaction("insight.refresh_facts", refresh_facts), FOLLOW),
    ResponseErased: ERASED,
    ResponseTagged: (FOLLOW, _tell("connect.response_tagged", plan_hooks.response_tagged)),
    # A task opens and closes: the customer is left alone meanwhile. Raising it holds them at once, with the task's own transaction.
    TaskRaised: (_tell("connect.task_raised", plan_hooks.task_raised),),
    TaskChanged: (HOLD, _tell("connect.task_changed", plan_hooks.task_changed)),
    # Colleagues come and go.
    SignInLinkAsked: (Effect("staff.mail_sign_in_link", mail_sign_in_link, Terms(attempts=5)),),
    MemberDeactivated: (Reaction("followup.give_back_tasks", give_back_tasks),),
}
ROUTINES = (
    Routine("close_left", "*/10 * * * *", lambda actor: close_left(actor, "")),
    Routine("join_waiting", "*/15 * * * *", lambda actor: join_waiting(actor, "")),
    Routine("purge_sign_in", "17 3 * * *", purge_sign_in),
    Routine("purge_hook_deliveries", "27 3 * * *", purge_hook_deliveries),
    Routine("forget_what_was_seen", "47 3 * * *", forget_what_was_seen),
    Routine("forget_uploads", "57 3 * * *", forget_uploads),
    Routine("forget_old_keys", "37 * * * *", lambda actor: forget_old_keys()),
)


def install() -> None:
    """Make this the story of the process; every command does so once at its start, after its settings are there."""
    chosen = settings.current()
    hooks = Terms(attempts=28, on_dead=tell_hook.give_up, on_again=tell_hook.take_up_again)
    others: tuple[Handler, ...] = (
        *deliver.handlers(mail_rate=chosen.mail_rate, message_rate=chosen.sms_rate),
        Effect("connect.tell_hook", tell_hook.tell_hook, hooks),
        Reaction(PUBLISH_AT, publish_at_its_moment),
        Reaction(APPLY_RECEIPT, apply_receipt),
        Reaction(FOLLOW_REPLY, follow_reply),
        Reaction(START, start_at_its_moment),
        Effect(READ_MAILBOX, read_mailbox, Terms(attempts=12, concurrency=1)),
    )
    mailbox = (Routine("read_mailbox", "*/3 * * * *", plan_reading),) if chosen.bounce_mailbox else ()
    events.install(REACTIONS, (*ROUTINES, *mailbox), others)
