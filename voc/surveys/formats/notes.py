"""The report while it is being written: what was changed, simplified or dropped, in the order in which it was met. PURE."""

from dataclasses import replace

from voc.surveys.formats.imported import Fate, ReportItem

LONGEST_WHAT = 500


class Notes:
    """Collects the items of one import; the same item twice is kept once."""

    def __init__(self) -> None:
        self._items: dict[ReportItem, None] = {}

    def changed(self, source_id: str, code: str, what: str, why: str, question_id: str = "") -> None:
        """It came along in another way."""
        self._add(Fate.CHANGED, source_id, question_id, code, what, why)

    def simplified(self, source_id: str, code: str, what: str, why: str, question_id: str = "") -> None:
        """Part of it came along."""
        self._add(Fate.SIMPLIFIED, source_id, question_id, code, what, why)

    def dropped(self, source_id: str, code: str, what: str, why: str, question_id: str = "") -> None:
        """It did not come along."""
        self._add(Fate.DROPPED, source_id, question_id, code, what, why)

    def report(self, ids: dict[str, str], renamed: dict[str, str]) -> tuple[ReportItem, ...]:
        """All items; `ids` says which question a source id became where an item does not, `renamed` the last names of questions."""
        found = []
        for item in self._items:
            question_id = item.question_id or ids.get(item.source_id, "")
            found.append(replace(item, question_id=renamed.get(question_id, question_id)))
        return tuple(found)

    def _add(self, fate: Fate, source_id: str, question_id: str, code: str, what: str, why: str) -> None:
        shown = what if len(what) <= LONGEST_WHAT else f"{what[: LONGEST_WHAT - 1]}…"
        self._items.setdefault(ReportItem(source_id[:200], question_id, code, fate, shown, why))
