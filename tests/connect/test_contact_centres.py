"""Golden: what Zendesk and Twilio send, what our drafts make of it, and what all sources share."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.connect.payloads import END, GENESYS, TWILIO, ZENDESK, contact, told
from voc.connect.adapters.sources import SOURCES, adapter_of
from voc.connect.adapters.told import Ignored
from voc.core.errors import Invalid
from voc.customers.drafts import AccountDraft, ContactDraft, CustomerDraft, ExternalId
from voc.customers.models import Channel, Direction, Outcome

pytestmark = pytest.mark.usefixtures("installed")


def zendesk(current: str, previous: str, **detail: Any) -> dict[str, Any]:
    return {**ZENDESK, "event": {"current": current, "previous": previous}, "detail": {**ZENDESK["detail"], **detail}}  # type: ignore[dict-item]


def test_zendesk_a_ticket_is_solved() -> None:
    assert contact("zendesk", ZENDESK) == ContactDraft(
        ref=ExternalId("zendesk", "5158"),
        customer=CustomerDraft(
            external_ids=(ExternalId("zendesk", "8447388090494"),),
            account=AccountDraft(ref=ExternalId("zendesk", "8447346621310")),
        ),
        touchpoint="after-mail",
        channel=Channel.EMAIL,
        outcome=Outcome.SOLVED,
        queue="8447320466430",
        agent_key="8447388090495",
        started_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        ended_at=END,
        occurred_at=END,
        attributes={"status": "solved", "tags": "billing vip", "priority": "LOW", "brandId": "8447320465790"},
    )


def test_zendesk_opened_again_the_contact_goes_on() -> None:
    draft = contact("zendesk", zendesk("open", "solved"))
    assert (draft.ended_at, draft.outcome) == (None, None)


def test_zendesk_closing_after_days_does_not_move_the_end() -> None:
    assert not isinstance(contact("zendesk", zendesk("CLOSED", "SOLVED")).ended_at, datetime)
    assert contact("zendesk", zendesk("CLOSED", "OPEN")).ended_at == END


def test_zendesk_other_channels_and_events() -> None:
    assert contact("zendesk", zendesk("SOLVED", "OPEN", via={"channel": "whatsapp"})).channel is Channel.MESSAGE
    assert contact("zendesk", zendesk("SOLVED", "OPEN", via={"channel": "api"})).channel is Channel.OTHER
    assert isinstance(told("zendesk", {**ZENDESK, "type": "zen:event-type:ticket.comment_added"})[0], Ignored)
    assert isinstance(told("zendesk", zendesk("DELETED", "OPEN"))[0], Ignored)


def test_twilio_a_task_is_completed() -> None:
    assert contact("twilio", TWILIO) == ContactDraft(
        ref=ExternalId("twilio", "WT1"),
        customer=CustomerDraft(external_ids=(ExternalId("crm", "42"),), name="Anna", phone="+31612345678"),
        touchpoint="after-message",
        channel=Channel.MESSAGE,
        direction=Direction.INBOUND,
        queue="Billing",
        agent_key="jan",
        ended_at=END,
        occurred_at=END,
        attributes={"conversationSid": "CH1", "reason": "resolved", "age": "420"},
    )


def test_twilio_as_a_cloud_event_and_with_broken_attributes() -> None:
    event = {
        "specversion": "1.0",
        "type": "com.twilio.taskrouter.task.completed",
        "time": "2026-03-03T09:07:00Z",
        "data": {
            "schema": "TaskRouter.WDSEvent/4",
            "payload": {"task_sid": "WT1", "task_channel_unique_name": "voice", "task_attributes": "{"},
        },
    }
    draft = contact("twilio", event)
    assert (draft.ref.external_id, draft.channel, draft.ended_at) == ("WT1", Channel.PHONE, END)


def test_twilio_given_up_or_not_an_end() -> None:
    assert contact("twilio", {**TWILIO, "EventType": "task.canceled"}).outcome is Outcome.ABANDONED
    given_up = {**TWILIO, "TaskAttributes": '{"conversations": {"abandoned": "Yes"}}'}
    assert contact("twilio", given_up).outcome is Outcome.ABANDONED
    for kind in ("task.wrapup", "reservation.accepted", "worker.activity.update"):
        assert isinstance(told("twilio", {**TWILIO, "EventType": kind})[0], Ignored)


def test_our_own_shape_is_taken_as_it_is() -> None:
    draft = contact("", {"externalId": "c-1", "touchpoint": "delivery"}, system="shop", touchpoint="after-call")
    assert (draft.ref, draft.touchpoint) == (ExternalId("shop", "c-1"), "delivery")
    assert contact("", {"externalId": "c-1"}, system="").ref == ExternalId("contact-centre", "c-1")


def test_the_touchpoint_and_system_can_be_asked_for() -> None:
    draft = contact("genesys", GENESYS, touchpoint="complaint-call", system="genesys-eu")
    assert (draft.touchpoint, draft.ref.system) == ("complaint-call", "genesys-eu")


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("payload", [{}, {"hello": "world"}, {"detail": []}, {"data": {"payload": 7}}, {"meta": []}])
def test_what_is_of_no_source_is_refused_with_a_reason(source: str, payload: Any) -> None:
    with pytest.raises(Invalid) as refused:
        told(source, payload)
    assert refused.value.faults[0].code == "NOT_OF_THIS_SOURCE"


def test_an_unknown_source_names_the_known_ones() -> None:
    with pytest.raises(Invalid, match="genesys, amazon-connect, zendesk"):
        adapter_of("avaya")
