"""What a response means: a reading for each text, a score for each metric."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from voc.core import clock, live
from voc.core.access import Action, Actor
from voc.core.db import as_json, as_moment, execute, execute_many, marks, padded, rows
from voc.core.events import emit_many
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.insight.events import ResponseTagged
from voc.insight.facts import Facts, facts_of
from voc.insight.sentiment.analysers import analyse
from voc.insight.sentiment.analysis import Analysis
from voc.responses.queries import questionnaire_by_version
from voc.surveys import questions
from voc.surveys.course import metrics_of

_ANSWERED = """
    SELECT a.response_id, a.question, a.kind, a.number, a.text, a.answered_at,
           s.id AS score_id, s.value, s.band, s.low, s.high, s.is_counted,
           g.id AS reading_id, g.label, g.score, g.sentence, g.evidence, g.language, g.analyser, g.analyser_version
    FROM answer a
    LEFT JOIN score s ON s.response_id = a.response_id AND s.question = a.question AND s.superseded_at IS NULL
    LEFT JOIN reading g ON g.response_id = a.response_id AND g.question = a.question AND g.superseded_at IS NULL
    WHERE a.response_id IN ({})"""


@verb(Action.UNDERSTAND)
async def tag_response(actor: Actor, ref: str) -> None:
    """Give every text answer a reading and every metric question a score, with the facts of this moment.

    What changed supersedes what was; what did not is left alone, so that this may run any number of times. Answers of tests and
    suspect ones are read too, but not counted. ResponseTagged follows also when there was nothing to read.
    """
    await _tag([ref])


@verb(Action.UNDERSTAND)
async def tag_responses(actor: Actor, refs: Sequence[str]) -> None:
    """As `tag_response`, for several responses in as many statements as for one."""
    await _tag(refs)


@verb(Action.UNDERSTAND)
async def refresh_facts(actor: Actor, ref: str) -> None:
    """Fill in what was not yet known of the scores' contact and customer, once a response has been joined; known facts stay."""
    for facts in await facts_of([UUID(ref)]):
        news = {name: value for name, value in facts.known.items() if value is not None}
        if news:
            filled = ", ".join(f"{name} = COALESCE({name}, ?)" for name in news)
            await execute(f"UPDATE score SET {filled} WHERE response_id = ? AND superseded_at IS NULL", *news.values(), facts.response_id)


@dataclass(slots=True)
class _News:
    """Rows that come, ids of those that go, and ids of scores that begin or cease to be counted."""

    scores: list[dict[str, object]] = field(default_factory=list)
    readings: list[dict[str, object]] = field(default_factory=list)
    scores_replaced: list[Any] = field(default_factory=list)
    readings_replaced: list[Any] = field(default_factory=list)
    judged_anew: list[tuple[bool, Any]] = field(default_factory=list)

    async def write(self) -> None:
        await _supersede("score", self.scores_replaced)
        await _supersede("reading", self.readings_replaced)
        if self.judged_anew:
            await execute_many("UPDATE score SET is_counted = ? WHERE id = ?", self.judged_anew)
        await _insert("score", self.scores)
        await _insert("reading", self.readings)


async def _tag(refs: Sequence[str]) -> None:
    found = await facts_of(UUID(ref) for ref in refs)
    ids = padded([facts.response_id for facts in found])
    answered: dict[str, list[Mapping[str, Any]]] = {str(one): [] for one in ids}
    for row in await rows(_ANSWERED.format(marks(ids)), *ids) if ids else []:
        answered[str(row["response_id"])].append(row)
    news = _News()
    for facts in found:
        stands = answered[str(facts.response_id)]
        asked = metrics_of(await questionnaire_by_version(facts.version_id))
        if facts.is_tagged or any(row["score_id"] or row["reading_id"] for row in stands):
            await _supersede_withdrawn(facts.response_id)
        _score(facts, asked, stands, news)
        _read(facts, stands, news)
    await news.write()
    await emit_many(ResponseTagged(facts.response_id) for facts in found)
    await live.note_many("response", [(facts.response_id, facts.team_id) for facts in found])


def _score(facts: Facts, asked: Mapping[str, questions.Metric], answered: Iterable[Mapping[str, Any]], news: _News) -> None:
    for row in answered:
        question = asked.get(row["question"])
        score = None if question is None or row["number"] is None else _new_score(facts, question, row)
        if row["score_id"] and (score is None or not _is_same_score(row, score)):
            news.scores_replaced.append(row["score_id"])
        elif row["score_id"]:
            if bool(row["is_counted"]) != facts.is_counted:
                news.judged_anew.append((facts.is_counted, row["score_id"]))
            continue
        if score is not None:
            news.scores.append(score)


def _read(facts: Facts, answered: Iterable[Mapping[str, Any]], news: _News) -> None:
    for row in answered:
        text = row["text"] if row["kind"] == questions.Text.kind else None
        analysis = analyse(text, facts.language) if text and not text.isspace() else None
        if row["reading_id"]:
            if analysis is not None and _is_same_reading(row, analysis):
                continue
            news.readings_replaced.append(row["reading_id"])
        if analysis is not None:
            news.readings.append(_new_reading(facts, row["question"], analysis))


def _new_score(facts: Facts, question: questions.Metric, row: Mapping[str, Any]) -> dict[str, object]:
    low, high = question.ends
    return {
        "id": new_id(),
        "response_id": facts.response_id,
        "question": question.id,
        "metric": question.kind,
        "value": row["number"],
        "low": low,
        "high": high,
        "band": question.band(row["number"]).value,
        "survey_id": facts.survey_id,
        "version_id": facts.version_id,
        **facts.known,
        "channel": facts.channel,
        "language": facts.language,
        "is_counted": facts.is_counted,
        "answered_at": as_moment(row["answered_at"]),
    }


def _new_reading(facts: Facts, question: str, analysis: Analysis) -> dict[str, object]:
    return {
        "id": new_id(),
        "response_id": facts.response_id,
        "question": question,
        "language": analysis.language,
        "language_from": analysis.language_from,
        "label": analysis.label.value,
        "score": analysis.score,
        "sentence": analysis.sentence,
        "evidence": [one.as_row() for one in analysis.evidence],
        "analyser": analysis.analyser,
        "analyser_version": analysis.analyser_version,
        "read_at": clock.now(),
    }


def _is_same_score(row: Mapping[str, Any], score: Mapping[str, Any]) -> bool:
    return all(row[name] == score[name] for name in ("value", "low", "high", "band"))


def _is_same_reading(row: Mapping[str, Any], analysis: Analysis) -> bool:
    stands = row["label"], row["score"], row["sentence"], row["language"], row["analyser"], row["analyser_version"]
    says = analysis.label, analysis.score, analysis.sentence, analysis.language, analysis.analyser, analysis.analyser_version
    return stands == says and as_json(row["evidence"]) == [one.as_row() for one in analysis.evidence]


async def _insert(table: str, made: list[dict[str, object]]) -> None:
    """All rows in one go. Every answer of every customer passes here, and the ORM would take as long as the reading itself."""
    if made:
        await execute_many(f"INSERT INTO {table} ({', '.join(made[0])}) VALUES ({marks(made[0])})", [one.values() for one in made])


async def _supersede(table: str, ids: list[Any]) -> None:
    if ids:
        await execute(f"UPDATE {table} SET superseded_at = ? WHERE id IN ({marks(ids)})", clock.now(), *ids)


async def _supersede_withdrawn(response_id: UUID) -> None:
    """An answer that was taken back leaves no score and no reading."""
    now: datetime = clock.now()
    for table in ("score", "reading"):
        await execute(
            f"""UPDATE {table} SET superseded_at = ? WHERE response_id = ? AND superseded_at IS NULL
                AND question NOT IN (SELECT question FROM answer WHERE response_id = ?)""",
            now,
            response_id,
            response_id,
        )
