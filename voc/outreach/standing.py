"""What stands between us and a customer right now: holds, pauses, consent, suppressions and what was asked before, in one statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from voc.core import clock
from voc.core.db import as_moment, marks, rows
from voc.customers.models import Channel
from voc.outreach.addresses import OUTGOING, address_hash, customer_hash
from voc.outreach.facts import Asked, Held
from voc.outreach.models import PauseScope

REMEMBERED = timedelta(days=3660)
_NONE = "CAST(NULL AS timestamptz)"
# An invitation that waits, or is on its way, counts as asked from the moment it will leave at the earliest.
_STANDING = f"""
    SELECT 'pause' AS what, scope AS a, ref AS b, since AS at, {_NONE} AS answered, {_NONE} AS declined
        FROM pause WHERE ended_at IS NULL
    UNION ALL SELECT 'hold', source, '', since, until, {_NONE} FROM hold WHERE customer_id = ? AND (until IS NULL OR until > ?)
    UNION ALL SELECT 'consent', channel, state, said_at, {_NONE}, {_NONE} FROM consent WHERE customer_id = ?
    UNION ALL SELECT 'suppression', channel, reason, since, until, {_NONE} FROM suppression
        WHERE channel IN ({marks(OUTGOING)}) AND address_hash IN (?, ?, ?) AND (until IS NULL OR until > ?)
    UNION ALL SELECT 'asked', CAST(i.id AS text), COALESCE(p.key, ''), CASE
            WHEN i.sent_at IS NOT NULL THEN i.sent_at
            WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.invitation_id = i.id AND d.state = 'started') THEN CAST(? AS timestamptz)
            WHEN i.send_at < ? THEN CAST(? AS timestamptz)
            ELSE i.send_at END, i.answered_at, i.declined_at
        FROM invitation i LEFT JOIN policy p ON p.id = i.policy_id
        WHERE i.customer_id = ? AND i.created_at > ? AND i.state IN ('planned', 'held', 'sent') AND NOT i.is_test
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What was found. Channels are those of facts: the outbox has what mail has."""

    pauses: frozenset[tuple[PauseScope, str]]
    holds: tuple[Held, ...]
    consents: Mapping[str, str]
    suppressed: frozenset[str]
    asked: Mapping[UUID, Asked]

    def paused(self, policy_key: str, survey_key: str) -> str:
        """What of everything, the policy and the survey is stopped, in words; "" when nothing is."""
        for scope, ref in ((PauseScope.EVERYTHING, ""), (PauseScope.POLICY, policy_key), (PauseScope.SURVEY, survey_key)):
            if (scope, ref) in self.pauses and (ref or scope is PauseScope.EVERYTHING):
                return f"{scope.value} {ref}".strip()
        return ""

    def paused_channels(self) -> frozenset[str]:
        """The channels that are stopped."""
        return _with_outbox(ref for scope, ref in self.pauses if scope is PauseScope.CHANNEL)

    def asked_besides(self, *invitations: UUID) -> tuple[Asked, ...]:
        """The other invitations."""
        return tuple(asked for invitation_id, asked in self.asked.items() if invitation_id not in invitations)


async def standing_of(customer_id: UUID | None, email: str | None, phone: str | None) -> Standing:
    """The standing of a customer; of nobody in particular only the pauses, and what is kept under the address."""
    now = clock.now()
    nobody = UUID(int=0)
    hashes = [address_hash(address) if address else "" for address in (email, phone)]
    found = await rows(
        _STANDING,
        *(customer_id or nobody, now, customer_id or nobody),
        *(*OUTGOING, *hashes, customer_hash(customer_id) if customer_id else "", now),
        *(now, now, now, customer_id or nobody, now - REMEMBERED),
    )
    of = {what: [row for row in found if row["what"] == what] for what in ("pause", "hold", "consent", "suppression", "asked")}
    consents = {row["a"]: row["b"] for row in of["consent"]}
    return Standing(
        pauses=frozenset((PauseScope(row["a"]), row["b"]) for row in of["pause"]),
        holds=tuple(Held(row["a"], as_moment(row["answered"])) for row in of["hold"]),
        consents={**consents, **({"outbox": consents["email"]} if "email" in consents else {})},
        suppressed=_with_outbox(row["a"] for row in of["suppression"]),
        asked={UUID(row["a"]): _asked(row) for row in of["asked"]},
    )


def addresses_of(email: str | None) -> frozenset[str]:
    """The channels over which somebody with this mail address can be reached; the link goes with whatever delivers it."""
    return frozenset({Channel.OTHER.value, *((Channel.EMAIL.value, Channel.OUTBOX.value) if email else ())})


def _asked(row: Mapping[str, object]) -> Asked:
    at = as_moment(row["at"])
    assert at is not None, "an invitation always has a moment"
    return Asked(at, str(row["b"]), as_moment(row["answered"]), as_moment(row["declined"]))


def _with_outbox(channels: Iterable[str]) -> frozenset[str]:
    named = frozenset(channels)
    return named | {Channel.OUTBOX.value} if Channel.EMAIL.value in named else named
