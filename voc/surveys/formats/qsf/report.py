"""What is said about everything that did not come along as it was. PURE."""

from collections.abc import Iterable

from voc.surveys.formats.imported import Fate, ReportItem
from voc.surveys.formats.plain_text import plain_text

_LONGEST = 200


class Notes:
    """Collects the report while a file is read; the same thing is said once."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, str, str], ReportItem] = {}
        self._ids: dict[str, str] = {}

    def changed(self, source_id: str, code: str, what: str, why: str) -> None:
        """Something came along otherwise than it was, without loss."""
        self._note(source_id, code, Fate.CHANGED, what, why)

    def simplified(self, source_id: str, code: str, what: str, why: str) -> None:
        """Something came along in part."""
        self._note(source_id, code, Fate.SIMPLIFIED, what, why)

    def dropped(self, source_id: str, code: str, what: str, why: str) -> None:
        """Something did not come along."""
        self._note(source_id, code, Fate.DROPPED, what, why)

    def named(self, ids: Iterable[tuple[str, str]]) -> None:
        """Tell under which ids of ours the things of the file are kept, as `(source id, our id)`."""
        self._ids.update(ids)

    def report(self) -> tuple[ReportItem, ...]:
        """Everything that was said, in order."""
        return tuple(
            ReportItem(item.source_id, self._ids.get(item.source_id, ""), item.code, item.fate, item.what, item.why)
            for item in self._items.values()
        )

    def _note(self, source_id: str, code: str, fate: Fate, what: str, why: str) -> None:
        shown = " ".join(plain_text(what[:2000]).split())
        shown = shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
        self._items.setdefault((source_id, code, shown), ReportItem(source_id, "", code, fate, shown, why))
