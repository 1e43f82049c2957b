"""Golden: what Amazon Connect sends, and what our drafts make of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.connect.payloads import AMAZON, END, contact, told
from voc.connect.adapters.told import Ignored
from voc.customers.drafts import ContactDraft, CustomerDraft, ExternalId
from voc.customers.models import Channel, Direction, Outcome

pytestmark = pytest.mark.usefixtures("installed")


def amazon(**change: Any) -> dict[str, Any]:
    return {**AMAZON, "detail": {**AMAZON["detail"], **change}}  # type: ignore[dict-item]


def test_amazon_connect_a_call_has_ended() -> None:
    assert contact("amazon-connect", AMAZON) == ContactDraft(
        ref=ExternalId("amazon-connect", "c-1"),
        customer=CustomerDraft(external_ids=(ExternalId("crm", "42"),)),
        touchpoint="after-call",
        channel=Channel.PHONE,
        direction=Direction.INBOUND,
        queue="q-1",
        agent_key="a-1",
        started_at=datetime(2026, 3, 3, 9, 0, 0, 123000, tzinfo=UTC),
        ended_at=END,
        occurred_at=datetime(2026, 3, 3, 9, 7, 2, tzinfo=UTC),
        attributes={"contactId": "c-1", "instance": "i-1"},
    )


def test_amazon_connect_a_transfer_belongs_to_the_first_contact() -> None:
    draft = contact("amazon-connect", amazon(contactId="c-2", previousContactId="c-1", initiationMethod="TRANSFER"))
    assert draft.ref == ExternalId("amazon-connect", "c-1")
    assert draft.attributes == {"contactId": "c-2", "previousContactId": "c-1", "instance": "i-1"}
    assert not isinstance(draft.started_at, datetime)


def test_amazon_connect_who_never_reached_an_agent_gave_up() -> None:
    assert contact("amazon-connect", amazon(agentInfo=None)).outcome is Outcome.ABANDONED
    assert not isinstance(contact("amazon-connect", amazon(agentInfo=None, queueInfo=None)).outcome, Outcome)
    assert not isinstance(contact("amazon-connect", amazon(agentInfo=None, eventType="QUEUED")).outcome, Outcome)


def test_amazon_connect_events_before_the_end_end_nothing_and_old_spellings_are_read() -> None:
    draft = contact(
        "amazon-connect",
        {"EventType": "CONNECTED_TO_AGENT", "ContactId": "c-1", "Channel": "CHAT", "DisconnectTimestamp": "2026-03-03T09:07:00Z"},
    )
    assert (draft.ref.external_id, draft.channel) == ("c-1", Channel.CHAT)
    assert not isinstance(draft.ended_at, datetime)
    calling = amazon(attributes=None, customerEndpoint={"Type": "TELEPHONE_NUMBER", "Address": "+31612345678"})
    assert contact("amazon-connect", calling).customer == CustomerDraft(phone="+31612345678")


def test_amazon_connect_tasks_and_listeners_are_ignored() -> None:
    for change in ({"channel": "TASK"}, {"initiationMethod": "MONITOR"}):
        assert isinstance(told("amazon-connect", amazon(**change))[0], Ignored)
