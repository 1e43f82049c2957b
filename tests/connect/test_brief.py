"""The brief about whoever is on the line."""

from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from tests.followup import makers
from voc.connect.brief import Brief, BriefBy, Held, Mood, Said, agent_brief
from voc.connect.suggest import Suggestion, sentence, suggest
from voc.core import clock as the_clock
from voc.core.access import Actor, Role
from voc.core.access import Held as HeldRole
from voc.core.db import count_statements
from voc.core.errors import Forbidden, Invalid
from voc.core.ids import new_id
from voc.customers.models import Account, Channel, Consent, ConsentState, Contact, Customer, CustomerIdentity
from voc.followup.models import TaskState
from voc.insight.models import Label, Metric, Reading, Score
from voc.outreach.models import Hold
from voc.responses.models import Response
from voc.staff.models import Member
from voc.surveys.models import SurveyVersion

AGENT = Actor("Jan", frozenset({HeldRole(Role.AGENT)}))
WORDS = "I have called three times. Nobody calls back!"


async def tagged(response: Response, nps: int, label: Label, said: str, days: int) -> None:
    """Give a response the score and the reading it would have."""
    at = the_clock.now() - timedelta(days=days)
    await Response.filter(id=response.id).update(submitted_at=at)
    of: dict[str, Any] = {"response_id": response.id, "survey_id": response.survey_id, "version_id": response.version_id}
    of |= {"channel": "email", "language": "en", "answered_at": at}
    await Score.create(question="nps", metric=Metric.NPS, value=nps, low=0, high=10, band="detractor" if nps < 7 else "promoter", **of)
    of = {"response_id": response.id, "question": "why", "language": "en", "language_from": "survey"}
    await Reading.create(label=label, score=-0.6, sentence=said, analyser="vader", analyser_version="3.3.2", **of)


async def anna(version: SurveyVersion) -> Customer:
    """A customer with five contacts, two responses, a consent, a hold and two tasks, one of them done."""
    account = await Account.create(system="crm", external_id="a-1", name="Acme")
    customer = await makers.customer(phone="+31612345678", segment="gold", account=account)
    await CustomerIdentity.create(customer=customer, system="crm", external_id="42")
    billing = await makers.team("billing")
    for number in range(5):
        ended = the_clock.now() - timedelta(days=number + 1)
        await makers.contact(customer, billing, external_id=f"c-{number}", ended_at=ended)
    for nps, label, words, days in ((9, Label.POSITIVE, "Great help.", 40), (2, Label.NEGATIVE, WORDS, 1)):
        await tagged(await makers.response(version, {"nps": nps, "why": words}, customer_id=customer.id), nps, label, words, days)
    kim = await Member.create(name="Kim", email="kim@example.nl")
    await makers.task(billing, customer=customer, title="Call back", assignee=kim)
    await makers.task(billing, customer=customer, title="Done long ago", state=TaskState.DONE)
    await Consent.create(customer=customer, channel=Channel.EMAIL, state=ConsentState.GRANTED, source="crm")
    await Hold.create(customer=customer, source="task:1", reason="A task is open.")
    await Hold.create(customer=customer, source="old", reason="Over.", until=the_clock.now() - timedelta(days=1))
    return customer


async def test_everything_that_matters_is_in_it(db: str, clock: ModuleType) -> None:
    customer = await anna(await makers.survey())
    unhappy, happy = await Response.all().order_by("-submitted_at")
    brief = await agent_brief(AGENT, BriefBy(customer=("crm", "42")))

    assert brief.customer == customer
    assert brief.customer
    assert brief.customer.account
    assert brief.customer.account.name == "Acme"
    assert brief.shown == ("Anna de Vries", "anna@example.nl", "+31612345678")
    assert [contact.external_id for contact in brief.contacts] == ["c-0", "c-1", "c-2"]
    now = clock.now()
    assert brief.said == [
        Said(unhappy.id, Metric.NPS, 2.0, 0.0, 10.0, "detractor", WORDS, now - timedelta(days=1)),
        Said(happy.id, Metric.NPS, 9.0, 0.0, 10.0, "promoter", "Great help.", now - timedelta(days=40)),
    ]
    assert brief.mood == Mood(unhappy.id, Label.NEGATIVE, -0.6, WORDS, now - timedelta(days=1))
    assert [(task.title, task.team.name, task.assignee and task.assignee.name) for task in brief.tasks] == [("Call back", "Billing", "Kim")]
    assert brief.consents == {Channel.EMAIL: ConsentState.GRANTED}
    assert brief.holds == [Held("task:1", "A task is open.", None)]
    assert (brief.may_ask, brief.suggestion) == (False, Suggestion.OPEN_TASK)


async def test_it_takes_at_most_six_statements_however_it_is_asked_for(db: str, clock: ModuleType) -> None:
    customer = await anna(await makers.survey())
    contact = await Contact.get(external_id="c-0")
    asked = [
        BriefBy(customer_id=customer.id),
        BriefBy(customer=("crm", "42")),
        BriefBy(contact_id=contact.id),
        BriefBy(contact=("genesys", "c-0")),
        BriefBy(phone="06 12345678"),
        BriefBy(mail=" Anna@Example.nl"),
        BriefBy(ref="42"),
        BriefBy(ref="0612345678"),
    ]
    for by in asked:
        with count_statements() as seen:
            brief = await agent_brief(AGENT, by)
            assert [task.team.name for task in brief.tasks] == ["Billing"]
        assert brief.customer == customer, by
        assert seen.count <= 6, seen.texts


async def test_somebody_unknown_is_nobody(db: str) -> None:
    await anna(await makers.survey())
    stray = await makers.contact(external_id="stray")
    for by in (
        BriefBy(phone="0687654321"),
        BriefBy(phone="anonymous"),
        BriefBy(mail="nobody"),
        BriefBy(ref="nonsense"),
        BriefBy(customer_id=new_id()),
    ):
        assert await agent_brief(AGENT, by) == Brief(matches=[], contacts=[])
    brief = await agent_brief(AGENT, BriefBy(contact=("genesys", "stray")))
    assert (brief.customer, list(brief.contacts), brief.suggestion, brief.may_ask) == (None, [stray], Suggestion.ASK_WHO, False)


async def test_several_with_one_number_are_to_choose_from(db: str) -> None:
    first, second = await makers.customer(phone="+31612345678"), await makers.customer(name="Bram", phone="+31612345678")
    brief = await agent_brief(AGENT, BriefBy(phone="0612345678"))
    assert brief.customer is None
    assert {one.id for one in brief.matches} == {first.id, second.id}


async def test_names_are_masked_as_everywhere(db: str) -> None:
    await anna(await makers.survey())
    elsewhere = Actor("Sanne", frozenset({HeldRole(Role.HANDLER, new_id())}))
    brief = await agent_brief(elsewhere, BriefBy(ref="42"))
    assert brief.shown == ("A*** d* V***", "a***@***.nl", "+31*****78")
    mine = Actor("Sanne", frozenset({HeldRole(Role.HANDLER, brief.tasks[0].team_id)}))
    assert (await agent_brief(mine, BriefBy(ref="42"))).shown == ("Anna de Vries", "anna@example.nl", "+31612345678")


async def test_tests_suspect_answers_and_unknown_moods_are_left_out(db: str, clock: ModuleType) -> None:
    version = await makers.survey()
    customer = await makers.customer(phone="+31612345678")
    for facts in ({"is_test": True}, {"suspect": "opened and pressed within a second"}):
        made = await makers.response(version, {"nps": 0, "why": "x"}, customer_id=customer.id, **facts)
        await tagged(made, 0, Label.NEGATIVE, "x", 0)
    await Score.all().update(is_counted=False)
    dutch = await makers.response(version, {"nps": 9, "why": "Prima"}, customer_id=customer.id)
    await tagged(dutch, 9, Label.UNKNOWN, "", 0)
    brief = await agent_brief(AGENT, BriefBy(customer_id=customer.id))
    assert ([one.words for one in brief.said], brief.mood, brief.suggestion, brief.may_ask) == (["Prima"], None, Suggestion.THANKS, True)


async def test_who_answers_no_calls_gets_no_brief_and_nobody_asks_for_two_at_once(db: str) -> None:
    with pytest.raises(Forbidden):
        await agent_brief(Actor("Ada", frozenset({HeldRole(Role.ANALYST)})), BriefBy(phone="0612345678"))
    for by in (BriefBy(), BriefBy(phone="0612345678", mail="a@example.nl")):
        with pytest.raises(Invalid, match="exactly one"):
            await agent_brief(AGENT, by)


def test_one_thing_is_suggested_the_most_pressing_first(clock: ModuleType) -> None:
    now = clock.now()
    hour = timedelta(hours=1)
    assert suggest(now - hour, "promoter", now, now) is Suggestion.OVERDUE
    assert suggest(now + hour, "promoter", now, now) is Suggestion.OPEN_TASK
    assert suggest(None, "negative", now - 24 * hour, now) is Suggestion.SORRY
    assert suggest(None, "easy", now - 24 * hour, now) is Suggestion.THANKS
    assert suggest(None, "passive", now - 24 * hour, now) is Suggestion.NOTHING
    assert suggest(None, "negative", now - 91 * 24 * hour, now) is Suggestion.NOTHING
    assert suggest(None, "", None, now) is Suggestion.NOTHING


def test_every_suggestion_has_its_sentence_in_both_languages() -> None:
    spoken = {language: {sentence(one, language) for one in Suggestion} for language in ("nl-BE", "en", "fr")}
    assert len(spoken["nl-BE"]) == len(spoken["en"]) == len(Suggestion)
    assert spoken["fr"] == spoken["en"] != spoken["nl-BE"]
