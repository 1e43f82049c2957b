"""One's own account, and the list of keys."""

import pytest

from tests.makers import Story
from tests.web.conftest import Enter
from voc.core.access import Actor, Role
from voc.staff import sign_in
from voc.staff.models import Member
from voc.staff.passwords import hash_password

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OLD, NEW = "correct horse battery staple", "a new and longer sentence"


async def test_language_and_zone_are_kept_and_the_page_speaks_the_new_language(story: Story, enter: Enter, door: None) -> None:
    sara = await story.member("Sara Bos", Role.HANDLER)
    browser = await enter(sara)
    await browser.go("/console/account")
    page = await browser.press("Save", language="en", time_zone="Mars/Olympus")
    assert (page.status, page.text("p", id="time-zone-fault")) == (422, "Choose a time zone from the list.")
    page = await browser.press("Save", language="nl", time_zone="America/New_York")
    assert page.text("p", class_="line") == "Je taal en tijdzone zijn opgeslagen."
    member = await Member.get(id=sara.id)
    assert (member.language, member.time_zone) == ("nl", "America/New_York")


async def test_a_new_password_keeps_this_browser_in_and_sends_others_out(story: Story, enter: Enter) -> None:
    sara = await story.member("Sara Bos", Role.HANDLER)
    await Member.filter(id=sara.id).update(password_hash=await hash_password(OLD))
    here, elsewhere = await enter(sara), await enter(sara)
    await here.go("/console/account")
    page = await here.press("Set the new password", old_password="wrong", new_password=NEW)
    assert (page.status, page.text("p", id="old-password-fault")) == (422, "This is not your present password.")
    assert "wrong" not in page.text()
    page = await here.press("Set the new password", old_password=OLD, new_password="short")
    assert page.text("p", id="new-password-fault") == "Choose a new password of 12 to 200 characters."
    page = await here.press("Set the new password", old_password=OLD, new_password=NEW)
    assert page.text("p", class_="line") == "Your new password is set. Other browsers have been signed out."
    assert (await elsewhere.go("/console/account")).address.startswith("/sign-in")
    assert await sign_in.sign_in(Actor.stranger(), sara.email, NEW)


@ONE_DATABASE
async def test_signing_out_everywhere_ends_every_session(story: Story, enter: Enter) -> None:
    sara = await story.member("Sara Bos", Role.HANDLER)
    here, elsewhere = await enter(sara), await enter(sara)
    await here.go("/console/account")
    assert (await here.press("Sign out everywhere")).address == "/sign-in"
    assert (await elsewhere.go("/console")).address.startswith("/sign-in")


@ONE_DATABASE
async def test_the_list_of_keys_names_the_places_that_are_open(story: Story, enter: Enter) -> None:
    browser = await enter(await story.member("Dora Sein", Role.DESIGNER))
    page = await browser.go("/console/keys")
    assert "g q Questionnaires" in page.text("section", id="keys")
    assert "Inbox" not in page.text("section", id="keys")
