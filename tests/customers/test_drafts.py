"""Reading what is told: absent, empty and given are three things, and all faults are listed with their places."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from voc.core import settings as the_settings
from voc.core.errors import Invalid
from voc.customers.drafts import UNSET, AccountDraft, CustomerDraft, ExternalId, read_account, read_contact, read_customer
from voc.customers.models import Channel, ConsentState, Outcome


@pytest.fixture(autouse=True)
def installed() -> None:
    """The settings that defaults come from."""
    the_settings.install(the_settings.Settings())


def faults_of(error: Invalid) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in error.faults]


def test_a_whole_contact_is_read() -> None:
    draft = read_contact(
        {
            "system": "genesys",
            "externalId": "c-1",
            "customer": {
                "externalId": 42,
                "name": "Anna de Vries",
                "phone": "0612345678",
                "account": {"externalId": "a-1", "name": "Acme"},
            },
            "touchpoint": "after-call",
            "channel": "PHONE",
            "outcome": "solved",
            "team": "billing",
            "queue": "Invoices NL",
            "agent": "s.jansen",
            "startedAt": "2026-03-03T10:00:00+01:00",
            "endedAt": "2026-03-03T10:07:00+01:00",
            "attributes": {"ivrPath": "2-1"},
            "wrapUp": "paid",
        }
    )
    assert draft.ref == ExternalId("genesys", "c-1")
    assert draft.customer == CustomerDraft(
        external_ids=(ExternalId("crm", "42"),),
        name="Anna de Vries",
        phone="+31612345678",
        account=AccountDraft(ref=ExternalId("crm", "a-1"), name="Acme"),
    )
    assert (draft.channel, draft.outcome, draft.team_key, draft.agent_key) == (Channel.PHONE, Outcome.SOLVED, "billing", "s.jansen")
    assert draft.ended_at == datetime(2026, 3, 3, 9, 7, tzinfo=UTC)
    assert draft.attributes == {"ivrPath": "2-1", "wrapUp": "paid"}
    assert (draft.subject, draft.occurred_at) == (UNSET, UNSET)


def test_absent_is_kept_and_null_or_empty_clears() -> None:
    draft = read_customer({"externalId": "1", "email": None, "phone": "  "})
    assert (draft.email, draft.phone, draft.name) == (None, None, UNSET)


@pytest.mark.parametrize(
    "given",
    [
        {"system": "sap", "externalId": "7"},
        {"external": {"system": "sap", "externalId": "7"}},
        {"externalIds": [{"system": "sap", "externalId": "7"}, {"system": "sap", "externalId": 7}]},
    ],
)
def test_outside_ids_come_in_three_shapes(given: dict[str, Any]) -> None:
    assert read_customer(given).external_ids == (ExternalId("sap", "7"),)


def test_consents_are_read_as_map_or_list() -> None:
    expected = {Channel.EMAIL: ConsentState.REFUSED}
    assert read_customer({"externalId": "1", "consents": {"email": "refused"}}).consents == expected
    assert read_customer({"externalId": "1", "consents": [{"channel": "EMAIL", "state": "REFUSED"}]}).consents == expected


def test_all_faults_are_listed_with_their_places() -> None:
    with pytest.raises(Invalid) as refused:
        read_contact(
            {
                "externalId": "",
                "channel": "pigeon",
                "endedAt": "2026-03-03 10:00",
                "customer": {
                    "email": "anna@",
                    "valueAmount": "much",
                    "consents": {"email": "maybe"},
                    "externalIds": [{"externalId": "1"}, {}, "x"],
                },
            },
            at="contacts[3]",
        )
    assert sorted(faults_of(refused.value)) == [
        ("contacts[3].channel", "UNKNOWN_VALUE"),
        ("contacts[3].customer.consents.email.state", "UNKNOWN_VALUE"),
        ("contacts[3].customer.email", "INVALID_EMAIL"),
        ("contacts[3].customer.externalIds[1].externalId", "REQUIRED"),
        ("contacts[3].customer.externalIds[2]", "NOT_A_MAP"),
        ("contacts[3].customer.externalIds[2].externalId", "REQUIRED"),
        ("contacts[3].customer.valueAmount", "INVALID_AMOUNT"),
        ("contacts[3].endedAt", "NO_TIME_ZONE"),
        ("contacts[3].externalId", "REQUIRED"),
    ]


def test_a_moment_without_time_zone_says_the_way_out() -> None:
    with pytest.raises(Invalid, match=r"`endedAt` does not say in which time zone: add the offset, as \+01:00"):
        read_contact({"externalId": "1", "endedAt": "2026-03-03T10:00:00"})


def test_a_contact_cannot_end_before_it_starts() -> None:
    with pytest.raises(Invalid) as refused:
        read_contact({"externalId": "1", "startedAt": "2026-03-03T10:00:00Z", "endedAt": "2026-03-03T09:59:00Z"})
    assert faults_of(refused.value) == [("endedAt", "ENDS_BEFORE_START")]


@pytest.mark.parametrize("given", [None, 7, "x", ["externalId"]])
def test_what_is_no_map_is_refused(given: object) -> None:
    with pytest.raises(Invalid) as refused:
        read_contact(given)
    assert ("", "NOT_A_MAP") in faults_of(refused.value)


def test_a_customer_needs_an_outside_id_but_inside_a_contact_an_address_will_do() -> None:
    with pytest.raises(Invalid) as refused:
        read_customer({"email": "anna@example.nl"})
    assert faults_of(refused.value) == [("externalId", "REQUIRED")]
    inside = read_contact({"externalId": "1", "customer": {"email": "anna@example.nl"}}).customer
    assert inside == CustomerDraft(email="anna@example.nl")


def test_fields_nobody_knows_become_attributes_until_there_are_too_many() -> None:
    assert read_customer({"externalId": "1", "loyalty": {"tier": 3}}).attributes == {"loyalty": '{"tier":3}'}
    with pytest.raises(Invalid) as refused:
        read_customer({"externalId": "1", "attributes": {str(n): "x" for n in range(60)}, **{f"f{n}": "x" for n in range(60)}})
    assert faults_of(refused.value) == [("attributes", "TOO_MANY")]


def test_an_account_is_read_and_is_not_its_own_parent() -> None:
    draft = read_account({"system": "crm", "externalId": "a", "parent": {"externalId": "b"}, "valueAmount": 10, "valueCurrency": "eur"})
    assert draft == AccountDraft(
        ref=ExternalId("crm", "a"), parent=ExternalId("crm", "b"), value_amount=Decimal("10.00"), value_currency="EUR"
    )
    with pytest.raises(Invalid) as refused:
        read_account({"externalId": "a", "parent": {"externalId": "a"}})
    assert faults_of(refused.value) == [("parent", "OWN_PARENT")]
