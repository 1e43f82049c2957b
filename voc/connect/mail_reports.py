"""The door of mail providers: `POST /reports/mail/{provider}/{secret}` takes what they tell of our mails later on.

The address carries a secret made from the server's key (404 where it is wrong). Events may come in batches and more than once; what
we do not know, or do not want to know, is taken and forgotten. 503 asks to be told again: a message is still being handed over.
"""

import hashlib
import logging
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voc.connect.mail_providers import PROVIDERS, Event, read_events
from voc.core import settings
from voc.core.access import Actor
from voc.core.errors import Conflict
from voc.core.limit import Limit, network_of
from voc.outreach.returning.report_address import is_report_secret, report_secret
from voc.outreach.returning.return_addresses import Way, named_by
from voc.outreach.returning.returned import Report, take_report
from voc.outreach.returning.returned_mail import without_addresses

DOOR = "mail"
LONGEST = 4 * 1024 * 1024
AGAIN_SECONDS = 60
WRONG = Limit("wrong-report", 20)
PROVIDER = Actor.system("mail provider")
_SNS = re.compile(r"sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?")
log = logging.getLogger("voc.connect")


def routes() -> list[Route]:
    """The one door, for every provider."""
    return [Route(f"/reports/{DOOR}/{{provider}}/{{secret}}", take_reports, methods=["POST"])]


def report_addresses() -> dict[str, str]:
    """The address to give each provider."""
    base = settings.current().base_url
    return {provider: f"{base}/reports/{DOOR}/{provider}/{report_secret(DOOR, provider)}" for provider in PROVIDERS}


async def take_reports(request: Request) -> Response:
    """Take a call of a provider."""
    name = request.path_params["provider"]
    provider = PROVIDERS.get(name)
    if provider is None or not is_report_secret(DOOR, name, request.path_params["secret"]):
        wait = WRONG.seconds_to_wait(network_of(request.client.host if request.client else ""))
        return Response(status_code=429, headers={"Retry-After": str(wait)}) if wait else Response(status_code=404)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            return Response(status_code=413)
    try:
        document = orjson.loads(bytes(body))
    except ValueError:
        return Response(status_code=400)
    if address := confirmation_in(document):
        return await _confirm(address)
    events = read_events(provider, document)
    taken = [await _take(name, event) for event in events]
    log.info("a mail provider reported", extra={"provider": name, "events": len(taken), "ours": taken.count(True)})
    return Response(status_code=503, headers={"Retry-After": str(AGAIN_SECONDS)}) if None in taken else Response(status_code=200)


def confirmation_in(document: object) -> str | None:
    """The address at which Amazon's SNS wants to hear once that this door is ours; None for anything that is not Amazon's."""
    if not isinstance(document, Mapping) or document.get("Type") != "SubscriptionConfirmation":
        return None
    address = str(document.get("SubscribeURL", ""))
    where = urlsplit(address)
    is_theirs = where.scheme == "https" and _SNS.fullmatch(where.netloc) and "Action=ConfirmSubscription" in where.query
    return address if is_theirs else None


async def _confirm(address: str) -> Response:
    import httpx  # half a second that only a house with Amazon's SES pays, once

    try:
        async with httpx.AsyncClient(timeout=10, follow_redirects=False) as client:
            answer = await client.get(address)
    except httpx.HTTPError as error:
        log.warning("a subscription could not be confirmed", extra={"error": type(error).__name__})
        return Response(status_code=503)
    log.info("a subscription was confirmed", extra={"status": answer.status_code})
    return Response(status_code=200 if answer.is_success else 503)


async def _take(name: str, event: Event) -> bool | None:
    """Whether it was about a message of ours; None where it must be told again."""
    named = named_by(event.wrote_from) if event.wrote_from else None
    back = named if named and named.way is Way.BACK else None
    own = event.event_id or hashlib.sha256(repr((event, event.said)).encode()).hexdigest()
    report = Report(
        kind=event.kind,
        told_by=f"{name}:{own}",
        detail=without_addresses(event.said),
        invitation_id=back.invitation_id if back else None,
        reminder=back.reminder if back else 0,
        message_ids=(event.message_id,) if event.message_id else (),
        provider_id=event.provider_id,
        address=event.address,
    )
    try:
        return await take_report(PROVIDER, report)
    except Conflict:
        return None
