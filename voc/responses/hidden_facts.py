"""What hidden questions know of a customer before anything is asked: the address they came by, the contact, themselves, the channel."""

from collections.abc import Mapping
from uuid import UUID

from voc.core.db import as_json, rows
from voc.responses.read_answer import Value
from voc.responses.read_answer.typed import LONGEST_HIDDEN
from voc.surveys.course import course_of
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Hidden, Source

Facts = Mapping[Source, Mapping[str, object]]
# Names and addresses stay where they can be masked and forgotten; what a designer wants of them stands in a placeholder.
_CUSTOMER = ("language", "time_zone", "segment")
_CONTACT = ("system", "external_id", "touchpoint", "channel", "direction", "outcome", "team_key", "queue", "agent_key")


async def hidden_facts(
    questionnaire: Questionnaire, *, link: Mapping[str, str], channel: str, customer_id: UUID | None, contact_id: UUID | None
) -> dict[str, Value]:
    """The answers to the hidden questions, by their names; nothing is looked up where there are none."""
    asked = [question for question in course_of(questionnaire).questions.values() if isinstance(question, Hidden)]
    if not asked:
        return {}
    sources = {question.source for question in asked}
    by_channel = dict.fromkeys((one.key or one.id for one in asked), channel)
    facts: dict[Source, Mapping[str, object]] = {Source.LINK: link, Source.CHANNEL: by_channel}
    if Source.CUSTOMER in sources and customer_id:
        facts[Source.CUSTOMER] = await _row("customer", customer_id)
    if Source.CONTACT in sources and contact_id:
        facts[Source.CONTACT] = await _row("contact", contact_id)
    return facts_for(questionnaire, facts)


def facts_for(questionnaire: Questionnaire, facts: Facts) -> dict[str, Value]:
    """What each hidden question takes from what is known, by its key."""
    found: dict[str, Value] = {}
    for question in course_of(questionnaire).questions.values():
        if isinstance(question, Hidden):
            value = facts.get(question.source, {}).get(question.key or question.id)
            if value not in (None, ""):
                found[question.id] = str(value)[:LONGEST_HIDDEN]
    return found


async def _row(table: str, row_id: UUID) -> dict[str, object]:
    """The columns of a row that may be told, and over them its attributes."""
    row = (await rows(f"SELECT * FROM {table} WHERE id = ?", row_id) or [{}])[0]
    columns = _CUSTOMER if table == "customer" else _CONTACT
    told = {name: row[name] for name in columns if row.get(name) is not None}
    return {**told, **(as_json(row.get("attributes")) or {})}
