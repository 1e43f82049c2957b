"""Routes are documents that are refused with every fault at its place, and the team they choose comes with the reason."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc.core.errors import Invalid
from voc.core.ids import new_id
from voc.followup.routing import NoTeam, Placed, Pointers, TeamCard, because, choose_team, faulty
from voc.followup.rules import By, Place, Rules, dump, parse
from voc.followup.states import Priority

CARE = TeamCard(new_id(), "care", ("general",), is_fallback=True)
BILLING = TeamCard(new_id(), "billing", ("invoices", "refunds"))
RETURNS = TeamCard(new_id(), "returns", ("returns",))
TEAMS = (CARE, BILLING, RETURNS)
HOURS = "`due_hours` is a number of business hours above 0 and up to 2000."
UNHAPPY: dict[str, Any] = {
    "when": "scores.nps <= 6 || response.wants_call_back",
    "teams": [
        "contact_team",
        {"by": "queue"},
        {"by": "topic", "question": "reason", "teams": {"late": "returns"}},
        {"by": "segment", "teams": {"gold": "billing"}},
        {"by": "team", "team": "care"},
    ],
    "due_hours": 4,
    "priority": "high",
    "title": "Call back",
}


def test_a_whole_route_is_read() -> None:
    assert parse(UNHAPPY) == Rules(
        when="scores.nps <= 6 || response.wants_call_back",
        teams=(
            Place(by=By.CONTACT_TEAM),
            Place(by=By.QUEUE),
            Place(by=By.TOPIC, question="reason", teams={"late": "returns"}),
            Place(by=By.SEGMENT, teams={"gold": "billing"}),
            Place(by=By.TEAM, team="care"),
        ),
        due_hours=4,
        priority=Priority.HIGH,
        title="Call back",
    )


def test_what_is_left_out_has_its_default() -> None:
    assert parse({"when": " true "}) == Rules(when="true", teams=(Place(by=By.CONTACT_TEAM), Place(by=By.QUEUE)), due_hours=8)


@pytest.mark.parametrize("document", [UNHAPPY, {"when": "true"}, {"when": "true", "teams": []}])
def test_a_written_route_is_read_as_the_same_route(document: dict[str, Any]) -> None:
    assert parse(dump(parse(document))) == parse(document)
    assert dump(parse(dump(parse(document)))) == dump(parse(document))


@pytest.mark.parametrize(
    ("document", "path", "message"),
    [
        ({}, "rules.when", "A route needs `when`: a condition in CEL such as `scores.nps <= 6`; `true` is every response."),
        ({"when": "scores.nsp <= 6"}, "rules.when", "`scores` has no `nsp`. Did you mean `scores.nps`? (line 1, column 7)"),
        ({"when": "reading.label == 3"}, "rules.when", "`==` cannot put text beside a number. (line 1, column 15)"),
        ({"when": 3}, "rules.when", "`when` is a condition in CEL, such as `scores.nps <= 6`; write `true` for every response."),
        ({"when": "true", "due_hour": 3}, "rules.dueHour", "There is no `due_hour` here. Did you mean `due_hours`?"),
        ({"when": "true", "due_hours": 0}, "rules.dueHours", HOURS),
        ({"when": "true", "due_hours": float("nan")}, "rules.dueHours", HOURS),
        ({"when": "true", "due_hours": True}, "rules.dueHours", HOURS),
        ({"when": "true", "priority": "asap"}, "rules.priority", "`priority` is one of low, normal, high, urgent."),
        ({"when": "true", "title": "x" * 201}, "rules.title", "`title` is text of at most 200 characters."),
        ({"when": "true", "teams": "care"}, "rules.teams", "`teams` is a list of ways to find the team, the first choice first."),
        (
            {"when": "true", "teams": [{"by": "weather"}]},
            "rules.teams[0].by",
            "Say how the team is found: `by` is one of contact_team, queue, topic, segment, team.",
        ),
        ({"when": "true", "teams": [{"by": "team"}]}, "rules.teams[0].team", "`team` is a key: text of at most 64 characters."),
        (
            {"when": "true", "teams": [{"by": "segment", "teams": {}}]},
            "rules.teams[0].teams",
            "`teams` says which value belongs to which team, as in `{gold: key-accounts}`.",
        ),
        (
            {"when": "true", "teams": [{"by": "queue", "queue": "x"}]},
            "rules.teams[0].queue",
            "There is no `queue` here. There are `by`.",
        ),
        (
            {"when": "true", "teams": [{"by": "team", "team": "care"}, "queue"]},
            "rules.teams[1]",
            "This is never reached: the choice before it always finds its team.",
        ),
    ],
)
def test_a_wrong_route_is_refused_at_its_place_with_the_way_out(document: dict[str, Any], path: str, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(document)
    assert [(fault.path, fault.message) for fault in refused.value.faults] == [(path, message)]


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        parse({"when": "", "due_hours": -1, "priority": 1, "colour": "red"}, at="input.rules")
    paths = [fault.path for fault in refused.value.faults]
    assert paths == ["input.rules.colour", "input.rules.when", "input.rules.dueHours", "input.rules.priority"]


def read(document: dict[str, Any]) -> Rules | Invalid:
    try:
        return parse(document)
    except Invalid as refused:
        return refused


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_whatever_is_sent_is_read_or_refused(value: object) -> None:
    for name in ("when", "teams", "due_hours", "priority", "title"):
        found = read({"when": "true", name: value})
        assert isinstance(found, Rules) or found.faults
    assert isinstance(read({"when": "true", "teams": [value]}), Rules | Invalid)


PLACES = parse(UNHAPPY).teams[:-1]


@pytest.mark.parametrize(
    ("pointers", "placed"),
    [
        (Pointers(contact_team="billing", queue="returns"), Placed(BILLING, "contact_team")),
        (Pointers(contact_team="closed-down", queue="returns", segment="gold"), Placed(RETURNS, "queue:returns")),
        (Pointers(queue="unknown", answers={"reason": ["broken", "late"]}, segment="gold"), Placed(RETURNS, "topic:reason = late")),
        (Pointers(answers={"reason": ["broken"]}, segment="gold"), Placed(BILLING, "segment:gold")),
        (Pointers(segment="tin"), Placed(CARE, "fallback")),
        (Pointers(), Placed(CARE, "fallback")),
    ],
)
def test_the_first_choice_that_points_to_a_team_wins(pointers: Pointers, placed: Placed) -> None:
    assert choose_team(PLACES, pointers, TEAMS) == placed


def test_a_fixed_team_that_no_longer_exists_falls_back() -> None:
    assert choose_team([Place(by=By.TEAM, team="gone")], Pointers(), TEAMS) == Placed(CARE, "fallback")
    assert choose_team([Place(by=By.TEAM, team="returns")], Pointers(contact_team="billing"), TEAMS) == Placed(RETURNS, "team")


def test_a_faulty_route_goes_to_the_fallback_team_and_says_why() -> None:
    placed = faulty("The condition takes too many steps." + "." * 400, TEAMS)

    assert (placed.team, placed.is_fallback, len(placed.reason)) == (CARE, True, 300)
    assert placed.reason.startswith("fault:The condition takes too many steps.")


def test_without_any_fallback_team_it_is_said() -> None:
    with pytest.raises(NoTeam):
        choose_team(PLACES, Pointers(), [BILLING])


@pytest.mark.parametrize(
    ("reason", "language", "sentence"),
    [
        ("contact_team", "en", "This team had the contact."),
        ("queue:returns", "nl", "Dit team bedient wachtrij returns."),
        ("segment:gold", "de", "This team looks after segment gold."),
        ("fault:No such thing: at all.", "en", "The route could not be decided: No such thing: at all."),
        ("fallback", "nl", "Er is geen ander team voor gevonden."),
        ("something older", "en", "something older"),
    ],
)
def test_the_reason_is_said_in_words(reason: str, language: str, sentence: str) -> None:
    assert because(reason, language) == sentence
