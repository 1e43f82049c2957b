"""An organisation and its customers, made through the verbs of the rooms: what tests above the rooms begin with."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from voc.core import clock
from voc.core.access import Actor, Role
from voc.core.ids import new_id
from voc.core.jobs.worker import Worker
from voc.customers.drafts import read_contact, read_customer
from voc.customers.models import Channel, Contact, Customer
from voc.customers.record import record_contact
from voc.customers.upsert import upsert_customer
from voc.followup.models import Priority, Route, Task
from voc.followup.raise_task import raise_task
from voc.followup.routes import save_route
from voc.responses.drafts import ResponseDraft
from voc.responses.models import Response
from voc.responses.submit import submit_response
from voc.staff.members import add_member, give_role
from voc.staff.models import Calendar, Member, Team
from voc.staff.queries import actor_of_member
from voc.staff.sign_in import make_link, use_link
from voc.staff.teams import save_calendar, save_team
from voc.surveys import library
from voc.surveys.brands import save_brand
from voc.surveys.draft import create_survey
from voc.surveys.models import Brand, Survey, SurveyVersion
from voc.surveys.publish import publish_survey

SYSTEM = Actor.system("test")
WHY = "Nobody called me back and the bike is still broken. Terrible."
OFFICE_HOURS = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


class Story:
    """What happens in a test, told in sentences. `database_url` is the open database, for the worker."""

    def __init__(self, database_url: str) -> None:
        self.database_url = database_url

    async def team(self, key: str = "service", name: str = "", *, queues: tuple[str, ...] = (), is_fallback: bool = False) -> Team:
        """A team that works from nine to five in Amsterdam; the first one made is the fallback."""
        if not await Calendar.filter(key="office").exists():
            await save_calendar(SYSTEM, "office", name="Office hours", time_zone="Europe/Amsterdam", hours=OFFICE_HOURS)
        first = not await Team.all().exists()
        return await save_team(
            SYSTEM, key, name=name or key.capitalize(), calendar_key="office", queues=queues, is_fallback=is_fallback or first
        )

    async def member(self, name: str, role: Role, team: Team | None = None, *, language: str = "en") -> Member:
        """A colleague with one role, for one team or for all."""
        email = f"{name.split(maxsplit=1)[0].lower()}@example.nl"
        member = await add_member(SYSTEM, name=name, email=email, language=language, time_zone="Europe/Amsterdam")
        await give_role(SYSTEM, member.id, role, team.id if team else None)
        return member

    async def actor(self, member: Member) -> Actor:
        """The colleague as somebody who acts, with the roles of this moment."""
        return await actor_of_member(member)

    async def session(self, member: Member) -> str:
        """The secret of a session of the colleague, as their cookie holds it."""
        return await use_link(Actor.stranger(), (await make_link(SYSTEM, member.id)).rsplit("/", 1)[1])

    async def customer(self, name: str = "Anna de Vries", crm_id: str = "", **facts: Any) -> Customer:
        """A customer the CRM knows."""
        first = name.split(maxsplit=1)[0]
        usual = {"name": name, "firstName": first, "email": f"{first.lower()}@mail.example", "language": "nl"}
        return await upsert_customer(SYSTEM, read_customer({"externalId": crm_id or str(new_id()), **usual, **facts}))

    async def contact(self, customer: Customer | None = None, team: Team | None = None, **facts: Any) -> Contact:
        """A call that ended an hour ago."""
        usual = {
            "system": "contact-centre",
            "externalId": str(new_id()),
            "touchpoint": "after-call",
            "channel": "phone",
            "outcome": "solved",
            "agentKey": "sara",
            "agentName": "Sara",
            "endedAt": (clock.now() - timedelta(hours=1)).isoformat(),
        }
        whose = {"customer": {"id": str(customer.id)}} if customer else {}
        return await record_contact(SYSTEM, read_contact({**usual, **whose, **({"team": team.key} if team else {}), **facts}))

    async def survey(self, ready: str = "csat-after-call") -> SurveyVersion:
        """One of the ready questionnaires, published."""
        if not await Brand.all().exists():
            await save_brand(SYSTEM, "main", name="De Fietsenmakers", from_email="luister@fietsen.example")
        survey = await create_survey(SYSTEM, ready, ready, None, library.load(ready).text)
        return await publish_survey(SYSTEM, survey.id)

    async def response(
        self,
        answers: Mapping[str, Any],
        after: Contact | None = None,
        *,
        survey: str = "csat-after-call",
        language: str = "en",
        **facts: Any,
    ) -> Response:
        """A response that was sent, to a survey that is published now if it was not."""
        if not await Survey.filter(key=survey).exists():
            await self.survey(survey)
        draft = ResponseDraft(
            survey=survey,
            answers=answers,
            channel=Channel.EMAIL,
            language=language,
            contact=after.id if after else None,
            customer=after.customer_id if after else None,
            **facts,
        )
        return await submit_response(SYSTEM, draft)

    async def route(self, key: str = "unhappy", when: str = "scores.csat <= 2", **rules: Any) -> Route:
        """A route that turns responses into tasks."""
        return await save_route(SYSTEM, key, key.capitalize(), {"when": when, **rules})

    async def task(self, title: str = "Call back", team: Team | None = None, **facts: Any) -> Task:
        """A task raised by hand."""
        about = {f"{name}_id": facts.pop(name).id for name in ("customer", "contact", "response") if facts.get(name)}
        priority = facts.pop("priority", Priority.NORMAL)
        return await raise_task(SYSTEM, title=title, team_id=team.id if team else None, priority=priority, **about, **facts)

    async def let_down(self, name: str = "Anna de Vries", why: str = WHY, **facts: Any) -> Task:
        """A customer of the team *service* whose call went badly and who says so, and the task that follows."""
        team = await Team.get_or_none(key="service") or await self.team("service")
        if not await Route.all().exists():
            await self.route(title="Call back after a bad call")
        contact = await self.contact(await self.customer(name, **facts), team)
        response = await self.response({"csat": 1, "solved": False, **({"why": why} if why else {})}, contact)
        await self.let_reactions_run()
        return await Task.get(response_id=response.id)

    async def let_reactions_run(self) -> None:
        """Everything that follows from what happened, until nothing is left to do now."""
        await Worker(self.database_url).run_until_idle()
