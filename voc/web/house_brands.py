"""Brands (A1): who asks, in which colours, with which logo and words; saved only where everybody can read them."""

import tempfile
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core import settings
from voc.core.access import Action
from voc.core.errors import Forbidden, NotFound
from voc.outreach.mail.sign import is_aligned
from voc.surveys.logos import LIGHT_BYTES, MOST_BYTES, shown_size
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, FormFault, form_faults
from voc.web.house_frame import ADDRESS, parts_for
from voc.web.posted_files import Allowance, posted_form_and_files
from voc.web.posted_form import PostedForm
from voc.web.wording import catalogues, own_name, words_for

BRANDS = f"{ADDRESS}/brands"
WORDS = "brands"
NEW = "new"
PLAIN = {"name": "name", "from_email": "fromEmail", "reply_to": "replyTo", "postal_address": "postalAddress"}
COLOURS = {"accent": "accent", "on_accent": "onAccent"}
TEXTS = {"sender_line": "senderLine", "signature": "signature", "help_text": "helpText", "privacy_text": "privacyText"}


def routes() -> list[Route]:
    """The list, and the form of one."""
    return [
        Route(BRANDS, brands, methods=["GET"]),
        Route(f"{BRANDS}/{{key}}", brand, methods=["GET"]),
        Route(f"{BRANDS}/{{key}}", save, methods=["POST"]),
    ]


@screen
async def brands(desk: Desk) -> Response:
    """Every brand, the usual one first."""
    return _page(desk, "console/house_brands.html", brands=await _brands(desk))


@screen
async def brand(desk: Desk) -> Response:
    """The form of one brand, or of a new one."""
    found = await _found(desk)
    return await _form(desk, found, _typed_of(found))


@screen
async def save(desk: Desk) -> Response:
    """Keep what the form says; what was typed stays where it cannot be kept."""
    if not desk.may(Action.EDIT_SURVEY):
        raise Forbidden
    found = await _found(desk)
    form, files = await posted_form_and_files(desk.request, {"logo": Allowance(1, MOST_BYTES)}, Path(tempfile.gettempdir()))
    try:
        file = files[0] if files and files[0].path else None
        if file and file.is_too_large:
            too_large = Faults([FormFault("logo", words_for(WORDS, desk.me["language"])("too_large"))])
            return await _form(desk, found, _typed_in(form, found), too_large, 422)
        picture = b64encode(file.path.read_bytes()).decode() if file and file.path else "" if form.one("no_logo") else None
    finally:
        for one in files:
            one.forget()
    key = found["key"] if found else form.one("key").strip()
    answer = await desk.change("SaveBrand", key=key, logoBase64=picture, **_input(form))
    if answer.row is None:
        faults = form_faults(answer, words_for(WORDS, desk.me["language"]), _fields())
        return await _form(desk, found, _typed_in(form, found), faults, answer.status)
    return desk.go(f"{BRANDS}/{key}", "saved", WORDS)


async def _brands(desk: Desk) -> Sequence[Mapping[str, Any]]:
    return list((await desk.ask("Brands"))["brands"])


async def _found(desk: Desk) -> Mapping[str, Any] | None:
    key = desk.request.path_params["key"]
    found = next((one for one in await _brands(desk) if one["key"] == key), None)
    if found is None and key != NEW:
        raise NotFound
    return found


def _input(form: PostedForm) -> dict[str, Any]:
    """The form as the API takes it; a text that is empty is left out."""
    values = {api: form.one(field).strip() or None for field, api in {**PLAIN, **COLOURS}.items()}
    values["name"], values["fromEmail"] = values["name"] or "", values["fromEmail"] or ""
    texts = {
        api: [{"language": one, "text": said} for one in _languages() if (said := form.one(f"{field}.{one}").strip())]
        for field, api in TEXTS.items()
    }
    return {**values, **texts}


def _fields() -> dict[str, str]:
    """Where the faults of the API stand on the form."""
    texts = {f"{api}.{one}": f"{field}.{one}" for field, api in TEXTS.items() for one in _languages()}
    return {**{api: field for field, api in {**PLAIN, **COLOURS}.items()}, **texts, "logoBase64": "logo"}


def _typed_of(found: Mapping[str, Any] | None) -> dict[str, str]:
    if found is None:
        return {"accent": "#1f4e79", "on_accent": "#ffffff"}
    typed = {field: found[api] or "" for field, api in {**PLAIN, **COLOURS}.items()}
    return typed | {f"{field}.{one['language']}": one["text"] for field, api in TEXTS.items() for one in found[api]}


def _typed_in(form: PostedForm, found: Mapping[str, Any] | None) -> dict[str, str]:
    return {**_typed_of(found), **dict(form.pairs())}


def _languages() -> list[str]:
    return sorted(catalogues()["survey"])


async def _form(
    desk: Desk, found: Mapping[str, Any] | None, typed: Mapping[str, str], faults: Faults = NO_FAULTS, status: int = 200
) -> Response:
    surveys = (await desk.ask("Surveys", filter={}, first=100))["surveys"]["nodes"] if found else []
    logo = found["logo"] if found else None
    return _page(
        desk,
        "console/house_brand.html",
        faults=faults,
        status=status,
        found=found,
        typed=typed,
        languages=[(one, own_name(one)) for one in _languages()],
        lines=("sender_line", "signature"),
        areas=("help_text", "privacy_text"),
        logo=logo,
        logo_size=shown_size(logo["width"], logo["height"]) if logo else (0, 0),
        is_heavy=bool(logo and logo["bytes"] > LIGHT_BYTES),
        surveys=[one for one in surveys if found and one["brand"] and one["brand"]["id"] == found["id"]],
        may_edit=desk.may(Action.EDIT_SURVEY),
        vouches_not=_vouches_not(found),
    )


def _vouches_not(found: Mapping[str, Any] | None) -> str:
    """The domain our mail is signed for, where that does not vouch for the brand's sender; empty where it does, or nothing is signed."""
    chosen = settings.current()
    vouches = found is None or chosen.dkim_key is None or is_aligned(found["fromEmail"], chosen.dkim_domain)
    return "" if vouches else chosen.dkim_domain


def _page(desk: Desk, template: str, **values: Any) -> Response:
    house, words = words_for("house", desk.me["language"]), words_for(WORDS, desk.me["language"])
    return desk.page(template, "house", b=words, house=house, parts=parts_for(desk), part="brands", **values)
