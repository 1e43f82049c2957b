"""Two designers edit one draft: both go on while they are apart, and each step can be undone and done again."""

import pytest

from tests.surveys.sample import document
from voc.core.access import Actor
from voc.core.errors import Conflict
from voc.surveys.brands import save_brand
from voc.surveys.documents import as_yaml, questionnaire_in, yaml_of
from voc.surveys.draft import MOST_STEPS, create_survey, save_draft
from voc.surveys.draft_history import edit_draft, redo_draft, undo_draft
from voc.surveys.edits import Put
from voc.surveys.models import DraftStep, Survey
from voc.surveys.parse import parse

SYSTEM = Actor.system("test")


@pytest.fixture
async def survey(db: str) -> Survey:
    """A survey with a draft."""
    await save_brand(SYSTEM, "main", name="Voorbeeld", from_email="post@voorbeeld.nl")
    return await create_survey(SYSTEM, "after-call", "After a call", None, as_yaml(parse(document())))


def named(survey: Survey, language: str = "en") -> str:
    return questionnaire_in(survey.draft).name[language]


async def test_two_editors_apart_lose_nothing(survey: Survey) -> None:
    mine = await edit_draft(SYSTEM, survey.id, (Put("name/en", "Mine"),), survey.draft_revision)
    both = await edit_draft(SYSTEM, survey.id, (Put("name/nl", "Ook van mij"),), survey.draft_revision)
    assert (named(both), named(both, "nl")) == ("Mine", "Ook van mij")
    assert both.draft_revision == mine.draft_revision + 1


async def test_a_lost_race_tells_what_the_other_did_and_changes_nothing(survey: Survey) -> None:
    await edit_draft(SYSTEM, survey.id, (Put("questions/why/text/en", "Why this one?"),), survey.draft_revision)
    with pytest.raises(Conflict, match=r"`why` read “Why this score\?” and now reads “Why this one\?”") as lost:
        await edit_draft(SYSTEM, survey.id, (Put("name/en", "Mine"), Put("questions/why/text/en", "Why?")), survey.draft_revision)
    assert lost.value.code == "DRAFT_CHANGED"
    assert named(await Survey.get(id=survey.id)) == "After a call"


async def test_steps_are_undone_and_done_again(survey: Survey) -> None:
    one = await edit_draft(SYSTEM, survey.id, (Put("name/en", "One"),), survey.draft_revision)
    two = await edit_draft(SYSTEM, survey.id, (Put("name/en", "Two"),), one.draft_revision)
    back = await undo_draft(SYSTEM, survey.id, two.draft_revision)
    assert named(back) == "One"
    first = await undo_draft(SYSTEM, survey.id, back.draft_revision)
    assert named(first) == "After a call"
    with pytest.raises(Conflict) as nothing:
        await undo_draft(SYSTEM, survey.id, first.draft_revision)
    assert nothing.value.code == "NOTHING_TO_UNDO"
    again = await redo_draft(SYSTEM, survey.id, first.draft_revision)
    assert named(again) == "One"
    other = await edit_draft(SYSTEM, survey.id, (Put("name/en", "Other"),), again.draft_revision)
    with pytest.raises(Conflict) as nothing:
        await redo_draft(SYSTEM, survey.id, other.draft_revision)
    assert nothing.value.code == "NOTHING_TO_REDO"
    assert named(await undo_draft(SYSTEM, survey.id, other.draft_revision)) == "One"


async def test_a_text_saved_as_a_whole_is_a_step_as_well(survey: Survey) -> None:
    saved = await save_draft(SYSTEM, survey.id, "key: [", survey.draft_revision)
    with pytest.raises(Conflict) as unreadable:
        await edit_draft(SYSTEM, survey.id, (Put("name/en", "One"),), saved.draft_revision)
    assert unreadable.value.code == "UNREADABLE_DRAFT"
    assert (await undo_draft(SYSTEM, survey.id, saved.draft_revision)).draft == survey.draft


async def test_undoing_what_somebody_else_went_on_from_is_refused(survey: Survey) -> None:
    one = await edit_draft(SYSTEM, survey.id, (Put("name/en", "One"),), survey.draft_revision)
    await edit_draft(SYSTEM, survey.id, (Put("name/en", "Two"),), one.draft_revision)
    with pytest.raises(Conflict, match="Somebody changed this draft"):
        await undo_draft(SYSTEM, survey.id, one.draft_revision)


async def test_fifty_steps_are_kept(survey: Survey) -> None:
    revision = survey.draft_revision
    for number in range(MOST_STEPS + 3):
        revision = (await edit_draft(SYSTEM, survey.id, (Put("name/en", f"Name {number}"),), revision)).draft_revision
    assert await DraftStep.filter(survey_id=survey.id).count() == MOST_STEPS


async def test_a_draft_that_is_no_questionnaire_yet_can_be_edited(survey: Survey) -> None:
    saved = await save_draft(SYSTEM, survey.id, yaml_of({"key": "after-call", "pages": []}), survey.draft_revision)
    edited = await edit_draft(SYSTEM, survey.id, (Put("name/en", "Begun"),), saved.draft_revision)
    assert "name:\n  en: Begun\n" in edited.draft
