"""The poster of an open link: a page to print, with the code, what it is about and the address in words; and the code alone."""

from starlette.responses import Response
from starlette.routing import Route

from voc.core.errors import Forbidden
from voc.web.console import Desk, screen
from voc.web.qr import qr_svg
from voc.web.ways_link_page import LINK, link_of
from voc.web.ways_page import WORDS, address_of_ways
from voc.web.wording import catalogues, words_for

SIZES = ("a4", "a5")
LONGEST = {"title": 80, "sentence": 160}
WORDY = {"title": 30, "sentence": 90}


def routes() -> list[Route]:
    """The poster and the drawing."""
    return [Route(f"{LINK}/poster", poster, methods=["GET"]), Route(f"{LINK}/qr.svg", drawing, methods=["GET"])]


@screen
async def poster(desk: Desk) -> Response:
    """The poster in one size and language; its texts are the customers' own words unless others are given. The address is the poster."""
    survey, link = await link_of(desk)
    if link["url"] is None:
        raise Forbidden
    spoken = list(survey["currentVersion"]["languages"]) if survey["currentVersion"] else sorted(catalogues()["poster"])
    language = desk.chosen("language", spoken) or link["language"] or spoken[0]
    said = words_for("poster", language)
    texts = {name: desk.asked(name)[:longest] or said.plain(name) for name, longest in LONGEST.items()}
    return desk.page(
        "console/poster.html",
        WORDS,
        survey=survey,
        link=link,
        home=address_of_ways(survey),
        brand=link["survey"]["brand"],
        sizes=SIZES,
        size=desk.chosen("size", SIZES) or SIZES[0],
        spoken=spoken,
        poster_language=language,
        texts=texts,
        is_wordy=any(len(texts[name]) > most for name, most in WORDY.items()),
        typed={name: desk.asked(name)[:longest] for name, longest in LONGEST.items()},
        or_type=said.plain("or_type"),
        code=qr_svg(link["url"]),
        short=link["url"].partition("://")[2],
    )


@screen
async def drawing(desk: Desk) -> Response:
    """The code alone, to be put on something of one's own."""
    _, link = await link_of(desk)
    if link["url"] is None:
        raise Forbidden
    named = "".join(one if one.isascii() and one.isalnum() else "-" for one in link["name"]).strip("-")[:60] or "code"
    headers = {"Content-Disposition": f'attachment; filename="{named}.svg"'}
    return Response(str(qr_svg(link["url"])), media_type="image/svg+xml", headers=headers)
