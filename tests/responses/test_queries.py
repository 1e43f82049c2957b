"""Who sees which responses, and reading many at once in one statement each."""

from types import ModuleType

import pytest

from tests.makers import Story
from tests.responses.asked import asked
from tests.responses.conftest import Told
from tests.responses.presses import link, send
from voc.core.access import Action, Actor, Held, Role
from voc.core.db import count_statements
from voc.core.ids import new_id
from voc.customers.models import Contact
from voc.responses.call_back import ask_call_back
from voc.responses.own import own_responses
from voc.responses.queries import answers_of, call_backs_of, responses_visible_to, values_of


@pytest.mark.parametrize(
    ("role", "own_team", "seen"),
    [
        (Role.ANALYST, False, {"billing", "repair"}),
        (Role.HANDLER, True, {"billing"}),
        (Role.AGENT, True, {"billing"}),
        (Role.HANDLER, False, {"billing", "repair"}),
        (Role.RESPONDENT, False, set()),
        (Role.STRANGER, False, set()),
    ],
)
async def test_teams_see_what_concerns_them_and_analysts_see_all(
    clock: ModuleType, told: Told, database_url: str, role: Role, own_team: bool, seen: set[str]
) -> None:
    story = Story(database_url)
    teams = {key: await story.team(key) for key in ("billing", "repair")}
    first = await asked()
    for one, team in ((first, teams["billing"]), (await asked(first.version), teams["repair"])):
        await Contact.filter(id=one.contact.id).update(team_id=team.id)
        await send(one, {"nps": "9"})
    actor = Actor("x", frozenset({Held(role, teams["billing"].id if own_team else None)}))
    visible = await responses_visible_to(actor).prefetch_related("contact")
    keys = {team.id: key for key, team in teams.items()}
    assert {keys[response.contact.team_id] for response in visible if response.contact and response.contact.team_id} == seen
    narrow = Actor("x", frozenset({Held(role)}), scope=frozenset({Action.SEE_METRICS}))
    assert await responses_visible_to(narrow).count() == 0


async def test_answers_values_and_wishes_of_many_come_in_one_statement_each(clock: ModuleType, told: Told) -> None:
    first = await asked()
    second = await asked(first.version)
    await send(first, {"nps": "2", "why": "Late.", "what_went_wrong": ["late", "other"], "what_went_wrong_other": "Wet"})
    await send(second, {"nps": "9"})
    links = [await link(first), await link(second)]
    await ask_call_back(links[0].holder(), links[0], phone=None, window="morning")
    ids = [one.response_id for one in links if one.response_id]
    with count_statements() as statements:
        answers, values, wishes = await answers_of(ids), await values_of(ids), await call_backs_of(ids)
    assert statements.count == 3
    assert values[ids[0]] == {"nps": 2, "why": "Late.", "what_went_wrong": ["late", "other"], "what_went_wrong_other": "Wet"}
    assert [(one.question, one.kind, one.value, one.number, one.text) for one in answers[ids[0]]] == [
        ("nps", "nps", 2, 2.0, None),
        ("why", "text", "Late.", None, "Late."),
        ("what_went_wrong", "multiple_choice", ["late", "other"], None, None),
        ("what_went_wrong_other", "text", "Wet", None, "Wet"),
    ]
    assert {one: wish.window for one, wish in wishes.items()} == {ids[0]: "morning"}
    assert (await answers_of([]), await values_of([]), await values_of([unknown := new_id()])) == ({}, {}, {unknown: {}})


async def test_a_customers_own_answers_are_all_of_theirs(clock: ModuleType, told: Told) -> None:
    first = await asked()
    other = await asked(first.version)
    await send(first, {"nps": "2"})
    await send(other, {"nps": "9"})
    assert [dict(one.answers) for one in await own_responses(first.invitation.id)] == [{"nps": 2}]


async def test_a_press_takes_few_statements(clock: ModuleType, told: Told) -> None:
    one = await asked()
    again = await asked(one.version)
    await send(one, {"nps": "9"})
    found = await link(again)
    with count_statements() as statements:
        assert found.response_id is None
        await send(again, {"nps": "9", "why": "Quick."})
    # The link, the response, its answers, the invitation, and a job for each thing that follows (one here).
    assert statements.count == 5
