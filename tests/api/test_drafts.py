"""Drafts over the API: small steps, who works where, what edits would do, translations and the links of translators."""

from typing import Any

import pytest

from tests.api import loop
from tests.api.loop import House
from tests.api.test_views import heard
from voc.api.streams import cursor_now
from voc.core.access import Role
from voc.core.settings import Settings, install

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
async def made(db: str, settings: Settings) -> House:
    """A published survey, and whoever may change it."""
    install(settings)
    return await loop.furnished(db)


async def test_a_draft_changes_in_small_steps_that_can_be_undone(made: House) -> None:
    survey, revision = made.ids["survey"], (await made.ask("TextTable", survey=made.ids["survey"]))["draftRevision"]
    operations = [
        {"put": {"path": "questions/why/help/en", "value": {"text": "A word will do."}}},
        {
            "add": {
                "path": "pages/reason/questions",
                "value": {"yaml": "{id: hurry, kind: yes_no, text: {en: A hurry?, nl: Haast?, de: Eilig?, fr: Urgent ?, es: ¿Prisa?}}"},
                "before": "why",
            }
        },
        {"move": {"path": "questions/hurry", "before": "on_time"}},
        {"copy": {"path": "questions/hurry", "newId": "hurry_again"}},
        {"rename": {"question": "hurry", "newId": "rush"}},
        {"remove": {"path": "questions/hurry_again"}},
    ]
    edited = await made.change("EditDraft", surveyId=survey, operations=operations, expectedRevision=revision)
    assert "- id: rush\n    kind: yes_no\n" in edited["draft"]
    assert (edited["draftRevision"], edited["draftProblems"]) == (revision + 1, [])
    undone = await made.change("UndoDraft", surveyId=survey, expectedRevision=revision + 1)
    assert "rush" not in undone["draft"]
    again = await made.change("RedoDraft", surveyId=survey, expectedRevision=undone["draftRevision"])
    assert again["draft"] == edited["draft"]
    late = {"surveyId": survey, "operations": operations[:1], "expectedRevision": again["draftRevision"]}
    await made.change("EditDraft", **late | {"operations": [{"put": {"path": "questions/why/help/en", "value": {"text": "Or two."}}}]})
    lost = await made.ask("EditDraft", input=late)
    assert lost["code"] == "DRAFT_CHANGED"
    assert "Or two." in lost["message"]
    broken = await made.ask("EditDraft", input=late | {"operations": [{"put": {"path": "languages", "value": {"yaml": "[en"}}}]})
    assert [fault["path"] for fault in broken["faults"]] == ["operations[0].put.value.yaml"]


async def test_a_translator_s_work_is_shown_before_it_is_taken(made: House) -> None:
    survey = made.ids["survey"]
    table = await made.ask("TextTable", survey=survey)
    assert {"language": "nl", "done": len(table["lines"]), "total": len(table["lines"])} in table["progress"]
    files = await made.ask("TextFiles", survey=survey, languages=["it"], language="it")
    assert files["csv"].startswith("key,en,it\r\n")
    head, first, *_ = files["csv"].splitlines()
    work = {"file": f"{head}\r\n{first}NPS dopo una consegna\r\n"}
    changes = await made.ask("TextChanges", survey=survey, texts=work)
    assert [(change["code"], change["language"], change["isTaken"]) for change in changes] == [("SAME", "en", False), ("NEW", "it", True)]
    saved = await made.change("SaveTranslations", surveyId=survey, texts=work, expectedRevision=table["draftRevision"])
    assert saved["draftRevision"] == table["draftRevision"] + 1
    assert {problem["code"] for problem in saved["draftProblems"]} == {"MISSING_TRANSLATION"}
    late = {"surveyId": survey, "texts": {"entries": [{"key": "name", "language": "nl", "text": "X"}]}, "expectedRevision": 0}
    assert (await made.ask("SaveTranslations", input=late))["code"] == "DRAFT_CHANGED"
    broken = {"surveyId": survey, "texts": {"file": "no table"}, "expectedRevision": 0}
    assert [fault["path"] for fault in (await made.ask("SaveTranslations", input=broken))["faults"]] == ["texts.file"]


async def test_others_see_who_works_where_and_what_was_changed(made: House) -> None:
    survey, ada = made.ids["survey"], (await made.ask("Me"))["member"]["id"]
    dee = await made.member("Dee", Role.DESIGNER, "care")
    revision, cursor = (await made.ask("DraftNews", survey=survey))["draftRevision"], await cursor_now()
    await made.change("NoteEditing", surveyId=survey, at="questions/nps")
    await made.change("NoteEditing", surveyId=survey, at="questions/nps")
    await made.change("NoteEditing", dee, surveyId=survey, at="questions/nps")
    await made.change("TakeOverEditing", dee, surveyId=survey, at="questions/nps")
    put = {"put": {"path": "questions/why/help/en", "value": {"text": "A word will do."}}}
    await made.change("EditDraft", dee, surveyId=survey, operations=[put], expectedRevision=revision)
    await made.change("StopEditing", dee, surveyId=survey)
    came, met, taken, changed, gone = await heard(made, "DraftChanged", made.admin, 5, survey=survey, after=cursor)
    assert came["surveyId"] == survey
    # Whoever listens is told to look, and sees what is there now.
    assert all(event["news"] == {"draftRevision": revision + 1, "editors": []} for event in (came, met, taken, changed, gone))
    await made.change("NoteEditing", surveyId=survey, at="questions/why")
    news = await made.ask("DraftNews", survey=survey, since=revision)
    assert [(one["memberId"], one["name"], one["at"]) for one in news["editors"]] == [(ada, "Ada", "questions/why")]
    assert [(one["revision"], one["madeBy"], one["places"]) for one in news["steps"]] == [(revision + 1, "Dee", ["questions/why"])]
    assert (await made.ask("DraftNews", survey=survey, since=revision + 1))["steps"] == []


async def test_what_edits_would_do_to_trends_and_kept_answers_is_told_before(made: House) -> None:
    kind = {"changeKind": {"question": "nps", "kind": "rating"}}
    code = {"put": {"path": "questions/what_went_wrong/choices/late/code", "value": {"text": "slow"}}}
    named = {"rename": {"question": "why", "newId": "reason"}}
    found = await made.ask("DraftConsequences", survey=made.ids["survey"], operations=[kind, code, named])
    assert [(one["question"], one["name"]) for one in found["lost"] if one["isStored"]] == [("why", "why"), ("what_went_wrong", "late")]
    assert [(one["question"], one["verdict"]) for one in found["effects"]] == [("nps", "ENDS")]
    assert "rating" in found["effects"][0]["sentence"]
    harmless = {"put": {"path": "questions/nps/help/en", "value": {"text": "Go on."}}}
    assert await made.ask("DraftConsequences", survey=made.ids["survey"], operations=[harmless]) == {"lost": [], "effects": []}


async def test_a_survey_gets_another_key_until_it_is_published_and_another_brand_at_any_time(made: House) -> None:
    brand = await made.change("SaveBrand", key="zuid", name="Zuid", fromEmail="vraag@zuid.example")
    changed = await made.change("ChangeBrand", surveyId=made.ids["survey"], brandId=brand["id"])
    assert changed["brand"]["name"] == "Zuid"
    assert (await made.ask("ChangeKey", input={"surveyId": made.ids["survey"], "key": "other"}))["code"] == "KEY_IN_USE"
    fresh = await made.change("CreateSurvey", key="fresh", name="Fresh", content={"library": "nps-after-delivery"})
    assert (await made.change("ChangeKey", surveyId=fresh["id"], key="fresher"))["key"] == "fresher"
    assert "key: fresher" in (await made.ask("Survey", id=fresh["id"]))["draft"]
    assert (await made.ask("ChangeKey", input={"surveyId": fresh["id"], "key": "visit"}))["code"] == "SURVEY_EXISTS"
    assert (await made.ask("ChangeKey", input={"surveyId": fresh["id"], "key": "No key"}))["faults"][0]["path"] == "key"


async def test_translations_are_borrowed_reviewed_and_known_to_be_older_than_their_source(made: House) -> None:
    survey = made.ids["survey"]
    texts = {"entries": [{"key": "why.text", "language": "it", "text": "Perché?"}, {"key": "nps.low", "language": "it", "text": "mai"}]}
    revision = (await made.ask("TextTable", survey=survey))["draftRevision"]
    saved = await made.change("SaveTranslations", surveyId=survey, texts=texts, expectedRevision=revision)
    await made.change("ReviewTexts", surveyId=survey, language="it", keys=["why.text", "gone"])
    put = {"put": {"path": "questions/nps/low/en", "value": {"text": "not at all"}}}
    edited = await made.change("EditDraft", surveyId=survey, operations=[put], expectedRevision=saved["draftRevision"])
    assert await standing(made, "it") == {"why.text": (False, "Ada"), "nps.low": (True, "")}
    assert (await standing(made, "nl"))["nps.low"] == (True, ""), "as against the live version"
    put = {"put": {"path": "questions/why/text/it", "value": {"text": "Come mai?"}}}
    await made.change("EditDraft", surveyId=survey, operations=[put], expectedRevision=edited["draftRevision"])
    assert (await standing(made, "it"))["why.text"] == (False, ""), "what was read is not what stands there now"

    twin = await made.change("CreateSurvey", key="twin", name="Twin", content={"library": "nps-after-delivery"})
    elsewhere = {"elsewhere": {"surveyId": survey, "language": "it"}}
    changes = await made.ask("TextChanges", survey=twin["id"], texts=elsewhere)
    assert [(one["key"], one["code"], one["after"]) for one in changes] == [("why.text", "NEW", "Come mai?")]


async def test_a_translator_s_link_is_made_and_revoked(made: House) -> None:
    given = {"surveyId": made.ids["survey"], "language": "it", "translator": "Maria", "days": 14, "idempotencyKey": "k1"}
    link = await made.change("CreateTranslatorLink", **given)
    assert (await made.change("CreateTranslatorLink", **given))["address"] == link["address"]
    wrong = await made.ask("CreateTranslatorLink", input={**given, "language": "x", "translator": " ", "days": 0, "idempotencyKey": None})
    assert [fault["path"] for fault in wrong["faults"]] == ["language", "translator", "days"]
    assert (await made.change("RevokeTranslatorLink", linkId=link["id"]))["isOpen"] is False
    (listed,) = await made.ask("TranslatorLinks", survey=made.ids["survey"])
    assert (listed["translator"], listed["isOpen"], listed["survey"]["id"]) == ("Maria", False, made.ids["survey"])


async def standing(made: House, language: str) -> dict[str, Any]:
    """The texts of a language of which something is known, by key."""
    table = await made.ask("TextStandings", survey=made.ids["survey"], language=language)
    known = (one for one in table["standings"] if one["isChangedSince"] or one["reviewedBy"])
    found = {one["key"]: (one["isChangedSince"], one["reviewedBy"]) for one in known}
    return found | ({"why.text": (False, "")} if language == "it" and "why.text" not in found else {})
