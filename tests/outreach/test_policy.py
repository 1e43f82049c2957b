"""Every road through a decision, and that no road is left without an answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voc.outreach.deciding.facts import Asked, ContactFacts, CustomerFacts, Facts, Held, Reach
from voc.outreach.deciding.policy import Ruling, decide
from voc.outreach.deciding.reasons import SENTENCES, sentence
from voc.outreach.deciding.verdicts import Reason, Verdict
from voc.outreach.policies.clocks import Otherwise
from voc.outreach.policies.rules import Rules

ENDED = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
NOW = ENDED + timedelta(minutes=5)
LAST_CHANCE = ENDED + timedelta(days=7)
RULES = Rules(touchpoints=("after-call",), survey="csat", delay_minutes=60)
CONTACT = ContactFacts(touchpoint="after-call", ended_at=ENDED, started_at=ENDED - timedelta(minutes=12), outcome="solved", queue="billing")
KNOWN = Facts(
    contact=CONTACT,
    customer=CustomerFacts(language="nl", segment="gold"),
    reach=Reach(addresses=frozenset({"email", "outbox", "other"}), consents={"email": "granted"}),
)


def reached(**changes: Any) -> Facts:
    return replace(KNOWN, reach=replace(KNOWN.reach, **changes))


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def skip(reason: Reason, detail: str = "") -> Ruling:
    return Ruling(Verdict.SKIP, reason, detail=detail)


def delay(reason: Reason, until: datetime, detail: str = "") -> Ruling:
    return Ruling(Verdict.DELAY, reason, act_at=until, detail=detail)


def test_a_customer_who_may_be_asked_is_asked_after_the_delay() -> None:
    assert decide(KNOWN, RULES, NOW) == Ruling(Verdict.SEND, Reason.ASKED, "email", ENDED + timedelta(hours=1))


def test_a_contact_that_is_told_late_is_asked_about_at_once() -> None:
    late = ENDED + timedelta(days=2)
    assert decide(KNOWN, RULES, late) == Ruling(Verdict.SEND, Reason.ASKED, "email", late)


def test_a_contact_that_has_just_ended_settles_first() -> None:
    just = ENDED + timedelta(minutes=4, seconds=59)
    spam = replace(KNOWN, contact=replace(CONTACT, outcome="spam"))
    for facts in (KNOWN, spam):
        assert decide(facts, RULES, just) == delay(Reason.SETTLING, NOW)
    assert decide(spam, RULES, NOW) == skip(Reason.CONTACT_SPAM)


@pytest.mark.parametrize(
    ("facts", "ruling"),
    [
        (replace(KNOWN, contact=replace(CONTACT, outcome="spam")), skip(Reason.CONTACT_SPAM)),
        (replace(KNOWN, contact=replace(CONTACT, outcome="abandoned")), skip(Reason.CONTACT_ABANDONED)),
        (replace(KNOWN, contact=replace(CONTACT, attributes={"no_survey": "Yes"})), skip(Reason.CONTACT_EXCLUDED)),
        (replace(KNOWN, customer=None), skip(Reason.NO_CUSTOMER)),
        (replace(KNOWN, is_published=False), skip(Reason.SURVEY_NOT_PUBLISHED)),
        (reached(addresses=frozenset()), skip(Reason.NO_ADDRESS, "email: no address")),
        (reached(suppressed=frozenset({"email"})), skip(Reason.SUPPRESSED, "email: suppressed")),
        (reached(consents={"email": "refused"}), skip(Reason.CONSENT_REFUSED, "email: consent refused")),
        (reached(consents={}, asks_unknown=False), skip(Reason.CONSENT_UNKNOWN, "email: consent unknown")),
        (replace(KNOWN, paused="everything"), delay(Reason.POLICY_PAUSED, LAST_CHANCE, "everything")),
        (replace(KNOWN, paused_channels=frozenset({"email"})), delay(Reason.POLICY_PAUSED, LAST_CHANCE, "channel email")),
        (replace(KNOWN, holds=(Held("task:1"),)), delay(Reason.HELD, LAST_CHANCE, "task:1")),
    ],
)
def test_what_speaks_against_asking_is_named(facts: Facts, ruling: Ruling) -> None:
    assert decide(facts, RULES, NOW) == ruling


def test_an_attribute_that_says_no_survey_no_is_no_exclusion() -> None:
    assert decide(replace(KNOWN, contact=replace(CONTACT, attributes={"no_survey": "false"})), RULES, NOW).verdict is Verdict.SEND


def test_unknown_consent_is_named_where_mail_asks_nevertheless() -> None:
    ruling = decide(reached(consents={}), RULES, NOW)
    assert (ruling.verdict, ruling.channel, ruling.detail) == (Verdict.SEND, "email", "consent unknown")


def test_other_channels_need_consent() -> None:
    rules = replace(RULES, channels=("other",))
    assert decide(KNOWN, rules, NOW) == skip(Reason.CONSENT_UNKNOWN, "other: consent unknown")
    assert decide(reached(consents={"other": "granted"}), rules, NOW).channel == "other"


def test_the_next_channel_is_taken_where_the_first_cannot_be() -> None:
    rules = replace(RULES, channels=("other", "email"))
    assert decide(KNOWN, rules, NOW).channel == "email"
    refused = decide(reached(suppressed=frozenset({"email"})), rules, NOW)
    assert refused == skip(Reason.CONSENT_UNKNOWN, "other: consent unknown, email: suppressed")


def test_a_paused_channel_is_waited_for_and_not_walked_around() -> None:
    rules = replace(RULES, channels=("email", "outbox"))
    assert decide(replace(KNOWN, paused_channels=frozenset({"email"})), rules, NOW).reason is Reason.POLICY_PAUSED


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("contact.outcome == 'solved' && contact.minutes > 10 && customer.segment == 'gold'", Reason.ASKED),
        ("contact.queue != 'billing'", Reason.CONDITION_NOT_MET),
        ("customer.value > 100", Reason.CONDITION_NOT_MET),
        ("history.invitations == 0 && !has(history.last_asked_at)", Reason.ASKED),
        ("1 / (1 - 1) == 1", Reason.RULE_FAULT),
    ],
)
def test_the_condition_decides(when: str, reason: Reason) -> None:
    assert decide(KNOWN, replace(RULES, when=when), NOW).reason is reason


def test_conditions_see_the_past() -> None:
    asked = (Asked(days_ago(50), answered_at=days_ago(49)), Asked(days_ago(40), declined_at=days_ago(39)))
    when = "history.invitations == 2 && history.answers == 1 && history.declines == 1 && now - history.last_asked_at < days(41)"
    assert decide(replace(KNOWN, asked=asked), replace(RULES, when=when), NOW).verdict is Verdict.SEND


def test_a_contact_too_long_ago_is_left_alone_even_while_everything_is_paused() -> None:
    detail = "ended 2026-03-03, asked within 7 days"
    assert decide(replace(KNOWN, paused="everything"), RULES, LAST_CHANCE) == skip(Reason.TOO_LATE, detail)
    assert decide(KNOWN, RULES, LAST_CHANCE - timedelta(seconds=1)).verdict is Verdict.SEND


def test_quiet_days_keep_their_distance_before_and_after_other_invitations() -> None:
    send_at = ENDED + timedelta(minutes=RULES.delay_minutes)
    for distance in (timedelta(days=30), timedelta(days=-30)):
        assert decide(replace(KNOWN, asked=(Asked(send_at + distance),)), RULES, NOW).verdict is Verdict.SEND
        nearer = send_at + distance - distance / 1000
        assert decide(replace(KNOWN, asked=(Asked(nearer, "nps"),)), RULES, NOW).reason is Reason.WITHIN_QUIET_DAYS


def test_the_loser_of_two_policies_is_told_who_won() -> None:
    ruling = decide(replace(KNOWN, asked=(Asked(NOW, "nps-quarterly"),)), RULES, NOW)
    assert ruling == skip(Reason.WITHIN_QUIET_DAYS, "asked by nps-quarterly on 2026-03-03, 30 quiet days")


def test_answering_and_declining_have_clocks_of_their_own() -> None:
    rules = replace(RULES, quiet_days=1, quiet_days_after_answer=90, quiet_days_after_decline=30)
    for asked, reason in (
        (Asked(days_ago(60)), Reason.ASKED),
        (Asked(days_ago(60), answered_at=days_ago(59)), Reason.WITHIN_QUIET_DAYS),
        (Asked(days_ago(95), answered_at=days_ago(91)), Reason.ASKED),
        (Asked(days_ago(40), declined_at=days_ago(29)), Reason.WITHIN_QUIET_DAYS),
        (Asked(days_ago(40), declined_at=days_ago(31)), Reason.ASKED),
    ):
        assert decide(replace(KNOWN, asked=(asked,)), rules, NOW).reason is reason


def test_a_policy_may_wait_for_the_quiet_days_to_pass() -> None:
    rules = replace(RULES, quiet_days=10, if_asked_recently=Otherwise.DELAY)
    asked = (Asked(days_ago(5), "nps"), Asked(days_ago(8)))
    assert decide(replace(KNOWN, asked=asked), rules, NOW) == delay(
        Reason.WITHIN_QUIET_DAYS, days_ago(-5), "asked by nps on 2026-02-26, 10 quiet days"
    )
    assert decide(replace(KNOWN, asked=asked), rules, days_ago(-5)).verdict is Verdict.SEND
    assert decide(replace(KNOWN, asked=(Asked(days_ago(1)),)), rules, NOW).verdict is Verdict.SKIP


def test_a_hold_is_waited_for_skipped_or_overlooked_as_the_policy_says() -> None:
    until = NOW + timedelta(days=2)
    held = replace(KNOWN, holds=(Held("task:1", until), Held("promise:2", NOW + timedelta(days=1))))
    assert decide(held, RULES, NOW) == delay(Reason.HELD, until, "promise:2, task:1")
    assert decide(held, replace(RULES, if_held=Otherwise.SKIP), NOW) == skip(Reason.HELD, "promise:2, task:1")
    assert decide(held, replace(RULES, if_held=Otherwise.ASK), NOW).verdict is Verdict.SEND
    assert decide(replace(held, holds=(Held("task:1", LAST_CHANCE),)), RULES, NOW) == skip(Reason.HELD, "task:1")
    assert decide(held, RULES, until).verdict is Verdict.SEND


MOMENTS = st.timedeltas(timedelta(days=-12), timedelta(days=12)).map(lambda distance: NOW + distance)
CHANNELS = st.sampled_from(["email", "outbox", "other"])
NO_CHANNELS: frozenset[str] = frozenset()


def mostly(usual: object, seldom: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 5).flatmap(lambda number: st.just(usual) if number else seldom)


FACTS = st.builds(
    Facts,
    contact=st.builds(
        ContactFacts,
        touchpoint=st.just("t"),
        ended_at=st.timedeltas(timedelta(hours=-1), timedelta(days=8)).map(lambda ago: NOW - ago),
        started_at=st.none() | MOMENTS,
        outcome=mostly("solved", st.sampled_from(["spam", "abandoned", "unknown"])),
        attributes=mostly({}, st.dictionaries(st.sampled_from(["no_survey", "a"]), st.text(max_size=5) | st.just("yes"))),
    ),
    customer=mostly(CustomerFacts(value=3), st.none() | st.builds(CustomerFacts, value=st.none() | st.floats(allow_nan=True))),
    asked=mostly((), st.lists(st.builds(Asked, MOMENTS, st.just("p"), st.none() | MOMENTS, st.none() | MOMENTS), max_size=4).map(tuple)),
    holds=mostly((), st.lists(st.builds(Held, st.just("s"), st.none() | MOMENTS), max_size=2).map(tuple)),
    reach=st.builds(
        Reach,
        addresses=mostly(frozenset({"email", "outbox", "other"}), st.frozensets(CHANNELS)),
        consents=st.dictionaries(CHANNELS, mostly("granted", st.just("refused"))),
        suppressed=mostly(NO_CHANNELS, st.frozensets(CHANNELS)),
        asks_unknown=st.booleans(),
    ),
    paused_channels=mostly(NO_CHANNELS, st.frozensets(CHANNELS)),
    paused=mostly("", st.just("everything")),
    is_published=mostly(True, st.just(False)),
)
SOME_RULES = st.builds(
    Rules,
    touchpoints=st.just(("t",)),
    survey=st.just("s"),
    when=mostly("", st.sampled_from(["customer.value > 1", "history.invitations < 3", "contact.minutes / history.answers > 1"])),
    channels=st.lists(CHANNELS, min_size=1, unique=True).map(tuple),
    delay_minutes=st.integers(0, 1439),
    quiet_days=st.integers(0, 12),
    quiet_days_after_answer=st.integers(0, 12),
    quiet_days_after_decline=st.integers(0, 12),
    if_asked_recently=st.sampled_from([Otherwise.SKIP, Otherwise.DELAY]),
    if_held=st.sampled_from(list(Otherwise)),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FACTS, SOME_RULES)
def test_there_is_always_an_answer_and_it_never_breaks_a_promise(facts: Facts, rules: Rules) -> None:
    ruling = decide(facts, rules, NOW)
    if ruling.verdict is Verdict.SKIP:
        assert ruling.act_at is None
        return
    assert ruling.act_at is not None
    if ruling.verdict is Verdict.DELAY:
        assert ruling.act_at > NOW, "what is looked at again is looked at later, so that it ends"
        return
    assert NOW <= ruling.act_at < facts.contact.ended_at + timedelta(days=rules.ask_within_days)
    assert ruling.channel in facts.reach.addresses - facts.reach.suppressed - facts.paused_channels
    assert facts.reach.consents.get(ruling.channel or "") != "refused"
    assert all(abs(ruling.act_at - asked.at) >= timedelta(days=rules.quiet_days) for asked in facts.asked)


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    assert set(SENTENCES) == set(Reason)
    assert all(set(said) == {"en", "nl"} and all(text.endswith(".") for text in said.values()) for said in SENTENCES.values())
    assert sentence("held", "nl-BE") == "Er loopt nog iets met deze klant."
    assert sentence("held", "fr") == "Something is still open with this customer."
    assert sentence("as the relay said", "nl") == "as the relay said"
