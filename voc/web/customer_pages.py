"""Customers: finding one, and one with everything that happened."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.errors import NotFound
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, form_faults
from voc.web.touchpoint_names import touchpoint_names
from voc.web.wording import words_for

ADDRESS = "/console/customers"
# The channels we may ask over; a consent the CRM told for another one is shown too.
ASKED_OVER = ("EMAIL", "SMS", "MESSAGE", "PHONE")
STATES = ("GRANTED", "REFUSED")


def routes() -> list[Route]:
    """The search, the page, and what a customer says about being asked."""
    return [
        Route(ADDRESS, customers, methods=["GET"]),
        Route(f"{ADDRESS}/{{id}}", customer, methods=["GET"]),
        Route(f"{ADDRESS}/{{id}}/consent", set_consent, methods=["POST"]),
    ]


@screen
async def customers(desk: Desk) -> Response:
    """Customers by name, mail address, phone number or outside id; without words those who became known last."""
    search = desk.asked("search")
    found = (await desk.ask("Customers", search=search or None, **desk.wanted_page()))["customers"]
    return desk.page("console/customers.html", "customers", search=search, customers=found)


@screen
async def customer(desk: Desk) -> Response:
    """One customer."""
    return await _page(desk)


@screen
async def set_consent(desk: Desk) -> Response:
    """Note what the customer said to a colleague about one channel."""
    channel, state, id = desk.form.one("channel"), desk.form.one("state"), desk.request.path_params["id"]
    if state not in STATES or not channel.isupper():
        raise NotFound
    answer = await desk.change("SetConsent", customer={"id": id}, channel=channel, state=state, source="console")
    if not answer.is_done:
        return await _page(desk, form_faults(answer, words_for("customers", desk.me["language"])), answer.status)
    said = desk.words.plain(f"consent_{state}").lower()
    return desk.go(f"{ADDRESS}/{id}", "consent_set", "customers", channel=desk.words.plain(f"channel_{channel}"), state=said)


async def _page(desk: Desk, faults: Faults = NO_FAULTS, status: int = 200) -> Response:
    found = (await desk.ask("Customer", by={"id": desk.request.path_params["id"]}))["customer"]
    if found is None:
        raise NotFound
    return desk.page(
        "console/customer.html",
        "customers",
        status=status,
        faults=faults,
        customer=found,
        consents=_consents(found["consents"]),
        touchpoints=await touchpoint_names(desk),
    )


def _consents(known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A line for each channel: what is known of it, or nothing."""
    said = {one["channel"]: one for one in known}
    return [said.get(channel, {"channel": channel, "state": None}) for channel in dict.fromkeys((*ASKED_OVER, *said))]
