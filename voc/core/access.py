"""Who may do what: one table. `@verb` asks it for every write, `visible_to` asks it which rows an actor sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from voc.core.errors import Forbidden, SignInNeeded


class Role(StrEnum):
    """What somebody is here for. A member may hold several, each for one team or for all."""

    DESIGNER = "designer"
    HANDLER = "handler"
    LEAD = "lead"
    AGENT = "agent"
    ANALYST = "analyst"
    ADMIN = "admin"
    AUDITOR = "auditor"
    INTEGRATION = "integration"  # a program: CRM, contact centre, IVR, app
    RESPONDENT = "respondent"  # a customer who holds a secret link
    TRANSLATOR = "translator"  # somebody from outside with a link to one language of one survey
    STRANGER = "stranger"  # anybody
    SYSTEM = "system"  # reactions and routines


PEOPLE = (Role.DESIGNER, Role.HANDLER, Role.LEAD, Role.AGENT, Role.ANALYST, Role.ADMIN, Role.AUDITOR)


class Action(StrEnum):
    """Everything that is asked of the service, by name."""

    SEE_SURVEYS = "see_surveys"
    EDIT_SURVEY = "edit_survey"
    PUBLISH_SURVEY = "publish_survey"
    TRANSLATE = "translate"  # what one's own translator's link is for
    SEE_OUTREACH = "see_outreach"  # touchpoints, policies, decisions, invitations, deliveries
    EDIT_OUTREACH = "edit_outreach"
    SWITCH_POLICY = "switch_policy"  # on, on at a moment, off
    PAUSE = "pause"
    SEND = "send"
    INVITE = "invite"
    HOLD_CUSTOMER = "hold_customer"
    SUPPRESS = "suppress"
    SEE_CUSTOMERS = "see_customers"
    SEE_IDENTITY = "see_identity"  # name, mail and phone unmasked
    RECORD_CONTACT = "record_contact"
    UPSERT_CUSTOMER = "upsert_customer"
    SET_CONSENT = "set_consent"
    SEE_RESPONSES = "see_responses"
    SUBMIT_RESPONSE = "submit_response"
    IMPORT_RESPONSES = "import_responses"
    ANSWER = "answer"  # one's own invitation
    JUDGE_ANSWER = "judge_answer"  # that a scanner may have given
    EXPORT = "export"
    UNDERSTAND = "understand"  # write readings and scores
    SEE_METRICS = "see_metrics"
    SEE_TASKS = "see_tasks"
    RAISE_TASK = "raise_task"
    WORK_TASK = "work_task"
    GIVE_TASK = "give_task"
    EDIT_ROUTES = "edit_routes"
    SEE_BRIEF = "see_brief"
    SEE_STAFF = "see_staff"
    EDIT_STAFF = "edit_staff"  # members, teams, calendars, tokens
    EDIT_WEBHOOKS = "edit_webhooks"
    SEE_JOBS = "see_jobs"
    RUN_JOBS = "run_jobs"
    OWN_ACCOUNT = "own_account"  # one's own password, sessions, language
    SIGN_IN = "sign_in"


class Rows(StrEnum):
    """How far a grant reaches: every row, or those of the teams the role is held for."""

    ALL = "all"
    TEAM = "team"


class Grant(NamedTuple):
    """A role may take an action on some rows, for a reason."""

    role: Role
    rows: Rows
    reason: str


def _all(reason: str, *roles: Role) -> tuple[Grant, ...]:
    return tuple(Grant(role, Rows.ALL, reason) for role in roles)


def _team(reason: str, *roles: Role) -> tuple[Grant, ...]:
    return tuple(Grant(role, Rows.TEAM, reason) for role in roles)


_R = Role
GRANTS: dict[Action, tuple[Grant, ...]] = {
    Action.SEE_SURVEYS: _all("everybody who works here may know what we ask", *PEOPLE, _R.INTEGRATION, _R.SYSTEM),
    Action.EDIT_SURVEY: _all("questionnaires are a designer's work", _R.DESIGNER, _R.ADMIN, _R.SYSTEM),
    Action.PUBLISH_SURVEY: _all("what customers see is a designer's promise", _R.DESIGNER, _R.ADMIN, _R.SYSTEM),
    Action.TRANSLATE: _all("texts of one survey in one language, for whoever got the link", _R.TRANSLATOR),
    Action.SEE_OUTREACH: _all("why somebody was asked is no secret among colleagues", *PEOPLE, _R.INTEGRATION, _R.SYSTEM),
    Action.EDIT_OUTREACH: _all("who gets asked belongs to designers and leads", _R.DESIGNER, _R.LEAD, _R.ADMIN, _R.SYSTEM),
    Action.SWITCH_POLICY: _all("a lead answers for how often customers are asked", _R.LEAD, _R.ADMIN, _R.SYSTEM),
    Action.PAUSE: _all("in an emergency the first who sees it stops it", _R.DESIGNER, _R.LEAD, _R.ADMIN, _R.SYSTEM),
    Action.SEND: _all("only the worker sends", _R.SYSTEM),
    Action.INVITE: _all("another system may ask for a link", _R.INTEGRATION, _R.DESIGNER, _R.LEAD, _R.ADMIN, _R.SYSTEM),
    Action.HOLD_CUSTOMER: _all(
        "an open task or promise keeps surveys away", _R.HANDLER, _R.LEAD, _R.AGENT, _R.ADMIN, _R.INTEGRATION, _R.SYSTEM
    ),
    Action.SUPPRESS: (
        *_all("a customer who says stop is obeyed", _R.RESPONDENT, _R.SYSTEM),
        *_all("and colleagues may say it for them", _R.HANDLER, _R.LEAD, _R.AGENT, _R.ADMIN, _R.INTEGRATION),
    ),
    Action.SEE_CUSTOMERS: _all("the customer's story, identity masked", *PEOPLE, _R.INTEGRATION, _R.SYSTEM),
    Action.SEE_IDENTITY: (
        *_all("who calls or answers for a customer must know who it is", _R.AGENT, _R.LEAD, _R.ADMIN, _R.INTEGRATION, _R.SYSTEM),
        *_team("a handler sees who their team calls back", _R.HANDLER),
    ),
    Action.RECORD_CONTACT: _all("contact centres and agents report contacts", _R.INTEGRATION, _R.AGENT, _R.ADMIN, _R.SYSTEM),
    Action.UPSERT_CUSTOMER: _all("the CRM leads", _R.INTEGRATION, _R.ADMIN, _R.SYSTEM),
    Action.SET_CONSENT: (
        *_all("consent is the customer's", _R.RESPONDENT, _R.SYSTEM),
        *_all("and is told to colleagues and the CRM", _R.INTEGRATION, _R.AGENT, _R.HANDLER, _R.LEAD, _R.ADMIN),
    ),
    Action.SEE_RESPONSES: (
        *_all("who studies answers sees all of them", _R.ANALYST, _R.DESIGNER, _R.LEAD, _R.ADMIN, _R.AUDITOR, _R.INTEGRATION, _R.SYSTEM),
        *_team("handlers and agents see what concerns their team", _R.HANDLER, _R.AGENT),
    ),
    Action.SUBMIT_RESPONSE: _all("other channels bring answers", _R.INTEGRATION, _R.AGENT, _R.ADMIN, _R.SYSTEM),
    Action.IMPORT_RESPONSES: _all(
        "whoever brings a questionnaire along brings its answers", _R.DESIGNER, _R.INTEGRATION, _R.ADMIN, _R.SYSTEM
    ),
    Action.ANSWER: _all("the holder of a link answers for themselves", _R.RESPONDENT),
    Action.JUDGE_ANSWER: _all("who answers for the asking says what a machine pressed", _R.DESIGNER, _R.LEAD, _R.ADMIN, _R.SYSTEM),
    Action.EXPORT: _all(
        "rows leave the house only with those who account for it", _R.ANALYST, _R.LEAD, _R.ADMIN, _R.INTEGRATION, _R.SYSTEM
    ),
    Action.UNDERSTAND: _all("readings and scores are made by the worker", _R.SYSTEM),
    Action.SEE_METRICS: _all("figures without names are for all", *PEOPLE, _R.INTEGRATION, _R.SYSTEM),
    Action.SEE_TASKS: (
        *_all("leads, analysts and auditors look over all teams", _R.ANALYST, _R.ADMIN, _R.AUDITOR, _R.INTEGRATION, _R.SYSTEM),
        *_team("teams see their own tasks", _R.HANDLER, _R.LEAD, _R.AGENT),
    ),
    Action.RAISE_TASK: (
        *_all("routes raise tasks, and agents during a contact", _R.SYSTEM, _R.AGENT, _R.LEAD, _R.ADMIN, _R.INTEGRATION),
        *_team("handlers for their team", _R.HANDLER),
    ),
    Action.WORK_TASK: (
        *_all("somebody must be able to help out", _R.ADMIN, _R.SYSTEM),
        *_team("the team works its own tasks", _R.HANDLER, _R.LEAD),
    ),
    Action.GIVE_TASK: (
        *_all("moving work is a lead's call", _R.ADMIN, _R.SYSTEM),
        *_team("and a handler may hand over", _R.HANDLER, _R.LEAD),
    ),
    Action.EDIT_ROUTES: _all("which team gets what", _R.LEAD, _R.DESIGNER, _R.ADMIN, _R.SYSTEM),
    Action.SEE_BRIEF: _all("whoever has the customer on the line", _R.AGENT, _R.HANDLER, _R.LEAD, _R.ADMIN, _R.INTEGRATION, _R.SYSTEM),
    Action.SEE_STAFF: _all("colleagues know each other", *PEOPLE, _R.SYSTEM),
    Action.EDIT_STAFF: _all("keys to the house", _R.ADMIN, _R.SYSTEM),
    Action.EDIT_WEBHOOKS: _all("where facts are sent", _R.ADMIN, _R.SYSTEM),
    Action.SEE_JOBS: _all("what waits and what failed", _R.ADMIN, _R.AUDITOR, _R.SYSTEM),
    Action.RUN_JOBS: _all("run a dead job again", _R.ADMIN, _R.SYSTEM),
    Action.OWN_ACCOUNT: _all("everybody minds their own account", *PEOPLE, _R.SYSTEM),
    Action.SIGN_IN: _all("the door is open to all, the lock decides", _R.STRANGER, *PEOPLE, _R.SYSTEM),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody holds: for one team, or for all when `team_id` is None."""

    role: Role
    team_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `id` is the member, token or invitation; `scope` narrows what a token may do, None leaves the roles as they are."""

    name: str
    roles: frozenset[Held]
    id: UUID | None = None
    scope: frozenset[Action] | None = None
    language: str = "en"
    time_zone: str = "UTC"
    is_member: bool = False

    @classmethod
    def system(cls, name: str) -> "Actor":
        """A reaction or routine, by the name under which history shows it."""
        return cls(name=name, roles=frozenset({Held(Role.SYSTEM)}))

    @classmethod
    def respondent(cls, invitation_id: UUID, language: str = "en") -> "Actor":
        """Whoever holds the secret link of one invitation."""
        return cls(name="customer", roles=frozenset({Held(Role.RESPONDENT)}), id=invitation_id, language=language)

    @classmethod
    def translator(cls, link_id: UUID, name: str, language: str = "en") -> "Actor":
        """Whoever holds a translator's link, by the name it was given to."""
        return cls(name=name, roles=frozenset({Held(Role.TRANSLATOR)}), id=link_id, language=language)

    @classmethod
    def stranger(cls) -> "Actor":
        """Anybody, before signing in."""
        return cls(name="stranger", roles=frozenset({Held(Role.STRANGER)}))

    @property
    def is_stranger(self) -> bool:
        """Whether nothing is known of the actor."""
        return all(held.role is Role.STRANGER for held in self.roles)

    @property
    def key(self) -> str:
        """A stable name for limits and idempotency, without personal data."""
        return str(self.id) if self.id else self.name

    def has(self, *roles: Role) -> bool:
        """Whether one of the roles is held, for whatever team."""
        return any(held.role in roles for held in self.roles)

    def reach(self, action: Action) -> "Reach":
        """On which rows the actor may take the action."""
        if self.scope is not None and action not in self.scope:
            return Reach.nothing()
        teams: set[UUID] = set()
        for grant in GRANTS[action]:
            for held in self.roles:
                if held.role is grant.role:
                    if grant.rows is Rows.ALL or held.team_id is None:
                        return Reach.everything()
                    teams.add(held.team_id)
        return Reach(False, frozenset(teams))

    def may(self, action: Action) -> bool:
        """Whether there is any row the actor may take the action on."""
        return bool(self.reach(action))

    def must(self, action: Action) -> None:
        """Refuse with SignInNeeded or Forbidden unless the actor may."""
        if not self.may(action):
            if self.is_stranger:
                raise SignInNeeded
            raise Forbidden(f"Your roles do not allow: {action.value.replace('_', ' ')}.")


@dataclass(frozen=True, slots=True)
class Reach:
    """The rows of an action: all of them, or those of some teams."""

    all: bool
    teams: frozenset[UUID] = frozenset()

    @classmethod
    def everything(cls) -> "Reach":
        """No row is out of reach."""
        return cls(True)

    @classmethod
    def nothing(cls) -> "Reach":
        """No row is within reach."""
        return cls(False)

    def covers(self, team_id: UUID | None) -> bool:
        """Whether a row of that team is within reach."""
        return self.all or (team_id is not None and team_id in self.teams)

    def __bool__(self) -> bool:
        return self.all or bool(self.teams)


def held(roles: Iterable[Role]) -> frozenset[Held]:
    """The roles, each for all teams."""
    return frozenset(Held(role) for role in roles)
