"""Mail over a relay."""

from voc.core import clock
from voc.core.mail_address import is_plain_mailbox
from voc.outreach.channels.adapter import Taken
from voc.outreach.channels.relay import Relay
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.ask import Ask
from voc.outreach.mail.render import Mail, render
from voc.outreach.mail.sign import Signature


class MailChannel:
    """Hands mails to the relay, which takes them from there."""

    def __init__(self, relay: Relay, signature: Signature | None = None) -> None:
        self._relay = relay
        self._signature = signature

    def undeliverable(self, ask: Ask) -> Reason | None:
        """An address that no mail system can take."""
        return no_mailbox(ask.address)

    async def send(self, ask: Ask) -> Taken:
        """Make the mail and hand it over."""
        return await self.hand_over(render(ask, clock.now()))

    async def hand_over(self, mail: Mail) -> Taken:
        """Sign a finished mail where this house does, and hand it over; NotDelivered when the relay did not take it."""
        source = await self._signature.sign(mail.source) if self._signature else mail.source
        return await self._relay.send(mail.sender, mail.to, source)

    async def close(self) -> None:
        """Close the connections."""
        await self._relay.close()


def no_mailbox(address: str) -> Reason | None:
    """Why no relay could deliver to this address: it is none, or it has letters that many relays refuse."""
    return None if is_plain_mailbox(address) else Reason.NO_ADDRESS
