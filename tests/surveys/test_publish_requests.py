"""Publishing by a second person's leave and at a moment: what was asked for is published, once, or says why not."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from types import ModuleType

import pytest

from tests.surveys.sample import document
from voc import reactions
from voc.core import settings
from voc.core.access import Actor, Role, held
from voc.core.errors import Conflict, Forbidden, Invalid
from voc.core.ids import new_id
from voc.core.jobs.worker import Worker
from voc.core.models import Job
from voc.surveys.brands import save_brand
from voc.surveys.documents import as_yaml
from voc.surveys.draft import create_survey, save_draft
from voc.surveys.models import PublishRequest, PublishState, Survey, SurveyVersion
from voc.surveys.parse import parse
from voc.surveys.publication import Decided
from voc.surveys.publish import publish_survey
from voc.surveys.publish_requests import approve_publish, refuse_publish, request_publish, withdraw_publish

SANNE = Actor(name="Sanne", roles=held([Role.DESIGNER]), id=new_id(), is_member=True)
PIM = Actor(name="Pim", roles=held([Role.DESIGNER]), id=new_id(), is_member=True)
TOKEN = Actor(name="token of Pim", roles=held([Role.DESIGNER]), id=new_id())
READER = Actor(name="Ria", roles=held([Role.ANALYST]), id=new_id(), is_member=True)
TEXT = as_yaml(parse(document()))
LATER = TEXT.replace("en: After a call", "en: After any call")


@pytest.fixture
async def survey(db: str, clock: ModuleType) -> Survey:
    """A survey with a sound draft, in a house where everything that follows is installed."""
    reactions.install()
    await save_brand(SANNE, "main", name="Voorbeeld", from_email="post@voorbeeld.nl")
    return await create_survey(SANNE, "after-call", "After a call", None, TEXT)


@pytest.fixture
def second_person(survey: Survey) -> Iterator[None]:
    """A house where a second person must agree."""
    before = settings.current()
    settings.install(before.model_copy(update={"publish_approval": "second_person"}))
    yield
    settings.install(before)


async def seen(request: PublishRequest) -> PublishRequest:
    return await PublishRequest.get(id=request.id)


@pytest.mark.usefixtures("second_person")
async def test_a_second_person_publishes_exactly_what_was_asked_for(survey: Survey) -> None:
    with pytest.raises(Conflict) as refused:
        await publish_survey(SANNE, survey.id)
    assert refused.value.code == "APPROVAL_NEEDED"
    request = await request_publish(SANNE, survey.id, note="Ready since Monday.")
    await save_draft(PIM, survey.id, LATER, 1)
    for nobody in (SANNE, TOKEN):
        with pytest.raises(Conflict, match="It takes a second person"):
            await approve_publish(nobody, request.id)
    with pytest.raises(Forbidden):
        await approve_publish(READER, request.id)

    approved = await approve_publish(PIM, request.id)

    version = await SurveyVersion.get()
    assert (version.published_by, version.approved_by, version.document) == ("Sanne", "Pim", document())
    assert (approved.state, approved.number, approved.decided_by) == (PublishState.DONE, 1, "Pim")
    assert (await seen(request)).state is PublishState.DONE
    with pytest.raises(Conflict, match="This request is done already"):
        await refuse_publish(PIM, request.id, "Too late")


@pytest.mark.usefixtures("second_person")
async def test_a_request_is_refused_with_words_or_taken_back_and_then_asked_anew(survey: Survey) -> None:
    first = await request_publish(SANNE, survey.id)
    with pytest.raises(Conflict) as twice:
        await request_publish(PIM, survey.id)
    assert twice.value.code == "ASKED_ALREADY"
    with pytest.raises(Conflict, match="withdraw it instead"):
        await refuse_publish(SANNE, first.id, "No")
    with pytest.raises(Invalid, match="Say why"):
        await refuse_publish(PIM, first.id, " ")
    refused = await refuse_publish(PIM, first.id, "The second question leads.")
    assert (refused.state, refused.reason, refused.decided_by) == (PublishState.REFUSED, "The second question leads.", "Pim")
    second = await request_publish(SANNE, survey.id)
    assert (await withdraw_publish(SANNE, second.id)).state is PublishState.WITHDRAWN
    assert await SurveyVersion.all().count() == 0


@pytest.mark.usefixtures("second_person")
async def test_of_two_who_agree_at_once_one_publishes(survey: Survey) -> None:
    request = await request_publish(SANNE, survey.id)
    third = Actor(name="Bo", roles=held([Role.ADMIN]), id=new_id(), is_member=True)
    outcomes = await asyncio.gather(*(approve_publish(one, request.id) for one in (PIM, third)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "PublishRequest"]
    assert await SurveyVersion.all().count() == 1


async def test_a_moment_publishes_what_was_frozen_with_its_mapping(survey: Survey, db: str, clock: ModuleType) -> None:
    await publish_survey(SANNE, survey.id)
    await save_draft(SANNE, survey.id, TEXT.replace("id: why\n", "id: reason\n"), 1)
    at = clock.now() + timedelta(days=2)
    with pytest.raises(Conflict, match="`why` is gone"):
        await request_publish(SANNE, survey.id, publish_at=at)
    request = await request_publish(SANNE, survey.id, Decided({"why": "reason"}, ()), publish_at=at)
    await save_draft(PIM, survey.id, LATER, 2)
    assert request.state is PublishState.SCHEDULED
    await Worker(db).run_until_idle(horizon=at - timedelta(minutes=1))
    assert await SurveyVersion.all().count() == 1
    await Worker(db).run_until_idle(horizon=at)
    version = await SurveyVersion.get(number=2)
    assert (version.renamed, version.published_at, version.approved_by) == ({"why": "reason"}, at, None)
    done = await seen(request)
    assert (done.state, done.number) == (PublishState.DONE, 2)


async def test_what_cannot_be_published_any_more_says_why(survey: Survey, db: str, clock: ModuleType) -> None:
    at = clock.now() + timedelta(hours=1)
    overtaken = await request_publish(SANNE, survey.id, publish_at=at)
    await publish_survey(PIM, survey.id)
    found = await seen(overtaken)
    assert (found.state, found.reason) == (PublishState.OVERTAKEN, "Pim published version 1 in the meantime.")

    await save_draft(SANNE, survey.id, LATER, 1)
    withdrawn = await request_publish(SANNE, survey.id, publish_at=at)
    await withdraw_publish(PIM, withdrawn.id)
    failing = await request_publish(SANNE, survey.id, publish_at=at)
    await PublishRequest.filter(id=failing.id).update(text=LATER.replace("kind: nps", "kind: npz"))
    await Worker(db).run_until_idle(horizon=at)
    found = await seen(failing)
    assert (found.state, found.number) == (PublishState.FAILED, None)
    assert "This question has the unknown kind `npz`." in found.reason
    assert await SurveyVersion.all().count() == 1
    assert {job.state for job in await Job.filter(kind="surveys.publish_at")} == {"done"}


async def test_a_moment_must_be_to_come_and_is_needed_where_nobody_agrees(survey: Survey, clock: ModuleType) -> None:
    now = clock.now()
    for at in (None, now, now + timedelta(days=400), (now + timedelta(days=1)).replace(tzinfo=None)):
        with pytest.raises(Invalid) as refused:
            await request_publish(SANNE, survey.id, publish_at=at)
        assert [fault.path for fault in refused.value.faults] == ["publishAt"]
    with pytest.raises(Invalid):
        await request_publish(SANNE, survey.id, publish_at=now + timedelta(days=1), note="x" * 501)
    assert await Job.filter(kind="surveys.publish_at").count() == 0
