"""Regular expressions of other systems as ours: RE2, held against the whole answer. PURE."""

import re

from voc.core.expressions import Fault, Kind, compile, environment
from voc.surveys.formats.logic.terms import quoted

_LONGEST = 1900
_LOOSE_HYPHEN = re.compile(r"(\\[wdsWDS])-(?!\])")


def whole_pattern(written: str, *, ignore_case: bool = False) -> str:
    """The pattern that fits an answer of which the written one fits a part; "" where it is none that can be used."""
    inner = _LOOSE_HYPHEN.sub(r"\1\\-", written.strip())
    if not inner or len(inner) > _LONGEST:
        return ""
    before, after = "" if inner.startswith("^") else ".*", "" if inner.endswith("$") and not inner.endswith("\\$") else ".*"
    body = f"(?:{inner})" if before or after else inner
    pattern = f"{'(?i)' if ignore_case else ''}{before}{body}{after}"
    return pattern if _is_usable(pattern) else ""


def _is_usable(pattern: str) -> bool:
    try:
        re.compile(pattern)
        held = compile(f"answers.text.matches({quoted(pattern)})", environment({"answers": {"text": Kind.TEXT}}))
    except (re.error, RecursionError, OverflowError, ValueError):
        return False
    return not isinstance(held.evaluate({"answers": {"text": "x"}}), Fault)
