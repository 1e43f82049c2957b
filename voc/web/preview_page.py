"""Preview (Q5): the pages on a phone and a desktop, the mail and the text message, before any customer sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import NotFound
from voc.web.console import POLICY, Desk, screen
from voc.web.faults import NO_FAULTS, Faults, FormFault, said
from voc.web.preview_face import LARGER, SCHEMES, Look
from voc.web.preview_mail import mail_page
from voc.web.publish_page import ONE, place_in, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for

VIEWS = ("phone", "desktop", "mail", "sms")
WORDS = "previews"
MOST_OF_A_MAIL = 12_000
MOST_MARKED = 8
FRAMING = f"{POLICY}; frame-src 'self'"


def routes() -> list[Route]:
    """The page, the mail inside it, and a link for others."""
    return [
        Route(f"{ONE}/preview", look_at, methods=["GET"]),
        Route(f"{ONE}/preview/mail", mail, methods=["GET"]),
        Route(f"{ONE}/preview/link", share, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is looked at and how: the view, the edition's id (of the draft the survey's), language and look."""

    view: str
    edition: str
    number: int | None
    language: str
    look: Look


@screen
async def look_at(desk: Desk) -> Response:
    """One view of the draft or a version."""
    return await _page(desk, await survey_of(desk))


@screen
async def mail(desk: Desk) -> Response:
    """The mail alone, for a frame of the page."""
    survey = await survey_of(desk)
    chosen = _chosen(desk, survey)
    found = (await desk.ask("PreviewMessage", id=chosen.edition, language=chosen.language or None))["previewMessage"]
    if found is None:
        raise NotFound
    page, policy = mail_page(found["mail"]["html"], chosen.look)
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": policy})


@screen
async def share(desk: Desk) -> Response:
    """A link for somebody else, shown once: it is kept nowhere."""
    survey = await survey_of(desk)
    answer = await desk.change("SharePreview", id=desk.form.one("edition") or survey["id"])
    if answer.row is None:
        words = words_for(WORDS, desk.me["language"])
        return await _page(desk, survey, Faults([FormFault("", said(words, answer.code, answer.message))]), answer.status)
    return await _page(desk, survey, link=answer.row)


async def _page(
    desk: Desk, survey: Mapping[str, Any], faults: Faults = NO_FAULTS, status: int = 200, link: Mapping[str, Any] | None = None
) -> Response:
    chosen = _chosen(desk, survey)
    opened = (await desk.ask("PreviewPage", id=chosen.edition))["previewPage"]
    languages = opened["languages"] if opened else []
    spoken = chosen.language if chosen.language in languages else (languages or [""])[0]
    message = None
    if opened and chosen.view in ("mail", "sms"):
        message = (await desk.ask("PreviewMessage", id=chosen.edition, language=spoken))["previewMessage"]
    brands = (await desk.ask("Brands"))["brands"]
    return desk.page(
        "console/preview.html",
        WORDS,
        b=words_for("brands", desk.me["language"]),
        status=status,
        faults=faults,
        policy=FRAMING,
        survey=survey,
        chosen=chosen,
        views=VIEWS,
        schemes=SCHEMES,
        larger=LARGER,
        opened=opened,
        spoken=spoken,
        source=f"{opened['path']}{chosen.look.query(language=spoken)}" if opened else "",
        mail_source=f"{ADDRESS}/{survey['id']}/preview/mail{chosen.look.query(language=spoken, edition=desk.asked('edition'))}",
        message=message,
        sms=_letters(message["sms"]) if message else Markup(),
        most=MOST_OF_A_MAIL,
        most_marked=MOST_MARKED,
        problems=_problems(survey) if chosen.number is None else [],
        brand=next((one for one in brands if survey["brand"] and one["id"] == survey["brand"]["id"]), None),
        link=link,
        once=desk.new_key(),
        may_share=desk.may(Action.EDIT_SURVEY),
        may_test=desk.may(Action.INVITE) and survey["isPublished"],
    )


def _chosen(desk: Desk, survey: Mapping[str, Any]) -> Chosen:
    numbers = {version["id"]: version["number"] for version in survey["versions"]["nodes"]}
    edition = asked if (asked := desk.asked("edition")) in numbers else ""
    return Chosen(
        view=desk.chosen("view", VIEWS) or VIEWS[0],
        edition=edition or survey["id"],
        number=numbers.get(edition),
        language=desk.asked("language")[:40],
        look=Look.asked(desk.request.query_params),
    )


def _problems(survey: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """What is to be mended, the worst first, each with the place in the designer where that is done."""
    found = ({**one, "place": place_in(survey, one)} for one in survey["draftProblems"])
    return sorted(found, key=lambda one: one["severity"] != "ERROR")


def _letters(sms: Mapping[str, Any]) -> Markup:
    """The text of a message, with the letters marked that cost, unless a whole language is written in them."""
    costly = set(sms["costlyLetters"]) if len(sms["costlyLetters"]) <= MOST_MARKED else set()
    return Markup("").join(Markup("<mark>{}</mark>").format(one) if one in costly else escape(one) for one in sms["text"])
