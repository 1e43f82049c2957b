"""What the outside world tells of accounts, customers and contacts, read from JSON-like maps into drafts.

A field that is absent is kept as it is known, null (or an empty text) clears it. Fields we do not know become attributes.
Drafts come from `read_account`, `read_customer` and `read_contact`: their values are in our spelling and fit their columns.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import NamedTuple, TypeVar
from uuid import UUID

from voc.core import settings
from voc.customers import values
from voc.customers.models import Channel, ConsentState, Direction, Outcome
from voc.customers.read_fields import UNSET, Fields, Said, Unset

__all__ = ["UNSET", "AccountDraft", "ContactDraft", "CustomerDraft", "ExternalId", "Unset", "read_account", "read_contact", "read_customer"]

T = TypeVar("T")
_OTHER_NAMES = {"team": "teamKey", "agent": "agentKey"}


class ExternalId(NamedTuple):
    """The id under which an outside system knows something."""

    system: str
    external_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDraft:
    """What is told of an account."""

    ref: ExternalId
    name: Said[str] = UNSET
    parent: Said[ExternalId] = UNSET
    owner: Said[str] = UNSET
    segment: Said[str] = UNSET
    value_amount: Said[Decimal] = UNSET
    value_currency: Said[str] = UNSET
    attributes: Mapping[str, str | None] | Unset = UNSET
    occurred_at: Said[datetime] = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDraft:
    """What is told of a customer, named by our id or by outside ids; inside a contact a mail address or phone number will do."""

    id: UUID | None = None
    external_ids: tuple[ExternalId, ...] = ()
    name: Said[str] = UNSET
    first_name: Said[str] = UNSET
    email: Said[str] = UNSET
    phone: Said[str] = UNSET
    language: Said[str] = UNSET
    time_zone: Said[str] = UNSET
    segment: Said[str] = UNSET
    value_amount: Said[Decimal] = UNSET
    value_currency: Said[str] = UNSET
    account: Said[AccountDraft] = UNSET
    consents: Mapping[Channel, ConsentState] = field(default_factory=dict)
    attributes: Mapping[str, str | None] | Unset = UNSET
    occurred_at: Said[datetime] = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """What is told of a contact and, with it, of its customer."""

    ref: ExternalId
    customer: Said[CustomerDraft] = UNSET
    touchpoint: Said[str] = UNSET
    channel: Said[Channel] = UNSET
    direction: Said[Direction] = UNSET
    outcome: Said[Outcome] = UNSET
    team_key: Said[str] = UNSET
    queue: Said[str] = UNSET
    agent_key: Said[str] = UNSET
    agent_name: Said[str] = UNSET
    subject: Said[str] = UNSET
    started_at: Said[datetime] = UNSET
    ended_at: Said[datetime] = UNSET
    attributes: Mapping[str, str | None] | Unset = UNSET
    occurred_at: Said[datetime] = UNSET


def read_account(given: object, *, at: str = "", system: str = "") -> AccountDraft:
    """Read an account; Invalid lists every fault with its place below `at`. `system` is used where none is given."""
    fields = Fields(given, at, [])
    draft = _account(fields, system or settings.current().crm_system)
    fields.refuse()
    return draft


def read_customer(given: object, *, at: str = "", system: str = "", country: str = "") -> CustomerDraft:
    """Read a customer, known by an outside id or by our own; Invalid lists every fault with its place below `at`.

    `system` is used where none is given; telephone numbers without a prefix belong to `country`.
    """
    fields = Fields(given, at, [])
    draft = _customer(fields, system or settings.current().crm_system, country or settings.current().default_country)
    if not draft.external_ids and draft.id is None:
        fields.fault("externalId", "REQUIRED", "`externalId` is needed: the id under which an outside system knows this customer.")
    fields.refuse()
    return draft


def read_contact(given: object, *, at: str = "", system: str = "", country: str = "") -> ContactDraft:
    """Read a contact, which is named by `system` and `externalId`; Invalid lists every fault with its place below `at`."""
    known = settings.current()
    fields = Fields(given, at, [], _OTHER_NAMES)
    draft = ContactDraft(
        ref=_ref(fields, system or known.contact_system),
        customer=_nested(fields, "customer", partial(_customer, system=known.crm_system, country=country or known.default_country)),
        touchpoint=fields.text("touchpoint", 64),
        channel=fields.take("channel", partial(values.one_of, kinds=Channel)),
        direction=fields.take("direction", partial(values.one_of, kinds=Direction)),
        outcome=fields.take("outcome", partial(values.one_of, kinds=Outcome)),
        team_key=fields.text("teamKey", 64),
        queue=fields.text("queue", 120),
        agent_key=fields.text("agentKey", 100),
        agent_name=fields.text("agentName", 200),
        subject=fields.text("subject", 300),
        started_at=fields.take("startedAt", values.moment),
        ended_at=fields.take("endedAt", values.moment),
        occurred_at=fields.take("occurredAt", values.moment),
        attributes=fields.attributes(),
    )
    if isinstance(draft.started_at, datetime) and isinstance(draft.ended_at, datetime) and draft.ended_at < draft.started_at:
        fields.fault("endedAt", "ENDS_BEFORE_START", "`endedAt` lies before `startedAt`.")
    fields.refuse()
    return draft


def _account(fields: Fields, system: str) -> AccountDraft:
    ref = _ref(fields, system)
    parent = _nested(fields, "parent", partial(_ref, system=ref.system))
    if parent == ref:
        fields.fault("parent", "OWN_PARENT", "`parent` names the account itself.")
    return AccountDraft(
        ref=ref,
        name=fields.text("name", 300),
        parent=parent,
        owner=fields.text("owner", 200),
        segment=fields.text("segment", 64),
        value_amount=fields.take("valueAmount", values.amount),
        value_currency=fields.take("valueCurrency", values.currency),
        occurred_at=fields.take("occurredAt", values.moment),
        attributes=fields.attributes(),
    )


def _customer(fields: Fields, system: str, country: str) -> CustomerDraft:
    refs = _refs(fields, system)
    return CustomerDraft(
        id=_or_none(fields.take("id", _uuid)),
        external_ids=refs,
        name=fields.text("name", 300),
        first_name=fields.text("firstName", 120),
        email=fields.take("email", values.mail),
        phone=fields.take("phone", partial(values.phone, country=country)),
        language=fields.take("language", values.language),
        time_zone=fields.take("timeZone", values.time_zone),
        segment=fields.text("segment", 64),
        value_amount=fields.take("valueAmount", values.amount),
        value_currency=fields.take("valueCurrency", values.currency),
        account=_nested(fields, "account", partial(_account, system=refs[0].system if refs else system)),
        consents=_consents(fields),
        occurred_at=fields.take("occurredAt", values.moment),
        attributes=fields.attributes(),
    )


def _ref(fields: Fields, system: str) -> ExternalId:
    return ExternalId(fields.needed("system", 64, system), fields.needed("externalId", 200))


def _refs(fields: Fields, system: str) -> tuple[ExternalId, ...]:
    """The outside ids of a customer: `system` and `externalId`, or those in `external`, or the list `externalIds`."""
    found: list[ExternalId] = []
    own = fields.needed("system", 64, system)
    one = fields.text("externalId", 200)
    if isinstance(one, str):
        found.append(ExternalId(own, one))
    external = _nested(fields, "external", partial(_ref, system=own))
    if isinstance(external, ExternalId):
        found.append(external)
    found += [_ref(each, own) for each in fields.nested_sequence("externalIds")]
    return tuple(dict.fromkeys(found))


def _consents(fields: Fields) -> dict[Channel, ConsentState]:
    """Consents as a map from channel to state, or as a list of `{channel, state}`."""
    found: dict[Channel, ConsentState] = {}
    for each in fields.nested_sequence("consents", ("channel", "state")):
        channel = each.take("channel", partial(values.one_of, kinds=Channel))
        state = each.take("state", partial(values.one_of, kinds=ConsentState))
        if isinstance(channel, Channel) and isinstance(state, ConsentState):
            found[channel] = state
    return found


def _nested(fields: Fields, name: str, read: Callable[[Fields], T]) -> Said[T]:
    inner = fields.nested(name)
    return read(inner) if isinstance(inner, Fields) else inner


def _or_none(said: Said[T]) -> T | None:
    return None if isinstance(said, Unset) else said


def _uuid(value: object) -> UUID:
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        raise values.Unreadable("INVALID_ID", "is not one of our ids.") from None
