"""Which places of a document one step of editing touched, as coarse as a reader wants to know it. PURE."""

from collections.abc import Mapping
from typing import Any

from voc.surveys.edit_places import asked, items

Document = Mapping[str, Any]
_APART = frozenset({"pages", "end_pages"})


def changed_places(before: Document, after: Document) -> tuple[str, ...]:
    """`questions/nps` for every question that is new, gone or not as it was, `pages/first` for a page without its questions, the name of
    a field of the whole else. A question that only moved changes its pages."""
    old, new = _parts(before), _parts(after)
    return tuple(place for place in dict.fromkeys((*new, *old)) if old.get(place) != new.get(place))


def _parts(document: Document) -> dict[str, object]:
    whole = dict(document)
    found: dict[str, object] = {name: value for name, value in whole.items() if name not in _APART}
    for page in items(whole, "pages"):
        listed = [one.get("id") for one in items(page, "questions")]
        found[f"pages/{page.get('id')}"] = {**page, "questions": listed}
    found |= {f"end_pages/{page.get('id')}": page for page in items(whole, "end_pages")}
    found |= {f"questions/{one.get('id')}": one for one in asked(whole)}
    return found
