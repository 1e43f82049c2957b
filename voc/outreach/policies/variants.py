"""Experiments: which of several surveys a customer gets, always the same one. PURE."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from uuid import UUID

from voc.outreach.policies.sampling import draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One arm of an experiment: its key in reports, the survey that is asked, and its share against the others."""

    key: str
    survey: str
    weight: int = 1


def assigned(variants: Sequence[Variant], policy: str, customer_id: UUID) -> Variant:
    """The variant of this customer, by weighted rendezvous hashing (Schindelhauer and Schomaker 2005).

    The same customer gets the same one for as long as the policy has it and its weight does not shrink against the others: adding a
    variant takes some customers from each, and taking one away moves only those who had it.
    """
    return max(variants, key=lambda one: (-one.weight / log(max(draw(policy, customer_id, one.key), 1e-300)), one.key))
