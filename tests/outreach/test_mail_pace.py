"""Hosts of recipients get no more mail than they take, and one that gets too many slows nobody else down."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from tests.conftest import FROZEN_AT
from tests.outreach.house import House
from tests.outreach.smtp import Server, mail_server
from voc.core import settings
from voc.core.db import transaction
from voc.core.mail_rates import host_rates
from voc.outreach.delivering.host_pace import RESTS, Pace, slow_down, turns
from voc.outreach.models import Delivery, DeliveryState, MailHost

SECOND = timedelta(seconds=1)


@pytest.fixture
def server(house: House) -> Iterator[Server]:
    with mail_server() as server:
        told = {"smtp_url": SecretStr(f"smtp://127.0.0.1:{server.port}"), "mail_host_rates": "klant.example=2"}
        settings.install(settings.current().model_copy(update=told))
        yield server


@given(st.lists(st.integers(0, 900), min_size=1, max_size=120), st.sampled_from([0.5, 2.0, 20.0]))
def test_no_second_brings_more_than_the_rate_and_its_burst(asked: list[int], rate: float) -> None:
    pace = Pace(rate, FROZEN_AT, FROZEN_AT, None)
    left, waiting, now = [], sorted(FROZEN_AT + timedelta(milliseconds=10 * tick) for tick in asked), FROZEN_AT
    for _ in range(5000):
        if not waiting:
            break
        now = max(now, waiting.pop(0))
        again_at = pace.turn(now)
        if again_at is None:
            left.append(now)
        else:
            assert again_at > now
            waiting = sorted([*waiting, again_at])
    assert len(left) == len(asked), "none is lost, and all leave in the end"
    for first in left:
        within = sum(first <= moment < first + 5 * SECOND for moment in left)
        assert within <= 5 * rate + rate + 1


async def test_workers_share_one_pace(db: str) -> None:
    chosen = {"mail_host_rates": "gmail.com=20"}
    settings.install(settings.current().model_copy(update=chosen))

    async def worker() -> list[bool]:
        async with transaction():
            found = await turns([f"{number}@Gmail.com" for number in range(15)] + ["a@elsewhere.example"], FROZEN_AT)
        return [again_at is None for again_at in found]

    first, second = await asyncio.gather(worker(), worker())
    assert (sum(first[:15] + second[:15]), first[15], second[15]) == (20, True, True)
    assert [one.host for one in await MailHost.all()] == ["gmail.com"]


async def test_mails_wait_for_their_turn_without_an_attempt(house: House, server: Server) -> None:
    await house.policy()
    for name in ("anna", "bram", "carla", "dirk", "eva"):
        await house.contact(name)
    await house.contact({"externalId": "zoe", "name": "Zoe", "email": "zoe@elsewhere.example", "language": "nl"})
    await house.work()
    assert sorted(mail.to[0].partition("@")[2] for mail in server.received) == ["elsewhere.example", "klant.example", "klant.example"]
    assert await Delivery.all().count() == 3
    await house.work(days=1)
    assert len({mail.to[0] for mail in server.received}) == len(server.received) == 6
    assert await Delivery.filter(state=DeliveryState.ACCEPTED).count() == 6


async def test_a_host_that_gets_too_many_rests_and_no_other(house: House, server: Server) -> None:
    server.to_recipient.append("450 4.7.28 too many mails from you")
    await house.policy()
    await house.contact("anna")
    await house.work()
    assert [mail.to for mail in server.received] == []
    await house.contact("bram")
    await house.contact({"externalId": "zoe", "name": "Zoe", "email": "zoe@elsewhere.example", "language": "nl"})
    await house.work()
    assert [mail.to for mail in server.received] == [["zoe@elsewhere.example"]]
    await house.work(days=1)
    assert {mail.to[0] for mail in server.received} == {"anna@klant.example", "bram@klant.example", "zoe@elsewhere.example"}


async def test_who_says_it_again_rests_longer(db: str, clock: ModuleType) -> None:
    rests = []
    for _ in range(9):
        for _ in range(3):  # many were on their way
            async with transaction():
                await slow_down("anna@klant.example")
        host = await MailHost.get()
        assert host.slow_until
        rests.append(host.slow_until - clock.now())
        clock.freeze(host.slow_until + SECOND)
    assert tuple(rests[:7]) == RESTS
    assert rests[7:] == [RESTS[-1]] * 2
    clock.freeze(clock.now() + timedelta(hours=2))
    async with transaction():
        await slow_down("anna@klant.example")
        assert (await MailHost.get()).slow_until == clock.now() + RESTS[0]


@pytest.mark.parametrize("written", ["gmail.com", "gmail.com=0", "gmail.com=-1", "=5", "gmail.com=fast", "a b=1"])
def test_a_wrong_rate_is_named(written: str) -> None:
    with pytest.raises(ValueError, match="takes hosts with mails a second"):
        host_rates(written)
    assert host_rates("Gmail.com=20, outlook.com=0.5") == {"gmail.com": 20.0, "outlook.com": 0.5}
