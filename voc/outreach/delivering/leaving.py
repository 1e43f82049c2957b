"""Invitations whose turn has come, as they stand: locked, with the attempts made so far, and what a message about each would say."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from voc.core import settings
from voc.core.db import as_json, as_moment, dialect, marks, padded, rows
from voc.customers.models import Channel
from voc.outreach.delivering.ask import Ask, Reminding, Sender, harmless_name
from voc.outreach.editions import questionnaire_in
from voc.outreach.links import links_of
from voc.outreach.mail.wording import day
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.version_rules import stored_rules
from voc.surveys.texts import Texts

_LOCK = """SELECT id FROM customer WHERE id IN (SELECT customer_id FROM invitation WHERE id IN ({ids}))
    ORDER BY id FOR NO KEY UPDATE"""
_LOADED = """SELECT i.id, i.state, i.channel, i.language, i.send_at, i.expires_at, i.version_id, i.customer_id, i.is_test, i.key_version,
        i.sent_at, i.begun_at, i.answered_at, i.declined_at, i.remind_at, i.reminders,
        u.name, u.first_name, u.email, u.phone, u.time_zone, u.account_id, c.ended_at, c.agent_name, c.touchpoint,
        t.names AS touchpoint_names, p.key AS policy_key, v.rules, s.key AS survey_key, m.email AS tester_email,
        b.name AS brand_name, b.from_email, b.reply_to, b.postal_address, b.accent, b.on_accent, b.signature
    FROM invitation i JOIN survey s ON s.id = i.survey_id JOIN brand b ON b.id = s.brand_id
    LEFT JOIN customer u ON u.id = i.customer_id LEFT JOIN contact c ON c.id = i.contact_id
    LEFT JOIN touchpoint t ON t.key = c.touchpoint LEFT JOIN member m ON m.id = i.tester_id LEFT JOIN policy p ON p.id = i.policy_id
    LEFT JOIN decision d ON d.id = i.decision_id LEFT JOIN policy_version v ON v.policy_id = i.policy_id AND v.number = d.policy_number
    WHERE i.id IN ({ids}) ORDER BY i.id"""
# One by one along the index, whatever PostgreSQL believed of the table when it was small.
_OF_IT = "FROM delivery WHERE invitation_id = i.id"
_ATTEMPTS = f"""SELECT i.id, (SELECT MAX(number) {_OF_IT}) AS attempts, (SELECT COUNT(*) {_OF_IT} AND state = 'started') AS unfinished,
        (SELECT MAX(job) {_OF_IT} AND state = 'started' AND started_at > ?) AS at_it
    FROM invitation i WHERE i.id IN ({{ids}})"""
_LONGEST_ATTEMPT = timedelta(hours=1)  # no job runs that long: whoever began earlier is gone


async def load(invitation_ids: Collection[UUID], now: datetime) -> dict[UUID, dict[str, Any]]:
    """Those that there are, locked until the transaction ends, their customers before them as everywhere.

    Two invitations of one customer then leave one after the other. `at_it` is the job that is at it at this moment, if one is.
    """
    ids = padded(sorted(invitation_ids))
    named = marks(ids)
    if dialect() == "postgres":
        await rows(_LOCK.format(ids=named), *ids)
    locking = " FOR UPDATE OF i" if dialect() == "postgres" else ""
    found = await rows(_LOADED.format(ids=named) + locking, *ids)
    # A statement of its own: what was committed while the locks were waited for counts.
    made = await rows(_ATTEMPTS.format(ids=named), now - _LONGEST_ATTEMPT, *ids)
    attempts = {row["id"]: {**row, "attempts": row["attempts"] or 0} for row in made}
    return {UUID(str(row["id"])): {**row, **attempts[row["id"]]} for row in found}


def rules_of(row: Mapping[str, Any]) -> Rules | None:
    """What the version of the policy says that decided it."""
    return None if row["rules"] is None else stored_rules(row["rules"])


def zone_of(row: Mapping[str, Any]) -> str:
    """Where the customer lives, as far as anybody knows."""
    return str(row["time_zone"] or settings.current().default_time_zone)


async def ask_of(row: Mapping[str, Any], reminding: Reminding | None = None) -> Ask:
    """The message about it; a reminder says what makes it one."""
    invitation_id, language = UUID(str(row["id"])), row["language"]
    ended_at, names = as_moment(row["ended_at"]), as_json(row["touchpoint_names"]) or {}
    own = row["phone"] if row["channel"] == Channel.SMS else row["email"]
    sender = Sender(
        name=row["brand_name"],
        from_email=row["from_email"],
        reply_to=row["reply_to"],
        postal_address=row["postal_address"],
        accent=row["accent"],
        on_accent=row["on_accent"],
        signature=Texts(as_json(row["signature"]) or {}).say(language),
    )
    return Ask(
        invitation_id=invitation_id,
        address=(row["tester_email"] if row["is_test"] else own) or "",
        language=language,
        questionnaire=await questionnaire_in(UUID(str(row["version_id"]))),
        sender=sender,
        links=links_of(invitation_id, row["key_version"]),
        values={
            "customer.first_name": harmless_name(row["first_name"]),
            "customer.name": harmless_name(row["name"]),
            "contact.ended_on": day(ended_at, language, zone_of(row)) if ended_at else None,
            "contact.agent_name": harmless_name(row["agent_name"]),
            "contact.touchpoint": names.get(language) or names.get(language.split("-", 1)[0]),
            "brand.name": row["brand_name"],
        },
        stream=f"{row['policy_key'] or 'direct'}:{row['survey_key']}",
        is_test=bool(row["is_test"]),
        reminding=reminding,
    )
