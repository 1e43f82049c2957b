"""One table says who may do what; every verb asks it."""

from importlib import import_module

from tests.house.source import ROOT, product_files
from voc.core.access import GRANTS, PEOPLE, Action, Actor, Held, Role, Rows
from voc.core.ids import new_id
from voc.core.verb import VERBS


def test_every_action_is_granted_to_somebody_for_a_reason() -> None:
    assert set(GRANTS) == set(Action)
    assert all(grants and all(grant.reason for grant in grants) for grants in GRANTS.values())


def test_every_action_is_asked_somewhere() -> None:
    text = "\n".join(path.read_text("utf-8") for path in product_files() if path.name != "access.py")
    assert not [action for action in Action if f"Action.{action.name}" not in text]


def test_every_verb_lives_in_a_room_or_the_command_line() -> None:
    for path in product_files():
        if path.name not in ("__main__.py",):
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    rooms = {name.split(".")[1] for name in VERBS}
    assert rooms <= {"core", "staff", "customers", "surveys", "outreach", "responses", "insight", "followup", "connect", "api", "cli"}


def test_a_role_for_one_team_reaches_that_team_only() -> None:
    mine, other = new_id(), new_id()
    handler = Actor("Sanne", frozenset({Held(Role.HANDLER, mine)}))
    assert handler.reach(Action.WORK_TASK).covers(mine)
    assert not handler.reach(Action.WORK_TASK).covers(other)
    assert not handler.reach(Action.WORK_TASK).covers(None)


def test_a_role_held_for_all_teams_reaches_all_rows() -> None:
    assert Actor("Sanne", frozenset({Held(Role.HANDLER)})).reach(Action.WORK_TASK).all


def test_a_token_scope_narrows_but_never_widens() -> None:
    narrow = Actor("IVR", frozenset({Held(Role.INTEGRATION)}), scope=frozenset({Action.RECORD_CONTACT, Action.EDIT_STAFF}))
    assert narrow.may(Action.RECORD_CONTACT)
    assert not narrow.may(Action.UPSERT_CUSTOMER)
    assert not narrow.may(Action.EDIT_STAFF)


def test_a_stranger_may_only_knock() -> None:
    assert [action for action in Action if Actor.stranger().may(action)] == [Action.SIGN_IN]


def test_nobody_but_the_worker_sends_and_understands() -> None:
    for action in (Action.SEND, Action.UNDERSTAND):
        assert [role for role in Role if Actor("x", frozenset({Held(role)})).may(action)] == [Role.SYSTEM]


def test_team_grants_belong_to_people_who_can_hold_a_team() -> None:
    assert all(grant.role in PEOPLE for grants in GRANTS.values() for grant in grants if grant.rows is Rows.TEAM)
