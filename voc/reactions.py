"""The story: what follows each event, and what follows the clock. This one page shows the whole loop."""

from voc.core import events
from voc.core.events import Event
from voc.core.jobs import Effect, Handler, Terms
from voc.core.jobs.routines import Routine
from voc.staff.events import SignInLinkAsked
from voc.staff.sign_in import purge_sign_in
from voc.web.sign_in_mail import mail_sign_in_link

REACTIONS: dict[type[Event], tuple[Handler, ...]] = {
    SignInLinkAsked: (Effect("staff.mail_sign_in_link", mail_sign_in_link, Terms(attempts=5)),),
}
OTHERS: tuple[Handler, ...] = ()
ROUTINES = (Routine("purge_sign_in", "17 3 * * *", purge_sign_in),)


def install() -> None:
    """Make this the story of the process; every command does so once at its start."""
    events.install(REACTIONS, ROUTINES, OTHERS)
