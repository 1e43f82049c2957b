"""A form with one file to import."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from voc.web.faults import NO_FAULTS, Faults, FormFault
from voc.web.posted_files import Allowance, posted_form_and_files
from voc.web.wording import Words

LARGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class SentFile:
    """What was typed and the file that came with it; without one that can be used, why not."""

    typed: Mapping[str, str]
    data: bytes = b""
    name: str = ""
    faults: Faults = NO_FAULTS


async def sent_file(request: Request, fields: Iterable[str], words: Words) -> SentFile:
    """The fields of a form and its `file`. The words say `no_file` and `too_large`."""
    form, files = await posted_form_and_files(request, {"file": Allowance(1, LARGEST)}, Path(tempfile.gettempdir()))
    typed = {name: form.one(name).strip() for name in fields}
    try:
        file = files[0] if files else None
        if file is None or file.path is None:
            return SentFile(typed, faults=Faults([FormFault("file", words("no_file"))]))
        if file.is_too_large:
            return SentFile(typed, faults=Faults([FormFault("file", words("too_large", megabytes=LARGEST // 1_000_000))]))
        return SentFile(typed, file.path.read_bytes(), file.name)
    finally:
        for one in files:
            one.forget()
