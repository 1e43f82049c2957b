"""The pictures of brands, under names that say their content: browsers may keep them for ever."""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voc.surveys.queries import logos_by_hash
from voc.web.face import LOGOS
from voc.web.static_files import FOR_EVER


def routes() -> list[Route]:
    """The one address of all logos."""
    return [Route(f"{LOGOS}/{{hash}}", show, methods=["GET"])]


async def show(request: Request) -> Response:
    """A picture. Anybody may see it, for it stands on pages of customers."""
    name = request.path_params["hash"]
    found = (await logos_by_hash([name])).get(name) if re.fullmatch("[0-9a-f]{64}", name) else None
    if found is None:
        return Response(status_code=404)
    return Response(bytes(found.body), media_type=found.media_type, headers={"Cache-Control": FOR_EVER})
