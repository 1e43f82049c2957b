"""A colleague says of a held answer that it counts, or that it does not; both can be taken back, and who said so stays written."""

from datetime import timedelta
from types import ModuleType

import pytest

from tests.makers import SYSTEM
from tests.responses.asked import Asked, asked
from tests.responses.conftest import Told
from tests.responses.presses import only_response, send
from voc.core.access import Actor, Role, held
from voc.core.errors import Conflict, Forbidden
from voc.outreach.links import link_secret
from voc.outreach.models import Invitation, LinkSeen
from voc.responses.judgements import Held, judge_suspect, suspects_visible_to, undo_judgement
from voc.responses.models import Judgement, Response
from voc.responses.respond import Kept

SIGNS = "too_fast, several_scores"
LEA = Actor(name="Lea Blom", roles=held([Role.LEAD]))


async def pressed_by_a_scanner(clock: ModuleType) -> Response:
    """An answer that is held."""
    one = await asked()
    now = clock.now()
    await LinkSeen.bulk_create(LinkSeen(invitation_id=one.invitation.id, score=score, seen_at=now) for score in range(11))
    await send(one, {"nps": "0"}, served_at=now - timedelta(seconds=0.4))
    response = await only_response()
    assert set(response.suspect.split(", ")) >= set(SIGNS.split(", "))
    return response


async def sent_again(clock: ModuleType) -> Kept:
    """The customer comes back later, as a person does."""
    invitation = await Invitation.get().select_related("customer", "contact", "version")
    assert invitation.customer
    assert invitation.contact
    clock.advance(timedelta(minutes=10))
    one = Asked(invitation, invitation.version, invitation.customer, invitation.contact, link_secret(invitation))
    return await send(one, {"nps": "9", "why": "It was me."})


async def stands() -> list[str]:
    """In which lists the answer stands."""
    return [standing.value for standing in Held if await suspects_visible_to(LEA, standing).count()]


async def test_an_answer_that_counts_is_told_as_one_that_was_just_sent(clock: ModuleType, told: Told) -> None:
    response = await pressed_by_a_scanner(clock)
    assert (await stands(), await told()) == (["waiting"], [])

    freed = await judge_suspect(LEA, response.id, counts=True)

    assert (freed.suspect, await stands()) == ("", ["counted"])
    assert await told() == [("ResponseSubmitted", str(response.id))]
    assert (await Invitation.get()).answered_at == clock.now()
    said = await Judgement.get()
    assert (said.by, said.at, said.counts, said.signs) == ("Lea Blom", clock.now(), True, response.suspect)


async def test_counting_is_taken_back_and_the_rest_of_the_house_hears(clock: ModuleType, told: Told) -> None:
    response = await pressed_by_a_scanner(clock)
    await judge_suspect(LEA, response.id, counts=True)

    again = await undo_judgement(SYSTEM, response.id)

    assert (again.suspect, await stands()) == (response.suspect, ["waiting"])
    assert [event for event, _ in await told()] == ["ResponseSubmitted", "ResponseChanged"]
    said = await Judgement.get()
    assert (said.by, said.undone_by, said.undone_at) == ("Lea Blom", "test", clock.now())
    with pytest.raises(Conflict) as refused:
        await undo_judgement(LEA, response.id)
    assert refused.value.code == "NOT_JUDGED"


async def test_what_does_not_count_stays_held_until_somebody_says_otherwise(clock: ModuleType, told: Told) -> None:
    response = await pressed_by_a_scanner(clock)
    await judge_suspect(LEA, response.id, counts=False)
    assert ((await only_response()).suspect, await stands(), await told()) == (response.suspect, ["not_counted"], [])

    await undo_judgement(LEA, response.id)
    assert await stands() == ["waiting"]
    await judge_suspect(LEA, response.id, counts=False)
    await judge_suspect(SYSTEM, response.id, counts=True)

    assert (await stands(), len(await told())) == (["counted"], 1)
    rows = await Judgement.all().order_by("at", "id")
    assert [(one.counts, one.undone_by) for one in rows] == [(False, "Lea Blom"), (False, "test"), (True, None)]


async def test_customers_who_come_back_are_heard_whatever_was_said_before(clock: ModuleType, told: Told) -> None:
    response = await pressed_by_a_scanner(clock)
    await judge_suspect(LEA, response.id, counts=False)

    await sent_again(clock)

    assert ((await only_response()).suspect, await stands(), len(await told())) == ("", [], 1)
    with pytest.raises(Conflict) as refused:
        await judge_suspect(LEA, response.id, counts=True)
    assert refused.value.code == "NOT_HELD"


async def test_what_the_customer_changed_since_is_not_held_again(clock: ModuleType, told: Told) -> None:
    response = await pressed_by_a_scanner(clock)
    await judge_suspect(LEA, response.id, counts=True)
    await sent_again(clock)

    with pytest.raises(Conflict) as refused:
        await undo_judgement(LEA, response.id)

    assert (refused.value.code, (await only_response()).suspect) == ("CHANGED_SINCE", "")
    assert (await Judgement.get()).undone_at is None


async def test_an_answer_that_is_still_being_given_is_not_judged_and_analysts_only_look_on(clock: ModuleType, told: Told) -> None:
    response = await pressed_by_a_scanner(clock)
    with pytest.raises(Forbidden):
        await judge_suspect(Actor(name="Ada", roles=held([Role.ANALYST])), response.id, counts=True)
    await Response.filter(id=response.id).update(submitted_at=None, state="open")
    with pytest.raises(Conflict) as refused:
        await judge_suspect(LEA, response.id, counts=True)
    assert (refused.value.code, await stands()) == ("STILL_OPEN", [])
