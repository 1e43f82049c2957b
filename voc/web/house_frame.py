"""Keeping house (A1, A4): the parts that are open to a colleague, and how each of their pages is made."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from voc.core.access import Action
from voc.web.console import Desk
from voc.web.faults import NO_FAULTS, Changed, Faults, FormFault, form_faults, said
from voc.web.wording import words_for

ADDRESS = "/console/house"
WORDS = "house"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: the words' key, the address, and the action that opens it."""

    key: str
    address: str
    opens: Action


PARTS = (
    Part("health", ADDRESS, Action.SEE_JOBS),
    Part("people", f"{ADDRESS}/people", Action.SEE_STAFF),
    Part("teams", f"{ADDRESS}/teams", Action.SEE_STAFF),
    Part("brands", f"{ADDRESS}/brands", Action.SEE_SURVEYS),
    Part("rules", f"{ADDRESS}/rules", Action.SEE_OUTREACH),
    Part("mapping", f"{ADDRESS}/mapping", Action.SEE_OUTREACH),
    Part("tokens", f"{ADDRESS}/tokens", Action.EDIT_STAFF),
    Part("webhooks", f"{ADDRESS}/webhooks", Action.EDIT_WEBHOOKS),
)


def parts_for(desk: Desk) -> list[Part]:
    """The parts that are open to this colleague."""
    return [part for part in PARTS if desk.may(part.opens)]


def house_page(desk: Desk, part: str, *, faults: Faults = NO_FAULTS, status: int = 200, **values: Any) -> Response:
    """The page of a part, under the tabs of all."""
    parts = parts_for(desk)
    return desk.page(f"console/house_{part}.html", WORDS, faults=faults, status=status, parts=parts, part=part, **values)


def said_of(desk: Desk, answer: Changed, fields: dict[str, str] | None = None) -> Faults:
    """What to mend, in the words of this room."""
    words = words_for(WORDS, desk.me["language"])
    if answer.faults:
        return form_faults(answer, words, fields)
    return Faults([FormFault("", said(words, answer.code, answer.message))])
