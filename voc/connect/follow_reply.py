"""What follows a text that a customer wrote: a stop is obeyed, a score is an answer, everything else waits to be read."""

from uuid import UUID

from voc.core.access import Action, Actor
from voc.core.verb import verb
from voc.outreach.models import Became, InboundMessage
from voc.outreach.returning.inbound import note_became, resume_texts, stop_texts
from voc.outreach.returning.reply_words import Meaning, Reply, understood
from voc.responses.reply import answer_by_text


@verb(Action.SEND)
async def follow_reply(actor: Actor, ref: str) -> None:
    """Reaction: do as the text says, once. A score counts only where the gateway proved that it brought it; words come along with it.

    No confirmation of a stop is sent: gateways that must send one do so themselves.
    """
    message = await InboundMessage.get_or_none(id=UUID(ref), became=Became.KEPT)
    if message is None:
        return
    reply = understood(message.text, message.wish)
    became = Became.KEPT
    if reply.meaning is Meaning.STOP:
        await stop_texts(actor, message)
        became = Became.STOPPED
    elif reply.meaning is Meaning.RESUME:
        await resume_texts(actor, message)
        became = Became.RESUMED
    elif reply.meaning is Meaning.SCORE and message.is_signed and await _answers(message, reply):
        became = Became.ANSWERED
    await note_became(actor, message, became)


async def _answers(message: InboundMessage, reply: Reply) -> bool:
    if message.invitation_id is None:
        return False
    return await answer_by_text(Actor.respondent(message.invitation_id), message.invitation_id, reply.score, reply.words)
