"""What media type an answer gets: the client's Accept header, q values included, against what we can write."""

from dataclasses import dataclass

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
STREAM = "text/event-stream"
PARTS = "multipart/mixed"
_NAMED_FIRST = (GRAPHQL, JSON, STREAM, PARTS)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the client takes: for one answer, and whether it takes a stream of events, or an answer in parts."""

    answer: str
    takes_stream: bool = False
    takes_parts: bool = False

    def content_type(self, status: int) -> str:
        """The media type of an answer. Clients that know only plain JSON get it for success; errors name themselves."""
        legacy = self.answer == JSON and status < 300
        return f"{JSON if legacy else GRAPHQL}; charset=utf-8"


def accepted(header: str | None) -> Accepted | None:
    """What this Accept header takes, or None when we cannot write any of it.

    `application/graphql-response+json` goes to those who name it; plain JSON to those who name only that, or anything, or nothing.
    """
    if not (header or "").strip():
        return Accepted(JSON)
    ranges = _ranges(header)
    weights = {offer: _weight(offer, ranges) for offer in (GRAPHQL, JSON)} | {offer: ranges.get(offer, 0.0) for offer in (STREAM, PARTS)}
    if GRAPHQL not in ranges and weights[JSON] >= weights[GRAPHQL]:
        weights[GRAPHQL] = 0.0  # taken by a wildcard only
    best = max(_NAMED_FIRST, key=lambda offer: weights[offer])
    if weights[best] <= 0:
        return None
    return Accepted(best, weights[STREAM] > 0, weights[PARTS] > 0)


def _weight(offer: str, ranges: dict[str, float]) -> float:
    for wanted in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        if wanted in ranges:
            return ranges[wanted]
    return 0.0


def _ranges(header: str | None) -> dict[str, float]:
    ranges: dict[str, float] = {}
    for part in (header or "").split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        values = dict(parameter.partition("=")[::2] for parameter in parameters)
        if not name or values.get("charset", "utf-8").strip('"') not in ("utf-8", "utf8"):
            continue
        ranges[name] = max(_quality(values.get("q")), ranges.get(name, 0.0))
    return ranges


def _quality(text: str | None) -> float:
    try:
        return min(max(float(text), 0.0), 1.0) if text is not None else 1.0
    except ValueError:
        return 0.0
