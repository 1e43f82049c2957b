"""What a customer means by a text they send back: stop, start again, a score, or something for a person to read. PURE."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

# The first word alone says it, whatever follows: nobody begins an answer with it who wants to go on.
_STOP_FIRST = frozenset({"stop", "stopp", "arret", "stopall", "unsubscribe"})
_STOP = _STOP_FIRST | frozenset(
    {
        *("end", "quit", "cancel", "optout", "opt out", "revoke", "stop all", "remove me"),
        *("stoppen", "afmelden", "uitschrijven", "stoppe", "abmelden", "beenden"),
        *("arreter", "desabonner", "fin", "desinscrire", "baja", "alto", "parar", "cancelar"),
    }
)
_START = frozenset({"start", "unstop", "resume", "aanmelden", "anmelden", "reprendre", "alta"})
# "8", "8/10", "8 because …", "8. Thanks"; not "8.5", "8:30", "8-9", "8 %" or "8th".
_SCORE = re.compile(r"(?P<score>\d{1,2})(?:\s*/\s*10)?(?![.,:/\-]\d)(?!\s*[%€$£°])(?:[\s.,:;!\-–—]+(?P<words>.*))?", re.DOTALL)


class Meaning(StrEnum):
    """What a text asks of us."""

    STOP = "stop"
    RESUME = "resume"
    SCORE = "score"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Reply:
    """A text as understood: `score` with the words that came along, if it is one."""

    meaning: Meaning
    score: int = 0
    words: str = ""


def understood(text: str, wish: str = "") -> Reply:
    """What a text means; `wish` is what the gateway itself took it for (stop or resume), which counts before anything else."""
    said = _plain(text)
    if wish == Meaning.STOP or said in _STOP or said.partition(" ")[0] in _STOP_FIRST:
        return Reply(Meaning.STOP)
    if wish == Meaning.RESUME or said in _START:
        return Reply(Meaning.RESUME)
    found = _SCORE.fullmatch(" ".join(text.split()))
    if found and int(found["score"]) <= 10:
        return Reply(Meaning.SCORE, int(found["score"]), (found["words"] or "").strip())
    return Reply(Meaning.WORDS)


def _plain(text: str) -> str:
    """Small letters without accents or signs, single spaces."""
    letters = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^\w\s]", " ", letters).split())
