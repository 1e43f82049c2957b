"""Finding customers, one customer with everything that happened, and the brief about whoever is on the line."""

from datetime import timedelta

import pytest

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from voc.core import clock
from voc.core.access import Role
from voc.customers.models import Consent
from voc.followup.models import Task
from voc.followup.work import take_task
from voc.outreach.policies.touchpoints import save_touchpoint

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_customer_is_found_by_name_number_and_mail(story: Story, enter: Enter, door: None) -> None:
    await story.customer("Anna de Vries", "C-1", phone="0612345678")
    await story.customer("Bram Jansen", "C-2")
    browser = await enter(await story.member("Agnes Vos", Role.AGENT))
    page = await browser.go("/console/customers")
    assert {"Anna de Vries", "Bram Jansen"} <= page.links.keys()
    for search in ("vries", "C-1", "anna@mail.example", "0612345678"):
        page = await browser.press("Find", search=search)
        assert (search, "Anna de Vries" in page.links, "Bram Jansen" in page.links) == (search, True, False)
    page = await browser.press("Find", search="nobody at all")
    assert "Nobody found with “nobody at all”." in page.text()


@ONE_DATABASE
async def test_a_long_list_has_older_and_newer_pages(story: Story, enter: Enter) -> None:
    for number in range(53):
        await story.customer(f"Customer {number:02}")
    browser = await enter(await story.member("Agnes Vos", Role.AGENT))
    page = await browser.go("/console/customers")
    assert ("Customer 52" in page.links, "Customer 02" in page.links) == (True, False)
    page = await browser.follow("Older")
    assert [name for name in page.links if name.startswith("Customer ")] == ["Customer 02", "Customer 01", "Customer 00"]
    page = await browser.follow("Newer")
    assert "Customer 52" in page.links


async def test_one_page_tells_everything_that_happened(story: Story, enter: Enter, door: None) -> None:
    await save_touchpoint(SYSTEM, "after-call", names={"nl": "Na een gesprek", "en": "After a call"}, stage="service", position=1)
    await story.let_down(segment="business", valueAmount="1200.50", valueCurrency="EUR", phone="0612345678")
    browser = await enter(await story.member("Agnes Vos", Role.AGENT))
    await browser.go("/console/customers")
    page = await browser.follow("Anna de Vries")
    told = page.text("ol", class_="timeline")
    assert told.index("Call back after a bad call") < told.index("CSAT after a phone call") < told.index("After a call · Phone · with Sara")
    assert "Nobody called me back" in told
    assert page.links["anna@mail.example"] == "mailto:anna@mail.example"
    facts = page.text("dl", class_="facts")
    assert "€1,200.50" in facts
    assert "business" in facts


async def test_what_a_customer_says_about_being_asked_is_noted(story: Story, enter: Enter) -> None:
    customer = await story.customer()
    browser = await enter(await story.member("Agnes Vos", Role.AGENT))
    await browser.go("/console/customers")
    await browser.follow("Anna de Vries")
    page = await browser.press("Refuses: Mail")
    assert page.text("p", class_="line") == "Noted. Mail: refused."
    assert not page.has_button("Refuses: Mail")
    page = await browser.press("Agrees: Mail")
    assert page.text("p", class_="line") == "Noted. Mail: agreed."
    consent = await Consent.get(customer_id=customer.id)
    assert (consent.channel.value, consent.state.value, consent.source) == ("email", "granted", "console")


@ONE_DATABASE
async def test_names_are_masked_for_whoever_need_not_know_them(story: Story, enter: Enter) -> None:
    await story.let_down(phone="0612345678")
    browser = await enter(await story.member("Ana Lyst", Role.ANALYST))
    await browser.go("/console/customers")
    page = await browser.follow("A*** d* V***")
    assert "Your role sees names and addresses masked." in page.text()
    assert "anna" not in page.answer.text.lower()
    assert "612345678" not in page.answer.text


async def test_the_brief_says_first_what_matters_first(story: Story, enter: Enter, door: None) -> None:
    task = await story.let_down(phone="0612345678", crm_id="C-1")
    sara = await story.member("Sara Bos", Role.HANDLER, await task.team)
    await take_task(await story.actor(sara), task.id, 1)
    await Task.filter(id=task.id).update(due_at=clock.now() - timedelta(hours=2))
    browser = await enter(await story.member("Agnes Vos", Role.AGENT))
    for ref in ("C-1", "0612345678", "%2B31612345678", "anna@mail.example"):
        page = await browser.go(f"/console/brief?ref={ref}")
        assert (ref, page.text("h1")) == (ref, "Anna de Vries")
    said = page.text()
    order = ["past due: begin with it", "Call back after a bad call", "Sara Bos", "with Sara", "Negative", "1 Dissatisfied", "Not now."]
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    assert "A task is open. Surveys wait until it is closed." in said


async def test_an_agent_raises_a_task_from_the_brief_once(story: Story, enter: Enter) -> None:
    await story.team("service")
    await story.customer("Anna de Vries", "C-1")
    browser = await enter(await story.member("Agnes Vos", Role.AGENT))
    await browser.go("/console/brief?ref=C-1")
    page = await browser.press("Raise a task")
    assert (page.status, page.text("p", id="title-fault")) == (422, "Say in 1 to 200 characters what is to be done.")
    fields = [*page.form("Raise a task").fields, ("title", "Send the invoice again")]
    for _ in range(2):
        page = await browser.post("/console/brief/task", fields)
        assert page.text("p", class_="line") == "The task is raised for Service. Look"
    assert [task.title for task in await Task.all()] == ["Send the invoice again"]
    assert "Send the invoice again" in page.links


@ONE_DATABASE
async def test_an_unknown_caller_and_several_who_share_a_number(story: Story, enter: Enter) -> None:
    await story.customer("Anna de Vries", "C-1", phone="0612345678")
    await story.customer("Bram Jansen", "C-2", phone="0612345678")
    browser = await enter(await story.member("Agnes Vos", Role.AGENT))
    page = await browser.go("/console/brief")
    page = await browser.press("Show", ref="0699999999")
    assert "No customer is known with “0699999999”." in page.text()
    page = await browser.press("Show", ref="0612345678")
    assert page.text("h1") == "Several customers fit"
    assert (await browser.follow("Bram Jansen")).text("h1") == "Bram Jansen"
