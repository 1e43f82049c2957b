"""What processes use of this machine, read from `/proc` (Linux only)."""

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PARENT, _OWN, _CHILDREN = 1, slice(11, 13), slice(13, 15)


def processor_seconds(pid: int) -> float:
    """What the process has used of the processor."""
    fields = _fields(pid)
    return sum(map(int, fields[_OWN])) / _TICK if fields else 0.0


def family_seconds(pid: int) -> float:
    """What the process and its children have used, those that have ended included."""
    fields = _fields(pid)
    children = [child for child in _pids() if (its := _fields(child)) and int(its[_PARENT]) == pid]
    return (sum(map(int, fields[_CHILDREN])) / _TICK if fields else 0.0) + sum(map(processor_seconds, [pid, *children]))


def child_of(pid: int) -> int:
    """The first child of a process, or the process itself where it has none."""
    return next((child for child in _pids() if (its := _fields(child)) and int(its[_PARENT]) == pid), pid)


def megabytes(pid: int) -> float:
    """What the process holds in memory."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1e6
    except OSError:
        return 0.0


def _pids() -> list[int]:
    return sorted(int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


def _fields(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
