"""Translations (Q3): every text of a draft beside its translation, one a row, built-in words included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Forbidden, Invalid
from voc.web import translation_help
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, FormFault, said
from voc.web.publish_page import ONE, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.translated import LANGUAGE, SHOWS, Row, is_wanted, rows_of, shown, with_typed
from voc.web.wording import words_for

PER_PAGE = 50
OFFERED = ("ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hr", "hu", "it", "ja", "ko", "lt", "lv", "nl", "no", "pl")
OFFERED_TOO = ("pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "tr", "uk", "ur", "zh-Hans", "zh-Hant")


def routes() -> list[Route]:
    """The table of one questionnaire."""
    address = f"{ONE}/translations"
    return [Route(address, translations, methods=["GET"]), Route(address, save, methods=["POST"]), *translation_help.routes()]


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the table is looked at."""

    language: str
    show: str
    page: int = 1

    def address(self, survey_id: str, row: Row | None = None) -> str:
        """Where it is; with a row, the box of that one."""
        chosen = {"language": self.language, "show": self.show, "page": self.page if self.page > 1 else ""}
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"{ADDRESS}/{survey_id}/translations?{query}" + (f"#{row.id}" if row else "")


@screen
async def translations(desk: Desk) -> Response:
    """The texts of a draft in one language beside the source."""
    survey = await survey_of(desk)
    table = await table_of(desk, survey)
    if table is None:
        return desk.page("console/translations.html", "translations", survey=survey, table=None)
    asked = desk.asked("language")
    language = asked if LANGUAGE.fullmatch(asked) and asked != table["languages"][0] else ""
    if asked and not language:
        desk.pass_over("language")
    page = desk.asked("page")
    show = desk.chosen("show", SHOWS) or "missing"
    view = View(language or _first_choice(desk, table), show, int(page) if page.isdecimal() and len(page) < 5 else 1)
    return await table_page(desk, survey, table, view, await rows_in(desk, survey, table, view.language))


@screen
async def save(desk: Desk) -> Response:
    """Save what was typed. What cannot be taken stays in its box, with the reason; everything else is saved all the same."""
    if not desk.may(Action.EDIT_SURVEY):
        raise Forbidden
    survey = await survey_of(desk)
    table, language = await table_of(desk, survey), desk.form.one("language")
    if table is None or not LANGUAGE.fullmatch(language) or language == table["languages"][0]:
        raise Invalid.at("language", "WRONG_VALUE", "Nothing can be translated into this.")
    page = desk.form.one("page")
    view = View(
        language,
        desk.form.one("show") if desk.form.one("show") in SHOWS else "missing",
        int(page) if page.isdecimal() and len(page) < 7 else 1,
    )
    typed = _typed(desk, await rows_in(desk, survey, table, language))
    reasons, answer_fault, count = await _save(desk, survey, typed, language)
    if desk.form.one("deed") == "review" and not reasons and not answer_fault:
        return await _review(desk, survey, view, typed)
    if not reasons and not answer_fault:
        return await _onward(desk, survey, view, count)
    fresh = await table_of(desk, survey) or table
    rows = _typed(desk, await rows_in(desk, survey, fresh, language))
    told = [replace(row, fault=reasons.get(row.key, "")) for row in rows]
    faults = [FormFault("", answer_fault)] if answer_fault else []
    faults += [FormFault(row.id, Markup("{}: {}").format(row.key, row.fault)) for row in told if row.fault]
    return await table_page(desk, survey, fresh, view, told, Faults(faults), 409 if answer_fault else 422)


async def table_of(desk: Desk, survey: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Every text of the draft; None while the draft describes nothing."""
    try:
        found: Mapping[str, Any] = (await desk.ask("TextTable", survey=survey["id"]))["textTable"]
    except Invalid:
        return None
    return found


async def rows_in(desk: Desk, survey: Mapping[str, Any], table: Mapping[str, Any], language: str) -> list[Row]:
    """Every text in one language beside the source, with whether it still fits and who read it again."""
    if not language:
        return rows_of(table, language)
    found = (await desk.ask("TextStandings", survey=survey["id"], language=language))["textTable"]["standings"]
    return rows_of(table, language, {one["key"]: one for one in found})


async def table_page(
    desk: Desk,
    survey: Mapping[str, Any],
    table: Mapping[str, Any],
    view: View,
    rows: Sequence[Row],
    faults: Faults = NO_FAULTS,
    status: int = 200,
) -> Response:
    """The page: fifty rows of those that are asked for, beginning with what has to be mended."""
    found = sorted(shown(rows, view.show), key=lambda row: not (row.fault or row.theirs)) if faults else shown(rows, view.show)
    pages = max(1, -(-len(found) // PER_PAGE))
    view = replace(view, page=1 if faults else min(max(1, view.page), pages))
    done = sum(not row.is_missing for row in rows)
    return desk.page(
        "console/translations.html",
        "translations",
        status=status,
        faults=faults,
        survey=survey,
        table=table,
        view=view,
        views=[(show, replace(view, show=show, page=1).address(survey["id"]), sum(is_wanted(row, show) for row in rows)) for show in SHOWS],
        others=[(one, View(one["language"], view.show).address(survey["id"])) for one in table["progress"][1:]],
        rows=found[(view.page - 1) * PER_PAGE : view.page * PER_PAGE],
        before=replace(view, page=view.page - 1).address(survey["id"]) if view.page > 1 else "",
        after=replace(view, page=view.page + 1).address(survey["id"]) if view.page < pages else "",
        pages=pages,
        done=done,
        total=len(rows),
        offered=[code for code in OFFERED + OFFERED_TOO if code not in table["languages"]],
        may_edit=desk.may(Action.EDIT_SURVEY),
        **await translation_help.beside(desk, survey),
    )


async def _review(desk: Desk, survey: Mapping[str, Any], view: View, rows: Sequence[Row]) -> Response:
    """Say of every text on the page that has a translation that it was read again."""
    seen = {name[4:] for name, _ in desk.form.pairs() if name.startswith("was:")}
    keys = [row.key for row in rows if row.key in seen and row.typed]
    await desk.change("ReviewTexts", surveyId=survey["id"], language=view.language, keys=keys)
    return desk.go(view.address(survey["id"]), "reviewed", "translations", count=len(keys))


def _first_choice(desk: Desk, table: Mapping[str, Any]) -> str:
    beside: list[str] = table["languages"][1:]
    unfinished = [one["language"] for one in table["progress"] if one["language"] in beside and one["done"] < one["total"]]
    own = desk.me["language"]
    return own if own in (unfinished or beside) else next(iter(unfinished or beside), "")


def _typed(desk: Desk, rows: Sequence[Row]) -> list[Row]:
    pairs = desk.form.pairs()
    texts = {name[5:]: value.replace("\r\n", "\n").strip() for name, value in pairs if name.startswith("text:")}
    return with_typed(rows, texts, {name[4:]: value for name, value in pairs if name.startswith("was:")})


async def _save(
    desk: Desk, survey: Mapping[str, Any], rows: Sequence[Row], language: str
) -> tuple[dict[str, str | Markup], str | Markup, int]:
    """Why some were not taken, by key; why nothing could be saved; and how many were."""
    words = words_for("translations", desk.me["language"])
    typed = [row for row in rows if row.typed != row.kept]
    reasons: dict[str, str | Markup] = {row.key: words("fault_EMPTY") for row in typed if not row.typed}
    entries = {row.key: {"key": row.key, "language": language, "text": row.typed} for row in typed if row.typed}
    looked = (
        (await desk.ask("TextChanges", survey=survey["id"], texts={"entries": list(entries.values())}))["textChanges"] if entries else []
    )
    for change in looked:
        if not change["isTaken"] and change["code"] != "SAME":
            reasons[change["key"]] = words(f"fault_{change['code']}")
            del entries[change["key"]]
    revision = desk.form.one("revision")
    known = int(revision) if revision.isdecimal() and len(revision) < 10 else 0
    while entries:
        answer = await desk.change(
            "SaveTranslations", surveyId=survey["id"], texts={"entries": list(entries.values())}, expectedRevision=known
        )
        if answer.row is not None:
            break
        wrong = {fault["path"].removeprefix("input.").removesuffix(f".{language}"): fault for fault in answer.faults}
        if not wrong.keys() & entries.keys():
            return reasons, said(words, answer.code, answer.message), 0
        for key in wrong.keys() & entries.keys():
            reasons[key] = said(words, wrong[key]["code"], wrong[key]["message"])
            del entries[key]
    return reasons, "", len(entries)


async def _onward(desk: Desk, survey: Mapping[str, Any], view: View, count: int) -> Response:
    """Back to where one was, or to the next text that is missing."""
    told = ("saved", "translations")
    if desk.form.one("deed") != "next":
        return desk.go(view.address(survey["id"]), *told, count=count)
    table = await table_of(desk, survey)
    missing = shown(rows_of(table, view.language), "missing") if table else []
    if not missing:
        return desk.go(replace(view, show="all", page=1).address(survey["id"]), "all_there", "translations")
    number = desk.form.one("from")
    passed = int(number) if number.isdecimal() and len(number) < 7 else 0
    at = next((at for at, row in enumerate(missing) if row.number > passed), 0)
    return desk.go(View(view.language, "missing", at // PER_PAGE + 1).address(survey["id"], missing[at]), *told, count=count)
