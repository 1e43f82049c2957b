"""Golden: what CRMs send, and what our drafts make of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from voc.connect.adapters.sources import adapter_of
from voc.connect.adapters.told import AccountTold, CustomerTold, Ignored, Terms, Told
from voc.customers.drafts import UNSET, AccountDraft, CustomerDraft, ExternalId, read_account, read_customer
from voc.customers.models import Channel, ConsentState

AT = datetime(2026, 3, 3, 9, 7, tzinfo=UTC)
AT_MS = int(AT.timestamp() * 1000)


pytestmark = pytest.mark.usefixtures("installed")


def told(source: str, payload: Any) -> list[Told]:
    return adapter_of(source)(payload, Terms(source))


def customer(source: str, payload: Any) -> CustomerDraft:
    (one,) = told(source, payload)
    assert isinstance(one, CustomerTold), one
    return read_customer(one.fields)


def account(source: str, payload: Any) -> AccountDraft:
    (one,) = told(source, payload)
    assert isinstance(one, AccountTold), one
    return read_account(one.fields)


RECORD = {
    "attributes": {"type": "Contact", "url": "/services/data/v60.0/sobjects/Contact/0031"},
    "Id": "0031",
    "AccountId": "0011",
    "FirstName": "Anna",
    "LastName": "de Vries",
    "Email": "Anna@Example.nl",
    "Phone": "+31 20 123 4567",
    "MobilePhone": None,
    "Title": "Buyer",
    "Department": None,
    "DoNotCall": False,
    "HasOptedOutOfEmail": True,
    "OwnerId": "0051",
    "SystemModstamp": "2026-03-03T09:07:00.000+0000",
}


def test_salesforce_a_record() -> None:
    assert customer("salesforce", RECORD) == CustomerDraft(
        external_ids=(ExternalId("salesforce", "0031"),),
        name="Anna de Vries",
        first_name="Anna",
        email="anna@example.nl",
        phone="+31201234567",
        account=AccountDraft(ref=ExternalId("salesforce", "0011")),
        consents={Channel.EMAIL: ConsentState.REFUSED},
        attributes={"title": "Buyer", "department": None, "ownerId": "0051"},
        occurred_at=AT,
    )


def change(**fields: Any) -> dict[str, Any]:
    header = {
        "entityName": "Contact",
        "recordIds": ["0031"],
        "changeType": "UPDATE",
        "changedFields": ["Email", "HasOptedOutOfEmail", "LastModifiedDate"],
        "changeOrigin": "com/salesforce/api/rest/60.0",
        "transactionKey": "k",
        "sequenceNumber": 1,
        "commitTimestamp": AT_MS,
    }
    return {"data": {"payload": {"ChangeEventHeader": {**header, **fields.pop("header", {})}, **fields}}}


def test_salesforce_a_change_says_only_what_changed() -> None:
    assert customer("salesforce", change(Email="new@example.nl", HasOptedOutOfEmail=False)) == CustomerDraft(
        external_ids=(ExternalId("salesforce", "0031"),),
        email="new@example.nl",
        consents={Channel.EMAIL: ConsentState.GRANTED},
        occurred_at=AT,
    )


def test_salesforce_what_changed_and_is_not_there_was_emptied() -> None:
    draft = customer("salesforce", change())
    assert (draft.email, draft.consents, draft.phone) == (None, {}, UNSET)
    draft = customer("salesforce", change(header={"nulledFields": ["AccountId"]}, Email="a@example.nl"))
    assert (draft.email, draft.account) == ("a@example.nl", None)


def test_salesforce_names_come_compound_or_in_part() -> None:
    assert customer("salesforce", change(Name={"FirstName": "An", "LastName": "Vos"})).name == "An Vos"
    partial = customer("salesforce", change(header={"changedFields": ["Name.FirstName"]}, Name={"FirstName": "An"}))
    assert (partial.name, partial.first_name, partial.email) == (UNSET, "An", UNSET)


def test_salesforce_one_event_may_be_about_many() -> None:
    assert len(told("salesforce", change(header={"recordIds": ["1", "2", "3"]}, Email="a@example.nl"))) == 3


@pytest.mark.parametrize(
    "header",
    [
        {"changeType": "DELETE"},
        {"changeType": "GAP_UPDATE"},
        {"changeType": "GAP_OVERFLOW"},
        {"recordIds": ["001*"]},
        {"recordIds": []},
        {"entityName": "Opportunity"},
        {"changeOrigin": "com/salesforce/api/rest/60.0;client=voc"},
    ],
)
def test_salesforce_what_is_not_followed_says_why(header: dict[str, Any]) -> None:
    assert isinstance(told("salesforce", change(header=header))[0], Ignored)


def test_salesforce_an_account() -> None:
    record = {"Id": "0011", "ParentId": "0010", "Name": "Acme NL", "OwnerId": "0051", "Industry": "Retail", "AnnualRevenue": 1200000}
    assert account("salesforce", record) == AccountDraft(
        ref=ExternalId("salesforce", "0011"),
        parent=ExternalId("salesforce", "0010"),
        name="Acme NL",
        owner="0051",
        segment="Retail",
        attributes={"annualRevenue": "1200000"},
    )


def dataverse(message: str = "Update", entity: str = "contact", **columns: Any) -> dict[str, Any]:
    return {
        "MessageName": message,
        "PrimaryEntityName": entity,
        "PrimaryEntityId": "e1",
        "Stage": 40,
        "Mode": 1,
        "Depth": 1,
        "OperationCreatedOn": f"/Date({AT_MS}+0000)/",
        "InputParameters": [
            {
                "key": "Target",
                "value": {
                    "LogicalName": entity,
                    "Id": "e1",
                    "Attributes": [{"key": name, "value": value} for name, value in columns.items()],
                },
            }
        ],
        "PreEntityImages": [],
    }


def test_dataverse_a_new_customer() -> None:
    columns: dict[str, Any] = {
        "contactid": "e1",
        "firstname": "Anna",
        "lastname": "de Vries",
        "emailaddress1": "anna@example.nl",
        "telephone1": "06-12345678",
        "parentcustomerid": {"LogicalName": "account", "Id": "a1"},
        "donotemail": False,
        "donotbulkemail": True,
        "statecode": {"Value": 0},
    }
    assert customer("dataverse", dataverse("Create", **columns)) == CustomerDraft(
        external_ids=(ExternalId("dataverse", "e1"),),
        name="Anna de Vries",
        first_name="Anna",
        email="anna@example.nl",
        phone="+31612345678",
        account=AccountDraft(ref=ExternalId("dataverse", "a1")),
        consents={Channel.EMAIL: ConsentState.REFUSED},
        attributes={"state": "active"},
        occurred_at=AT,
    )


def test_dataverse_a_change_says_only_what_changed() -> None:
    draft = customer("dataverse", dataverse(telephone1=None, parentcustomerid=None))
    assert draft == CustomerDraft(external_ids=(ExternalId("dataverse", "e1"),), phone=None, account=None, occurred_at=AT)
    assert customer("dataverse", dataverse(donotemail=False, donotbulkemail=False)).consents == {Channel.EMAIL: ConsentState.GRANTED}
    assert customer("dataverse", dataverse(donotemail=False)).consents == {}


def test_dataverse_an_account_and_what_is_not_followed() -> None:
    assert account("dataverse", dataverse("Create", "account", name="Acme", parentaccountid={"Id": "a0"})) == AccountDraft(
        ref=ExternalId("dataverse", "e1"), name="Acme", parent=ExternalId("dataverse", "a0"), occurred_at=AT
    )
    assert isinstance(told("dataverse", dataverse("Delete"))[0], Ignored)
    assert isinstance(told("dataverse", dataverse("Update", "incident"))[0], Ignored)


def pipedrive(entity: str = "person", action: str = "change", data: dict[str, Any] | None = None, **meta: Any) -> dict[str, Any]:
    return {
        "meta": {
            "action": action,
            "entity": entity,
            "entity_id": "77",
            "company_id": "1",
            "timestamp": "2026-03-03T09:07:00.000Z",
            "type": "general",
            "version": "2.0",
            "change_source": "app",
            **meta,
        },
        "data": data or {},
        "previous": None,
    }


def test_pipedrive_a_person() -> None:
    data = {
        "id": 77,
        "name": "Anna de Vries",
        "first_name": "Anna",
        "emails": [{"value": "old@example.nl", "primary": False}, {"value": "anna@example.nl", "primary": True}],
        "phones": [{"value": "no number", "primary": True}, {"value": "0612345678", "primary": False}],
        "org_id": 5,
        "owner_id": 9,
        "custom_fields": {"a1b2": "gold"},
    }
    assert customer("pipedrive", pipedrive(data=data)) == CustomerDraft(
        external_ids=(ExternalId("pipedrive", "77"),),
        name="Anna de Vries",
        first_name="Anna",
        email="anna@example.nl",
        phone="+31612345678",
        account=AccountDraft(ref=ExternalId("pipedrive", "5")),
        attributes={"ownerId": "9", "a1b2": "gold"},
        occurred_at=AT,
    )


def test_pipedrive_an_organisation_and_what_is_not_followed() -> None:
    draft = account("pipedrive", pipedrive("organization", "create", {"name": "Acme", "owner_id": 9}))
    assert draft == AccountDraft(ref=ExternalId("pipedrive", "77"), name="Acme", owner="9", occurred_at=AT)
    for ignored in (pipedrive("deal"), pipedrive(action="delete"), pipedrive(merged_to_id="78")):
        assert isinstance(told("pipedrive", ignored)[0], Ignored)
