"""What comes to our mailbox has consequences for the message it names, and for nothing else."""

import ssl
from collections.abc import Iterator
from datetime import timedelta
from types import ModuleType

import pytest
from pydantic import SecretStr

from tests.outreach.house import ASKED, EMAIL, SYSTEM, House, skipped
from tests.outreach.imap import Post, imap_server
from tests.outreach.reports import complaint, from_gmail, from_person, status
from tests.outreach.smtp import certificate
from voc.core import settings
from voc.core.errors import Conflict
from voc.core.jobs import Retry
from voc.customers.models import Consent, ConsentState
from voc.outreach.models import Delivery, DeliveryReport, DeliveryState, Invitation, InvitationState, Suppression
from voc.outreach.returning.mailbox import read_all, read_mailbox, take_mail
from voc.outreach.returning.return_addresses import Way, return_address
from voc.outreach.wishes.suppress import BOUNCED, COMPLAINED, STOPPED

BOUNCE = "back@stem.fiber.example"


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    return certificate(tmp_path_factory.mktemp("imap"))


@pytest.fixture
def post(house: House, tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> Iterator[Post]:
    with imap_server(tls[0]) as post:
        url = f"imaps://back:p%40ss@127.0.0.1:{post.port}/Back"
        told = {"bounce_address": BOUNCE, "bounce_mailbox": SecretStr(url)}
        settings.install(settings.current().model_copy(update=told))
        yield post


@pytest.fixture
async def asked(house: House, post: Post) -> Invitation:
    """Somebody was asked by mail."""
    await house.policy()
    await house.contact()
    await house.work(days=1)
    assert await house.decisions() == [ASKED]
    return await house.invitation()


def back_to(invitation: Invitation, way: Way = Way.BACK) -> str:
    address = return_address(way, invitation.id)
    assert address
    return address


async def read(post: Post, tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> int:
    url = settings.current().bounce_mailbox
    assert url
    return await read_all(SYSTEM, url.get_secret_value(), tls=tls[1])


async def suppressed() -> list[tuple[str, str, bool]]:
    return [(one.reason, one.detail, one.until is None) for one in await Suppression.all().order_by("since", "id")]


async def test_what_comes_back_for_good_ends_the_ask_and_the_address_gets_no_more(
    house: House, post: Post, tls: tuple[ssl.SSLContext, ssl.SSLContext], asked: Invitation
) -> None:
    mine = post.put(status(to=back_to(asked), sent="<lost@relay.example>"))
    forged = post.put(status(to=back_to(asked)[:-30] + "a" * 12 + "@stem.fiber.example", sent="<01a20061-04e3-7267-b0cb-2088a87a1f52@x>"))
    holiday = post.put(from_person(to=back_to(asked)))
    assert await read(post, tls) == 1
    assert post.flags == {mine: {"\\Seen"}, forged: {"\\Seen", "\\Flagged"}, holiday: {"\\Seen", "\\Flagged"}}
    assert post.selected == ["Back"]
    delivery, invitation = await Delivery.get(), await house.invitation()
    assert (delivery.state, delivery.detail) == (DeliveryState.BOUNCED, "5.1.1 550 5.1.1 …: user unknown")
    assert (invitation.state, invitation.state_reason, invitation.delivered_at) == (InvitationState.FAILED, "bounced", None)
    assert await suppressed() == [(BOUNCED, "5.1.1 550 5.1.1 …: user unknown", True)]
    post.flags[mine].clear()  # as if the process had died before it marked it
    assert await read(post, tls) == 1
    assert (await DeliveryReport.all().count(), await Suppression.all().count()) == (1, 1)
    again = await house.contact()
    await house.work(days=400)
    assert await house.decisions(again) == [skipped("suppressed")]


async def test_a_full_mailbox_rests_after_three_times(house: House, asked: Invitation, clock: ModuleType) -> None:
    await house.policy("again", quiet_days=0)
    counts = []
    for number in range(3):
        if number:
            await house.contact(touchpoint="after-call")
            await house.work(days=8)
        for invitation in await Invitation.filter(state=InvitationState.SENT, delivered_at__not_isnull=True):
            sent = (await Delivery.filter(invitation_id=invitation.id).order_by("-number"))[0].message_id
            assert await take_mail(SYSTEM, from_gmail(sent))
        counts.append(await Suppression.all().count())
    assert counts == [0, 0, 1]
    entry = await Suppression.get()
    assert entry.until is not None
    assert timedelta(days=170) < entry.until - clock.now() <= timedelta(days=180)


async def test_a_complaint_is_a_refusal_that_stays(house: House, post: Post, asked: Invitation) -> None:
    sent = (await Delivery.get()).message_id
    assert not await take_mail(SYSTEM, complaint("not-spam", sent=sent))
    assert await take_mail(SYSTEM, complaint(sent=sent))
    assert {reason for reason, _, is_for_good in await suppressed() if is_for_good} == {COMPLAINED}
    consent = await Consent.get(channel=EMAIL)
    assert (consent.state, consent.source) == (ConsentState.REFUSED, "complaint")
    invitation = await house.invitation()
    assert (invitation.state, invitation.state_reason, invitation.complained_at is None) == (InvitationState.SENT, "complained", False)


async def test_a_mail_to_the_address_that_says_stop_stops(
    house: House, post: Post, tls: tuple[ssl.SSLContext, ssl.SSLContext], asked: Invitation
) -> None:
    (mail,) = await house.mails()
    mailto = mail["List-Unsubscribe"].split("<mailto:")[1].partition("?")[0]
    assert mailto == back_to(asked, Way.STOP)
    post.put(from_person(to=mailto, subject="Stop", extra="X-Mailer: one click"))
    assert await read(post, tls) == 1
    assert {reason for reason, _, _ in await suppressed()} == {STOPPED}
    assert (await house.invitation()).stopped_at is not None


async def test_what_is_still_being_handed_over_waits(post: Post, tls: tuple[ssl.SSLContext, ssl.SSLContext], asked: Invitation) -> None:
    await Delivery.all().update(state=DeliveryState.STARTED)
    number = post.put(status(to=back_to(asked)))
    assert await read(post, tls) == 0
    assert post.flags[number] == set()
    with pytest.raises(Conflict):
        await take_mail(SYSTEM, status(to=back_to(asked)))


async def test_a_mailbox_that_cannot_be_read_is_tried_again(post: Post) -> None:
    """Its certificate is one that nobody trusts."""
    with pytest.raises(Retry, match="SSLCertVerificationError"):
        await read_mailbox(SYSTEM, "mailbox", "key")
