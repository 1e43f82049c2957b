"""The report of an experiment as bars beside their numbers. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SCALES = {"NPS": (-100.0, 100.0), "CSAT": (0.0, 100.0), "CES": (1.0, 7.0)}
_ROUNDED_TO = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One arm by one measure: where its bar begins and how wide it is, and its interval, over 100 units; None while it is not shown."""

    arm: str
    figure: Mapping[str, Any]
    start: float | None = None
    width: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """The arms by one measure, and what can be said of each beside the first, with the sentence."""

    measure: str
    bars: tuple[Bar, ...]
    said: tuple[tuple[Mapping[str, Any], str], ...]


def view_of(experiment: Mapping[str, Any]) -> list[Measured]:
    """The measures of a report, as the API gives it, in its order."""
    arms = experiment["arms"]
    told = list(zip(experiment["comparisons"], experiment["conclusions"], strict=True))
    found = []
    for place, figure in enumerate(arms[0]["figures"]):
        figures = [arm["figures"][place] for arm in arms]
        low, high = _scale(figure["measure"], figures)
        bars = tuple(_bar(arm["key"], one, low, high) for arm, one in zip(arms, figures, strict=True))
        said = tuple(pair for pair in told if pair[0]["measure"] == figure["measure"])
        found.append(Measured(figure["measure"], bars, said))
    return found


def _scale(measure: str, figures: list[Mapping[str, Any]]) -> tuple[float, float]:
    """The whole range of a metric; for a share that answers, which is often small, as far as the arms go."""
    if measure in _SCALES:
        return _SCALES[measure]
    highest = max((one["high"] for one in figures if one["high"] is not None), default=100.0)
    return 0.0, min(100.0, _ROUNDED_TO * (highest // _ROUNDED_TO + 1))


def _bar(arm: str, figure: Mapping[str, Any], low: float, high: float) -> Bar:
    if figure["value"] is None:
        return Bar(arm, figure)

    def across(value: float) -> float:
        return round(100 * (min(max(value, low), high) - low) / (high - low), 2)

    # A bar begins at nothing, which for NPS is the middle.
    nothing, end = across(max(low, 0.0)), across(figure["value"])
    ends = (across(figure["value"] if figure[side] is None else figure[side]) for side in ("low", "high"))
    return Bar(arm, figure, min(nothing, end), abs(end - nothing), *ends)
