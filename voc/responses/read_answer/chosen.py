"""What is chosen, ticked, put in order or sent along. PURE."""

import re
from collections.abc import Iterable

from voc.responses.read_answer.typed import line
from voc.responses.read_answer.wrong import Value, Wrong
from voc.surveys.questions import FileUpload

WINDOWS = ("any", "morning", "afternoon", "evening")
_YES_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False}
_FILE = re.compile(r"[0-9A-Za-z_-]{16,64}")


def code(codes: Iterable[str], raw: object) -> Value | None:
    """One of the codes."""
    if isinstance(raw, list | tuple) and len(raw) == 1:
        raw = raw[0]
    chosen = line(raw)
    if chosen and chosen not in codes:
        raise Wrong("not_a_choice")
    return chosen or None


def several(codes: tuple[str, ...], raw: object) -> Value | None:
    """Some of the codes, in the order of the questionnaire."""
    chosen = set(_given(raw))
    if not chosen <= set(codes):
        raise Wrong("not_a_choice")
    return [code for code in codes if code in chosen] or None


def in_order(codes: tuple[str, ...], raw: object) -> Value | None:
    """Codes as they were put in order."""
    chosen = _given(raw)
    if not set(chosen) <= set(codes):
        raise Wrong("not_a_choice")
    if len(set(chosen)) < len(chosen):
        raise Wrong("same_place")
    return chosen or None


def yes_no(raw: object) -> Value | None:
    """Yes or no."""
    if isinstance(raw, bool):
        return raw
    text = line(raw)
    if text and text.lower() not in _YES_NO:
        raise Wrong("not_a_choice")
    return _YES_NO[text.lower()] if text else None


def window(raw: object) -> Value | None:
    """When a call suits."""
    return code(WINDOWS, raw)


def files(question: FileUpload, raw: object) -> Value | None:
    """The ids of files that were sent before."""
    ids = list(dict.fromkeys(_given(raw)))
    if not all(_FILE.fullmatch(one) for one in ids):
        raise Wrong("not_a_file")
    if len(ids) > question.most_files:
        raise Wrong("too_many_files", most=question.most_files)
    return ids or None


def _given(raw: object) -> list[str]:
    given = [raw] if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else [] if raw is None else [raw]
    return [text for one in given if (text := line(one))]
