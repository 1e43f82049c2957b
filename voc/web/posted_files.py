"""Reading a form that brings files, within limits: a file goes to disk as it comes, and stops going there once it is too large."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from voc.core.ids import new_id
from voc.web.posted_form import LARGEST, MOST_FIELDS, PostedForm, posted_form

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many files may come under one name, and how large each may be."""

    most_files: int
    most_bytes: int


@dataclass(slots=True)
class Arrived:
    """A file as it came. One that is too large is only its beginning; `path` is None for one more than is wanted."""

    question: str
    name: str
    path: Path | None
    size: int = 0
    is_too_large: bool = False

    def forget(self) -> None:
        """Take the file away."""
        if self.path:
            self.path.unlink(missing_ok=True)


async def posted_form_and_files(request: Request, allowed: Mapping[str, Allowance], folder: Path) -> tuple[PostedForm, list[Arrived]]:
    """The fields and files of a POST; files under other names than those allowed are passed over. Too large altogether is 413."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        return await posted_form(request), []
    most = LARGEST + sum(one.most_files * (one.most_bytes + 1024) for one in allowed.values())
    if int(request.headers.get("content-length") or 0) > most:
        raise HTTPException(413)
    receiver = _Receiver(allowed, folder)
    is_read = False
    try:
        await _read(request, receiver, options[b"boundary"], most)
        is_read = True
    finally:
        receiver.close()
        if not is_read:
            for one in receiver.files:
                one.forget()
    return PostedForm(receiver.fields), receiver.files


async def _read(request: Request, receiver: "_Receiver", boundary: bytes, most: int) -> None:
    parser = MultipartParser(boundary, receiver.callbacks())
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > most:
                raise HTTPException(413)
            parser.write(chunk)
        parser.finalize()
    except MultipartParseError:
        raise HTTPException(400) from None
    if not receiver.is_whole:
        raise HTTPException(400)


@dataclass(slots=True)
class _Receiver:
    """Takes the parts of a form as the parser meets them."""

    allowed: Mapping[str, Allowance]
    folder: Path
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[Arrived] = field(default_factory=list)
    is_whole: bool = False
    _header: bytes = b""
    _value: bytes = b""
    _said: bytes = b""
    _name: str = ""
    _text: bytearray | None = None
    _file: Arrived | None = None
    _open: BinaryIO | None = None
    _parts: int = 0
    _typed: int = 0

    def callbacks(self) -> "MultipartCallbacks":
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_done,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._whole,
        }

    def close(self) -> None:
        """Finish the file at hand."""
        if self._open:
            self._open.close()
            self._open = None

    def _whole(self) -> None:
        self.is_whole = True

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > MOST_FIELDS:
            raise HTTPException(413)
        self._said, self._text, self._file = b"", None, None

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._said = self._value
        self._header = self._value = b""

    def _headers_done(self) -> None:
        _, options = parse_options_header(self._said)
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" not in options:
            self._text = bytearray()
            return
        allowance = self.allowed.get(self._name)
        # A browser sends an unnamed, empty part where no file was chosen.
        if allowance and options[b"filename"]:
            self._open_file(allowance, options[b"filename"].decode("utf-8", "replace"))

    def _open_file(self, allowance: Allowance, said: str) -> None:
        name = "".join(one for one in PurePosixPath(said.replace("\\", "/")).name if one.isprintable())[:200] or "file"
        is_wanted = sum(one.question == self._name for one in self.files) < allowance.most_files
        self._file = Arrived(self._name, name, self.folder / new_id().hex if is_wanted else None)
        self.files.append(self._file)
        if self._file.path:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._open = os.fdopen(os.open(self._file.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._text is not None:
            self._typed += end - start
            if self._typed > LARGEST:
                raise HTTPException(413)
            self._text += data[start:end]
        elif self._file and self._open:
            self._file.size += end - start
            if self._file.size > self.allowed[self._file.question].most_bytes:
                self._file.is_too_large = True
                self.close()
            else:
                self._open.write(data[start:end])

    def _end(self) -> None:
        if self._text is not None:
            self.fields.setdefault(self._name, []).append(self._text.decode("utf-8", "replace"))
        self.close()
