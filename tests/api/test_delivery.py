"""The delivery board as a frontend meets it: held answers are judged, what failed is tried again, and whoever watches hears of it."""

from contextlib import aclosing
from datetime import timedelta
from typing import Any

import pytest

from tests.api import loop
from tests.api.loop import House
from voc.api.context import Credential
from voc.api.credentials import Caller
from voc.api.event_stream import events
from voc.api.requests import Asked
from voc.api.streams import cursor_now
from voc.core import clock
from voc.core.access import Actor, Role, held
from voc.core.db import transaction
from voc.customers.models import Channel, Customer
from voc.outreach.delivering.progress import note_progress
from voc.outreach.delivering.try_again import MOST
from voc.outreach.models import Delivery, Invitation, InvitationState
from voc.outreach.wishes.addresses import address_hash
from voc.responses.models import Response

pytestmark = pytest.mark.usefixtures("clock")
SIGNS = "too_fast, several_scores"


@pytest.fixture
async def made(db: str) -> House:
    """An organisation in which the loop has run."""
    return await loop.lived_in(db)


async def test_held_answers_are_judged_what_failed_is_tried_again_and_whoever_watches_hears_of_it(made: House) -> None:
    await hear_once_of_what_comes_together(made)
    await judge_a_held_answer(made)
    await refuse_who_may_not(made)
    await try_again_where_there_is_a_new_address(made)
    await try_a_thousand_at_a_time(made)


async def judge_a_held_answer(made: House) -> None:
    """It counts from then on, and that is taken back."""
    await made.change("SubmitResponse", **{**loop.response_of(1), "sourceId": "R9"})
    await Response.filter(source_id="R9").update(suspect=SIGNS)
    await made.let_reactions_run()
    (one,) = (await made.ask("SuspectAnswers", state="WAITING"))["nodes"]
    assert (one["signs"], one["judgement"], one["response"]["comment"]) == (["TOO_FAST", "SEVERAL_SCORES"], None, loop.WORDS[1])
    tasks = len((await made.ask("TaskInbox", first=100))["nodes"])

    said = await made.change("JudgeSuspect", responseId=one["response"]["id"], isCounted=True)
    await made.let_reactions_run()

    assert said["suspect"] == ""
    assert len((await made.ask("TaskInbox", first=100))["nodes"]) == tasks + 1
    assert [score["isCounted"] for score in (await made.ask("Response", id=one["response"]["id"]))["scores"]] == [True]
    (counted,) = (await made.ask("SuspectAnswers", state="COUNTED"))["nodes"]
    assert (counted["signs"], counted["judgement"]["isCounted"], counted["judgement"]["by"]) == (one["signs"], True, "Ada")
    assert (await made.change("UndoJudgement", responseId=one["response"]["id"]))["suspect"] == SIGNS
    assert (await made.ask("UndoJudgement", input={"responseId": one["response"]["id"]}))["code"] == "NOT_JUDGED"


async def try_again_where_there_is_a_new_address(made: House) -> None:
    """Only where the address is another now; each is looked at once more before it leaves."""
    await Invitation.all().update(state=InvitationState.FAILED, state_reason="not_delivered", channel=Channel.EMAIL)
    await Delivery.all().update(address_hash=address_hash("anna1@example.nl"))
    await Customer.filter(name="Anna Vries 1").update(email="ANNA1@example.nl")
    found = (await made.ask("FailedInvitations", filter={"states": ["FAILED"], "policyId": made.ids["policy"]}))["nodes"]
    # Anna Vries 1 is written to where she was written to before; how an address is written makes no other.
    assert {one["customer"]["name"]: one["hasNewAddress"] for one in found} == {f"Anna Vries {n}": n != 1 for n in range(3)}
    assert {one["explanation"] for one in found} == {"All attempts to deliver it failed."}

    tried = await made.change("RetryDelivery", policyId=made.ids["policy"], hasNewAddress=True)

    assert (tried["retried"], tried["left"]) == (2, 0)
    assert await Invitation.filter(state=InvitationState.FAILED).count() == 1
    await made.let_reactions_run()
    # Each is looked at once more: the tasks that these customers have by now hold them.
    assert await Invitation.filter(state=InvitationState.HELD).count() == 2
    assert (await made.change("RetryDelivery", since=(clock.now() + timedelta(days=1)).isoformat()))["retried"] == 0
    assert (await made.change("RetryDelivery"))["retried"] == 1


async def try_a_thousand_at_a_time(made: House) -> None:
    """More than that take another press."""
    facts = await Invitation.filter(decision_id__isnull=False).values("survey_id", "version_id", "customer_id", "send_at", "expires_at")
    await Invitation.bulk_create(
        Invitation(**facts[0], channel=Channel.EMAIL, language="en", state=InvitationState.FAILED, secret_hash=str(n))
        for n in range(MOST + 3)
    )
    first = await made.change("RetryDelivery", surveyId=made.ids["survey"], channel="EMAIL")
    then = await made.change("RetryDelivery", surveyId=made.ids["survey"], channel="EMAIL")
    assert [(one["retried"], one["left"]) for one in (first, then)] == [(MOST, 3), (3, 0)]


async def hear_once_of_what_comes_together(made: House) -> None:
    """A batch is one event."""
    cursor = await cursor_now()
    invitation = await Invitation.first()
    assert invitation
    async with transaction():
        for _ in range(5):
            await note_progress(invitation.id)
    heard = await watched(made, made.admin, cursor)
    assert heard["inFlight"] == {"leaving": 0, "due": 0, "later": 0, "held": 0, "sent": 3, "failed": 0}
    assert heard["cursor"] == await cursor_now()


async def refuse_who_may_not(made: House) -> None:
    """Analysts judge nothing, respondents see no board."""
    ada = Actor("Ada", held([Role.ANALYST]), is_member=True)
    body = await made.answer("JudgeSuspect", ada, input={"responseId": made.ids["response0"], "isCounted": True})
    assert body["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    nobody = Actor.respondent((await Invitation.all())[0].id)
    assert (await made.answer("DeliveryBoard", nobody))["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def watched(made: House, actor: Actor, after: str) -> dict[str, Any]:
    """The first event of the subscription."""
    made.asked.add("DeliveryProgress")
    asked = Asked(query=made.engine.documents.named("DeliveryProgress"), operation_name="DeliveryProgress", variables={"after": after})
    async with aclosing(events(made.engine, made.engine.prepare(asked, Caller(actor, Credential.INSIDE)))) as stream:
        async for event in stream:
            found: dict[str, Any] = event["data"]["deliveryProgress"]
            return found
    raise AssertionError("The stream ended without an event.")
