"""What a customer wished and was asked is shown in words: when a call suits, and under which name they were asked."""

from tests.makers import Story
from tests.web.conftest import Enter
from voc.core.access import Role
from voc.responses.models import CallBack


async def test_when_a_call_suits_is_said_in_the_colleagues_words(story: Story, enter: Enter) -> None:
    task = await story.let_down(phone="0612345678")
    await CallBack.create(response_id=task.response_id, phone="+31612345678", window="evening")
    sara = await enter(await story.member("Sara Bos", Role.HANDLER, await task.team, language="nl"))
    await sara.go("/console/inbox?view=TEAM")

    page = await sara.follow("Anna de Vries")

    assert page.text("p", class_="notice warn") == "Graag terugbellen: +31612345678, ’s avonds"
    assert page.links["+31612345678"] == "tel:+31612345678"
    await CallBack.all().update(window="any")
    assert (await sara.go(page.address)).text("p", class_="notice warn") == "Graag terugbellen: +31612345678"


async def test_a_question_that_names_the_brand_is_shown_with_its_name(story: Story, enter: Enter) -> None:
    await story.response({"ces": 2, "why": "It took me an hour."}, await story.contact(), survey="ces-after-self-service")
    lea = await enter(await story.member("Lea Blom", Role.LEAD))
    await lea.go("/console/comments")

    page = await lea.follow("It took me an hour.")

    assert "De Fietsenmakers made it easy for me to arrange this." in page.text("dl", class_="answers")
