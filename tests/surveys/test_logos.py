"""A logo is a picture, whatever its name says."""

import zlib
from hashlib import sha256

import pytest

from voc.surveys.logos import JPEG, PNG, Logo, NoLogo, read_logo, shown_size


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes((8, 0, 0, 0, 0))
    lines = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    """The frames around a picture, without the picture."""
    about = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    table = b"\xff\xc4\x00\x05abc"
    size = b"\xff\xc0\x00\x0b\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + about + table + size + b"\xff\xda\x00\x02" + b"x" * 40 + b"\xff\xd9"


def test_a_picture_is_known_by_its_content_and_named_by_its_hash() -> None:
    body = png(120, 40)
    found = read_logo(body)
    assert found == Logo(body, PNG, 120, 40)
    assert found.hash == sha256(body).hexdigest()
    assert read_logo(jpeg(300, 200)) == Logo(jpeg(300, 200), JPEG, 300, 200)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "NOT_A_PICTURE"),
        (b"<!doctype html><script>alert(1)</script>", "NOT_A_PICTURE"),
        (b"GIF89a" + b"\x01\x00\x01\x00" + b"\x00" * 20, "NOT_A_PICTURE"),
        (b"nothing", "NOT_A_PICTURE"),
        (png(120, 40)[:-20], "NOT_A_PICTURE"),
        (jpeg(120, 40)[:30], "NOT_A_PICTURE"),
        (png(8, 40), "WRONG_SIZE"),
        (png(4001, 16), "WRONG_SIZE"),
        (png(120, 40) + b"\0" * 100_000, "TOO_LARGE"),
    ],
)
def test_what_is_no_picture_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(NoLogo) as refused:
        read_logo(body)
    assert refused.value.code == code


@pytest.mark.parametrize(("size", "shown"), [((100, 30), (100, 30)), ((400, 96), (200, 48)), ((96, 400), (12, 48)), ((4000, 16), (200, 1))])
def test_a_picture_keeps_its_shape_where_it_is_shown_smaller(size: tuple[int, int], shown: tuple[int, int]) -> None:
    assert shown_size(*size) == shown
