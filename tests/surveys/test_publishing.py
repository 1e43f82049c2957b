"""Drafts are never lost, versions never change."""

import asyncio
from datetime import timedelta
from types import ModuleType
from uuid import UUID

import pytest

from tests.surveys.sample import document
from voc.core import events
from voc.core.access import Actor, Role, held
from voc.core.db import count_statements
from voc.core.errors import Conflict, Forbidden, Invalid, NotFound
from voc.core.ids import new_id
from voc.core.jobs import Reaction
from voc.core.models import Job
from voc.surveys import library, queries
from voc.surveys.brands import save_brand
from voc.surveys.documents import as_yaml
from voc.surveys.draft import create_survey, import_survey, save_draft
from voc.surveys.events import SurveyPublished
from voc.surveys.models import Brand, Survey, SurveyVersion
from voc.surveys.parse import dump, parse
from voc.surveys.publication import Decided
from voc.surveys.publish import publish_survey

DESIGNER = Actor(name="Sanne", roles=held([Role.DESIGNER]), id=new_id(), is_member=True)
HANDLER = Actor(name="Hans", roles=held([Role.HANDLER]), id=new_id(), is_member=True)
TEXT = as_yaml(parse(document()))


@pytest.fixture
async def brand(db: str) -> Brand:
    """The brand we ask under."""
    return await save_brand(DESIGNER, "main", name="Voorbeeld", from_email="post@voorbeeld.nl")


@pytest.fixture
async def survey(brand: Brand) -> Survey:
    """A survey with a sound draft."""
    return await create_survey(DESIGNER, "after-call", "After a call", brand.id, TEXT)


async def stored(survey_id: UUID) -> Survey:
    return await Survey.get(id=survey_id)


async def test_a_new_survey_keeps_its_text_under_its_own_key(brand: Brand) -> None:
    ready = library.load("csat-after-call")
    survey = await create_survey(DESIGNER, "billing-calls", "Calls about bills", None, ready.text)
    found = await stored(survey.id)
    assert (found.key, found.name, found.draft_revision, found.last_number) == ("billing-calls", "Calls about bills", 1, 0)
    assert found.draft == ready.text.replace("key: csat-after-call", "key: billing-calls")
    assert found.brand_id == brand.id


async def test_a_key_is_taken_once(survey: Survey) -> None:
    with pytest.raises(Conflict, match="There is a survey `after-call` already"):
        await create_survey(DESIGNER, "after-call", "Again", None, TEXT)


async def test_without_a_brand_there_is_nobody_to_ask(db: str) -> None:
    with pytest.raises(Conflict, match="There is no brand to ask under yet"):
        await create_survey(DESIGNER, "after-call", "After a call", None, TEXT)


async def test_all_faults_of_a_new_survey_are_told_at_once(brand: Brand) -> None:
    with pytest.raises(Invalid) as refused:
        await create_survey(DESIGNER, "After Call", " ", brand.id, "a\x00b")
    assert [fault.path for fault in refused.value.faults] == ["document", "key", "name"]


async def test_a_draft_that_does_not_parse_is_kept_and_cannot_be_published(survey: Survey) -> None:
    broken = TEXT.replace("kind: nps", "kind: npz")
    await save_draft(DESIGNER, survey.id, broken, 1)
    assert (await stored(survey.id)).draft == broken
    with pytest.raises(Invalid) as refused:
        await publish_survey(DESIGNER, survey.id)
    (fault,) = refused.value.faults
    line = broken.splitlines().index("    kind: npz") + 1
    assert (fault.path, fault.code) == ("pages[0].questions[0].kind", "UNKNOWN_KIND")
    assert fault.message.startswith(f"Line {line}: This question has the unknown kind `npz`.")
    assert await SurveyVersion.all().count() == 0


async def test_two_designers_cannot_overwrite_each_other(survey: Survey) -> None:
    await save_draft(DESIGNER, survey.id, "first", 1)
    with pytest.raises(Conflict) as refused:
        await save_draft(DESIGNER, survey.id, "second", 1)
    assert refused.value.code == "DRAFT_CHANGED"
    found = await stored(survey.id)
    assert (found.draft, found.draft_revision) == ("first", 2)


async def test_saving_says_when(survey: Survey, clock: ModuleType) -> None:
    clock.advance(timedelta(hours=1))
    saved = await save_draft(DESIGNER, survey.id, "text", 1)
    assert saved.updated_at == (await stored(survey.id)).updated_at == clock.now()


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d", "x" * 5_000_001])
async def test_a_text_that_cannot_be_kept_is_refused(survey: Survey, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        await save_draft(DESIGNER, survey.id, text, 1)
    assert [fault.path for fault in refused.value.faults] == ["text"]


async def test_publishing_freezes_the_draft_and_tells(survey: Survey) -> None:
    version = await publish_survey(DESIGNER, survey.id)
    assert (version.number, version.published_by, version.document) == (1, "Sanne", document())
    await save_draft(DESIGNER, survey.id, TEXT.replace("en: After a call", "en: After any call"), 1)
    second = await publish_survey(DESIGNER, survey.id)
    found = await stored(survey.id)
    assert (second.number, found.last_number, found.name) == (2, 2, "After any call")
    assert (await SurveyVersion.get(id=version.id)).document == document()
    current = await queries.current_version(survey.id)
    assert current is not None
    assert current.id == second.id


async def test_an_unchanged_draft_is_not_published_again(survey: Survey) -> None:
    await publish_survey(DESIGNER, survey.id)
    await save_draft(DESIGNER, survey.id, "# only a remark\n" + TEXT, 1)
    with pytest.raises(Conflict) as refused:
        await publish_survey(DESIGNER, survey.id)
    assert refused.value.code == "UNCHANGED"
    assert await SurveyVersion.all().count() == 1


def renamed(text: str, old: str, new: str) -> str:
    """The text with a question called otherwise."""
    return text.replace(f"id: {old}\n", f"id: {new}\n").replace(f"answers.{old}", f"answers.{new}")


async def test_a_lost_question_is_published_once_it_is_said_what_became_of_it(survey: Survey) -> None:
    await publish_survey(DESIGNER, survey.id)
    text = renamed(TEXT, "why", "reason")
    saved = await save_draft(DESIGNER, survey.id, text, 1)
    with pytest.raises(Conflict) as refused:
        await publish_survey(DESIGNER, survey.id)
    assert refused.value.code == "RENAMED"
    assert str(refused.value).startswith("`why` is gone, and `reason` is new. Say of each whether it goes on under another id")
    found = await stored(survey.id)
    assert (found.last_number, found.draft, found.draft_revision) == (1, text, saved.draft_revision)
    with pytest.raises(Invalid, match="`why` cannot have become `nps`"):
        await publish_survey(DESIGNER, survey.id, Decided({"why": "nps"}, ()))
    assert (await publish_survey(DESIGNER, survey.id, Decided({"why": "reason"}, ()))).renamed == {"why": "reason"}

    await save_draft(DESIGNER, survey.id, TEXT, 2)
    back = await publish_survey(DESIGNER, survey.id)
    assert back.renamed == {"reason": "why"}, "what it was called before is known"


async def test_a_question_that_was_taken_out_leaves_no_other_name(survey: Survey) -> None:
    await publish_survey(DESIGNER, survey.id)
    await save_draft(DESIGNER, survey.id, renamed(TEXT, "why", "reason").replace("Why this score?", "Any wishes?"), 1)
    assert (await publish_survey(DESIGNER, survey.id, Decided({}, ["why"]))).renamed == {}


async def test_of_two_publishers_at_once_one_wins(survey: Survey) -> None:
    outcomes = await asyncio.gather(*(publish_survey(DESIGNER, survey.id) for _ in range(4)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes].count(SurveyVersion) == 1
    assert [type(outcome) for outcome in outcomes].count(Conflict) == 3
    assert [version.number for version in await SurveyVersion.all()] == [1]


async def test_a_missing_translation_refuses_publication(survey: Survey) -> None:
    await save_draft(DESIGNER, survey.id, TEXT.replace("      nl: Waarom dit cijfer?\n", ""), 1)
    with pytest.raises(Invalid) as refused:
        await publish_survey(DESIGNER, survey.id)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("pages[1].questions[0].text", "MISSING_TRANSLATION")]


async def test_a_draft_that_names_another_survey_is_refused(survey: Survey) -> None:
    await save_draft(DESIGNER, survey.id, TEXT.replace("key: after-call", "key: other"), 1)
    with pytest.raises(Invalid, match=r"The document says `key: other`, but this survey is `after-call`\. Change the line\."):
        await publish_survey(DESIGNER, survey.id)


async def test_only_designers_write_and_everybody_reads(survey: Survey) -> None:
    with pytest.raises(Forbidden):
        await save_draft(HANDLER, survey.id, "text", 1)
    with pytest.raises(Forbidden):
        await publish_survey(HANDLER, survey.id)
    assert await queries.surveys_visible_to(HANDLER).count() == 1
    assert await queries.surveys_visible_to(Actor.respondent(new_id())).count() == 0
    assert await queries.brands_visible_to(Actor.stranger()).count() == 0
    version = await publish_survey(DESIGNER, survey.id)
    assert await queries.versions_visible_to(HANDLER).values_list("id", flat=True) == [version.id]
    assert await queries.versions_visible_to(Actor.stranger()).count() == 0
    with pytest.raises(NotFound):
        await publish_survey(DESIGNER, new_id())


async def test_importing_makes_a_survey_then_a_new_draft_then_nothing(brand: Brand) -> None:
    survey = await import_survey(DESIGNER, TEXT)
    assert (survey.key, survey.name, survey.draft) == ("after-call", "After a call", TEXT)
    changed = TEXT.replace("Thank you for telling us", "Thank you")
    assert (await import_survey(DESIGNER, changed)).id == survey.id
    assert ((await stored(survey.id)).draft, (await stored(survey.id)).draft_revision) == (changed, 2)
    await import_survey(DESIGNER, changed)
    assert (await stored(survey.id)).draft_revision == 2
    with pytest.raises(Invalid):
        await import_survey(DESIGNER, "key: after-call")
    assert (await stored(survey.id)).draft == changed


async def test_every_ready_questionnaire_can_be_imported_and_published(brand: Brand) -> None:
    for ready in library.ready():
        survey = await import_survey(DESIGNER, ready.text)
        version = await publish_survey(DESIGNER, survey.id)
        assert queries.questionnaire_of(version) == ready.questionnaire
    assert await Survey.filter(last_number=1).count() == len(library.ready()) >= 10


async def test_a_version_read_from_the_database_is_the_questionnaire_that_was_published(survey: Survey) -> None:
    version = await publish_survey(DESIGNER, survey.id)
    again = await SurveyVersion.get(id=version.id)
    assert dump(queries.questionnaire_of(again)) == document()
    assert queries.questionnaire_of(again) is queries.questionnaire_of(version)


async def test_current_versions_of_many_surveys_are_one_statement(survey: Survey) -> None:
    version = await publish_survey(DESIGNER, survey.id)
    never = await create_survey(DESIGNER, "never", "Never published", None, TEXT)
    with count_statements() as statements:
        found = await queries.current_versions([survey.id, never.id])
    assert {survey_id: one.id for survey_id, one in found.items()} == {survey.id: version.id}
    assert statements.count == 1
    assert set(await queries.versions_by_id([version.id, new_id()])) == {version.id}


async def test_publishing_adds_the_jobs_that_follow_and_a_refusal_adds_none(survey: Survey) -> None:
    async def hear(actor: Actor, ref: str) -> None:
        raise AssertionError("no worker runs here")

    events.install({SurveyPublished: [Reaction("test.hear", hear)]})
    version = await publish_survey(DESIGNER, survey.id)
    with pytest.raises(Conflict):
        await publish_survey(DESIGNER, survey.id)
    assert [(job.kind, job.ref) for job in await Job.all()] == [("test.hear", str(version.id))]


def test_the_library_knows_what_it_has() -> None:
    assert library.load("onboarding").questionnaire.key == "onboarding"
    with pytest.raises(NotFound, match="There is no ready questionnaire `none`"):
        library.load("none")


async def test_a_saved_walk_that_goes_another_way_keeps_a_draft_from_being_published(survey: Survey) -> None:
    walk = {"id": "unhappy", "answers": {"nps": 3, "cause": "wait"}, "asked": ["nps", "cause"], "end_page": "let_down"}
    await save_draft(DESIGNER, survey.id, as_yaml(parse({**document(), "walks": [walk]})), 1)
    with pytest.raises(Invalid, match="After `cause` it now asks `why` instead of ending on `let_down`"):
        await publish_survey(DESIGNER, survey.id)
    assert await SurveyVersion.all().count() == 0
    await save_draft(DESIGNER, survey.id, as_yaml(parse({**document(), "walks": [{**walk, "asked": ["nps", "cause", "why"]}]})), 2)
    assert (await publish_survey(DESIGNER, survey.id)).document["walks"][0]["id"] == "unhappy"
