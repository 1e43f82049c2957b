"""Contacts that are decided together get the decisions that each would get alone, in few statements."""

from tests.outreach.house import PLANNED, SYSTEM, House, skipped
from voc.core.db import count_statements
from voc.core.ids import new_id
from voc.outreach.deciding.decide import decide_contacts


async def test_contacts_of_one_customer_that_are_decided_together_keep_their_distance(house: House) -> None:
    await house.policy(delay_minutes=60)
    contacts = [await house.contact(who, name=f"{who}-{number}") for number in range(2) for who in ("anna", "bert", None)]
    await house.forget_jobs()
    with count_statements() as statements:
        await decide_contacts(SYSTEM, [*(contact.id for contact in contacts), contacts[0].id, new_id()])
    assert [(await house.decisions(contact))[0] for contact in contacts] == [
        PLANNED,
        PLANNED,
        skipped("no_customer"),
        skipped("within_quiet_days"),
        skipped("within_quiet_days"),
        skipped("no_customer"),
    ]
    assert statements.count <= 14


async def test_more_contacts_of_different_customers_take_no_more_statements(house: House) -> None:
    await house.policy(delay_minutes=60)
    counted = []
    for many in (3, 18):
        contacts = [await house.contact(f"{many}-{number}") for number in range(many)]
        await house.forget_jobs()
        with count_statements() as statements:
            await decide_contacts(SYSTEM, [contact.id for contact in contacts])
        assert [await house.decisions(contact) for contact in contacts] == [[PLANNED]] * many
        counted.append(statements.count)
    assert counted[1] <= counted[0]


async def test_colleagues_who_are_decided_together_keep_the_distance_of_their_account(house: House) -> None:
    await house.policy(delay_minutes=60, clocks=[{"since": "asked", "days": 7, "whose": "account"}])
    acme = {"account": {"externalId": "acme", "name": "Acme"}}
    contacts = [await house.contact({**house.customer(who), **acme}) for who in ("anna", "bram")]
    contacts.append(await house.contact("cees"))
    await house.forget_jobs()
    await decide_contacts(SYSTEM, [contact.id for contact in contacts])
    assert [(await house.decisions(contact))[0] for contact in contacts] == [PLANNED, skipped("within_quiet_days"), PLANNED]
