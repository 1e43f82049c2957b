"""The figures of the import bar: what an independent reader found in a file against what we have of it.

Strict: a text equals its text, a code its code, a kind its kind. Only what no file can hold is forgiven: a built-in answer without a
text is found by its code; a type that the reader does not know (`other`, and a list to which things are added) is met by any kind,
if the report names the question; a file that takes pictures alone is `media` for one format and `file` for another. Pipes and joiners
of letters count as no text, for every system writes its own.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

Facts = dict[str, Any]

# The level "pass 99".
BAR = {
    **dict.fromkeys(
        ("question_recall", "text_fidelity", "choice_recall", "row_recall", "row_order", "choice_order", "order", "required_recall"), 0.995
    ),
    **dict.fromkeys(("choice_codes", "row_codes", "page_breaks", "language_recall", "translation_fidelity"), 0.99),
    **dict.fromkeys(("required_not_false", "logic_kept_or_reported", "nothing_silently_lost"), 1.0),
    "kind_fidelity": 0.97,
    "logic_kept": 0.90,
}
_PIPE = re.compile(r"\$?\{[^{}]*\}|#recall:[^#]*#")
_JOINERS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff"))
_ANY_KIND = {"other", "panel_dynamic"}


@dataclass
class Figures:
    """The figures of one file, each a share with what fell short of it."""

    counted: dict[str, tuple[int, int]] = field(default_factory=dict)
    short: list[str] = field(default_factory=list)

    def count(self, name: str, holds: bool, what: str) -> None:
        """One more case."""
        met, all_ = self.counted.get(name, (0, 0))
        self.counted[name] = met + holds, all_ + 1
        if not holds:
            self.short.append(f"{name}: {what}")

    def shares(self) -> dict[str, float]:
        """How many of the cases hold, for each figure that has cases."""
        return {name: met / all_ for name, (met, all_) in self.counted.items()}


def mean(of: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The means of figures: of the files of a family, of the families of a format."""
    found = defaultdict[str, list[float]](list)
    for one in of:
        for name, share in one.items():
            found[name].append(share)
    return {name: sum(shares) / len(shares) for name, shares in found.items()}


def compared(ours: Facts, theirs: Facts) -> Figures:
    """The figures of one file."""
    found = Figures()
    for language in theirs["languages"]:
        found.count("language_recall", language in ours["languages"], language)
    pairs = list(_pairs(ours["questions"], theirs["questions"], found))
    for mine, wanted in pairs:
        _compare(mine, wanted, ours, theirs, found)
    order = [mine["place"] for mine, _ in pairs]
    found.count("order", order == sorted(order), str(order[:20]))
    for (first, wanted), (second, wanted_next) in pairwise(pairs) if theirs["format"] != "xlsform" else ():
        same, really = first["page"] == second["page"], wanted["page"] == wanted_next["page"]
        found.count("page_breaks", same == really, f"{wanted['code']} | {wanted_next['code']}")
    _lost(ours, theirs, pairs, found)
    return found


def _pairs(ours: list[Facts], theirs: list[Facts], found: Figures) -> Iterator[tuple[Facts, Facts]]:
    """The same questions on both sides; of several with one id the first is the first."""
    by_id, by_code = defaultdict[str, deque[Facts]](deque), defaultdict[str, deque[Facts]](deque)
    for place, mine in enumerate(ours):
        mine["place"] = place
        by_id[mine["id"]].append(mine)
        by_code[mine["code"]].append(mine)
    for wanted in theirs:
        queue = by_id.get(wanted.get("id") or "") or by_code.get(wanted["code"])
        match = queue.popleft() if queue else None
        found.count("question_recall", match is not None and match["code"] == wanted["code"], wanted["code"])
        if match:
            yield match, wanted


def _compare(mine: Facts, wanted: Facts, ours: Facts, theirs: Facts, found: Figures) -> None:
    code, reported = wanted["code"], mine["id"] in ours["reported"] or mine["key"] in ours["reported"]
    found.count("text_fidelity", plain(mine["text"]) == plain(wanted["text"]), f"{code}: {mine['text'][:80]!r} / {wanted['text'][:80]!r}")
    fits = (
        (mine["kind"], wanted["kind"]) == ("media", "file") or mine["kind"] == wanted["kind"] or (wanted["kind"] in _ANY_KIND and reported)
    )
    found.count("kind_fidelity", fits, f"{code}: {mine['kind']} / {wanted['kind']} ({wanted.get('source_type')})")
    for part, name in (("choices", "choice"), ("rows", "row")):
        _compare_parts(mine[part], wanted[part], name, code, theirs["base_language"], found)
    required = "required_recall" if wanted["required"] else "required_not_false"
    found.count(required, mine["required"] == wanted["required"], code)
    if wanted["has_logic"]:
        is_kept = mine["has_logic"] or ("skip" in wanted["logic"] and mine["is_read"])
        found.count("logic_kept", is_kept, f"{code}: {wanted['logic']}")
        found.count("logic_kept_or_reported", is_kept or reported, f"{code}: {wanted['logic']}")
    for language, text in (wanted.get("texts") or {}).items():
        if language and language != theirs["base_language"]:
            found.count("translation_fidelity", plain(mine["texts"].get(language, "")) == plain(text), f"{code}.{language}: {text[:60]!r}")


def _compare_parts(mine: list[Facts], wanted: list[Facts], name: str, code: str, base: str, found: Figures) -> None:
    for one in wanted:
        match = _match(mine, one, base)
        found.count(f"{name}_recall", match is not None, f"{code}: {one['code']} {one['text'][:60]!r}")
        if match is None:
            continue
        found.count(f"{name}_codes", match["code"] == str(one["code"]), f"{code}: {match['code']} / {one['code']}")
        for language, translated in one["texts"].items():
            if language and language != base:
                is_said = plain(match["texts"].get(language, "")) == plain(translated)
                found.count("translation_fidelity", is_said, f"{code}/{one['code']}.{language}: {translated[:60]!r}")
    if wanted:
        both = [one for one in (_match(mine, one, base) for one in wanted) if one]
        ours = [id(one) for one in mine if one in both]
        same = SequenceMatcher(None, ours, [id(one) for one in both], autojunk=False).ratio() == 1
        found.count(f"{name}_order", same, f"{code}: {[one['text'] for one in mine][:9]}")


def _match(mine: list[Facts], wanted: Facts, base: str) -> Facts | None:
    """The part with this text, rather the one that has the code too; one without a text in the base language by its code."""
    by_code = [one for one in mine if one["code"] == str(wanted["code"])]
    has_no_text = not wanted["text"] or (base not in wanted["texts"] and wanted["text"] in wanted["texts"].values() and base)
    if has_no_text or (wanted["implicit"] and wanted["text"] == wanted["code"]):
        return by_code[0] if by_code else None
    said = plain(wanted["text"])
    return next((one for one in (*by_code, *mine) if plain(one["text"]) == said), None)


def plain(text: str) -> str:
    """A text for comparing: pipes and joiners left out, white space evened."""
    return " ".join(_PIPE.sub(" ", text or "").translate(_JOINERS).split())


def _lost(ours: Facts, theirs: Facts, pairs: list[tuple[Facts, Facts]], found: Figures) -> None:
    """What the file has and neither the questionnaire nor the report speaks of: questions, scripts, pipes, questions in the bin."""
    items = set(ours["items"])
    for mine, wanted in pairs:
        if "script" in wanted["logic"]:
            found.count("nothing_silently_lost", (mine["id"], "SCRIPT_DROPPED") in items, f"{wanted['code']}: script")
        if wanted.get("pipes"):
            kept = "{" in str(mine["texts"]) or (mine["id"], "PIPE_DROPPED") in items
            found.count("nothing_silently_lost", kept, f"{wanted['code']}: pipe")
    if theirs["format"] == "qsf":
        binned = sum(code == "IN_BIN" for _, code in items)
        found.count("nothing_silently_lost", binned == theirs["trashed"], f"{theirs['trashed']} in the bin, {binned} reported")
    for wanted in theirs["questions"]:
        is_there = any(wanted.get("id") in (one["id"], one["code"]) or wanted["code"] == one["code"] for one in ours["questions"])
        found.count("nothing_silently_lost", is_there or wanted.get("id") in ours["reported"], f"{wanted['code']}: the question")
