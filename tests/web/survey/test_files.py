"""Files that customers send: known by their content, kept out of sight, gone when no answer names them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from tests.responses.asked import Asked, asked, published
from tests.responses.conftest import Told
from tests.responses.kinds import of_kind
from tests.responses.presses import INTEGRATION, values
from tests.web.survey.reader import Reader, Seen
from voc.core import settings
from voc.responses.models import Answer, Response, Upload
from voc.responses.uploads import forget_uploads, path_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
PAGE = b"<!doctype html><script>alert(1)</script>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def folder(told: Told, tmp_path: Path) -> Iterator[Path]:
    """A folder for uploads of this test's own."""
    before = settings.current()
    settings.install(before.model_copy(update={"uploads": str(tmp_path / "uploads")}))
    yield tmp_path / "uploads"
    settings.install(before)


async def send(reader: Reader, one: Asked, *files: tuple[str, bytes], **filled: Any) -> Seen:
    """Open the page, choose files and press the button."""
    page = await reader.open(f"/s/{one.secret}?step=")
    return await press(reader, page, *files, **filled)


async def press(reader: Reader, page: Seen, *files: tuple[str, bytes], **filled: Any) -> Seen:
    """Choose files and press the button, as a browser does: what was not chosen comes as an empty part."""
    parts = [("file", (name, content)) for name, content in files] or [("file", ("", b""))]
    fields = {**page.form, **filled, "_go": "next"}
    fields.pop("file", None)
    answer = await reader.client.post(
        str(page.answer.url), data=fields, files=parts, headers={"Accept": "text/html"}, follow_redirects=True
    )
    return reader._see(answer)


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_file_is_kept_under_a_name_of_ours_and_read_back_under_its_own(reader: Reader, clock: ModuleType, folder: Path) -> None:
    one = await asked(await published(of_kind("file")))
    page = await send(reader, one, ("C:\\parcel\u202e.png", PNG))
    upload = await Upload.get()
    assert (page.heading, await values()) == ("Thank you", {"file": [str(upload.id)]})
    assert (upload.name, upload.media_type, upload.size) == ("parcel.png", "image/png", len(PNG))
    assert (on_disk(folder), path_of(upload.id).read_bytes()) == ([path_of(upload.id)], PNG)
    assert path_of(upload.id).stat().st_mode & 0o077 == 0
    assert "parcel.png" in page.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("holiday.png", PAGE, "We cannot take holiday.png."),
        ("drawing.png", DRAWING, "We cannot take drawing.png."),
        ("program.pdf", b"MZ\x90\0" + b"\0" * 100, "We cannot take program.pdf."),
        ("notes.png", b"Just words.", "We cannot take notes.png."),
        ("empty.png", b"", "We cannot take empty.png."),
        ("huge.png", PNG + b"\0" * 1024 * 1024, "huge.png is too large. Send a file of at most 1 MB."),
    ],
)
async def test_what_may_not_come_is_said_and_leaves_nothing(
    reader: Reader, clock: ModuleType, folder: Path, name: str, content: bytes, said: str
) -> None:
    one = await asked(await published(of_kind("file")))
    page = await send(reader, one, (name, content))
    assert (page.status, said in page.text, page.links[next(iter(page.links))]) == (422, True, "#file")
    assert (await Upload.all().count(), await Answer.all().count(), on_disk(folder)) == (0, 0, [])


async def test_what_was_sent_stays_while_something_else_is_mended_and_can_be_taken_back(
    reader: Reader, clock: ModuleType, folder: Path
) -> None:
    one = await asked(await published(of_kind("file", required=True)))
    page = await send(reader, one, ("one.png", PNG), ("two.html", PAGE))
    first = await Upload.get()
    assert (page.status, page.form["file_kept"]) == (422, [str(first.id)])
    page = await press(reader, page, ("three.png", PNG), ("four.png", PNG))
    assert "You can send 2 at most. Take one away to send four.png." in page.text
    page = await press(reader, page, file_kept=[page.form["file_kept"][1]])
    assert (page.heading, await values()) == ("Thank you", {"file": [str((await Upload.get(name="three.png")).id)]})


async def test_nobody_can_name_a_file_of_somebody_else(reader: Reader, clock: ModuleType) -> None:
    version = await published(of_kind("file"))
    await send(reader, await asked(version), ("mine.png", PNG))
    theirs = str((await Upload.get()).id)
    other = await asked(version)
    await send(reader, other, file_kept=[theirs])
    assert await Response.filter(invitation_id=other.invitation.id).count() == 1
    assert await Answer.filter(response__invitation_id=other.invitation.id).count() == 0


async def test_files_that_no_answer_names_are_forgotten_after_a_day(
    reader: Reader, clock: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voc.responses.uploads.AT_ONCE", 1)
    version = await published(of_kind("file"))
    await send(reader, await asked(version), ("stays.png", PNG))
    gone = await asked(version)
    await send(reader, gone, ("goes.png", PNG), ("goes-too.png", PNG))
    await Response.filter(invitation_id=gone.invitation.id).delete()
    await forget_uploads(INTEGRATION)
    assert len(on_disk(folder)) == 3
    clock.advance(timedelta(days=2))
    await forget_uploads(INTEGRATION)
    kept = await Upload.get()
    assert (kept.name, on_disk(folder)) == ("stays.png", [path_of(kept.id)])


async def test_a_form_of_any_size_is_refused_before_it_is_read(client: httpx.AsyncClient, clock: ModuleType, folder: Path) -> None:
    one = await asked(await published(of_kind("file")))
    answer = await client.post(f"/s/{one.secret}", data={"_step": "all"}, files=[("file", ("a.png", PNG + b"\0" * 4 * 1024 * 1024))])
    assert (answer.status_code, on_disk(folder)) == (413, [])
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await client.post(f"/s/{one.secret}", content=b"--x\r\nbroken", headers=broken)
    assert (answer.status_code, on_disk(folder)) == (400, [])


async def test_a_disk_that_runs_full_takes_no_files_and_keeps_the_answers(reader: Reader, folder: Path) -> None:
    settings.install(settings.current().model_copy(update={"uploads_leave_free": 10**9}))
    one = await asked(await published(of_kind("file")))
    page = await send(reader, one, ("parcel.png", PNG))
    assert page.status == 422
    assert "We have no room for parcel.png just now." in page.text
    assert (on_disk(folder), await Upload.all().count()) == ([], 0)
