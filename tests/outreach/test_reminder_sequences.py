"""Whatever happens in whatever order after an ask, its reminders keep to what was promised."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import FROZEN_AT
from voc.outreach.deciding.facts import Asked, Held, Reach
from voc.outreach.delivering.once_more import Invited, NotNow, Remind, once_more
from voc.outreach.policies.clocks import Otherwise
from voc.outreach.policies.reminders import Reminder, next_reminder
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.windows import WEEKDAYS, Window

DAY, ZONE = timedelta(days=1), "Europe/Amsterdam"
REACH = Reach(addresses=frozenset({"email", "outbox"}), consents={"email": "granted", "outbox": "granted"})
ONE = Rules(touchpoints=("t",), survey="s", quiet_days=4, reminders=(Reminder(days=3),), expire_days=12)
RULES = (
    ONE,
    replace(ONE, reminders=(Reminder(days=1), Reminder(days=2, channel="outbox"), Reminder(days=1)), if_held=Otherwise.ASK),
    replace(ONE, reminders=(Reminder(days=2), Reminder(days=2)), window=Window(days=WEEKDAYS[:5]), if_asked_recently=Otherwise.DELAY),
)


@dataclass
class Followed:
    """An ask and what happens after it: the moment of the next reminder is kept as the rows keep it."""

    rules: Rules
    now: datetime = FROZEN_AT
    left: list[datetime] = field(default_factory=lambda: [FROZEN_AT])
    others: list[datetime] = field(default_factory=list)
    on: set[str] = field(default_factory=set)
    remind_at: datetime | None = None

    def __post_init__(self) -> None:
        self.ends_at = self.now + self.rules.expire_days * DAY
        self.plan()

    def plan(self) -> None:
        self.remind_at = next_reminder(self.rules.reminders, len(self.left) - 1, self.now, self.ends_at, self.rules.window, ZONE)

    def invited(self) -> Invited:
        refused = {"email": "refused"} if "refused" in self.on else {}
        return Invited(
            channel="email",
            expires_at=self.ends_at,
            reminders=len(self.left) - 1,
            has_reacted="reacted" in self.on,
            reach=replace(REACH, suppressed=frozenset({"email"} & self.on), consents={**REACH.consents, **refused}),
            zone=ZONE,
            survey="s",
            others=tuple(Asked(at) for at in self.others),
            holds=(Held("task"),) if "held" in self.on else (),
            is_paused="paused" in self.on,
        )

    def advance(self, hours: int) -> None:
        until = self.now + timedelta(hours=hours)
        while self.remind_at and self.remind_at <= until:
            self.now = max(self.now, self.remind_at)
            look = once_more(self.invited(), self.rules, self.now)
            if isinstance(look, NotNow):
                assert look.again_at is None or look.again_at > self.now
                self.remind_at = look.again_at
            else:
                self.check(look)
                self.left.append(self.now)
                self.plan()
        self.now = until

    def check(self, look: Remind) -> None:
        promised = self.rules.reminders
        assert not self.on & {"reacted", "refused", "email", "paused"}
        assert "held" not in self.on or self.rules.if_held is Otherwise.ASK
        assert look.number == len(self.left) <= len(promised)
        assert look.is_last == (look.number == len(promised))
        assert self.now - self.left[-1] >= promised[look.number - 1].days * DAY
        assert self.now + DAY <= self.ends_at
        assert all(self.now - at >= self.rules.quiet_days * DAY for at in self.others)
        assert self.rules.window is None or self.rules.window.next_open(self.now, ZONE) == self.now


STEPS = st.lists(
    st.tuples(st.sampled_from(["reacted", "refused", "email", "held", "held", "paused", "other", "wait", "wait"]), st.integers(0, 60)),
    max_size=12,
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(RULES), STEPS)
def test_no_sequence_after_an_ask_breaks_a_promise(rules: Rules, steps: list[tuple[str, int]]) -> None:
    followed = Followed(rules)
    for what, hours in steps:
        if what == "other":
            followed.others.append(followed.now)
        elif what != "wait":
            followed.on ^= {what}
        followed.advance(hours)


def test_where_nothing_happens_all_of_them_leave() -> None:
    for rules in RULES:
        followed = Followed(rules)
        followed.advance(24 * 12)
        assert len(followed.left) == 1 + len(rules.reminders)
