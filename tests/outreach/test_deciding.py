"""Every contact gets its decision, once per policy, and keeps the reason."""

from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from tests.outreach.house import ASKED, EMAIL, PLANNED, REFUSED, SYSTEM, House, Seen, skipped
from voc.core import settings
from voc.core.access import Actor
from voc.core.errors import Forbidden
from voc.core.ids import new_id
from voc.customers.consent import set_consent
from voc.outreach.deciding.decide import decide_contact
from voc.outreach.models import Decision, Invitation
from voc.outreach.policies.save import retire_policy
from voc.outreach.wishes.addresses import OUTGOING
from voc.outreach.wishes.suppress import suppress, suppress_customer
from voc.surveys.draft import import_survey
from voc.surveys.library import load

DAY = timedelta(days=1)


async def test_a_contact_that_ended_is_asked_about(house: House) -> None:
    policy = await house.policy(delay_minutes=60)
    contact = await house.contact()
    await house.work()
    assert await house.decisions() == [PLANNED]
    decision = await Decision.get()
    assert (decision.contact_id, decision.customer_id, decision.policy_id) == (contact.id, await house.customer_id(), policy.id)
    assert (decision.policy_key, decision.policy_number, decision.survey_id) == ("calls", 1, house.surveys["csat-after-call"].id)
    assert (decision.channel, decision.detail) == (EMAIL, "consent unknown")
    assert decision.act_at == datetime.fromisoformat("2026-03-03T11:00:00+00:00")
    assert decision.inputs == {
        "outcome": "solved",
        "channel": "phone",
        "direction": "inbound",
        "ended_at": "2026-03-03T10:00:00+00:00",
        "language": "nl",
        "addresses": ["email", "other", "outbox"],
        "asked": 0,
    }
    invitation = await house.invitation()
    assert (invitation.language, invitation.contact_id, invitation.send_at) == ("nl", contact.id, decision.act_at)
    await house.work(days=1)
    assert await house.decisions() == [ASKED]


async def test_only_the_worker_decides(house: House) -> None:
    contact = await house.contact()
    with pytest.raises(Forbidden):
        await decide_contact(Actor.respondent(new_id()), contact.id)


async def test_a_contact_that_goes_on_has_no_decision_yet(house: House) -> None:
    await house.policy()
    await house.contact(ended=None, name="call")
    await house.work()
    assert await house.decisions() == []
    await house.contact(name="call")
    await house.work()
    assert await house.decisions() == [ASKED]


async def test_a_contact_settles_before_it_is_decided(house: House) -> None:
    await house.policy(settle_minutes=5)
    await house.contact(name="call", outcome="solved")
    await house.work()
    assert await house.decisions() == []
    await house.contact(name="call", outcome="spam")
    await house.work(days=0.01)
    assert await house.decisions() == [skipped("contact_spam")]


async def test_no_policy_is_a_decision_too(house: House) -> None:
    await house.policy()
    contact = await house.contact(touchpoint="never-heard-of")
    await house.work()
    assert await house.decisions(contact) == [skipped("no_policy")]
    assert (await Decision.get()).policy_key == ""


async def test_a_touchpoint_that_is_mended_takes_the_decision_along(house: House) -> None:
    await house.policy()
    await house.contact(name="call", touchpoint="aftercall")
    await house.work()
    await house.contact(name="call")
    await house.work()
    assert await house.decisions() == [ASKED]
    assert [(past["verdict"], past["reason"]) for past in (await Decision.get()).history] == [("skip", "no_policy")]


async def test_deciding_again_changes_nothing(house: House) -> None:
    await house.policy()
    contact = await house.contact()
    await house.work()
    before = await Decision.all().values()
    for _ in range(3):
        await decide_contact(SYSTEM, str(contact.id))
    await house.work(days=40)
    assert await Decision.all().values() == before
    assert await Invitation.all().count() == 1


async def test_news_about_the_contact_may_turn_a_skip(house: House) -> None:
    await house.policy(when="contact.outcome == 'solved'")
    unknown = await house.contact(customer=None, name="nobody")
    open_end = await house.contact(name="open", outcome="unknown")
    await house.work()
    assert await house.decisions(unknown) == [skipped("no_customer")]
    assert await house.decisions(open_end) == [skipped("condition_not_met")]
    await house.contact(customer="bart", name="nobody")
    await house.contact(name="open", outcome="solved")
    await house.work()
    assert await house.decisions(unknown) == await house.decisions(open_end) == [ASKED]


async def test_news_about_the_contact_does_not_turn_what_lay_in_the_customer(house: House, clock: ModuleType) -> None:
    await house.policy(quiet_days=2)
    await house.contact()
    second = await house.contact(name="second")
    await house.work()
    clock.advance(3 * DAY)
    await house.contact(name="second", queue="billing", ended=3 * DAY)
    await house.work()
    assert await house.decisions(second) == [skipped("within_quiet_days")]


@pytest.mark.parametrize("outcome", ["spam", "abandoned"])
async def test_a_contact_that_turns_out_badly_takes_its_invitation_back(house: House, outcome: str) -> None:
    await house.policy(delay_minutes=60)
    await house.contact(name="call")
    await house.work()
    assert await house.decisions() == [PLANNED]
    await house.contact(name="call", outcome=outcome)
    await house.work(days=2)
    assert await house.decisions() == [Seen("skip", f"contact_{outcome}", "withdrawn")]
    assert [past["verdict"] for past in (await Decision.get()).history] == ["send"]
    assert (await house.invitation()).state_reason == f"contact_{outcome}"
    assert await house.mails() == []


async def test_a_retired_policy_still_takes_back_what_it_planned(house: House) -> None:
    policy = await house.policy(delay_minutes=60)
    await house.contact(name="call")
    await house.work()
    await retire_policy(SYSTEM, policy.id)
    await house.contact(name="call", outcome="spam")
    await house.work(days=2)
    assert await house.decisions() == [Seen("skip", "contact_spam", "withdrawn")]
    assert (await Decision.get()).policy_id == policy.id


async def test_what_was_sent_stays_sent_when_the_contact_turns_out_badly(house: House) -> None:
    await house.policy()
    await house.contact(name="call")
    await house.work()
    await house.contact(name="call", outcome="spam")
    await house.work()
    assert await house.decisions() == [ASKED]


async def refuse_consent(house: House) -> None:
    await set_consent(SYSTEM, await house.customer_id(), EMAIL, REFUSED, "crm")


async def suppress_address(house: House) -> None:
    await suppress(SYSTEM, EMAIL, " Anna@Klant.example ", "asked by phone")


async def suppress_person(house: House) -> None:
    await suppress_customer(SYSTEM, await house.customer_id(), OUTGOING, "asked by phone")


@pytest.mark.parametrize(
    ("forbid", "reason"), [(refuse_consent, "consent_refused"), (suppress_address, "suppressed"), (suppress_person, "suppressed")]
)
async def test_who_said_no_is_not_asked(house: House, forbid: Any, reason: str) -> None:
    await house.policy()
    await house.contact(ended=None, name="call")
    await forbid(house)
    await house.contact(name="call")
    await house.contact("bart")
    await house.work()
    assert sorted(seen.reason for seen in await house.decisions()) == sorted([reason, "asked"])


async def test_a_suppression_may_end(house: House, clock: ModuleType) -> None:
    await house.policy()
    await suppress(SYSTEM, EMAIL, "anna@klant.example", "pause", until=clock.now() + DAY)
    await house.contact()
    await house.work()
    clock.advance(DAY)
    await house.contact()
    await house.work()
    assert await house.decisions() == [skipped("suppressed"), ASKED]


async def test_unknown_consent_may_mean_no(house: House) -> None:
    settings.install(settings.current().model_copy(update={"unknown_consent": "skip"}))
    await house.policy()
    await house.contact()
    await house.work()
    assert await house.decisions() == [skipped("consent_unknown")]


async def test_a_survey_that_was_never_published_is_not_sent(house: House) -> None:
    await import_survey(SYSTEM, load("store-visit").text)
    await house.policy(survey="store-visit")
    await house.contact()
    await house.work()
    assert await house.decisions() == [skipped("survey_not_published")]


async def test_a_customer_without_an_address_is_not_asked(house: House) -> None:
    await house.policy()
    await house.contact({"externalId": "crm-7", "phone": "+31612345678"})
    await house.work()
    assert await house.decisions() == [skipped("no_address")]


async def test_history_that_is_imported_is_not_asked_about(house: House) -> None:
    await house.policy(ask_within_days=3)
    await house.contact(ended=3 * DAY)
    await house.contact("bart", ended=2 * DAY)
    await house.work()
    assert await house.decisions() == [skipped("too_late"), ASKED]


async def test_a_rule_that_cannot_be_worked_out_asks_nobody_and_says_so(house: House) -> None:
    await house.policy(when="1 / (1 - 1) == 1")
    await house.contact()
    await house.work()
    assert await house.decisions() == [skipped("rule_fault")]
    assert (await Decision.get()).detail != ""
