"""How much room the sheets of an .xls would take, told before it is opened: the cells it claims are counted in its records. PURE."""

from collections.abc import Iterator
from struct import Struct, error, unpack_from

_FREE = 0xFFFFFFFA
_LARGE = 4096
_NAMES = {"workbook", "book"}
_BEGIN, _END, _SIZE = 0x0809, 0x000A, {0x0200, 0x0000}
_CELLS = {0x0203, 0x027E, 0x00BD, 0x00FD, 0x0204, 0x0205, 0x0006, 0x0207, 0x0003, 0x0004, 0x0002, 0x0005}
_SEVERAL = {0x00BD}
# Sheets may announce all the room there is, and be nearly empty; nothing honest announces more.
_WHOLE_SHEET = 65_536 * 256
_RECORD = Struct("<HH")


def claimed_cells(data: bytes) -> int:
    """The number of cells of all sheets, as the records that hold or announce them say. Raises ValueError for what is no .xls."""
    try:
        return _counted(_stream(data))
    except (error, IndexError, OverflowError):
        raise ValueError("This is no workbook.") from None


def _stream(data: bytes) -> bytes:
    """The stream with the records, out of the sectors of the file."""
    shift, small_shift = unpack_from("<HH", data, 30)
    if not (7 <= shift <= 16 and 4 <= small_shift <= 12):
        raise ValueError("This is no workbook.")
    size = 1 << shift
    sectors = _Sectors(data, size, _table(data, size))
    directory = sectors.chain(unpack_from("<I", data, 48)[0])
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    if not entries:
        raise ValueError("This is no workbook.")
    for entry in entries:
        name = entry[: max(unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", errors="replace").lower()
        if name in _NAMES and entry[66] == 2:
            start, length = unpack_from("<II", entry, 116)
            if length >= _LARGE:
                return sectors.chain(start)[:length]
            inner = sectors.chain(unpack_from("<I", entries[0], 116)[0])
            table = sectors.chain(unpack_from("<I", data, 60)[0])
            steps = [unpack_from("<I", table, at)[0] for at in range(0, len(table) - 3, 4)]
            return _Sectors(inner, 1 << small_shift, steps, before=0).chain(start)[:length]
    raise ValueError("This is no workbook.")


class _Sectors:
    """Sectors that are chained by a table of next ones."""

    def __init__(self, data: bytes, size: int, steps: list[int], before: int = 1) -> None:
        self._data, self._size, self._steps, self._before = data, size, steps, before

    def chain(self, start: int) -> bytes:
        """The contents of a chain; one that goes round is no chain."""
        found, seen = [], set[int]()
        while start < _FREE:
            if start in seen or start >= len(self._steps):
                raise ValueError("This is no workbook.")
            seen.add(start)
            at = (start + self._before) * self._size
            found.append(self._data[at : at + self._size])
            start = self._steps[start]
        return b"".join(found)


def _table(data: bytes, size: int) -> list[int]:
    """The table of next sectors; its own places are in the head of the file, and in a chain where they are many."""
    places = [place for place in unpack_from("<109I", data, 76) if place < _FREE]
    more, seen = unpack_from("<I", data, 68)[0], set[int]()
    while more < _FREE and more not in seen:
        seen.add(more)
        listed = unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        places += [place for place in listed[:-1] if place < _FREE]
        more = listed[-1]
    steps: list[int] = []
    for place in places:
        at = (place + 1) * size
        if at + size <= len(data):
            steps += unpack_from(f"<{size // 4}I", data, at)
    return steps


def _counted(stream: bytes) -> int:
    total, corners = 0, list[tuple[int, int]]()
    for kind, at, length in _records(stream):
        if kind in {_BEGIN, _END}:
            total += _area(corners)
            corners.clear()
        elif kind in _SIZE and length >= 10:
            total += _announced(stream, at, length)
        elif kind in _CELLS and length >= 6:
            row, column = unpack_from("<HH", stream, at)
            corners.append((row, column))
            if kind in _SEVERAL:
                corners.append((row, unpack_from("<H", stream, at + length - 2)[0]))
    return total + _area(corners)


def _announced(stream: bytes, at: int, length: int) -> int:
    """What a sheet says of its size, where that is more than there can be."""
    first, last, left, right = unpack_from("<IIHH" if length >= 12 else "<HHHH", stream, at)
    claimed = (last - first + 1) * (right - left + 1)
    return int(claimed) if claimed > _WHOLE_SHEET * 2 else 0


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = _RECORD.unpack_from(stream, at)
        yield kind, at + 4, min(length, len(stream) - at - 4)
        at += 4 + length


def _area(corners: list[tuple[int, int]]) -> int:
    if not corners:
        return 0
    rows, columns = [row for row, _ in corners], [column for _, column in corners]
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
