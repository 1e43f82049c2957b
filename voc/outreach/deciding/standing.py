"""What stands between us and a customer right now: holds, pauses, consent, suppressions and what was asked before, in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from voc.core import clock
from voc.core.db import as_moment, dialect, marks, padded, rows
from voc.outreach.deciding.facts import Asked, Held, Reach
from voc.outreach.deciding.told import reach_told, with_outbox
from voc.outreach.editions import metrics_in
from voc.outreach.models import PauseScope
from voc.outreach.policies.clocks import Clock, Whose, looks_at_account, looks_at_metrics
from voc.outreach.wishes.addresses import OUTGOING, address_hash, customer_hash

REMEMBERED = timedelta(days=3660)
_SENT = 2
_NONE = "CAST(NULL AS timestamptz)"
# An invitation that waits counts as asked from the moment it will leave at the earliest; one that is being handed over has left.
_STANDING = f"""
    SELECT 'pause' AS what, scope AS a, ref AS b, since AS at, {_NONE} AS answered, {_NONE} AS declined, 0 AS has_left,
            '' AS survey, '' AS version, '' AS whose, '' AS house
        FROM pause WHERE ended_at IS NULL
    UNION ALL SELECT 'hold', source, '', since, until, {_NONE}, 0, '', '', CAST(customer_id AS text), '' FROM hold
        WHERE customer_id IN ({{own}}) AND (until IS NULL OR until > ?)
    UNION ALL SELECT 'consent', channel, state, said_at, {_NONE}, {_NONE}, 0, '', '', CAST(customer_id AS text), '' FROM consent
        WHERE customer_id IN ({{own}})
    UNION ALL SELECT 'suppression', channel, reason, since, until, {_NONE}, 0, '', '', address_hash, '' FROM suppression
        WHERE channel IN ({marks(OUTGOING)}) AND address_hash IN ({{hashes}}) AND (until IS NULL OR until > ?)
"""
# States are named by what they are not: no index serves that, and those of the customers are the ones to go along.
_ASKED = """
    UNION ALL SELECT 'asked', CAST(i.id AS text), COALESCE(p.key, ''), COALESCE(i.sent_at, i.send_at), i.answered_at, i.declined_at, CASE
            WHEN i.sent_at IS NOT NULL THEN 2
            WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.invitation_id = i.id AND d.state = 'started') THEN 1
            ELSE 0 END, s.key, CAST(i.version_id AS text), CAST(i.customer_id AS text), COALESCE(CAST(u.account_id AS text), '')
        FROM invitation i JOIN customer u ON u.id = i.customer_id JOIN survey s ON s.id = i.survey_id
        LEFT JOIN policy p ON p.id = i.policy_id
        WHERE i.state NOT IN ('failed', 'withdrawn') AND NOT i.is_test AND i.created_at > ?"""
_OWN = f"{_ASKED} AND i.customer_id IN ({{own}})"
_COLLEAGUES = f"""{_ASKED} AND u.account_id IN ({{accounts}}) AND i.customer_id NOT IN ({{own}})
        AND (COALESCE(i.sent_at, i.send_at) > ? OR i.answered_at > ? OR i.declined_at > ?)"""
_LONGEST_ASKED = timedelta(days=600)  # from the day an invitation is made to the last on which it can be answered
_NOBODY = UUID(int=0)


class Somebody(NamedTuple):
    """Whose standing is read: nobody in particular without an id; with an account also what everybody there was asked."""

    customer_id: UUID | None
    email: str | None
    phone: str | None
    account_id: UUID | None = None

    @property
    def hashes(self) -> frozenset[str]:
        """What their suppressions are kept under."""
        addresses = {address_hash(address) for address in (self.email, self.phone) if address}
        return frozenset(addresses | {customer_hash(self.customer_id)} if self.customer_id else addresses)


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

    def after(self, invitation_id: UUID, now: datetime) -> "Standing":
        """The same once this invitation is being handed over."""
        if invitation_id not in self.asked:
            return self
        asked = {**self.asked, invitation_id: replace(self.asked[invitation_id], at=now)}
        return replace(self, asked=asked, left=self.left | {invitation_id})

    def left_besides(self, invitation_id: UUID) -> tuple[Asked, ...]:
        """The other invitations that have left, or are leaving at this moment."""
        return tuple(asked for other, asked in self.asked.items() if other in self.left and other != invitation_id)


async def standing_of(
    customer_id: UUID | None, email: str | None, phone: str | None, *, account_id: UUID | None = None, metrics: bool = False
) -> Standing:
    """The standing of a customer; of nobody in particular only the pauses, and what is kept under the address.

    With an account it knows what everybody there was asked too; `metrics` says what each survey measures.
    """
    return (await standings_of([Somebody(customer_id, email, phone, account_id)], metrics=metrics))[0]


async def standings_for(people: Sequence[tuple[Somebody, Sequence[Clock]]]) -> list[Standing]:
    """The standing of each, as far as their clocks look, read in one statement; of an account only where one looks there, as far back
    as the longest of these, and it is kept: nobody else decides about anybody there until the transaction ends."""
    looking = [one if looks_at_account(clocks) else one._replace(account_id=None) for one, clocks in people]
    for account_id in sorted({one.account_id for one in looking if one.account_id}):
        await keep_account(account_id)
    clocks = [clock for _, several in people for clock in several]
    days = max((clock.days for clock in clocks if clock.whose is Whose.ACCOUNT), default=0)
    return await standings_of(looking, metrics=looks_at_metrics(clocks), account_days=days)


async def standings_of(people: Sequence[Somebody], *, metrics: bool = False, account_days: int = 3660) -> list[Standing]:
    """The standing of each of them, as `standing_of`, read in one statement; of colleagues what happened within some days."""
    now = clock.now()
    found = await _read(people, now, timedelta(days=account_days))
    of: dict[str, list[dict[str, Any]]] = {what: [] for what in ("pause", "hold", "consent", "suppression", "asked")}
    for row in found:
        of[row["what"]].append(row)
    measured = await metrics_in(UUID(row["version"]) for row in of["asked"]) if metrics else {}
    pauses = frozenset((PauseScope(row["a"]), row["b"]) for row in of["pause"])
    holds, consents, suppressed = (_by(of[what], "whose") for what in ("hold", "consent", "suppression"))
    own, at_account = _by(of["asked"], "whose"), _by(of["asked"], "house")
    standings = []
    for one in people:
        whose = str(one.customer_id) if one.customer_id else ""
        asked = {row["a"]: row for row in (*own.get(whose, ()), *(at_account.get(str(one.account_id), ()) if one.account_id else ()))}
        standings.append(
            Standing(
                pauses=pauses,
                holds=tuple(Held(row["a"], as_moment(row["answered"])) for row in holds.get(whose, ())),
                consents={row["a"]: row["b"] for row in consents.get(whose, ())},
                suppressed=with_outbox(row["a"] for hashed in (one.hashes if suppressed else ()) for row in suppressed.get(hashed, ())),
                asked={UUID(invitation_id): _asked(row, now, one.customer_id, measured) for invitation_id, row in asked.items()},
                left=frozenset(UUID(invitation_id) for invitation_id, row in asked.items() if row["has_left"]),
                measured=measured,
            )
        )
    return standings


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


async def _read(people: Sequence[Somebody], now: datetime, account_for: timedelta) -> list[dict[str, Any]]:
    own = padded(sorted({one.customer_id or _NOBODY for one in people}))
    accounts = padded(sorted({one.account_id for one in people if one.account_id}))
    hashes = padded(sorted({hashed for one in people for hashed in one.hashes} or {""}))
    named = {"own": marks(own), "accounts": marks(accounts), "hashes": marks(hashes)}
    values = [*own, now, *own, *OUTGOING, *hashes, now, now - REMEMBERED, *own]
    if not accounts:
        return await rows((_STANDING + _OWN).format(**named), *values)
    since = now - account_for
    values += [since - _LONGEST_ASKED, *accounts, *own, since, since, since]
    return await rows((_STANDING + _OWN + _COLLEAGUES).format(**named), *values)


def _by(found: Iterable[dict[str, Any]], name: str) -> dict[str, list[dict[str, Any]]]:
    by: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        by.setdefault(row[name], []).append(row)
    return by


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
