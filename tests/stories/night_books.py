"""The books after the night: nobody was forgotten, nothing was sent twice but what was cut off, and all of it is written down."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from voc.core.db import rows

_CUT_OFF = "the process ended in between; it may have left"


async def faults(taken: Iterable[str], contacts: int) -> dict[str, Any]:
    """Everything that is not as promised, by the Message-IDs that the relay took; empty when all is well."""
    received = Counter(taken)
    undecided = await rows("SELECT c.id FROM contact c LEFT JOIN decision d ON d.contact_id = c.id GROUP BY c.id HAVING count(d.id) <> 1")
    known = await rows("SELECT count(*) AS n FROM contact")
    unsent = await rows(
        """SELECT d.id FROM decision d LEFT JOIN invitation i ON i.decision_id = d.id
            WHERE d.verdict = 'send' AND (i.id IS NULL OR i.state <> 'sent' OR i.sent_at IS NULL)"""
    )
    deliveries = await rows(
        """SELECT message_id, count(*) AS n, count(DISTINCT invitation_id) AS invitations,
                SUM(CASE WHEN state = 'accepted' THEN 1 ELSE 0 END) AS accepted, SUM(CASE WHEN detail = ? THEN 1 ELSE 0 END) AS cut_off
            FROM delivery GROUP BY message_id""",
        _CUT_OFF,
    )
    by_message = {row["message_id"]: row for row in deliveries}
    endless = [one for one, row in by_message.items() if row["accepted"] != 1 or row["n"] != 1 + row["cut_off"]]
    left = (
        "SELECT kind, state, error, count(*) AS n FROM job WHERE state <> 'done' AND kind NOT LIKE 'routine.%' GROUP BY kind, state, error"
    )
    repeated = {one: times for one, times in received.items() if times > 1}
    found = {
        "contacts lost": contacts - int(known[0]["n"]),
        "contacts without exactly one decision": undecided,
        "decisions to send without a sent invitation": unsent,
        "messages whose attempts do not end in one that was accepted": endless,
        "messages of several invitations": [one for one, row in by_message.items() if row["invitations"] != 1],
        "accepted but never received": sorted(set(by_message) - set(received)),
        "received but not written down": sorted(set(received) - set(by_message)),
        "repeats of what was not cut off": {one: n for one, n in repeated.items() if n > 1 + by_message[one]["cut_off"]},
        "jobs that are not done": await rows(left),
    }
    return {name: what for name, what in found.items() if what}


async def tell_of_repeats(taken: Iterable[str]) -> str:
    """How many were handed over more than once, and how many attempts were cut off."""
    repeats = sum(times - 1 for times in Counter(taken).values())
    cut_off = await rows("SELECT count(*) AS n FROM delivery WHERE detail = ?", _CUT_OFF)
    return f"{repeats} mails left twice, of {cut_off[0]['n']} attempts that a kill cut off; same Message-ID, all written down"
