"""Whom a brief is about, and finding them."""

from dataclasses import dataclass
from uuid import UUID

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from voc.core.access import Actor
from voc.core.errors import Invalid
from voc.customers.identify import normalise_mail, normalise_phone
from voc.customers.models import Contact, Customer, CustomerIdentity
from voc.customers.queries import contacts_visible_to, customers_visible_to

MOST_MATCHES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefBy:
    """Whom it is about: exactly one of these. `ref` is an outside customer id or a telephone number, as a phone system passes it on."""

    customer_id: UUID | None = None
    customer: tuple[str, str] | None = None
    contact_id: UUID | None = None
    contact: tuple[str, str] | None = None
    phone: str | None = None
    mail: str | None = None
    ref: str | None = None


async def customers_named(actor: Actor, by: BriefBy) -> list[Customer]:
    """The customers it can be, at most five, in one statement; Invalid unless `by` names exactly one thing."""
    which = _which(by)
    if which is None:
        return []
    found: QuerySet[Customer] = customers_visible_to(actor).filter(which)
    return await found.select_related("account").order_by("-occurred_at", "-id").limit(MOST_MATCHES)


async def contacts_named(actor: Actor, by: BriefBy) -> list[Contact]:
    """The contact that was named; for when nobody knows whose it is."""
    if not (by.contact_id or by.contact):
        return []
    return await contacts_visible_to(actor).filter(id__in=Subquery(_contact(by).values("id")))


def _which(by: BriefBy) -> Q | None:
    """The condition that picks the customer; None where what was given can be nobody's."""
    given = [name for name in BriefBy.__dataclass_fields__ if getattr(by, name) is not None]
    if len(given) != 1:
        raise Invalid.at("by", "EXACTLY_ONE", f"Name exactly one of: {', '.join(BriefBy.__dataclass_fields__)}.")
    if by.customer_id:
        return Q(id=by.customer_id)
    if by.customer:
        return _known_as(system=by.customer[0], external_id=by.customer[1])
    if by.contact_id or by.contact:
        return Q(id__in=Subquery(_contact(by).values("customer_id")))
    if by.mail is not None:
        address = normalise_mail(by.mail)
        return Q(email=address) if address else None
    number = normalise_phone(by.phone or by.ref or "")
    called = Q(phone=number) if number else None
    if by.ref is None:
        return called
    return _known_as(external_id=by.ref.strip()) | called if called else _known_as(external_id=by.ref.strip())


def _known_as(**named: str) -> Q:
    return Q(id__in=Subquery(CustomerIdentity.filter(**named).values("customer_id")))


def _contact(by: BriefBy) -> QuerySet[Contact]:
    if by.contact_id:
        return Contact.filter(id=by.contact_id)
    return Contact.filter(system=by.contact[0], external_id=by.contact[1]) if by.contact else Contact.filter(id=None)
