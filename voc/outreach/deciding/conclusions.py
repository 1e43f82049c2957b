"""What deciding several cases comes to, written down in a few statements once all of them are decided."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from voc.core import jobs
from voc.outreach.deciding import decisions
from voc.outreach.deciding.candidates import Candidate
from voc.outreach.deciding.case import Case
from voc.outreach.deciding.displace import let_give_way
from voc.outreach.deciding.facts import Facts
from voc.outreach.deciding.policy import Ruling
from voc.outreach.delivering.plan import Plan, plan_invitations

DECIDE = "outreach.decide"


class _Ask(NamedTuple):
    plan: Plan
    policy_key: str
    instead_of: tuple[UUID, ...]


class Conclusions:
    """New decisions, invitations to plan and looks to come; nothing of it is there before `write`."""

    def __init__(self) -> None:
        self._decided: list[dict[str, Any]] = []
        self._asks: list[_Ask] = []
        self._looks: list[jobs.ToDo] = []

    def decided(self, case: Case, candidate: Candidate | None, ruling: Ruling, facts: Facts | None) -> UUID:
        """A decision that was not made before; gives its id."""
        self._decided.append(decisions.new(case, candidate, ruling, facts))
        return UUID(str(self._decided[-1]["id"]))

    def ask(self, plan: Plan, policy_key: str, instead_of: tuple[UUID, ...]) -> None:
        """An invitation of the policy, in the place of planned ones."""
        self._asks.append(_Ask(plan, policy_key, instead_of))

    def look_again(self, contact_id: UUID, at: datetime) -> None:
        """Decide the contact once more then."""
        self._looks.append(jobs.ToDo(DECIDE, contact_id, at, f"decide:{contact_id}:{round(at.timestamp() * 1_000_000)}"))

    async def write(self) -> None:
        """Write all of it, within a verb that holds the customers. What another worker has decided meanwhile is left as that has it."""
        mine = await decisions.write(self._decided)
        theirs = {row["id"] for row in self._decided} - mine
        asks = [one for one in self._asks if one.plan.decision_id not in theirs]
        for one in asks:
            await let_give_way(one.instead_of, one.policy_key, one.plan.send_at)
        await plan_invitations([one.plan for one in asks])
        await jobs.add_all(self._looks)
