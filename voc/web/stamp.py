"""The stamp of a form: which invitation, when the page was served, which score it showed. Nobody else can make one."""

from datetime import UTC, datetime
from functools import lru_cache
from hmac import compare_digest
from uuid import UUID

from voc.core import settings
from voc.core.ids import signed
from voc.core.seals import url_text
from voc.core.settings import Settings


def make_stamp(invitation_id: UUID, served_at: datetime, score: str) -> str:
    """The text to put in a form."""
    served = f"{served_at.timestamp() * 1000:.0f}"
    return f"{served}.{score}.{_seal(invitation_id, served, score)}"


def served_at(invitation_id: UUID, stamp: str) -> datetime | None:
    """When the page with this stamp was served; None when the stamp is missing, made up or of another invitation."""
    served, _, rest = stamp.partition(".")
    score, _, seal = rest.partition(".")
    if not compare_digest(seal.encode(), _seal(invitation_id, served, score).encode()):
        return None
    return datetime.fromtimestamp(int(served) / 1000, UTC)


def _seal(invitation_id: UUID, served: str, score: str) -> str:
    return url_text(signed(_key(settings.current()), "stamp", invitation_id, served, score)[:16])


@lru_cache(maxsize=4)
def _key(chosen: Settings) -> bytes:
    return chosen.key()
