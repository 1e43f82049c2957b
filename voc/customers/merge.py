"""PURE. How news changes what is known: newer news wins field by field, older news still fills what nobody has spoken of since.

`told` holds for each field the moment (epoch milliseconds) of the news it comes from; of two at the same moment the later arrival wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from voc.customers.read_fields import Unset


@dataclass(frozen=True, slots=True)
class News:
    """What was told at a moment: columns and attributes; a column that is absent keeps its value, None takes an attribute away."""

    at: datetime
    columns: Mapping[str, Any]
    attributes: Mapping[str, str | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns or self.attributes)


def news_of(
    at: datetime, said: Mapping[str, Any], attributes: Mapping[str, str | None] | Unset, empty: Mapping[str, Any] | None = None
) -> News:
    """The news in what was said; of some fields nothing was said. `empty` holds what an emptied column has instead of null."""
    empty = empty or {}
    columns = {name: empty.get(name) if value is None else value for name, value in said.items() if not isinstance(value, Unset)}
    return News(at, columns, {} if isinstance(attributes, Unset) else attributes)


def merge(row: dict[str, Any], news: News) -> bool:
    """Let the news into the row, which is changed in place; says whether one of its values is different now."""
    stamp = round(news.at.timestamp() * 1000)
    told: dict[str, int] = row["told"]
    changed = False
    for name, value in news.columns.items():
        if told.get(name, stamp) <= stamp:
            told[name] = stamp
            if row[name] != value:
                row[name] = value
                changed = True
    for key, text in news.attributes.items():
        name = f"attributes.{key}"
        if told.get(name, stamp) <= stamp:
            told[name] = stamp
            changed |= _put(row["attributes"], key, text)
    row["occurred_at"] = max(row["occurred_at"], news.at)
    return changed


def _put(attributes: dict[str, str], key: str, text: str | None) -> bool:
    if attributes.get(key) == text:
        return False
    if text is None:
        del attributes[key]
    else:
        attributes[key] = text
    return True
