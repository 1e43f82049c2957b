"""What reaches this room: one press of a button on a page, or a whole response from another channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from voc.customers.models import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What one press of a button on a page brought.

    `step_id` is the step that stood there, or on a landing the one a part of which did; `asked` are the names of the answers asked for,
    `raw` is what was filled in, `served_at` when the page was served, `link_values` what stood behind the question mark of its address,
    `is_known_device` whether the device says that it answered over this open link before. `is_from_person` is what no scanner can do,
    such as a text from the customer's own telephone.
    """

    step_id: str
    asked: frozenset[str]
    raw: Mapping[str, object]
    language: str
    served_at: datetime | None = None
    is_landing: bool = False
    link_values: Mapping[str, str] = field(default_factory=dict)
    is_known_device: bool = False
    is_from_person: bool = False


class OutsideId(NamedTuple):
    """An id in another system."""

    system: str
    external_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseDraft:
    """A response that came over another channel: telephone menu, app, paper.

    `survey` is an id or a key; `version` is the newest published one unless named. Customer and contact are our ids or outside ids,
    which may be unknown yet. `source` and `source_id` together name the response in the system that brings it. `link_values` are what
    hidden questions know from an address, `invitation_id` is the ask it came over; `is_left` says that the customer went away before the
    end: what was answered counts.
    """

    survey: UUID | str
    answers: Mapping[str, object]
    channel: Channel
    language: str | None = None
    version: int | None = None
    customer: UUID | OutsideId | None = None
    contact: UUID | OutsideId | None = None
    source: str = ""
    source_id: str | None = None
    submitted_at: datetime | None = None
    is_test: bool = False
    is_left: bool = False
    invitation_id: UUID | None = None
    link_values: Mapping[str, str] = field(default_factory=dict)
