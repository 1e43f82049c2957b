"""The ways an invitation reaches a customer, and which of them this installation has."""

from voc.core import settings
from voc.customers.models import Channel
from voc.outreach.channels.adapter import Adapter
from voc.outreach.channels.link import LinkOnly
from voc.outreach.channels.mail import MailChannel
from voc.outreach.channels.outbox import Outbox
from voc.outreach.channels.relay import Relay

_OUTBOX = Outbox()
_LINK_ONLY = LinkOnly()
_relays: dict[tuple[str, str], MailChannel] = {}


def adapter_for(channel: Channel) -> Adapter:
    """What delivers over this channel: mail over the relay of the settings, or into the outbox where none is set."""
    if channel is Channel.EMAIL:
        return _mail()
    return _OUTBOX if channel is Channel.OUTBOX else _LINK_ONLY


async def close_channels() -> None:
    """Close every connection; called once when the process stops."""
    while _relays:
        _, channel = _relays.popitem()
        await channel.close()


def _mail() -> Adapter:
    chosen = settings.current()
    if chosen.smtp_url is None:
        return _OUTBOX
    key = chosen.smtp_url.get_secret_value(), chosen.smtp_starttls
    if key not in _relays:
        _relays[key] = MailChannel(Relay(*key))
    return _relays[key]
