"""Texts where no gateway is set: made as for the road and kept in the outbox instead."""

from voc.core import clock, settings
from voc.core.access import Actor
from voc.core.ids import new_id
from voc.customers.models import Channel
from voc.outreach.channels.adapter import Taken
from voc.outreach.channels.outbox import keep
from voc.outreach.channels.texting import no_text, text_of
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.ask import Ask
from voc.outreach.models import OutboxMail

MOST_PARTS = 3


class TextOutbox:
    """Keeps texts where they can be read."""

    def undeliverable(self, ask: Ask) -> Reason | None:
        """As on the road."""
        return no_text(ask, most_parts=MOST_PARTS, countries=settings.current().sms_countries)

    async def send(self, ask: Ask) -> Taken:
        """Put the text in the outbox; a second time changes nothing."""
        kept = OutboxMail(
            id=new_id(), channel=Channel.SMS, message_id=ask.message_id, to=ask.address, subject="", source=text_of(ask), at=clock.now()
        )
        await keep(Actor.system("outreach.outbox"), kept)
        return Taken("kept in the outbox")

    async def close(self) -> None:
        """Nothing to give back."""
