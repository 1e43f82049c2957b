"""What stands between us and a customer right now: holds, pauses, consent, suppressions and what was asked before, in one statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from voc.core import clock
from voc.core.db import as_moment, dialect, marks, padded, rows
from voc.outreach.addresses import OUTGOING, address_hash, customer_hash
from voc.outreach.editions import metrics_in
from voc.outreach.facts import Asked, Held, Reach
from voc.outreach.models import PauseScope
from voc.outreach.told import reach_told, with_outbox

REMEMBERED = timedelta(days=3660)
_SENT = 2
_NONE = "CAST(NULL AS timestamptz)"
# An invitation that waits counts as asked from the moment it will leave at the earliest; one that is being handed over has left.
_STANDING = f"""
    SELECT 'pause' AS what, scope AS a, ref AS b, since AS at, {_NONE} AS answered, {_NONE} AS declined, 0 AS has_left,
            '' AS survey, '' AS version, '' AS whose
        FROM pause WHERE ended_at IS NULL
    UNION ALL SELECT 'hold', source, '', since, until, {_NONE}, 0, '', '', '' FROM hold
        WHERE customer_id = ? AND (until IS NULL OR until > ?)
    UNION ALL SELECT 'consent', channel, state, said_at, {_NONE}, {_NONE}, 0, '', '', '' FROM consent WHERE customer_id = ?
    UNION ALL SELECT 'suppression', channel, reason, since, until, {_NONE}, 0, '', '', '' FROM suppression
        WHERE channel IN ({marks(OUTGOING)}) AND address_hash IN (?, ?, ?) AND (until IS NULL OR until > ?)
    UNION ALL SELECT 'asked', CAST(i.id AS text), COALESCE(p.key, ''), COALESCE(i.sent_at, i.send_at), i.answered_at, i.declined_at, CASE
            WHEN i.sent_at IS NOT NULL THEN 2
            WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.invitation_id = i.id AND d.state = 'started') THEN 1
            ELSE 0 END, s.key, CAST(i.version_id AS text), CAST(i.customer_id AS text)
        FROM invitation i JOIN survey s ON s.id = i.survey_id LEFT JOIN policy p ON p.id = i.policy_id
        WHERE i.customer_id {{whose}} AND i.created_at > ? AND i.state IN ('planned', 'held', 'sent') AND NOT i.is_test
"""
_OWN = _STANDING.format(whose="= ?")
_WITH_COLLEAGUES = _STANDING.format(whose="IN (SELECT ? UNION SELECT id FROM customer WHERE account_id = ?)")


@dataclass(frozen=True, slots=True)
class Standing:
    """What was found. Channels are those of facts: the outbox has what mail has. `measured` are the metrics of asked versions."""

    pauses: frozenset[tuple[PauseScope, str]]
    holds: tuple[Held, ...]
    consents: Mapping[str, str]
    suppressed: frozenset[str]
    asked: Mapping[UUID, Asked]
    left: frozenset[UUID]
    measured: Mapping[UUID, frozenset[str]] = field(default_factory=dict)

    def paused(self, policy_key: str, survey_key: str) -> str:
        """What of everything, the policy and the survey is stopped, in words; "" when nothing is."""
        for scope, ref in ((PauseScope.EVERYTHING, ""), (PauseScope.POLICY, policy_key), (PauseScope.SURVEY, survey_key)):
            if (scope, ref) in self.pauses and (ref or scope is PauseScope.EVERYTHING):
                return f"{scope.value} {ref}".strip()
        return ""

    def paused_channels(self) -> frozenset[str]:
        """The channels that are stopped."""
        return with_outbox(ref for scope, ref in self.pauses if scope is PauseScope.CHANNEL)

    def reach(self, email: str | None, phone: str | None = None) -> Reach:
        """Over which channels the customer can be reached; the link goes with whatever delivers it."""
        return reach_told(email, self.consents, self.suppressed, phone)

    def left_besides(self, invitation_id: UUID) -> tuple[Asked, ...]:
        """The other invitations that have left, or are leaving at this moment."""
        return tuple(asked for other, asked in self.asked.items() if other in self.left and other != invitation_id)


async def standing_of(
    customer_id: UUID | None, email: str | None, phone: str | None, *, account_id: UUID | None = None, metrics: bool = False
) -> Standing:
    """The standing of a customer; of nobody in particular only the pauses, and what is kept under the address.

    With an account it knows what everybody there was asked too; `metrics` says what each survey measures.
    """
    now = clock.now()
    nobody = UUID(int=0)
    hashes = [address_hash(address) if address else "" for address in (email, phone)]
    found = await rows(
        _WITH_COLLEAGUES if account_id else _OWN,
        *(customer_id or nobody, now, customer_id or nobody),
        *(*OUTGOING, *hashes, customer_hash(customer_id) if customer_id else "", now),
        *(customer_id or nobody, *([account_id] if account_id else []), now - REMEMBERED),
    )
    of = {what: [row for row in found if row["what"] == what] for what in ("pause", "hold", "consent", "suppression", "asked")}
    consents = {row["a"]: row["b"] for row in of["consent"]}
    measured = await metrics_in(UUID(row["version"]) for row in of["asked"]) if metrics else {}
    return Standing(
        pauses=frozenset((PauseScope(row["a"]), row["b"]) for row in of["pause"]),
        holds=tuple(Held(row["a"], as_moment(row["answered"])) for row in of["hold"]),
        consents=consents,
        suppressed=with_outbox(row["a"] for row in of["suppression"]),
        asked={UUID(row["a"]): _asked(row, now, customer_id, measured) for row in of["asked"]},
        left=frozenset(UUID(row["a"]) for row in of["asked"] if row["has_left"]),
        measured=measured,
    )


async def keep_pauses() -> None:
    """Let no pause end before this transaction does, so that whoever resumes finds what waits for it. Then read the standing again."""
    if dialect() == "postgres":
        await rows("SELECT id FROM pause WHERE ended_at IS NULL FOR SHARE")


async def keep_customer(customer_id: UUID) -> None:
    """Let nobody decide about this customer, or send to them, until this transaction ends."""
    await keep_customers([customer_id])


async def keep_account(account_id: UUID) -> None:
    """Let nobody else decide about anybody at this account until this transaction ends; taken after the customer, never before."""
    if dialect() == "postgres":
        await rows("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", f"account {account_id}")


async def keep_customers(customer_ids: Iterable[UUID]) -> None:
    """As `keep_customer`, for several: in one order, so that no two transactions wait for each other."""
    if dialect() == "postgres":
        ids = padded(sorted(set(customer_ids)))
        await rows(f"SELECT id FROM customer WHERE id IN ({marks(ids)}) ORDER BY id FOR NO KEY UPDATE", *ids)


def _asked(row: Mapping[str, Any], now: datetime, customer_id: UUID | None, measured: Mapping[UUID, frozenset[str]]) -> Asked:
    at = as_moment(row["at"]) or now
    leaves_at = at if row["has_left"] == _SENT else now if row["has_left"] else max(at, now)
    return Asked(
        leaves_at,
        row["b"],
        as_moment(row["answered"]),
        as_moment(row["declined"]),
        survey=row["survey"],
        metrics=measured.get(UUID(row["version"]), frozenset()),
        of_colleague=UUID(row["whose"]) != customer_id,
    )
