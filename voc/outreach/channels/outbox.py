"""The channel of the demo and of tests: mails are made as for the road and kept in a table instead."""

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.outreach.channels.adapter import Taken
from voc.outreach.channels.mail import no_mailbox
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.ask import Ask
from voc.outreach.mail.render import Mail, render
from voc.outreach.models import OutboxMail


class Outbox:
    """Keeps mails where they can be read."""

    def undeliverable(self, ask: Ask) -> Reason | None:
        """As on the road."""
        return no_mailbox(ask.address)

    async def send(self, ask: Ask) -> Taken:
        """Put the mail in the outbox; a second time changes nothing."""
        await keep(Actor.system("outreach.outbox"), kept_mail(render(ask, clock.now())))
        return Taken("kept in the outbox")

    async def close(self) -> None:
        """Nothing to give back."""


@verb(Action.SEND)
async def keep(actor: Actor, message: OutboxMail) -> None:
    """Keep a message; the same twice is one."""
    await OutboxMail.bulk_create([message], ignore_conflicts=True)


def kept_mail(mail: Mail) -> OutboxMail:
    """A mail as the outbox keeps it."""
    source = mail.source.decode("ascii")
    return OutboxMail(id=new_id(), message_id=mail.message_id, to=mail.to, subject=mail.subject, source=source, at=clock.now())
