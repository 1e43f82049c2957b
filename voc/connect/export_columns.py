"""The columns of an export of responses: the facts that every response has, and those of each question. PURE."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from voc.core.formulas import guarded
from voc.responses.answers import kind_of
from voc.surveys.course import course_of
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Asked as Answerable
from voc.surveys.questions import Metric, Text

FACTS = {
    "responseId": "id",
    "survey": "survey",
    "version": "version",
    "state": "state",
    "channel": "channel",
    "language": "language",
    "begunAt": "begun_at",
    "submittedAt": "submitted_at",
    "changedAt": "changed_at",
    "suspect": "suspect",
    "invitationId": "invitation_id",
    "customerId": "customer_id",
    "crmId": "crm_id",
    "customerExternalIds": "known_as",
    "contactId": "contact_id",
    "contactSystem": "contact_system",
    "contactExternalId": "contact_external_id",
    "touchpoint": "touchpoint",
    "team": "team",
    "queue": "queue",
    "agent": "agent",
    "contactStartedAt": "contact_started_at",
    "contactEndedAt": "contact_ended_at",
    "taskIds": "task_ids",
}
HIDDEN = "***"
MOMENTS = ("begun_at", "submitted_at", "changed_at", "contact_started_at", "contact_ended_at")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a survey, and what follows from its answer: metric and band of a score, mood of a text."""

    survey: str
    question: str
    prefix: str
    has_score: bool = False
    has_reading: bool = False
    is_sensitive: bool = False
    column: str = ""

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
        more = ["metric", "band"] if self.has_score else ["mood", "moodScore"] if self.has_reading else []
        name = f"{self.prefix}{self.column or self.question}"
        return [name, *(f"{name}.{one}" for one in more)]

    def cells(
        self,
        answers: Mapping[str, Any],
        scores: Mapping[str, Mapping[str, Any]],
        readings: Mapping[str, Mapping[str, Any]],
        *,
        is_hidden: bool = False,
    ) -> list[object]:
        """The cells of one response. What was answered to a sensitive question is stars where `is_hidden`."""
        answer = answers.get(self.question)
        found = [HIDDEN if is_hidden and self.is_sensitive and answer is not None else cell(answer)]
        if self.has_score:
            score = scores.get(self.question, {})
            found += [cell(score.get("metric")), cell(score.get("band"))]
        elif self.has_reading:
            reading = readings.get(self.question, {})
            found += [cell(reading.get("label")), cell(reading.get("score"))]
        return found


def asked_in(questionnaire: Questionnaire, survey: str, prefix: str) -> Iterator[Asked]:
    """Everything that can be answered in a questionnaire, in order: each name a column, own words and comments with their reading.

    A column is called by the question's code where it has one of its own, else by its id.
    """
    course = course_of(questionnaire)
    named = Counter(question.code or question.id for question in course.questions.values())
    for question in course.questions.values():
        is_sensitive = isinstance(question, Answerable) and question.sensitive
        begins = question.code if named[question.code] == 1 else question.id
        for name in course.names[question.id]:
            has_score = isinstance(question, Metric) and name == question.id
            has_reading = kind_of(questionnaire, name) == Text.kind
            yield Asked(survey, name, prefix, has_score, has_reading, is_sensitive, begins + name.removeprefix(question.id))


def cell(value: object) -> object:
    """A value as a cell: moments in UTC, several choices with | between them, and no text that a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, list):
        return guarded("|".join(str(one) for one in value))
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 4)
    return guarded(value) if isinstance(value, str) else value
