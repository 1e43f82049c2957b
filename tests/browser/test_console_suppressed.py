"""The list of those who get no messages, for every eye, and an entry lifted by the keyboard alone."""

from playwright.async_api import Browser

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import sit_down
from voc.core.access import Role
from voc.customers.models import Channel
from voc.outreach.models import Suppression
from voc.outreach.wishes.suppress import put


async def test_the_list_has_no_fault_that_axe_knows_and_needs_no_mouse(browser: Browser, console_site: ConsoleSite) -> None:
    story = console_site.story
    customer = await story.customer("Willem-Alexander van den Broek-Hoogeveen", crm_id="K-1")
    detail = "5.1.1 550 5.1.1 …: Recipient address rejected: User unknown in virtual mailbox table"
    await put(["a"], [Channel.EMAIL], "bounced", customer.id, None, detail=detail)
    await put(["b"], [Channel.SMS], "stopped", None, None, by="Bo")
    seat = await sit_down(browser, console_site, await story.member("Lea Blom", Role.LEAD))
    await seat.go("/console/asking/suppressed?why=bounced")
    await seat.page.locator("summary", has_text="Write again").focus()
    await seat.keys("Enter", "Tab")
    assert await seat.faults_for_every_eye() == []
    await seat.page.keyboard.type("It works again.")
    await seat.keys("Enter")
    assert await seat.says("This address may get messages again.")
    assert [one.reason for one in await Suppression.exclude(lifted_by="")] == ["bounced"]
    await seat.go("/console/asking/suppressed?state=all")
    assert await seat.faults_for_every_eye() == []
    assert seat.complaints == []
