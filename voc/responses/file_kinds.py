"""What a file is, by its content: a name may say anything."""

from pathlib import Path

import puremagic

from voc.surveys.questions import FileKind

_KINDS = {
    **dict.fromkeys(("image/png", "image/jpeg", "image/gif", "image/webp", "image/heif", "image/heic", "image/avif"), FileKind.IMAGE),
    **dict.fromkeys(("image/bmp", "image/tiff"), FileKind.IMAGE),
    "application/pdf": FileKind.PDF,
    **dict.fromkeys(("audio/mpeg", "audio/wave", "audio/x-wav", "audio/ogg", "audio/mp4", "audio/x-m4a", "audio/flac"), FileKind.AUDIO),
    **dict.fromkeys(("audio/aac", "audio/amr", "audio/webm"), FileKind.AUDIO),
    **dict.fromkeys(("video/mp4", "video/webm", "video/quicktime", "video/3gpp", "video/ogg", "video/x-matroska"), FileKind.VIDEO),
}
_PLAIN = "text/plain"
_CONTROL = bytes({*range(0x20)} - {0x09, 0x0A, 0x0C, 0x0D})


def kind_of_file(path: Path) -> tuple[FileKind, str] | None:
    """The kind and the media type of a file; None for everything we do not take: programs, archives, web pages, drawings with scripts."""
    try:
        found = [match.mime_type for match in puremagic.magic_file(path) if match.mime_type]
    except (ValueError, puremagic.PureError):
        return None
    if found:
        kind = _KINDS.get(found[0])
        return (kind, found[0]) if kind else None
    return (FileKind.TEXT, _PLAIN) if _is_text(path) else None


def _is_text(path: Path) -> bool:
    content = path.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not content.translate(None, delete=bytes(set(range(256)) - set(_CONTROL)))
