"""How customers and contacts are named: by our id, or by the id under which an outside system knows them."""

from uuid import UUID

import strawberry

from voc.api.context import Info
from voc.api.exposed import one_of, takes
from voc.api.global_ids import row_id
from voc.core.errors import NotFound
from voc.customers.drafts import ExternalId
from voc.customers.identify import customers_known_as
from voc.customers.models import Contact, Customer
from voc.customers.queries import contacts_visible_to


@takes
class ExternalIdInput:
    """The id under which an outside system knows something."""

    system: str
    """The outside system, such as crm."""
    external_id: str
    """The id there, as text."""


@one_of
class CustomerReference:
    """A customer, named in exactly one way."""

    id: strawberry.ID | None = strawberry.UNSET
    """By the id of this API."""
    external: ExternalIdInput | None = strawberry.UNSET
    """By the id in an outside system."""


@one_of
class ContactReference:
    """A contact, named in exactly one way."""

    id: strawberry.ID | None = strawberry.UNSET
    """By the id of this API."""
    external: ExternalIdInput | None = strawberry.UNSET
    """By the id in an outside system."""


async def customer_named(info: Info, by: CustomerReference, path: str) -> Customer | None:
    """The customer, or None when there is none or they may not be seen; what is no id of a customer is Invalid below `path`."""
    return await info.context.loaders.row(Customer, await _customer_id(by, path))


async def contact_named(info: Info, by: ContactReference, path: str) -> Contact | None:
    """The contact, or None when there is none or it may not be seen; what is no id of a contact is Invalid below `path`."""
    if by.external:
        return await contacts_visible_to(info.context.actor).get_or_none(system=by.external.system, external_id=by.external.external_id)
    return await info.context.loaders.row(Contact, row_id(str(by.id), "Contact", path=f"{path}.id"))


async def one_customer(info: Info, by: CustomerReference, path: str) -> Customer:
    """The customer, or NotFound."""
    found = await customer_named(info, by, path)
    if found is None:
        raise NotFound("There is no such customer, or you may not see them.")
    return found


async def one_contact(info: Info, by: ContactReference, path: str) -> Contact:
    """The contact, or NotFound."""
    found = await contact_named(info, by, path)
    if found is None:
        raise NotFound("There is no such contact, or you may not see it.")
    return found


async def _customer_id(by: CustomerReference, path: str) -> UUID | None:
    if not by.external:
        return row_id(str(by.id), "Customer", path=f"{path}.id")
    known = ExternalId(by.external.system, by.external.external_id)
    return (await customers_known_as([known])).get(known)
