"""What was asked in a rehearsal, by customer and by account: of others as it was, of the rehearsed policy as it would have been. PURE."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from voc.outreach.rehearsing.past_facts import PastAsk


class PastAsks:
    """The asks of the people who were met. Of colleagues only those of the last `colleagues_for` are kept, none when it is zero.

    Moments are asked for in the order of time.
    """

    def __init__(self, colleagues_for: timedelta) -> None:
        self.colleagues_for = colleagues_for
        self._of_customer: dict[UUID, list[PastAsk]] = {}
        self._coming: dict[UUID, deque[PastAsk]] = {}
        self._of_account: dict[UUID, deque[PastAsk]] = {}

    def meet(self, customers: Iterable[tuple[UUID, Sequence[PastAsk]]], accounts: Iterable[tuple[UUID, Sequence[PastAsk]]]) -> None:
        """All that was ever asked of these customers, and of whoever is at these accounts."""
        for customer_id, asks in customers:
            self._of_customer[customer_id] = sorted(asks, key=lambda one: one.made_at)
        if self.colleagues_for:
            for account_id, asks in accounts:
                self._coming[account_id] = deque(sorted(asks, key=lambda one: one.made_at))

    def add(self, ask: PastAsk, account_id: UUID | None) -> None:
        """One more, that the rehearsal made itself."""
        self._of_customer.setdefault(ask.customer_id, []).append(ask)
        if self.colleagues_for and account_id:
            self._of_account.setdefault(account_id, deque()).append(ask)

    def of_customer(self, customer_id: UUID) -> Sequence[PastAsk]:
        """The customer's own, whenever they were made."""
        return self._of_customer.get(customer_id, ())

    def of_colleagues(self, customer_id: UUID, account_id: UUID | None, at: datetime) -> Iterator[PastAsk]:
        """Those of others at the account that clocks can still look at, made by then."""
        if not self.colleagues_for or account_id is None:
            return
        known = self._of_account.setdefault(account_id, deque())
        coming = self._coming.get(account_id)
        while coming and coming[0].made_at <= at:
            known.append(coming.popleft())
        while known and known[0].last_at <= at - self.colleagues_for:
            known.popleft()
        for one in known:
            if one.customer_id != customer_id:
                yield one
