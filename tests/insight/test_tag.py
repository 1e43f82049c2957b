"""Tagging: each text gets a reading, each metric a score with the facts of that moment, once, however often it runs."""

from datetime import timedelta
from decimal import Decimal
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from tests.followup import makers
from voc.core import events
from voc.core.access import Actor, Role
from voc.core.db import as_moment, count_statements, rows
from voc.core.errors import Forbidden
from voc.core.ids import new_id
from voc.core.jobs import Reaction
from voc.customers.models import Channel
from voc.insight.events import ResponseTagged
from voc.insight.models import Label, Metric, Reading, Score
from voc.insight.queries import comments_visible_to, readings_of, scores_of, scores_visible_to
from voc.insight.tag import refresh_facts, tag_response, tag_responses
from voc.responses.models import Answer, Response

pytestmark = pytest.mark.usefixtures("db", "clock")
SYSTEM = Actor.system("insight.tag")


async def tag(response: Response) -> None:
    await tag_response(SYSTEM, str(response.id))


async def scores(response: Response) -> list[Score]:
    return (await scores_of([response.id]))[response.id]


async def readings(response: Response) -> list[Reading]:
    return (await readings_of([response.id]))[response.id]


async def tagged() -> list[UUID]:
    return [UUID(row["ref"]) for row in await rows("SELECT ref FROM job WHERE kind = 'test.tagged' ORDER BY id")]


@pytest.fixture
def told(db: str) -> None:
    """ResponseTagged is followed by a job that can be counted."""

    async def nothing(actor: Actor, ref: str) -> None:
        """Nothing to do."""

    events.install({ResponseTagged: (Reaction("test.tagged", nothing),)})


async def test_every_metric_gets_a_score_with_the_facts_of_that_moment(clock: ModuleType) -> None:
    version, billing = await makers.survey(), await makers.team("billing")
    anna = await makers.customer(segment="gold", value_amount=Decimal("1250.50"), value_currency="EUR")
    call = await makers.contact(anna, billing, agent_key="sara", touchpoint="after-call")
    response = await makers.response(version, {"nps": 3, "csat": 4, "ces": 6, "reason": "late"}, after=call, language="nl")

    await tag(response)

    seen = {score.metric: score for score in await scores(response)}
    assert {metric: (score.value, score.low, score.high, score.band) for metric, score in seen.items()} == {
        Metric.NPS: (3, 0, 10, "detractor"),
        Metric.CSAT: (4, 1, 5, "satisfied"),
        Metric.CES: (6, 1, 7, "easy"),
    }
    score = seen[Metric.NPS]
    assert (score.survey_id, score.version_id, score.team_id) == (version.survey_id, version.id, billing.id)
    assert (score.touchpoint, score.agent_key, score.segment, score.channel, score.language) == (
        ("after-call", "sara", "gold", Channel.EMAIL, "nl")
    )
    assert (score.value_amount, score.value_currency, score.is_counted) == (Decimal("1250.50"), "EUR", True)
    assert score.answered_at == clock.now()


async def test_an_english_comment_is_read_with_the_words_that_say_so() -> None:
    why = "Three calls and still no help. The agent was rude!"
    response = await makers.response(await makers.survey(), {"nps": 1, "why": why})

    await tag(response)

    (reading,) = await readings(response)
    assert (reading.question, reading.label, reading.language, reading.language_from) == ("why", Label.NEGATIVE, "en", "survey")
    assert (reading.analyser, reading.sentence) == ("vader", "The agent was rude!")
    assert reading.score is not None
    assert reading.score < 0
    assert [(why[one["start"] : one["end"]], one["word"]) for one in reading.evidence] == [("help", "help"), ("rude", "rude")]


async def test_a_dutch_comment_gets_a_reading_that_says_that_nobody_read_it() -> None:
    response = await makers.response(await makers.survey(), {"why": "Ik wacht al drie weken, niemand belt terug."}, language="nl")

    await tag(response)

    (reading,) = await readings(response)
    assert (reading.label, reading.score, reading.language, reading.analyser) == (Label.UNKNOWN, None, "nl", "none")
    assert reading.analyser_version == "no analyser knows this language"


async def test_words_typed_at_something_else_are_read_too_but_blanks_and_choices_are_not() -> None:
    answers = {"reason": "other", "reason_other": "The app is horrible", "why": "  \n"}
    response = await makers.response(await makers.survey(), answers)

    await tag(response)

    assert [(reading.question, reading.label) for reading in await readings(response)] == [("reason_other", Label.NEGATIVE)]


async def test_tagging_twice_changes_nothing() -> None:
    response = await makers.response(await makers.survey(), {"nps": 9, "csat": 5, "why": "Great service, thank you 😊"})
    await tag(response)
    before = await Score.all().values(), await Reading.all().values()

    await tag(response)

    assert (await Score.all().values(), await Reading.all().values()) == before
    assert (len(before[0]), len(before[1])) == (2, 1)


async def test_a_changed_answer_supersedes_what_was_said_and_leaves_the_rest(clock: ModuleType) -> None:
    response = await makers.response(await makers.survey(), {"nps": 9, "csat": 5, "why": "Great service!"})
    await tag(response)
    kept = next(score for score in await scores(response) if score.metric is Metric.CSAT)
    clock.advance(timedelta(hours=2))
    await makers.answer(response, "nps", 2)
    await makers.answer(response, "why", "It broke again. Terrible.")

    await tag(response)

    assert {score.metric: score.value for score in await scores(response)} == {Metric.NPS: 2, Metric.CSAT: 5}
    assert kept.id in {score.id for score in await scores(response)}
    assert [reading.label for reading in await readings(response)] == [Label.NEGATIVE]
    old = await Score.get(superseded_at__isnull=False)
    assert (old.value, old.superseded_at) == (9, clock.now())
    assert await Reading.filter(superseded_at__isnull=False).count() == 1


async def test_an_answer_that_was_taken_back_leaves_no_score_and_no_reading() -> None:
    response = await makers.response(await makers.survey(), {"nps": 9, "why": "Great service!"})
    await tag(response)
    await Answer.filter(response_id=response.id).delete()

    await tag(response)

    assert (await scores(response), await readings(response)) == ([], [])
    assert await Score.filter(superseded_at__isnull=False).count() == 1


@pytest.mark.parametrize("facts", [{"is_test": True}, {"suspect": "posted within 2 seconds"}])
async def test_tests_and_suspect_answers_are_read_but_not_counted(facts: dict[str, Any]) -> None:
    response = await makers.response(await makers.survey(), {"nps": 0, "why": "Awful."}, **facts)

    await tag(response)

    assert [score.is_counted for score in await scores(response)] == [False]
    assert [reading.label for reading in await readings(response)] == [Label.NEGATIVE]


async def test_an_answer_that_turns_out_to_be_a_persons_counts_from_then_on() -> None:
    response = await makers.response(await makers.survey(), {"nps": 0}, suspect="posted within 2 seconds")
    await tag(response)
    await Response.filter(id=response.id).update(suspect="")

    await tag(response)

    assert [(score.is_counted, score.superseded_at) for score in await scores(response)] == [(True, None)]
    assert await Score.all().count() == 1


@pytest.mark.usefixtures("told")
async def test_a_response_is_tagged_also_when_there_was_nothing_to_read() -> None:
    version = await makers.survey()
    silent, spoken = await makers.response(version, {}), await makers.response(version, {"nps": 8, "why": "Fine."})

    await tag(silent)
    await tag(spoken)

    assert await tagged() == [silent.id, spoken.id]
    changes = await rows("SELECT ref FROM change WHERE kind = 'response' ORDER BY seq")
    assert [UUID(row["ref"]) for row in changes] == [silent.id, spoken.id]


@pytest.mark.usefixtures("told")
async def test_a_response_that_is_gone_is_left_in_peace() -> None:
    await tag_response(SYSTEM, str(new_id()))

    assert await tagged() == []


@pytest.mark.usefixtures("told")
async def test_several_responses_are_tagged_in_as_many_statements_as_one() -> None:
    version = await makers.survey()
    first, *others = [await makers.response(version, {"nps": number, "why": "Slow and rude."}) for number in range(4)]
    silent = await makers.response(version, {})
    await tag_response(SYSTEM, str((await makers.response(version, {})).id))  # the questionnaire is known from now on

    with count_statements() as one:
        await tag_response(SYSTEM, str(first.id))
    with count_statements() as several:
        await tag_responses(SYSTEM, [str(response.id) for response in (*others, silent, others[0])] + [str(new_id())])

    assert several.count == one.count, several.texts
    assert [[score.value for score in await scores(response)] for response in (first, *others, silent)] == [[0], [1], [2], [3], []]
    assert [len(await readings(response)) for response in (first, *others, silent)] == [1, 1, 1, 1, 0]
    assert sorted((await tagged())[1:]) == sorted([first.id, *(other.id for other in others), silent.id])


async def test_only_the_worker_tags() -> None:
    lead = await makers.member("Lena", Role.LEAD, None)

    with pytest.raises(Forbidden):
        await tag_response(lead, str(new_id()))


async def test_a_contact_that_becomes_known_later_is_filled_in_and_known_facts_stay() -> None:
    version, billing = await makers.survey(), await makers.team("billing")
    anna = await makers.customer(segment="silver")
    response = await makers.response(version, {"nps": 4}, customer=anna)
    await tag(response)
    call = await makers.contact(anna, billing)
    await type(anna).filter(id=anna.id).update(segment="gold")
    await Response.filter(id=response.id).update(contact_id=call.id)

    await refresh_facts(SYSTEM, str(response.id))

    (score,) = await scores(response)
    assert (score.team_id, score.touchpoint, score.agent_key, score.segment) == (billing.id, "after-call", "sara", "silver")


async def test_tagging_takes_few_statements() -> None:
    version = await makers.survey()
    first = await makers.response(version, {"nps": 9, "why": "Fine."})
    await tag(first)
    full = await makers.response(version, {"nps": 1, "csat": 1, "ces": 2, "why": "Bad.", "reason": "other", "reason_other": "Poor app."})

    with count_statements() as seen:
        await tag(full)

    # facts, answers, scores, readings, the change for subscribers, and one job for each reaction
    reactions = sum("INSERT INTO job" in text for text in seen.texts)
    assert seen.count - reactions <= 5, seen.texts


async def test_reads_take_one_statement_and_answer_for_every_id() -> None:
    version = await makers.survey()
    told, silent = await makers.response(version, {"nps": 9, "why": "Great."}), await makers.response(version, {})
    await tag(told)
    await tag(silent)

    with count_statements() as seen:
        found = await scores_of([told.id, silent.id]), await readings_of([told.id, silent.id])

    assert seen.count == 2
    assert [len(found[0][told.id]), len(found[0][silent.id])] == [1, 0]
    assert [len(found[1][told.id]), len(found[1][silent.id])] == [1, 0]


async def test_a_handler_reads_the_comments_of_their_team_and_tests_are_nobodys() -> None:
    version, billing, returns = await makers.survey(), await makers.team("billing"), await makers.team("returns")
    ours = await makers.response(version, {"nps": 2, "why": "Late again."}, after=await makers.contact(of=billing))
    theirs = await makers.response(version, {"nps": 3, "why": "Broken."}, after=await makers.contact(of=returns))
    trial = await makers.response(version, {"why": "Trying it out."}, after=await makers.contact(of=billing), is_test=True)
    wordless = await makers.response(version, {"nps": 5}, after=await makers.contact(of=billing))
    for response in (ours, theirs, trial, wordless):
        await tag(response)
    handler = await makers.member("Hans", Role.HANDLER, billing)
    analyst = await makers.member("Ana", Role.ANALYST, None)
    designer_of_nothing = Actor.stranger()

    assert {one.id for one in await comments_visible_to(handler)} == {ours.id}
    assert {one.id for one in await comments_visible_to(analyst)} == {ours.id, theirs.id}
    assert await comments_visible_to(designer_of_nothing) == []
    assert {one.response_id for one in await scores_visible_to(handler)} == {ours.id, wordless.id}
    assert {one.response_id for one in await scores_visible_to(analyst)} == {ours.id, theirs.id, wordless.id}


async def test_moments_of_scores_come_back_aware_on_both_databases() -> None:
    response = await makers.response(await makers.survey(), {"nps": 7})
    await tag(response)

    (row,) = await rows("SELECT answered_at FROM score WHERE response_id = ?", response.id)

    assert as_moment(row["answered_at"]) == (await scores(response))[0].answered_at
