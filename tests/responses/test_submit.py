"""Whole responses from other channels, with customers and contacts that may come later."""

import asyncio
from datetime import timedelta
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest

from tests.responses.asked import asked, published
from tests.responses.conftest import Told
from tests.responses.presses import INTEGRATION, only_response, values
from voc.core import clock as the_clock
from voc.core.access import Actor
from voc.core.errors import Conflict, Invalid, SignInNeeded
from voc.customers.models import Channel, Contact, Customer, CustomerIdentity
from voc.responses.drafts import OutsideId, ResponseDraft
from voc.responses.join import join_contact, join_customer, join_waiting
from voc.responses.models import Response, ResponseState
from voc.responses.submit import submit_response


def draft(**changes: Any) -> ResponseDraft:
    facts: dict[str, Any] = {
        "survey": "after-delivery",
        "answers": {"nps": 3, "why": "Late.", "what_went_wrong": ["late"]},
        "channel": Channel.IVR,
        "language": "nl",
        "source": "ivr",
        "source_id": "call-1",
        "contact": OutsideId("contact-centre", "call-1"),
    }
    return ResponseDraft(**{**facts, **changes})


async def contact_of(customer: Customer | None, external_id: str = "call-1") -> Contact:
    return await Contact.create(
        system="contact-centre",
        external_id=external_id,
        customer_id=customer.id if customer else None,
        touchpoint="after-call",
        channel=Channel.PHONE,
        ended_at=the_clock.now(),
    )


async def test_a_response_of_another_channel_is_complete_at_once(clock: ModuleType, told: Told) -> None:
    version = await published()
    customer = await Customer.create(name="Anna")
    contact = await contact_of(customer)
    response = await submit_response(INTEGRATION, draft(submitted_at=clock.now() - timedelta(minutes=3)))
    assert (response.state, response.version_id, response.end_page) == (ResponseState.COMPLETE, version.id, "sorry")
    assert (response.contact_id, response.customer_id, response.invitation_id) == (contact.id, customer.id, None)
    assert (response.submitted_at, response.channel, response.language) == (clock.now() - timedelta(minutes=3), Channel.IVR, "nl")
    assert await values() == {"nps": 3, "why": "Late.", "what_went_wrong": ["late"]}
    assert await told() == [("ResponseSubmitted", str(response.id))]


async def test_the_same_response_twice_or_at_once_is_one_and_another_under_its_id_is_refused(clock: ModuleType, told: Told) -> None:
    await published()
    many = await asyncio.gather(*(submit_response(INTEGRATION, draft()) for _ in range(4)))
    again = await submit_response(INTEGRATION, draft())
    assert {response.id for response in many} == {again.id}
    with pytest.raises(Conflict) as refused:
        await submit_response(INTEGRATION, draft(answers={"nps": 10}))
    assert refused.value.code == "OTHER_ANSWERS"
    assert (await values())["nps"] == 3
    assert len(await told()) == 1


async def test_responses_without_an_outside_id_are_never_taken_for_one_another(clock: ModuleType, told: Told) -> None:
    await published()
    first = await submit_response(INTEGRATION, draft(source="", source_id=None))
    second = await submit_response(INTEGRATION, draft(source="", source_id=None))
    assert first.id != second.id


async def test_all_faults_are_named_with_their_place(clock: ModuleType, told: Told) -> None:
    await published()
    answers = {"nps": 11, "why": 5, "colour": "red"}
    wrong = draft(answers=answers, source_id=None, submitted_at=clock.now() + timedelta(hours=1), language="en")
    with pytest.raises(Invalid) as refused:
        await submit_response(INTEGRATION, wrong)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        ("sourceId", "INCOMPLETE_SOURCE"),
        ("submittedAt", "IN_THE_FUTURE"),
        ("answers.nps", "NOT_A_CHOICE"),
        ("answers.why", "WRONG_KIND"),
        ("answers.colour", "UNKNOWN_QUESTION"),
    ]
    assert await Response.all().count() == 0


@pytest.mark.parametrize(
    ("changes", "path"),
    [({"survey": "nothing"}, "survey"), ({"survey": uuid4()}, "survey"), ({"version": 7}, "version"), ({"contact": uuid4()}, "contact")],
)
async def test_what_does_not_exist_is_named(clock: ModuleType, told: Told, changes: dict[str, Any], path: str) -> None:
    await published()
    with pytest.raises(Invalid) as refused:
        await submit_response(INTEGRATION, draft(**changes))
    assert [fault.path for fault in refused.value.faults] == [path]


async def test_strangers_may_not_submit_for_others(db: str, clock: ModuleType) -> None:
    await published()
    with pytest.raises(SignInNeeded):
        await submit_response(Actor.stranger(), draft())


async def test_a_response_waits_for_its_contact_and_is_joined_once(clock: ModuleType, told: Told) -> None:
    await published()
    response = await submit_response(INTEGRATION, draft())
    assert (response.contact_id, response.customer_id) == (None, None)
    other = await contact_of(None, "call-2")
    await join_contact(INTEGRATION, str(other.id))
    customer = await Customer.create(name="Anna")
    contact = await contact_of(customer)
    await join_contact(INTEGRATION, str(contact.id))
    await join_contact(INTEGRATION, str(contact.id))
    joined = await only_response()
    assert (joined.contact_id, joined.customer_id) == (contact.id, customer.id)
    assert await told() == [("ResponseSubmitted", str(response.id)), ("ResponseJoined", str(response.id))]


async def test_a_contact_whose_customer_becomes_known_joins_its_responses(clock: ModuleType, told: Told) -> None:
    await published()
    contact = await contact_of(None)
    await submit_response(INTEGRATION, draft())
    customer = await Customer.create(name="Anna")
    await Contact.filter(id=contact.id).update(customer_id=customer.id)
    await join_contact(INTEGRATION, str(contact.id))
    assert (await only_response()).customer_id == customer.id


async def test_a_customer_that_becomes_known_joins_the_responses_under_its_outside_id(clock: ModuleType, told: Told) -> None:
    await published()
    await submit_response(INTEGRATION, draft(contact=None, customer=OutsideId("crm", "C-1")))
    stranger, customer = await Customer.create(name="Bob"), await Customer.create(name="Anna")
    await CustomerIdentity.create(customer_id=stranger.id, system="shop", external_id="C-1")
    await CustomerIdentity.create(customer_id=customer.id, system="crm", external_id="C-1")
    await join_customer(INTEGRATION, str(stranger.id))
    assert (await only_response()).customer_id is None
    await join_customer(INTEGRATION, str(customer.id))
    assert (await only_response()).customer_id == customer.id


async def test_what_was_missed_is_joined_by_the_routine(clock: ModuleType, told: Told) -> None:
    await published()
    waiting = await submit_response(INTEGRATION, draft())
    lost = await submit_response(INTEGRATION, draft(source_id="call-9", contact=OutsideId("contact-centre", "call-9")))
    contact = await contact_of(await Customer.create(name="Anna"))
    await join_waiting(INTEGRATION, "")
    found = {row.id: row.contact_id for row in await Response.all()}
    assert found == {waiting.id: contact.id, lost.id: None}


async def test_responses_of_links_are_left_alone_by_joining(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await join_contact(INTEGRATION, str(one.contact.id))
    await join_waiting(INTEGRATION, "")
    assert await told() == []
