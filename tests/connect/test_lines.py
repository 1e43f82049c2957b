"""Cutting a stream into lines, and holding answers for a slow reader."""

import asyncio
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from voc.connect.lines import Line, Lines
from voc.connect.spool import Spool


def cut(*parts: bytes, longest: int = 10) -> list[Line]:
    lines = Lines(longest)
    found = [line for part in parts for line in lines.feed(part)]
    return [*found, *lines.end()]


def test_lines_are_counted_and_empty_ones_left_out() -> None:
    assert cut(b"a\n\n  \r\nb\r\nc") == [Line(1, b"a"), Line(4, b"b"), Line(5, b"c")]
    assert cut(b"") == cut(b"\n\n") == []


def test_a_line_may_come_in_any_parts() -> None:
    assert cut(b"ab", b"", b"cd\ne", b"f\n") == [Line(1, b"abcd"), Line(2, b"ef")]


def test_a_line_that_is_too_long_is_said_and_not_held() -> None:
    assert cut(b"x" * 11 + b"\nok\n" + b"y" * 5, b"y" * 50) == [Line(1, None), Line(2, b"ok"), Line(3, None)]
    assert cut(b"x" * 10) == [Line(1, b"x" * 10)]


def test_a_byte_order_mark_is_no_text() -> None:
    assert cut(b"\xef\xbb", b"\xbfa\n\xef\xbb\xbfb") == [Line(1, b"a"), Line(2, b"\xef\xbb\xbfb")]


@given(some.binary(max_size=60), some.lists(some.integers(0, 60), max_size=5))
def test_where_it_is_cut_makes_no_difference(text: bytes, cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(text)]
    parts = [text[start:end] for start, end in pairwise(places)]
    if b"".join(parts) == text:
        assert cut(*parts) == cut(text)


async def drained(spool: Spool) -> bytes:
    """Everything in the spool until its end."""
    found = b""
    while part := await spool.get():
        found += part
    return found


async def test_what_is_put_comes_out_in_order_also_beyond_memory() -> None:
    spool = Spool(in_memory=100)
    parts = [str(number).encode() * 30 for number in range(40)]
    for part in parts[:20]:
        spool.put(part)
    first = await spool.get()
    assert first == parts[0]
    for part in parts[20:]:
        spool.put(part)
    spool.end()
    assert first + await drained(spool) == b"".join(parts)
    spool.put(b"after the file was read, memory again")
    assert await drained(spool) == b"after the file was read, memory again"
    spool.close()


async def test_a_reader_waits_until_there_is_something() -> None:
    spool = Spool()
    reading = asyncio.create_task(drained(spool))
    await asyncio.sleep(0)
    spool.put(b"a")
    await asyncio.sleep(0)
    spool.put(b"b")
    spool.end()
    assert await reading == b"ab"
