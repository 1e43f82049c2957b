"""Whatever is answered to whatever questionnaire: the page, the API and a rehearsal judge it alike and keep the same."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import unescape
from itertools import count
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.responses.asked import Asked, asked, published
from tests.responses.presses import link
from tests.surveys.strategies import answers, questionnaires
from tests.web.survey.reader import Reader
from voc.api.global_ids import global_id
from voc.core.access import Actor
from voc.responses.hidden_facts import hidden_facts
from voc.responses.models import Response, ResponseState
from voc.responses.queries import values_of
from voc.responses.rehearsal import Rehearsal, rehearse
from voc.surveys.course import course_of
from voc.surveys.parse import dump
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Asked as AskedQuestion
from voc.surveys.questions import CallMeBack, Consent, FileUpload, Hidden, Question, Ranking
from voc.web.run import run

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Given = Mapping[str, Any]
Faults = Counter[tuple[str, str]]
NUMBERS = count(1)


@given(data=st.data())
async def test_page_api_and_rehearsal_give_one_verdict(reader: Reader, clock: ModuleType, data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    filled = can_be_filled_in(questionnaire, data.draw(answers(questionnaire)))
    version = await published({**dump(questionnaire), "key": f"any-{next(NUMBERS)}"})
    one = await asked(version, language=questionnaire.default_language, phone=None)
    facts = await hidden_facts(
        questionnaire, link={}, channel=one.invitation.channel, customer_id=one.customer.id, contact_id=one.contact.id
    )
    in_order = rehearse(questionnaire, {**facts, **filled})
    assert await through_the_api(one, filled) == (verdict(in_order), {} if in_order.faults else in_order.checked.answers)
    as_met = rehearse(questionnaire, {**facts, **filled}, seed=(await link(one)).seed)
    if not course_of(questionnaire).draws:  # rows may stand in another order, so another of them may be named
        assert by_question(as_met) == by_question(in_order)
    await through_the_pages(reader, one, as_met, filled)


async def through_the_api(one: Asked, filled: Given) -> tuple[Faults, Given]:
    """The faults that `submitResponse` names, and what it keeps."""
    kinds = ((bool, "yesNo"), (str, "text"), (list, "choices"), (int | float, "number"))
    told = [
        {"question": name, "value": {next(of for kind, of in kinds if isinstance(value, kind)): value}} for name, value in filled.items()
    ]
    by = {"customer": {"id": global_id("Customer", one.customer.id)}, "contact": {"id": global_id("Contact", one.contact.id)}}
    sent = {"survey": {"id": global_id("Survey", one.version.survey_id)}, "answers": told, "channel": one.invitation.channel.name, **by}
    found = (await run("SubmitResponse", {"input": sent}, Actor.system("test")))["submitResponse"]
    if found["__typename"] == "InvalidInput":
        return Counter((fault["path"].removeprefix("answers."), fault["code"]) for fault in found["faults"]), {}
    response = await Response.get(survey_id=one.version.survey_id, invitation_id=None)
    return Counter(), (await values_of([response.id]))[response.id]


async def through_the_pages(reader: Reader, one: Asked, rehearsed: Rehearsal, filled: Given) -> None:
    """Press Next on every step: its faults are those of the rehearsal, and at the end the same is kept; without faults it is sent."""
    for step in rehearsed.steps:
        names = {name for question in step.questions for name in (question.id, *question.names())}
        page = await reader.open(f"/s/{one.secret}?step={step.id}")
        assert page.form.get("_step") == [step.id], (page.status, page.text)
        form = as_typed(step.questions, filled)
        page = await reader.press("next", **form)
        if "_again" in page.form:
            page = await reader.press("next", **form)
        said = Counter(
            unescape(re.sub("<[^>]+>", "", text)) for text in re.findall(r'(?s)<li><a href="#[^"]*">(.*?)</a></li>', page.answer.text)
        )
        expected = [fault for fault in rehearsed.faults if fault.path in names]
        assert (page.status == 422) == bool(expected), (expected, page.text)
        assert all(any(text.endswith(f" – {fault.message}") for text in said) for fault in expected), (said, expected)
        assert said.total() == len(expected), (said, expected)
    response = await Response.get_or_none(invitation_id=one.invitation.id)
    if response is None:
        assert not rehearsed.steps
        return
    assert (await values_of([response.id]))[response.id] == rehearsed.checked.answers
    assert rehearsed.faults or response.state == ResponseState.COMPLETE


def can_be_filled_in(questionnaire: Questionnaire, answered: Given) -> dict[str, Any]:
    """What a form can say too: no fact that is not asked, no file, no box that is unticked aloud, nothing twice in one order."""
    owners = course_of(questionnaire).owners
    said = {name: value for name, value in answered.items() if not isinstance(owners[name], Hidden | FileUpload)}
    said = {name: value for name, value in said.items() if not (isinstance(owners[name], Consent) and value is False)}
    for question in course_of(questionnaire).questions.values():
        if isinstance(question, CallMeBack) and question.id in said:
            said.setdefault(question.window_name, "any")  # what stands there until something else is chosen
    return {
        name: list(dict.fromkeys(value)) if isinstance(owners[name], Ranking) and isinstance(value, list) else value
        for name, value in said.items()
    }


def as_typed(questions: Iterable[Question], filled: Given) -> dict[str, str | list[str]]:
    """The fields of the form as a person fills them in."""
    form: dict[str, str | list[str]] = {}
    for question in questions:
        for name in question.names() if isinstance(question, AskedQuestion) else ():
            value = filled.get(name)
            if value is None:
                continue
            if isinstance(value, list):
                form[name] = [f"{place}:{code}" for place, code in enumerate(value, 1)] if isinstance(question, Ranking) else value
            else:
                form[name] = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    return form


def verdict(rehearsed: Rehearsal) -> Faults:
    """What must be mended, and why."""
    return Counter((fault.path, fault.code) for fault in rehearsed.faults)


def by_question(rehearsed: Rehearsal) -> Faults:
    """The same for each question."""
    owners = course_of(rehearsed.questionnaire).owners
    return Counter((owners[path].id if path in owners else path, code) for path, code in verdict(rehearsed).elements())
