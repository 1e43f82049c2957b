"""What customers write to the number we ask from: kept whatever it is, and obeyed where it says stop."""

from dataclasses import dataclass
from uuid import UUID

from voc.core import clock, jobs
from voc.core.access import Action, Actor
from voc.core.db import as_uuid, execute, marks, rows
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.customers.consent import set_consent
from voc.customers.models import Channel, ConsentState
from voc.outreach.delivering.remind import stop_reminders
from voc.outreach.models import Became, InboundMessage, Suppression
from voc.outreach.returning.reply_words import Meaning, understood
from voc.outreach.wishes.addresses import address_hash, customer_hash
from voc.outreach.wishes.suppress import OWN_WORDS, STOPPED, put

FOLLOW_REPLY = "connect.follow_reply"
_SOURCE = "text message"
_ASKED = """SELECT i.id, i.customer_id FROM customer u
    JOIN invitation i ON i.customer_id = u.id JOIN delivery d ON d.invitation_id = i.id
    WHERE u.phone = ? AND d.channel = 'sms' AND NOT i.is_test
    ORDER BY CASE WHEN d.state IN ('failed', 'bounced') THEN 1 ELSE 0 END, d.started_at DESC LIMIT 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text as a gateway brought it: `sender` in E.164, `wish` what the gateway took it for, `is_signed` whether it proved itself."""

    gateway: str
    provider_id: str
    sender: str
    text: str
    wish: str = ""
    is_signed: bool = False


@verb(Action.SEND)
async def keep_written(actor: Actor, written: Written) -> UUID | None:
    """Keep what somebody wrote, also of a number nobody knows, and have it followed by a job. None where it is kept already."""
    meaning = understood(written.text, written.wish).meaning
    known = await rows(_ASKED, written.sender)
    customers = await _customers_of(written.sender)
    customer_id = as_uuid(known[0]["customer_id"]) if known else customers[0] if len(customers) == 1 else None
    row: dict[str, object] = {
        "id": new_id(),
        "gateway": written.gateway[:64],
        "provider_id": written.provider_id[:200],
        "sender": written.sender[:40],
        "text": written.text.replace("\x00", ""),
        "customer_id": customer_id,
        "invitation_id": as_uuid(known[0]["id"]) if known else None,
        "is_signed": written.is_signed,
        "wish": meaning if meaning in (Meaning.STOP, Meaning.RESUME) else "",
        "became": Became.KEPT,
        "at": clock.now(),
    }
    kept = await rows(
        f"""INSERT INTO inbound_message ({", ".join(row)}) VALUES ({marks(row)})
            ON CONFLICT (gateway, provider_id) DO NOTHING RETURNING id""",
        *row.values(),
    )
    if not kept:
        return None
    message_id = UUID(str(kept[0]["id"]))
    await jobs.add(FOLLOW_REPLY, message_id, key=f"reply:{message_id}")
    return message_id


@verb(Action.SUPPRESS)
async def stop_texts(actor: Actor, message: InboundMessage) -> None:
    """Send no more texts to the number a message came from, nor to whoever has it; their consent to texts is refused."""
    now, customers = clock.now(), await _customers_of(message.sender)
    await put([address_hash(message.sender)], [Channel.SMS], STOPPED, message.customer_id, None)
    for customer_id in customers:
        await put([customer_hash(customer_id)], [Channel.SMS], STOPPED, customer_id, None)
        await set_consent(actor, customer_id, Channel.SMS, ConsentState.REFUSED, _SOURCE)
    await execute("UPDATE invitation SET stopped_at = COALESCE(stopped_at, ?) WHERE id = ?", now, message.invitation_id)


@verb(Action.SUPPRESS)
async def resume_texts(actor: Actor, message: InboundMessage) -> None:
    """Take the number, and whoever has it, off the list where they put themselves on it; they agree to texts from now on."""
    customers = await _customers_of(message.sender)
    hashes = [address_hash(message.sender), *(customer_hash(one) for one in customers)]
    await Suppression.filter(channel=Channel.SMS, address_hash__in=hashes, reason__in=OWN_WORDS).delete()
    for customer_id in customers:
        await set_consent(actor, customer_id, Channel.SMS, ConsentState.GRANTED, _SOURCE)


@verb(Action.SEND)
async def note_became(actor: Actor, message: InboundMessage, became: Became) -> None:
    """Write down what followed; whoever wrote back is reminded of nothing more."""
    await InboundMessage.filter(id=message.id).update(became=became)
    if message.invitation_id:
        await stop_reminders(actor, message.invitation_id)


async def _customers_of(number: str) -> list[UUID]:
    return [UUID(str(row["id"])) for row in await rows("SELECT id FROM customer WHERE phone = ? ORDER BY id", number)]
