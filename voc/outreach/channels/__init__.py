"""The ways an invitation reaches a customer, and which of them this installation has."""

from voc.core import settings
from voc.customers.models import Channel
from voc.outreach.channels.adapter import Adapter
from voc.outreach.channels.gateway import GatewayChannel
from voc.outreach.channels.link import LinkOnly
from voc.outreach.channels.mail import MailChannel
from voc.outreach.channels.outbox import Outbox
from voc.outreach.channels.relay import Relay
from voc.outreach.channels.text_outbox import TextOutbox
from voc.outreach.gateways.settled import Gateway, gateway_in
from voc.outreach.mail.sign import Signature, signature_of

_OUTBOX = Outbox()
_LINK_ONLY = LinkOnly()
_TEXT_OUTBOX = TextOutbox()
_relays: dict[tuple[tuple[str, str, int], Signature | None], MailChannel] = {}
_gateways: dict[Gateway, GatewayChannel] = {}


def adapter_for(channel: Channel) -> Adapter:
    """What delivers over this channel: mail over the relay and texts over the gateway of the settings, or into the outbox without."""
    if channel is Channel.EMAIL:
        return _mail()
    if channel is Channel.SMS:
        return _texts()
    return _OUTBOX if channel is Channel.OUTBOX else _LINK_ONLY


async def close_channels() -> None:
    """Close every connection; called once when the process stops."""
    while _relays:
        _, channel = _relays.popitem()
        await channel.close()
    while _gateways:
        _, gateway = _gateways.popitem()
        await gateway.close()


def _texts() -> Adapter:
    gateway = gateway_in(settings.current())
    if gateway is None:
        return _TEXT_OUTBOX
    if gateway not in _gateways:
        _gateways[gateway] = GatewayChannel(gateway)
    return _gateways[gateway]


def _mail() -> Adapter:
    chosen = settings.current()
    if chosen.smtp_url is None:
        return _OUTBOX
    relay = chosen.smtp_url.get_secret_value(), chosen.smtp_starttls, chosen.smtp_connections
    signature = signature_of(chosen)
    if (relay, signature) not in _relays:
        _relays[relay, signature] = MailChannel(Relay(*relay), signature)
    return _relays[relay, signature]
