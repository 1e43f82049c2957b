"""The widget of a questionnaire on websites (Q9): which may hold it, and what to put on them."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, form_faults
from voc.web.publish_page import ONE, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.ways_page import open_links
from voc.web.widget_page import ADDRESS as LOADER
from voc.web.wording import base_of, catalogues, words_for

WORDS = "widgets"
FIELDS = ("name", "origins")
SPOKEN = ("label", "close", "later")


def routes() -> list[Route]:
    """The page, a new widget, and other websites for one."""
    return [
        Route(f"{ONE}/widgets", widgets, methods=["GET"]),
        Route(f"{ONE}/widgets", create, methods=["POST"]),
        Route(f"{ONE}/widgets/websites", change_websites, methods=["POST"]),
    ]


@screen
async def widgets(desk: Desk) -> Response:
    """Every widget with its websites and its snippet."""
    return await _page(desk, await survey_of(desk))


@screen
async def create(desk: Desk) -> Response:
    """A new widget."""
    survey = await survey_of(desk)
    typed = {name: desk.form.one(name).strip() for name in FIELDS}
    key = desk.form.one("once")[:100] or None
    given = {"surveyId": survey["id"], "kind": "WIDGET", "name": typed["name"], "allowedOrigins": _websites(typed["origins"])}
    answer = await desk.change("CreateOpenLink", idempotencyKey=key, **given)
    if answer.row is None:
        faults = form_faults(answer, words_for(WORDS, desk.me["language"]), _fields("origins", typed["origins"]))
        return await _page(desk, survey, faults=faults, status=answer.status, typed=typed)
    return desk.go(f"{_address(survey)}#widget-{answer.row['id']}", "made", WORDS, name=answer.row["name"])


@screen
async def change_websites(desk: Desk) -> Response:
    """Other websites for a widget; none takes it from all of them, and its link still works."""
    survey, form = await survey_of(desk), desk.form
    chosen = form.one("widget")
    typed = form.one(f"websites-{chosen}")
    answer = await desk.change("ChangeOpenLink", openLinkId=chosen, allowedOrigins=_websites(typed))
    if answer.row is None:
        faults = form_faults(answer, words_for(WORDS, desk.me["language"]), _fields(f"websites-{chosen}", typed))
        return await _page(desk, survey, faults=faults, status=answer.status, kept={chosen: typed})
    return desk.go(f"{_address(survey)}#widget-{answer.row['id']}", "changed", WORDS, name=answer.row["name"])


def snippet(url: str, languages: Sequence[str]) -> str:
    """What stands on a page of the website: the loader with its words in each language of the survey, and a link without script."""
    host, _, secret = url.rpartition("/o/")
    spoken = [words_for("widget", one) for one in languages if base_of(one) in catalogues()["widget"]] or [
        words_for("widget", languages[0])
    ]
    lines = [Markup('<script async src="{}" data-survey="{}"').format(f"{host}{LOADER}", secret)]
    lines += [
        Markup("  ") + Markup(" ").join(Markup('data-{}-{}="{}"').format(name, base_of(words.reader), words.plain(name)) for name in SPOKEN)
        for words in spoken
    ]
    link = Markup('<noscript><a href="{}">{}</a></noscript>').format(url, spoken[0].plain("label"))
    return str(Markup("\n").join([*lines[:-1], lines[-1] + Markup("></script>"), link]))


def _websites(typed: str) -> list[str]:
    """One on each line, or with commas between."""
    return typed.replace(",", " ").split()


def _fields(field: str, typed: str) -> dict[str, str]:
    """Each fault of a website stands beside the one field for all of them."""
    return {"allowedOrigins": field, **{f"allowedOrigins[{at}]": field for at in range(len(_websites(typed)))}}


async def _page(
    desk: Desk,
    survey: Mapping[str, Any],
    *,
    faults: Faults = NO_FAULTS,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    kept: Mapping[str, str] | None = None,
) -> Response:
    found = await open_links(desk, survey, kinds=["WIDGET"], isRevoked=False)
    languages = survey["currentVersion"]["languages"] if survey["currentVersion"] else [desk.me["language"]]
    return desk.page(
        "console/widgets.html",
        WORDS,
        status=status,
        faults=faults,
        survey=survey,
        doors=found["nodes"],
        first_step="create",
        pages=found["pageInfo"],
        snippets={one["id"]: snippet(one["url"], languages) for one in found["nodes"] if one["url"]},
        typed={**dict.fromkeys(FIELDS, ""), **(typed or {})},
        kept=kept or {},
        once=desk.new_key(),
        may_edit=desk.may(Action.EDIT_OUTREACH),
    )


def _address(survey: Mapping[str, Any]) -> str:
    return f"{ADDRESS}/{survey['id']}/widgets"
