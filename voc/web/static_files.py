"""Files that browsers may keep for ever: the name carries a hash of the content, gzip is made once at start."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static/"
FOR_EVER = "public, max-age=31536000, immutable"
_SMALLEST_TO_PACK = 200


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it is sent."""

    name: str
    body: bytes
    packed: bytes | None
    media_type: str


def address(name: str) -> str:
    """The address of a file in `static/`, with its hash; KeyError when there is none."""
    return PREFIX + _by_plain_name()[name].name


def text(name: str) -> str:
    """The content of a style sheet or script, as it is sent."""
    return _by_plain_name()[name].body.decode()


async def serve(request: Request) -> Response:
    """A file under its hashed name. Any other name is not found, so that no cache keeps a wrong one."""
    file = _by_hashed_name().get(request.path_params["name"])
    if file is None:
        return Response(status_code=404)
    headers = {"Cache-Control": FOR_EVER, "Cross-Origin-Resource-Policy": "same-origin"}
    if file.packed is None:
        return Response(file.body, media_type=file.media_type, headers=headers)
    headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.packed, media_type=file.media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(file.body, media_type=file.media_type, headers=headers)


def routes() -> list[Route]:
    """The one route of all static files; everything is read and packed now."""
    _by_hashed_name()
    return [Route(PREFIX + "{name}", serve, methods=["GET"])]


def squeezed(style: str) -> str:
    """A style sheet without comments and needless spaces."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    return re.sub(r" ?([{};,>]) ?|(?<=:) ", lambda found: found[1] or "", style).replace(";}", "}").strip()


@lru_cache(maxsize=1)
def _by_plain_name() -> dict[str, StaticFile]:
    return {path.name: _read(path) for path in sorted(FOLDER.iterdir()) if path.is_file()}


@lru_cache(maxsize=1)
def _by_hashed_name() -> dict[str, StaticFile]:
    return {file.name: file for file in _by_plain_name().values()}


def _read(path: Path) -> StaticFile:
    body = path.read_bytes()
    if path.suffix == ".css":
        body = squeezed(body.decode()).encode()
    packed = gzip.compress(body, 6, mtime=0) if len(body) >= _SMALLEST_TO_PACK else None
    media_type = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    name = f"{path.stem}.{hashlib.sha256(body).hexdigest()[:12]}{path.suffix}"
    return StaticFile(name, body, packed, media_type)
