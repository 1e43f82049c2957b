"""The form of a policy as it is shown: its fields and their choices, what was typed, and what is wrong where."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import yaml
from markupsafe import Markup
from starlette.responses import Response

from voc.web.console import Desk
from voc.web.dry_run_view import dry_run_values
from voc.web.faults import NO_FAULTS, Changed, Faults, FormFault, said
from voc.web.policies_page import policy_page, words_of
from voc.web.policy_form import DAYS, ROWS, UNITS, USUAL_WINDOW, Document, channels_in, delay_of, field_of, place_of
from voc.web.touchpoint_names import touchpoint_names

CHANNELS = ("EMAIL", "SMS", "OUTBOX", "OTHER")
OUTCOMES = ("SOLVED", "SOLVED_BY_BOT", "TRANSFERRED", "UNSOLVED", "UNKNOWN")
LANGUAGES = ("en", "nl", "de", "fr", "es", "ar")
_RANGE = re.compile(r"from (-?\d+) to (-?\d+)")


async def form_page(
    desk: Desk,
    found: Mapping[str, Any] | None,
    document: Document,
    faults: Faults = NO_FAULTS,
    status: int = 200,
    *,
    proposal: Mapping[str, Any] | None = None,
    tried: Mapping[str, Any] | None = None,
    text: str = "",
    focus: str = "",
) -> Response:
    """The form with what was typed in it; above it what the `proposal` says and changes, and what a rehearsal brought.

    `text` is what was typed as a text where it cannot be taken, `focus` the field to go on with.
    """
    is_posted = desk.request.method == "POST"
    delay, unit = delay_of(document, desk.form.one("delay_unit"))
    written = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)
    surveys = (await desk.ask("Surveys", first=100, filter={}))["surveys"]["nodes"]
    return policy_page(
        desk,
        "console/policy_edit.html",
        faults=faults,
        status=422 if faults and status == 200 else status,
        known=found,
        name=desk.form.one("name") if is_posted else found["name"] if found else "",
        key=found["key"] if found else desk.form.one("key"),
        rules=document,
        window=document.get("window") or USUAL_WINDOW,
        delay=delay,
        delay_unit=unit,
        units=tuple(UNITS),
        days=DAYS,
        chosen_channels=channels_in(document),
        channels=CHANNELS,
        outcomes=OUTCOMES,
        languages=LANGUAGES,
        surveys=[(one["key"], one["name"]) for one in surveys],
        touchpoints=await touchpoint_names(desk),
        rows={one.name: one for one in ROWS},
        text=text or written,
        text_seal=seal_of(written),
        proposal=proposal,
        focus=focus,
        pauses=(await desk.ask("Pauses"))["pauses"],
        **dry_run_values(tried),
    )


def seal_of(text: str) -> str:
    """A short mark of a text, to know whether its words were changed."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def in_fields(desk: Desk, faults: Iterable[Mapping[str, Any]], document: Document) -> Faults:
    """Faults of rules beside the fields where they stand, in the order of the form."""
    named = [(field_of(one["path"], document, desk.form), one) for one in faults]
    return Faults(sorted((FormFault(field, _said(desk, one, field)) for field, one in named), key=lambda one: place_of(one.field)))


def in_text(desk: Desk, faults: Iterable[Mapping[str, Any]]) -> Faults:
    """Faults of rules by the line of the text."""
    words, found = words_of(desk), sorted(faults, key=lambda one: int(one["line"]))
    said_there = ((one["line"], _said(desk, one, field_of(one["path"], {}))) for one in found)
    return Faults(FormFault("document", Markup("{} {}").format(words("line", number=line), text)) for line, text in said_there)


def refused(desk: Desk, answer: Changed, document: Document) -> Faults:
    """Why a draft was not saved, beside the fields."""
    words = words_of(desk)
    if not answer.faults:
        return Faults([FormFault("", said(words, answer.code, answer.message))])
    return in_fields(desk, answer.faults, document)


def _said(desk: Desk, fault: Mapping[str, Any], field: str) -> str | Markup:
    words, bounds = words_of(desk), _RANGE.search(fault["message"])
    # A row's field, such as `arm_0_weight`, is called after its row or by itself.
    row, part = field.partition("_")[0], field.rpartition("_")[2]
    names = (f"field_{field}", f"field_{row}_{part}", f"field_{part}", "field_delay")
    name = next(one for one in names if one in words.keys())  # noqa: SIM118 - not a dict
    if fault["code"] == "MISSING" and f"field_{field}" in words.keys():  # noqa: SIM118
        return words("needed", field=words(name))
    if fault["code"] != "OUT_OF_RANGE" or bounds is None:
        return said(words, fault["code"], fault["message"])
    if field == "delay_number":
        return words("whole_delay", field=words(name))
    return words("whole_number", field=words(name), low=bounds[1], high=bounds[2])
