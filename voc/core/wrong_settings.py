"""What is wrong with a setting, in one sentence that names it and the way out. PURE."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

_BOUNDS = {"greater_than_equal": "at least {ge}", "less_than_equal": "at most {le}", "greater_than": "more than {gt}"}
_TAKES = {"int": "a whole number", "float": "a number", "bool": "true or false"}


def sentence(name: str, error: Mapping[str, Any], default: object, *, secret: bool) -> str:
    """What pydantic found wrong with the setting of this name, in our words."""
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind in _BOUNDS:
        takes = f"takes {_BOUNDS[kind].format(**context)}"
    elif kind == "literal_error":
        takes = f"takes {str(context['expected']).replace(chr(39), '')}"
    elif kind.partition("_")[0] in _TAKES:
        takes = f"takes {_TAKES[kind.partition('_')[0]]}"
    else:
        return f"{name} {str(error['msg']).removeprefix('Value error, ')}."
    given = "" if secret else f", not `{str(error['input'])[:40]}`"
    return f"{name} {takes}{given}: leave it out for {_shown(default)}."


def misspelt(given: Iterable[str], known: Iterable[str]) -> str | None:
    """A sentence about the first name that is no setting and is nearly one. Other names may belong to whatever runs us."""
    names = set(known)
    for name in sorted(set(given) - names):
        near = get_close_matches(name, names, n=1, cutoff=0.85)
        if near:
            return f"{name} is no setting: write {near[0]}, or see them all with `voc config`."
    return None


def _shown(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)
