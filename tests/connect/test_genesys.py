"""Golden: what Genesys Cloud sends, and what our drafts make of it."""

from typing import Any

import pytest

from tests.connect.payloads import END, END_MS, GENESYS, contact, told
from voc.connect.adapters.told import Ignored
from voc.customers.drafts import ContactDraft, CustomerDraft, ExternalId, read_contact
from voc.customers.models import Channel, Direction, Outcome

pytestmark = pytest.mark.usefixtures("installed")


SYSTEM_ID = ExternalId("genesys", "8f2f6a3e-5f0e-4b0a-9a39-1a2b3c4d5e6f")


def test_genesys_a_call_has_ended() -> None:
    expected = ContactDraft(
        ref=SYSTEM_ID,
        customer=CustomerDraft(external_ids=(ExternalId("genesys", "ec-7"),), phone="+31612345678"),
        touchpoint="after-call",
        channel=Channel.PHONE,
        direction=Direction.INBOUND,
        ended_at=END,
        occurred_at=END,
        attributes={"disconnectType": "ENDPOINT", "divisionId": "div-1"},
    )
    topic = "v2.detail.events.conversation.8f2f6a3e.customer.end"
    assert contact("genesys", GENESYS) == expected
    assert contact("genesys", {"topicName": topic, "eventBody": GENESYS}) == expected
    assert contact("genesys", {"source": "aws.partner/genesys", "detail": {"topicName": topic, "eventBody": GENESYS}}) == expected


def test_genesys_queue_and_agent_come_with_other_events_which_end_nothing() -> None:
    topic = "v2.detail.events.conversation.8f2f6a3e.acd.end"
    event = {"eventTime": END_MS, "conversationId": SYSTEM_ID.external_id, "mediaType": "VOICE", "queueId": "q-1", "userId": "u-1"}
    for payload in ({"topicName": topic, "eventBody": event}, event):
        draft = contact("genesys", payload)
        assert (draft.queue, draft.agent_key) == ("q-1", "u-1")
        assert read_contact({"externalId": "x"}).ended_at == draft.ended_at == draft.outcome


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"disconnectType": "SPAM"}, {"outcome": Outcome.SPAM}),
        ({"disconnectType": "CONSULT_TRANSFER"}, {"outcome": Outcome.TRANSFERRED}),
        ({"disconnectType": "ERROR"}, {"outcome": Outcome.ABANDONED}),
        ({"disconnectType": "DND_GEO"}, {"outcome": Outcome.ABANDONED}),
        ({"mediaType": "MESSAGE", "messageType": "WHATSAPP"}, {"channel": Channel.MESSAGE, "touchpoint": "after-message"}),
        ({"mediaType": "MESSAGE", "messageType": "SMS"}, {"channel": Channel.SMS}),
        ({"mediaType": "SCREENSHARE"}, {"channel": Channel.OTHER}),
        (
            {"mediaType": "EMAIL", "ani": None, "externalContactId": None, "addressFrom": "Anna@Example.nl", "subject": "Invoice"},
            {"channel": Channel.EMAIL, "customer": CustomerDraft(email="anna@example.nl"), "subject": "Invoice"},
        ),
        (
            {"direction": "OUTBOUND", "ani": "tel:+31333030700", "dnis": "tel:+31612345678", "externalContactId": None},
            {"direction": Direction.OUTBOUND, "customer": CustomerDraft(phone="+31612345678")},
        ),
        ({"ani": "anonymous", "externalContactId": None}, {}),
        ({"ani": "sip:1234@local"}, {"customer": CustomerDraft(external_ids=(ExternalId("genesys", "ec-7"),))}),
    ],
)
def test_genesys_kinds_of_ends(change: dict[str, Any], expected: dict[str, Any]) -> None:
    draft = contact("genesys", {**GENESYS, **change})
    assert {name: getattr(draft, name) for name in expected} == expected
    if change.get("ani") == "anonymous":
        assert not isinstance(draft.customer, CustomerDraft)


def test_genesys_colleagues_among_themselves_are_ignored() -> None:
    assert told("genesys", {**GENESYS, "mediaType": "INTERNALMESSAGE"}) == [Ignored("Colleagues spoke among themselves.")]
