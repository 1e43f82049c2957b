"""Deciding about a contact: once per matching policy, written down with its reason, and only then planned."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from voc.core import clock, jobs
from voc.core.access import Action, Actor
from voc.core.verb import verb
from voc.customers.models import Channel
from voc.outreach.deciding import decisions
from voc.outreach.deciding.candidates import Candidate
from voc.outreach.deciding.case import Case, Known, apart, load_cases, standings
from voc.outreach.deciding.conclusions import DECIDE, Conclusions
from voc.outreach.deciding.facts import Asked, Facts
from voc.outreach.deciding.policy import Ruling, decide, never_asked
from voc.outreach.deciding.standing import Standing, keep_pauses
from voc.outreach.deciding.verdicts import Reason, Verdict
from voc.outreach.delivering.plan import Plan, withdraw_unsent
from voc.outreach.editions import language_among, questionnaire_in
from voc.outreach.policies.rules import CONTACTS_OWN, CUSTOMERS_OWN

# What may turn when a contact is told anew, for these reasons lay in what was known of it. The others are settled.
_OPEN_AGAIN = frozenset(
    {
        Reason.NO_POLICY,
        Reason.NO_CUSTOMER,
        Reason.NO_ADDRESS,
        Reason.CONTACT_SPAM,
        Reason.CONTACT_ABANDONED,
        Reason.CONTACT_SUPPLIER,
        Reason.CONTACT_EXCLUDED,
        Reason.OUTCOME_EXCLUDED,
        Reason.NO_MARKETING,
        Reason.CONDITION_NOT_MET,
        Reason.RULE_FAULT,
    }
)


@verb(Action.SEND)
async def decide_contact(actor: Actor, ref: UUID | str) -> None:
    """Give the contact its decision for every policy that speaks of its touchpoint, and plan the invitations.

    Nothing happens before the contact has ended and settled; then and whenever a decision says "later", a job looks again.
    Doing it again changes nothing, unless what was told of the contact changes a decision; a contact that turns out to be spam or
    abandoned takes an invitation back that has not left, and so does a policy that counts more, where its ask would come too near to
    one that is only planned. Two contacts of one customer are decided one after the other.
    """
    await _decide_cases([ref])


@verb(Action.SEND)
async def decide_contacts(actor: Actor, refs: Sequence[UUID | str]) -> None:
    """Decide several contacts one after the other, as `decide_contact` does each."""
    await _decide_cases(refs)


async def _decide_cases(refs: Sequence[UUID | str]) -> None:
    cases = await load_cases([UUID(str(ref)) for ref in refs])
    for several in apart([case for case in cases if case.contact is not None]):
        conclusions = Conclusions()
        for case, standing in zip(several, await standings(several), strict=True):
            await _decide(case, standing, conclusions)
        await conclusions.write()


async def _decide(case: Case, standing: Standing, conclusions: Conclusions) -> None:
    spoilt = never_asked(case.contact) if case.contact else None
    if spoilt:
        await _take_back(case, spoilt)
    if case.candidates:
        await _decide_all(case, standing, conclusions)
    elif not case.known:
        conclusions.decided(case, None, Ruling(Verdict.SKIP, Reason.NO_POLICY), None)


async def look_again(contact_ids: list[UUID]) -> None:
    """Have these contacts decided once more, within a verb: something they waited for has happened."""
    await jobs.add_many(DECIDE, contact_ids)


async def _take_back(case: Case, spoilt: Reason) -> None:
    for known in case.known.values():
        if known.verdict is Verdict.SEND and await withdraw_unsent(known.id, spoilt):
            await decisions.overrule(known, spoilt)


async def _decide_all(case: Case, standing: Standing, conclusions: Conclusions) -> None:
    asked = await case.asked(standing)
    unclaimed = case.known.get("")
    for candidate in case.candidates:
        known = case.known.get(candidate.key)
        if known is None:
            # That there was no policy becomes the decision of the first there is: one for each policy, and no more.
            known, unclaimed = unclaimed, None
        if known and not _is_open(known):
            continue
        facts = case.facts(candidate, standing, asked)
        ruling = decide(facts, candidate.rules, clock.now())
        if ruling.reason is Reason.POLICY_PAUSED:
            await keep_pauses()
            facts = case.facts(candidate, (await standings([case]))[0], asked)
            ruling = decide(facts, candidate.rules, clock.now())
        decision_id = await _conclude(case, candidate, known, ruling, facts, conclusions)
        if decision_id and ruling.act_at and ruling.verdict is Verdict.SEND:
            plan = await _plan(case, candidate, decision_id, ruling, ruling.act_at)
            conclusions.ask(plan, candidate.key, ruling.instead_of)
            asked = tuple(one for one in asked if one.id not in ruling.instead_of or one.id is None)
            asked += (Asked(ruling.act_at, candidate.key, survey=candidate.survey_key, metrics=candidate.metrics, chose_first=True),)


def _is_open(known: Known) -> bool:
    if known.verdict is Verdict.SKIP:
        was_asked = any(earlier["verdict"] == Verdict.SEND for earlier in known.history)
        return known.reason in _OPEN_AGAIN and not was_asked
    return known.verdict is Verdict.DELAY


async def _conclude(
    case: Case, candidate: Candidate, known: Known | None, ruling: Ruling, facts: Facts, conclusions: Conclusions
) -> UUID | None:
    """The decision's id if it says something new."""
    if ruling.verdict is Verdict.DELAY and ruling.act_at:
        conclusions.look_again(case.contact_id, ruling.act_at)
    if ruling.reason is Reason.SETTLING:
        return None
    if known is None:
        return conclusions.decided(case, candidate, ruling, facts)
    return known.id if await decisions.revise(case, known, candidate, ruling, facts) else None


async def _plan(case: Case, candidate: Candidate, decision_id: UUID, ruling: Ruling, send_at: datetime) -> Plan:
    if candidate.version_id is None or case.person is None or ruling.channel is None:
        raise ValueError("Only a published survey can be sent, over a channel, to a customer.")
    questionnaire = await questionnaire_in(candidate.version_id)
    return Plan(
        survey_id=candidate.survey_id,
        version_id=candidate.version_id,
        channel=Channel(ruling.channel),
        language=language_among(questionnaire.languages, _language(case, candidate.rules.language)),
        send_at=send_at,
        expires_at=send_at + timedelta(days=candidate.rules.expire_days),
        decision_id=decision_id,
        policy_id=candidate.policy_id,
        customer_id=case.person.id,
        contact_id=case.contact_id,
        variant=candidate.variant,
    )


def _language(case: Case, wanted: str) -> str | None:
    """The language a policy wishes for: the customer's, that of the contact (its attribute `language`), or one for everybody."""
    own = case.person.facts.language if case.person else None
    if wanted == CONTACTS_OWN:
        return (case.contact.attributes.get("language") if case.contact else None) or own
    return own if wanted == CUSTOMERS_OWN else wanted
