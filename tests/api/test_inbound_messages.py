"""What customers wrote back is read by those who may see answers, numbers masked; and what is said where texts do not leave."""

import pytest

from tests.api.loop import SYSTEM, House, house
from voc.connect.follow_reply import follow_reply
from voc.core import settings
from voc.core.access import Actor, Held, Role
from voc.outreach.models import Became, InboundMessage
from voc.outreach.returning.inbound import Written, keep_written


@pytest.fixture
async def made(db: str) -> House:
    return await house(db)


async def test_messages_are_listed_with_what_followed_and_numbers_masked(made: House) -> None:
    for number, text in enumerate(("Bel mij even", "STOP")):
        written = Written(gateway="twilio", provider_id=f"SM{number}", sender="+31612345678", text=text, is_signed=True)
        message_id = await keep_written(SYSTEM, written)
        await follow_reply(SYSTEM, str(message_id))
    assert await keep_written(SYSTEM, written) is None

    kept = (await made.ask("InboundMessages", filter={"became": ["KEPT"]}))["nodes"]
    assert [(one["text"], one["sender"], one["became"], one["customer"], one["invitation"]) for one in kept] == [
        ("Bel mij even", "+31612345678", "KEPT", None, None)
    ]
    analyst = Actor("Ann", frozenset({Held(Role.ANALYST)}))
    seen = (await made.ask("InboundMessages", analyst))["nodes"]
    assert [(one["text"], one["sender"]) for one in seen] == [("STOP", "+31*****78"), ("Bel mij even", "+31*****78")]
    assert (await made.ask("InboundMessages", Actor("Han", frozenset({Held(Role.TRANSLATOR)}))))["nodes"] == []
    assert await InboundMessage.filter(became=Became.STOPPED).count() == 1


async def test_a_policy_that_asks_by_text_says_where_no_gateway_is_set(made: House) -> None:
    document = "touchpoints: [delivery]\nsurvey: nps-after-delivery\nchannels: [sms, email]\n"
    said = "texts stay in the outbox, for no gateway is set"
    assert said in (await made.ask("PolicyProposal", document=document))["rules"]["further"]
    settings.install(settings.current().model_copy(update={"sms_gateway": "twilio"}))
    assert said not in (await made.ask("PolicyProposal", document=document))["rules"]["further"]
