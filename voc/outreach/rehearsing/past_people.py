"""The customers behind contacts of the past, each read once: what is known of them today, and what was ever asked of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from voc.core import clock
from voc.core.db import as_moment, as_uuid, marks, padded, rows
from voc.outreach.deciding.facts import AccountFacts, Reach, Weight
from voc.outreach.deciding.told import account_told, customer_told, reach_told
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.editions import metrics_in
from voc.outreach.rehearsing.past_facts import PastAsk, PastPerson
from voc.outreach.wishes.addresses import address_hash, customer_hash

_PEOPLE = """SELECT u.id, u.email, u.phone, u.language, u.time_zone, u.segment, u.value_amount, u.value_currency,
        u.attributes AS customer_attributes, u.account_id, u.created_at AS known_since
    FROM customer u WHERE u.id IN ({})"""
_ACCOUNTS = """SELECT a.id AS account_id, a.segment AS account_segment, a.value_amount AS account_value,
        a.value_currency AS account_currency, a.owner AS account_owner, a.attributes AS account_attributes
    FROM account a WHERE a.id IN ({})"""
_ASKS = """SELECT i.id, {} AS of, i.contact_id, i.customer_id, COALESCE(p.key, '') AS policy, i.created_at, i.send_at, i.sent_at,
        i.answered_at, i.declined_at, i.version_id, s.key AS survey, CASE
            WHEN i.state <> 'withdrawn' THEN NULL WHEN d.verdict = 'skip' THEN d.decided_at ELSE i.send_at END AS gone_at
    FROM invitation i JOIN survey s ON s.id = i.survey_id JOIN customer u ON u.id = i.customer_id LEFT JOIN policy p ON p.id = i.policy_id
    LEFT JOIN decision d ON d.id = i.decision_id
    WHERE {} IN ({}) AND NOT i.is_test
        AND (i.state IN ('planned', 'held', 'sent') OR (i.state = 'withdrawn' AND i.state_reason IN ({})))"""
_GAVE_WAY = ", ".join(f"'{one.value}'" for one in (Reason.OUTRANKED, Reason.WITHIN_QUIET_DAYS, Reason.BUDGET_SPENT))
Asks = dict[UUID, list[PastAsk]]


class People:
    """Those who were met so far, by the id as it stands in rows; `weights` are those of the policies in force."""

    def __init__(self, weights: Mapping[str, Weight], *, by_account: bool) -> None:
        self._weights, self._by_account = weights, by_account
        self._people: dict[object, PastPerson] = {}
        self._accounts: dict[UUID, AccountFacts | None] = {}
        self._reaches: dict[object, Reach] = {}

    def __getitem__(self, raw_id: object) -> PastPerson | None:
        """The customer of that id; None while they were not met."""
        return self._people.get(raw_id)

    async def meet(self, raw_ids: Iterable[object]) -> tuple[Asks, Asks]:
        """Read those who were not met before. Gives what was asked of them, and of all at accounts that are new, where that counts."""
        new = [one for one in set(raw_ids) if one is not None and one not in self._people]
        if not new:
            return {}, {}
        ids = padded(new)
        found = await rows(_PEOPLE.format(marks(ids)), *ids)
        accounts = {one for row in found if (one := as_uuid(row["account_id"]))} - self._accounts.keys()
        await self._read_accounts(sorted(accounts))
        consents = await _consents(ids)
        stopped = await _stopped(found)
        for row in found:
            account_id = as_uuid(row["account_id"])
            reach = self._reach(row, consents.get(row["id"], {}), stopped.get(row["id"], frozenset()))
            account = self._accounts.get(account_id) if account_id else None
            self._people[row["id"]] = PastPerson(UUID(str(row["id"])), account_id, customer_told(row), account, reach)
        own = await self._asks(new, "i.customer_id")
        return own, await self._asks(sorted(accounts), "u.account_id") if self._by_account else {}

    async def _read_accounts(self, account_ids: Sequence[UUID]) -> None:
        if account_ids:
            ids = padded(account_ids)
            for row in await rows(_ACCOUNTS.format(marks(ids)), *ids):
                self._accounts[UUID(str(row["account_id"]))] = account_told(row)

    def _reach(self, row: Mapping[str, Any], consents: Mapping[str, str], stopped: frozenset[str]) -> Reach:
        if row["phone"]:
            return reach_told(row["email"], consents, stopped, row["phone"])
        alike = (bool(row["email"]), tuple(sorted(consents.items())), stopped)
        if alike not in self._reaches:
            self._reaches[alike] = reach_told(row["email"], consents, stopped)
        return self._reaches[alike]

    async def _asks(self, groups: Sequence[object], column: str) -> Asks:
        if not groups:
            return {}
        ids = padded(groups)
        found = await rows(_ASKS.format(column, column, marks(ids), _GAVE_WAY), *ids)
        measured = await metrics_in({UUID(str(row["version_id"])) for row in found})
        asks: Asks = {}
        for row in found:
            asks.setdefault(UUID(str(row["of"])), []).append(_ask(row, measured, self._weights.get(row["policy"])))
        return asks


async def _consents(ids: Sequence[object]) -> dict[object, dict[str, str]]:
    consents: dict[object, dict[str, str]] = {}
    for row in await rows(f"SELECT customer_id, channel, state FROM consent WHERE customer_id IN ({marks(ids)})", *ids):
        consents.setdefault(row["customer_id"], {})[row["channel"]] = row["state"]
    return consents


async def _stopped(found: Sequence[Mapping[str, Any]]) -> dict[object, frozenset[str]]:
    """The channels on which each of them gets no messages."""
    if not await rows("SELECT 1 AS one FROM suppression LIMIT 1"):
        return {}
    whose: dict[str, list[object]] = {}
    for row in found:
        whose.setdefault(customer_hash(row["id"]), []).append(row["id"])
        for address in (row["email"], row["phone"]):
            if address:
                whose.setdefault(address_hash(address), []).append(row["id"])
    wanted = padded(sorted(whose))
    sql = f"SELECT channel, address_hash FROM suppression WHERE (until IS NULL OR until > ?) AND address_hash IN ({marks(wanted)})"
    stopped: dict[object, frozenset[str]] = {}
    for row in await rows(sql, clock.now(), *wanted):
        for one in whose[row["address_hash"]]:
            stopped[one] = stopped.get(one, frozenset()) | {row["channel"]}
    return stopped


def _ask(row: Mapping[str, Any], measured: Mapping[UUID, frozenset[str]], weight: Weight | None) -> PastAsk:
    made_at, send_at = as_moment(row["created_at"]), as_moment(row["send_at"])
    if made_at is None or send_at is None:
        raise ValueError("Every invitation has its moments.")
    return PastAsk(
        id=UUID(str(row["id"])),
        contact_id=as_uuid(row["contact_id"]),
        customer_id=UUID(str(row["customer_id"])),
        policy=row["policy"],
        made_at=made_at,
        send_at=send_at,
        sent_at=as_moment(row["sent_at"]),
        answered_at=as_moment(row["answered_at"]),
        declined_at=as_moment(row["declined_at"]),
        survey=row["survey"],
        metrics=measured[UUID(str(row["version_id"]))],
        weight=weight,
        gone_at=as_moment(row["gone_at"]),
    )
