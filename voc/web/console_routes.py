"""Every address of the console; each screen's file lists its own."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voc.web import (
    account_page,
    asking_page,
    board_page,
    brief_page,
    close_page,
    comments_page,
    customer_pages,
    designer_page,
    dry_run_page,
    files_page,
    give_page,
    house,
    import_page,
    inbox,
    keys_page,
    kiosks_page,
    logic_page,
    policies_page,
    policy_edit_page,
    poster_page,
    preview_page,
    publish_page,
    publish_requests_page,
    questionnaires_page,
    rehearsal_page,
    results_page,
    sign_in,
    suppressed_page,
    suspect_page,
    task_page,
    translation_files,
    translations_page,
    translator_page,
    versions_page,
    ways_link_page,
    ways_page,
    widgets_page,
)
from voc.web.console import Desk, screen
from voc.web.console_refusals import not_found
from voc.web.pages import see_other

FOLLOW_UP = (inbox, give_page, task_page, close_page, customer_pages, brief_page)
UNDERSTANDING = (results_page, comments_page, files_page)
ASKING = (
    questionnaires_page,
    import_page,
    designer_page,
    preview_page,
    logic_page,
    rehearsal_page,
    translations_page,
    translator_page,
    translation_files,
    publish_page,
    publish_requests_page,
    versions_page,
    ways_page,
    ways_link_page,
    poster_page,
    kiosks_page,
    widgets_page,
    asking_page,
    board_page,
    suspect_page,
    policy_edit_page,
    policies_page,
    dry_run_page,
    suppressed_page,
)
OWN = (account_page, keys_page)
SCREENS = (*FOLLOW_UP, *UNDERSTANDING, *ASKING, house, *OWN)


def routes() -> list[Route]:
    """The sign-in pages, the screens, and at the end a page for addresses that lead nowhere."""
    return [
        *sign_in.routes(),
        Route("/", to_console, methods=["GET"]),
        Route("/console", home, methods=["GET"]),
        *(route for one in SCREENS for route in one.routes()),
        Route("/console/{rest:path}", nowhere, methods=["GET"]),
    ]


async def to_console(request: Request) -> Response:
    """The bare address is the console's."""
    return see_other("/console")


@screen
async def home(desk: Desk) -> Response:
    """The first place that is open to this colleague."""
    return desk.go(desk.places[0].address if desk.places else "/console/account")


@screen
async def nowhere(desk: Desk) -> Response:
    """No screen has this address."""
    return not_found(desk)
