"""How the graphs of a CRM and of a contact centre join ours: by the ids they gave out themselves."""

from voc.api.contacts import Contact
from voc.api.customers import Customer
from voc.api.federation import entity_queries
from voc.core import settings
from voc.core.access import Actor
from voc.customers import models
from voc.customers.drafts import ExternalId
from voc.customers.identify import customers_known_as
from voc.customers.queries import contacts_visible_to, customers_visible_to


async def customers_by_crm_id(actor: Actor, ids: list[str]) -> dict[str, models.Customer]:
    """The visible customers that the CRM knows by these ids."""
    system = settings.current().crm_system
    known = await customers_known_as([ExternalId(system, id) for id in ids])
    rows = {row.id: row for row in await customers_visible_to(actor).filter(id__in=list(known.values()))}
    return {external_id: rows[id] for (_, external_id), id in known.items() if id in rows}


async def contacts_by_interaction_id(actor: Actor, ids: list[str]) -> dict[str, models.Contact]:
    """The visible contacts that the contact centre knows by these ids."""
    found = contacts_visible_to(actor).filter(system=settings.current().contact_system, external_id__in=ids)
    return {row.external_id: row for row in await found}


EntityQueries = entity_queries({Customer: {"crmId": customers_by_crm_id}, Contact: {"interactionId": contacts_by_interaction_id}})
