"""A thousand visits of scanners of three kinds, and after each a person of three kinds: none of those counts, and each of these does."""

from datetime import timedelta
from types import ModuleType
from typing import Any, NamedTuple

import httpx
import hypothesis

from tests.responses.asked import published
from tests.responses.conftest import Told
from tests.responses.documents import SHORT
from tests.web.survey.visits import Visitor, brute, polite, rude
from voc.core import clock as the_clock
from voc.core.db import rows
from voc.core.ids import secret_hash
from voc.customers.models import Channel, Consent, Customer
from voc.outreach.links import link_secret, links_of
from voc.outreach.models import Invitation, InvitationState, Suppression
from voc.responses.models import Response

_FIRST = {**SHORT["pages"][0]["questions"][0], "kind": "rating", "id": "stars", "lowest": 1, "highest": 3}
_WHY = SHORT["pages"][0]["questions"][1]
SURVEY: dict[str, Any] = {
    **SHORT,
    "pages": [{"id": "first", "questions": [_FIRST, _WHY]}],
    "end_pages": [SHORT["end_pages"][1]],
}
SCANNERS = (polite, rude, brute)
BETWEEN = timedelta(hours=6)
EVERY_PAIR = 18


class Person(NamedTuple):
    """Who comes `after` the scanner, and presses when they have read for `reads` seconds; in an office the next one is at it already."""

    after: timedelta
    reads: float


SCRIPT_OFF = Person(timedelta(hours=1), 8)
VERY_FAST = Person(timedelta(seconds=70), 1.5)
IN_AN_OFFICE = Person(timedelta(seconds=20), 3)
PEOPLE = (SCRIPT_OFF, VERY_FAST, IN_AN_OFFICE)


async def invited(count: int) -> list[Invitation]:
    """Customers who were asked by mail, one every six hours."""
    version, now = await published(SURVEY), the_clock.now()
    customers = [Customer(name=f"Customer {at}", email=f"customer{at}@example.nl", language="en") for at in range(count)]
    made = [
        Invitation(
            survey_id=version.survey_id,
            version_id=version.id,
            customer_id=customer.id,
            channel=Channel.EMAIL,
            language="en",
            state=InvitationState.SENT,
            send_at=now + at * BETWEEN,
            sent_at=now + at * BETWEEN,
            expires_at=now + at * BETWEEN + timedelta(days=14),
        )
        for at, customer in enumerate(customers)
    ]
    for one in made:
        one.secret_hash = secret_hash(link_secret(one))
    await Customer.bulk_create(customers)
    await Invitation.bulk_create(made)
    return made


def addresses(one: Invitation) -> list[str]:
    """The links of a mail, in its order: the scores, the survey, the stop link and the preferences."""
    links = links_of(one.id)
    every = [f"{links.landing}?stars={score}" for score in (1, 2, 3)] + [links.survey, links.stop, links.messages]
    return [httpx.URL(link).raw_path.decode() for link in every]


async def counted() -> int:
    found = await rows("SELECT COUNT(*) AS n FROM response WHERE suspect = '' AND state <> 'open' AND NOT is_test")
    return int(found[0]["n"])


async def answer(visitor: Visitor, one: Invitation, person: Person, score: int) -> None:
    """Follow the score of the mail, read, press Send."""
    page = await visitor.get(f"{addresses(one)[0].split('?')[0]}?stars={score}")
    visitor.clock.advance(timedelta(seconds=person.reads - visitor.pause))
    thanks = await visitor.press(page.forms[0], ("_go", "next"))
    assert (thanks.status, "Thank you" in thanks.text) == (200, True)


def how_many() -> int:
    """Each scanner before each person, on arrival and later; a thousand of them with `--hypothesis-profile=many`."""
    return 1008 if hypothesis.settings.get_current_profile_name() == "many" else EVERY_PAIR


async def test_no_scanner_is_counted_and_no_person_is_lost(client: httpx.AsyncClient, clock: ModuleType, told: Told) -> None:
    count = how_many()
    client.headers["Accept-Encoding"] = "identity"
    visitor = Visitor(client, clock)
    made = await invited(count)
    said: dict[object, int] = {}
    for at, one in enumerate(made):
        came = timedelta(seconds=5) if at % 2 else timedelta(hours=2)
        clock.freeze((one.sent_at or clock.now()) + came)
        await SCANNERS[at % 3](visitor, addresses(one))
        assert await counted() == len(said), (SCANNERS[at % 3], came)
        assert (await Suppression.all().count(), await Consent.all().count()) == (0, 0)
        person = PEOPLE[at // 3 % 3]
        clock.advance(person.after)
        said[one.id] = 1 + at % 3
        await answer(visitor, one, person, said[one.id])
        assert await counted() == len(said), (SCANNERS[at % 3], person)
    values = {one["invitation_id"]: one for one in await Response.all().values("invitation_id", "suspect", "erased_at")}
    given = await rows("SELECT r.invitation_id, a.number FROM response r JOIN answer a ON a.response_id = r.id WHERE a.question = 'stars'")
    assert len(values) == len(said) == count
    assert {str(row["invitation_id"]): int(row["number"]) for row in given} == {str(one): score for one, score in said.items()}
    assert not await Invitation.filter(declined_at__isnull=False).exists()
    assert not await Invitation.filter(stopped_at__isnull=False).exists()
    assert {event for event, _ in await told()} <= {"ResponseSubmitted", "ResponseChanged"}
