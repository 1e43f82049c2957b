"""Of colleagues a rehearsal keeps what clocks can still look at; of the customer everything."""

from datetime import timedelta
from uuid import UUID

from tests.conftest import FROZEN_AT
from voc.outreach.rehearsing.past_asks import PastAsks
from voc.outreach.rehearsing.past_facts import PastAsk

DAY = timedelta(days=1)
ANNA, BART, ACME = UUID(int=1), UUID(int=2), UUID(int=3)


def asked(number: int, customer_id: UUID, days: int, answered_after: int | None = None) -> PastAsk:
    """An ask that left at once, so many days after the beginning."""
    at = FROZEN_AT + days * DAY
    return PastAsk(
        id=UUID(int=number),
        contact_id=None,
        customer_id=customer_id,
        policy="calls",
        made_at=at,
        send_at=at,
        sent_at=at,
        answered_at=None if answered_after is None else at + answered_after * DAY,
        declined_at=None,
        survey="s",
    )


def test_colleagues_are_seen_for_as_long_as_a_clock_looks_and_not_before_they_were_asked() -> None:
    asks = PastAsks(7 * DAY)
    real = [asked(10, BART, 0), asked(11, BART, 5, answered_after=4), asked(12, BART, 30)]
    asks.meet([(ANNA, [asked(13, ANNA, 0)])], [(ACME, real)])
    seen = {}
    for days in (6, 9, 16, 31):
        seen[days] = [one.id.int for one in asks.of_colleagues(ANNA, ACME, FROZEN_AT + days * DAY)]
        if days == 6:
            asks.add(asked(14, BART, 8), ACME)
    assert seen == {6: [10, 11], 9: [11, 14], 16: [], 31: [12]}
    assert [one.id.int for one in asks.of_customer(ANNA)] == [13]
    assert list(PastAsks(timedelta()).of_colleagues(ANNA, ACME, FROZEN_AT)) == []
