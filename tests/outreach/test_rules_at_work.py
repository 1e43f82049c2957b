"""What a policy may say beyond the usual, with real rows behind it: hours, draws, budgets, accounts, metrics, experiments, languages."""

from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from tests.outreach.house import ASKED, PLANNED, House, delayed, skipped
from voc.core.errors import Invalid
from voc.outreach.models import Decision, Invitation
from voc.outreach.policies.sampling import draw


async def reasons(house: House) -> list[str]:
    """The reasons of all decisions, in order of the contacts."""
    return [one.reason.value for one in await Decision.all().order_by("decided_at", "id")]


async def test_customers_are_asked_at_the_hours_of_their_own_wall(house: House) -> None:
    await house.policy(window={"opens": "18:00", "closes": "20:00"})
    await house.contact({**house.customer("anna"), "timeZone": "Europe/Amsterdam"})
    await house.contact({**house.customer("kiri"), "timeZone": "Pacific/Kiritimati"})
    await house.work()
    moments = sorted(one.send_at.isoformat() for one in await Invitation.all())
    assert moments == ["2026-03-03T17:00:00+00:00", "2026-03-04T04:00:00+00:00"]


async def test_a_window_that_opens_too_late_asks_nobody(house: House) -> None:
    await house.policy(window={"days": ["mon"]}, ask_within_days=2)
    await house.contact()
    await house.work()
    assert await house.decisions() == [skipped("outside_window")]


async def test_a_send_that_comes_late_waits_for_the_next_opening(house: House, clock: ModuleType) -> None:
    await house.plan_one(window={"opens": "09:00", "closes": "20:00"})
    clock.freeze(clock.now() + timedelta(hours=12))
    await house.work()
    assert await house.decisions() == [PLANNED]
    await house.work(days=1)
    sent_at = (await house.invitation()).sent_at
    assert sent_at is not None
    assert sent_at.isoformat() == "2026-03-04T08:00:00+00:00"


async def test_the_draw_is_the_one_of_the_ids(house: House) -> None:
    await house.policy(sample_percent=50, quiet_days=0)
    contacts = [await house.contact(f"customer{number}") for number in range(12)]
    await house.work()
    found = {one.contact_id: one.reason.value for one in await Decision.all()}
    assert found == {one.id: "asked" if draw("calls", one.id) < 0.5 else "not_sampled" for one in contacts}
    assert len(set(found.values())) == 2


async def test_the_budget_of_a_year_is_spent_by_every_policy(house: House, clock: ModuleType) -> None:
    await house.policy(quiet_days=0, yearly_budget=2)
    for days, expected in ((0, ASKED), (100, ASKED), (100, skipped("budget_spent")), (164, skipped("budget_spent")), (1, ASKED)):
        clock.freeze(clock.now() + timedelta(days=days))
        contact = await house.contact()
        await house.work()
        assert await house.decisions(contact) == [expected]


async def test_a_colleague_at_the_account_keeps_others_quiet(house: House) -> None:
    await house.policy(clocks=[{"since": "asked", "days": 7, "whose": "account"}])
    account: dict[str, Any] = {"account": {"externalId": "acme", "name": "Acme"}}
    await house.contact({**house.customer("anna"), **account})
    await house.contact({**house.customer("bram"), **account})
    await house.contact({**house.customer("cees"), "account": {"externalId": "other", "name": "Other"}})
    await house.work()
    assert sorted(await reasons(house)) == ["asked", "asked", "within_quiet_days"]
    refused = await Decision.get(reason="within_quiet_days")
    assert refused.detail.startswith("asked at the account by calls on 2026-03-03, 7 quiet days")


async def test_a_clock_of_a_metric_leaves_other_metrics_alone(house: House) -> None:
    nps: dict[str, Any] = {"survey": "nps-after-delivery", "quiet_days": 0}
    await house.policy("deliveries", touchpoint="delivery", **nps)
    await house.policy("relation", clocks=[{"since": "asked", "days": 90, "among": "metric", "otherwise": "skip"}], **nps)
    await house.policy("calls", quiet_days=0, clocks=[{"since": "asked", "days": 90, "among": "metric"}])
    await house.contact(touchpoint="delivery")
    await house.work()
    contact = await house.contact()
    await house.work()
    found = {one.policy_key: one.reason.value for one in await Decision.filter(contact_id=contact.id)}
    assert found == {"calls": "asked", "relation": "within_quiet_days"}


async def test_an_experiment_asks_each_customer_always_the_same(house: House, clock: ModuleType) -> None:
    arms = [{"key": "short", "survey": "csat-after-call"}, {"key": "long", "survey": "nps-after-delivery"}]
    await house.policy(variants=arms, quiet_days=0)
    names = [f"customer{number}" for number in range(8)]
    for _ in range(2):
        for name in names:
            await house.contact(name)
        await house.work()
        clock.freeze(clock.now() + timedelta(days=1))
    asked: dict[Any, set[tuple[Any, Any]]] = {}
    for one in await Decision.all():
        asked.setdefault(one.customer_id, set()).add((one.survey_id, one.inputs["variant"]))
    assert all(len(found) == 1 for found in asked.values())
    by_key = {house.surveys["csat-after-call"].id: "short", house.surveys["nps-after-delivery"].id: "long"}
    assert {next(iter(found)) for found in asked.values()} == set(by_key.items())
    assert {one.survey_id for one in await Invitation.all()} == set(by_key)


async def test_every_survey_of_an_experiment_must_exist(house: House) -> None:
    with pytest.raises(Invalid) as refused:
        await house.policy(variants=[{"key": "a", "survey": "csat-after-call"}, {"key": "b", "survey": "csat-after-cal"}])
    assert [fault.path for fault in refused.value.faults] == ["rules.variants[1].survey"]


async def test_suppliers_and_excluded_endings_are_never_asked_about(house: House) -> None:
    await house.policy(exclude_outcomes=["solved_by_bot"], if_no_marketing="skip", quiet_days=0)
    for outcome in ("supplier", "solved_by_bot", "solved"):
        await house.contact(outcome=outcome)
    await house.contact({**house.customer("bram"), "attributes": {"marketing": "no"}})
    await house.work()
    assert sorted(await reasons(house)) == ["asked", "contact_supplier", "no_marketing", "outcome_excluded"]


async def test_a_policy_chooses_the_language(house: House) -> None:
    await house.policy(language="contact", quiet_days=0)
    await house.contact(attributes={"language": "en"})
    await house.contact()
    await house.work()
    assert sorted(one.language for one in await Invitation.all()) == ["en", "nl"]


async def test_enough_answers_end_the_asking(house: House, clock: ModuleType) -> None:
    await house.policy(answers_a_month=1, quiet_days=0)
    await house.contact("anna")
    await house.work()
    await Invitation.all().update(answered_at=clock.now())
    clock.freeze(clock.now() + timedelta(minutes=2))
    contact = await house.contact("bram")
    await house.work()
    assert await house.decisions(contact) == [skipped("enough_answers")]


async def test_a_clock_may_wait(house: House) -> None:
    await house.policy(quiet_days=0, clocks=[{"since": "asked", "days": 2, "among": "survey", "otherwise": "delay"}])
    await house.contact()
    await house.work()
    second = await house.contact()
    await house.work()
    assert await house.decisions(second) == [delayed("within_quiet_days")]
    await house.work(days=3)
    assert await house.decisions(second) in ([PLANNED], [ASKED])


async def test_a_new_target_does_not_ask_everybody_in_its_first_minute(house: House) -> None:
    await house.policy(quiet_days=0, answers_a_month=1, delay_minutes=60)
    for number in range(30):
        await house.contact(f"customer{number}")
    await house.work()
    assert 1 <= (await reasons(house)).count("asked") <= 6
    assert len(await reasons(house)) == 30
