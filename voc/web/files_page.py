"""Files that customers sent with an answer, for colleagues who may see the response: always saved, never shown by the browser."""

from uuid import UUID

from starlette.responses import FileResponse, Response
from starlette.routing import Route

from voc.core.errors import NotFound
from voc.responses.uploads import path_of, upload_for
from voc.web.console import Desk, screen

ADDRESS = "/console/files"
# Whatever the file is, it gets no script, no origin and no frame, should a browser show it all the same.
POLICY = "default-src 'none'; sandbox"


def routes() -> list[Route]:
    """The one address."""
    return [Route(f"{ADDRESS}/{{id}}", file, methods=["GET"])]


@screen
async def file(desk: Desk) -> Response:
    """One file, under the name its sender gave it."""
    try:
        upload_id = UUID(desk.request.path_params["id"])
    except ValueError:
        raise NotFound from None
    upload = await upload_for(desk.actor, upload_id)
    path = path_of(upload.id)
    if not path.is_file():
        raise NotFound
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return FileResponse(path, media_type=upload.media_type, filename=upload.name, headers=headers, content_disposition_type="attachment")
