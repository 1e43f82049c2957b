"""What outreach forgets by itself."""

from datetime import timedelta

from voc.core import clock
from voc.core.access import Actor
from voc.core.db import execute
from voc.outreach.models import OutboxMail

OUTBOX_DAYS = 30
LINK_SEEN_DAYS = 180
VISITOR_DAYS = 30


async def forget_what_was_seen(_: Actor) -> None:
    """Routine: forget mails in the outbox after 30 days, and that links were opened 180 days after, once their invitation is over.

    Which network and browser answered over an open link is forgotten after 30 days.

    While an invitation can still be answered, all evidence of its link stays. Decisions, deliveries and answers stay for ever.
    """
    now = clock.now()
    await OutboxMail.filter(at__lt=now - timedelta(days=OUTBOX_DAYS)).delete()
    await execute(
        """DELETE FROM link_seen WHERE seen_at < ? AND invitation_id IN (SELECT i.id FROM invitation i WHERE i.expires_at < ?)""",
        now - timedelta(days=LINK_SEEN_DAYS),
        now,
    )
    await execute(
        "UPDATE invitation SET visitor_hash = NULL WHERE visitor_hash > '' AND created_at < ?", now - timedelta(days=VISITOR_DAYS)
    )
