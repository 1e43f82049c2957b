"""Ways to ask (Q9): open links with posters, kiosks and widgets, a test to oneself, and the calls for other systems."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Forbidden
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, FormFault, form_faults
from voc.web.publish_page import ONE, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.ways_examples import personal_link, whole_response
from voc.web.wording import words_for

WORDS = "ways"
KINDS = ("LINK", "POSTER")
FIELDS = ("kind", "name", "place", "campaign", "language", "cap", "closes", "once")


def routes() -> list[Route]:
    """The page, a new open link, and the test."""
    return [
        Route(f"{ONE}/ways", ways, methods=["GET"]),
        Route(f"{ONE}/ways", create, methods=["POST"]),
        Route(f"{ONE}/ways/test", send_test, methods=["POST"]),
    ]


@screen
async def ways(desk: Desk) -> Response:
    """Every way to ask this questionnaire."""
    return await show_ways(desk, await survey_of(desk))


@screen
async def create(desk: Desk) -> Response:
    """A new open link."""
    survey, form = await survey_of(desk), desk.form
    typed = {name: form.one(name).strip() for name in FIELDS}
    limits, faults = limits_of(desk, typed)
    if faults:
        return await show_ways(desk, survey, faults=faults, typed=typed)
    answer = await desk.change(
        "CreateOpenLink",
        idempotencyKey=typed["once"][:100] or None,
        surveyId=survey["id"],
        kind=typed["kind"] if typed["kind"] in KINDS else KINDS[0],
        name=typed["name"],
        place=typed["place"],
        campaign=typed["campaign"],
        language=typed["language"] or None,
        **limits,
    )
    if answer.row is None:
        words = words_for(WORDS, desk.me["language"])
        return await show_ways(desk, survey, faults=form_faults(answer, words, {"closesAt": "closes"}), status=answer.status, typed=typed)
    return desk.go(f"{address_of_ways(survey)}#link-{answer.row['id']}", "made", WORDS, name=answer.row["name"])


@screen
async def send_test(desk: Desk) -> Response:
    """The published questionnaire to one's own mailbox, marked as a test."""
    survey = await survey_of(desk)
    answer = await desk.change(
        "SendTest",
        surveyId=survey["id"],
        language=desk.form.one("test_language") or None,
        idempotencyKey=desk.form.one("once")[:100] or None,
    )
    if answer.row is None:
        words = words_for(WORDS, desk.me["language"])
        return await show_ways(desk, survey, faults=form_faults(answer, words, {"language": "test_language"}), status=answer.status)
    return desk.go(address_of_ways(survey), "test_sent", WORDS, email=desk.me["member"]["email"])


async def show_ways(
    desk: Desk, survey: Mapping[str, Any], *, faults: Faults = NO_FAULTS, status: int = 200, typed: Mapping[str, str] | None = None
) -> Response:
    """The page, also with what was typed into one of its forms and must be mended."""
    found = await open_links(desk, survey)
    pauses = (await desk.ask("Pauses"))["pauses"]
    known = typed or {}
    return desk.page(
        "console/ways.html",
        WORDS,
        status=status,
        faults=faults,
        survey=survey,
        links=found,
        home=address_of_ways(survey),
        languages=survey["currentVersion"]["languages"] if survey["currentVersion"] else [],
        kinds=KINDS,
        typed={**dict.fromkeys(FIELDS, ""), "kind": KINDS[0], **known},
        once=known.get("once") or desk.new_key(),
        examples={"personal": personal_link(survey), "whole": whole_response(survey)},
        is_paused=any(one["scope"] == "EVERYTHING" or (one["scope"], one["ref"]) == ("SURVEY", survey["key"]) for one in pauses),
        may_edit=desk.may(Action.EDIT_OUTREACH),
        may_test=desk.may(Action.INVITE),
    )


async def open_links(desk: Desk, survey: Mapping[str, Any], **narrowed: Any) -> dict[str, Any]:
    """A page of the questionnaire's open links, for those who may see whom we ask; Forbidden for others."""
    if not desk.may(Action.SEE_OUTREACH):
        raise Forbidden
    found: dict[str, Any] = (await desk.ask("OpenLinks", filter={"surveyId": survey["id"], **narrowed}, **desk.wanted_page()))["openLinks"]
    return found


def address_of_ways(survey: Mapping[str, Any]) -> str:
    """Where the ways of a questionnaire are."""
    return f"{ADDRESS}/{survey['id']}/ways"


def limits_of(desk: Desk, typed: Mapping[str, str]) -> tuple[dict[str, Any], Faults]:
    """The most responses and the moment of closing as the API takes them; a last day ends at the reader's midnight."""
    words, faults = words_for(WORDS, desk.me["language"]), []
    limits: dict[str, Any] = {"cap": None, "closesAt": None}
    if typed["cap"]:
        if typed["cap"].isascii() and typed["cap"].isdigit() and len(typed["cap"]) <= 9:
            limits["cap"] = int(typed["cap"])
        else:
            faults.append(FormFault("cap", words("fault_NOT_A_NUMBER")))
    if typed["closes"]:
        try:
            after = date.fromisoformat(typed["closes"]) + timedelta(days=1)
            limits["closesAt"] = datetime.combine(after, time(), ZoneInfo(desk.me["timeZone"])).isoformat()
        except (ValueError, OverflowError):
            faults.append(FormFault("closes", words("fault_NOT_A_DAY")))
    return limits, Faults(faults)


def last_day(desk: Desk, closes_at: str | None) -> str:
    """The last day on which a link is open, as `limits_of` reads it; empty where it has no end."""
    if not closes_at:
        return ""
    moment = datetime.fromisoformat(closes_at).astimezone(ZoneInfo(desk.me["timeZone"])) - timedelta(microseconds=1)
    return moment.date().isoformat()
