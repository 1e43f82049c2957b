"""Responses that another system collected, taken over."""

from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType

import pytest

from tests.responses.asked import published
from tests.responses.conftest import Told
from tests.responses.presses import INTEGRATION
from voc.core.access import Actor
from voc.core.db import execute
from voc.core.errors import Invalid, SignInNeeded
from voc.customers.models import Channel, Contact, Customer, CustomerIdentity
from voc.responses.import_responses import BATCH, ImportOrder, import_responses
from voc.responses.join import join_customer
from voc.responses.models import Answer, Response, ResponseState
from voc.responses.queries import values_of
from voc.surveys.formats.exported import Exported, ExportedResponse, Loss

ORDER = ImportOrder(survey="after-delivery", source="qualtrics", customer_system="crm", contact_system="contact-centre")
WHEN = datetime(2019, 5, 4, 12, 30, tzinfo=UTC)


def exported(*responses: ExportedResponse) -> Exported:
    """An export of these responses."""
    return Exported(responses, len(responses), {"Q1": "nps"})


def response(number: int, **changes: object) -> ExportedResponse:
    """A response as an export has it: everything is text there."""
    one = ExportedResponse(
        source_id=f"R_{number}", answers={"nps": "3", "why": "Late.", "what_went_wrong": ["late"]}, submitted_at=WHEN, language="nl"
    )
    return replace(one, **changes)  # type: ignore[arg-type]


async def test_every_response_of_an_export_is_stored_once(clock: ModuleType, told: Told) -> None:
    version = await published()

    first = await import_responses(INTEGRATION, ORDER, exported(response(1), response(2, is_complete=False), response(3, is_test=True)))
    again = await import_responses(INTEGRATION, ORDER, exported(response(1), response(2), response(4)))

    assert (first.stored, first.known, again.stored, again.known) == (3, 0, 1, 2)
    stored = await Response.all().order_by("source_id")
    assert [(one.source_id, one.state, one.is_test) for one in stored] == [
        ("R_1", ResponseState.COMPLETE, False),
        ("R_2", ResponseState.LEFT, False),
        ("R_3", ResponseState.COMPLETE, True),
        ("R_4", ResponseState.COMPLETE, False),
    ]
    one = stored[0]
    assert (one.version_id, one.invitation_id, one.language, one.submitted_at, one.channel) == (version.id, None, "nl", WHEN, Channel.WEB)
    assert (await values_of([one.id]))[one.id] == {"nps": 3, "why": "Late.", "what_went_wrong": ["late"]}
    assert (await Answer.get(response_id=one.id, question="nps")).number == 3
    assert sorted(await told()) == sorted(("ResponseSubmitted", str(one.id)) for one in stored)


async def test_customers_and_contacts_are_joined_by_their_outside_ids_now_or_later(clock: ModuleType, told: Told) -> None:
    await published()
    anna = await Customer.create(name="Anna")
    await CustomerIdentity.create(customer_id=anna.id, system="crm", external_id="c-1")
    contact = await Contact.create(
        system="contact-centre", external_id="call-1", customer_id=anna.id, touchpoint="after-call", channel=Channel.PHONE, ended_at=WHEN
    )

    await import_responses(
        INTEGRATION, ORDER, exported(response(1, customer="c-1"), response(2, contact="call-1"), response(3, customer="c-9"))
    )

    assert [(one.customer_id, one.contact_id) for one in await Response.all().order_by("source_id")] == [
        (anna.id, None),
        (anna.id, contact.id),
        (None, None),
    ]
    late = await Customer.create(name="Bert")
    await CustomerIdentity.create(customer_id=late.id, system="crm", external_id="c-9")
    await join_customer(Actor.system("jobs"), str(late.id))
    assert (await Response.get(source_id="R_3")).customer_id == late.id


async def test_values_that_are_no_answer_are_left_out_and_counted(clock: ModuleType, told: Told) -> None:
    await published()

    outcome = await import_responses(
        INTEGRATION, ORDER, exported(response(1, line=2, answers={"nps": "eleven", "why": "Late.", "nobody": "x"}), response(2, answers={}))
    )

    assert (outcome.stored, outcome.losses.counts) == (2, {"nps": 1, "nobody": 1})
    assert outcome.losses.first == [Loss(2, "nobody"), Loss(2, "nps")]
    found = await Response.get(source_id="R_1")
    assert (await values_of([found.id]))[found.id] == {"why": "Late."}


async def test_more_than_a_batch_is_stored(clock: ModuleType, told: Told) -> None:
    await published()

    outcome = await import_responses(INTEGRATION, ORDER, exported(*(response(number) for number in range(BATCH + 5))))

    assert outcome.stored == await Response.all().count() == BATCH + 5
    assert await Answer.all().count() == 3 * (BATCH + 5)


async def test_a_survey_that_is_not_there_or_not_published_is_refused(clock: ModuleType, told: Told) -> None:
    version = await published()

    with pytest.raises(Invalid) as unknown:
        await import_responses(INTEGRATION, replace(ORDER, survey="nowhere"), exported(response(1)))
    await execute("UPDATE survey SET last_number = 0 WHERE id = ?", version.survey_id)
    with pytest.raises(Invalid) as unpublished:
        await import_responses(INTEGRATION, ORDER, exported(response(1)))
    with pytest.raises(SignInNeeded):
        await import_responses(Actor.stranger(), ORDER, exported(response(1)))

    assert [unknown.value.faults[0].code, unpublished.value.faults[0].code] == ["UNKNOWN_SURVEY", "UNKNOWN_VERSION"]
    assert await Response.all().count() == 0
