"""Brands: the name, address, colours, picture and standing words we ask under."""

import re
from collections.abc import Mapping
from typing import Any

from voc.core.access import Action, Actor
from voc.core.db import execute
from voc.core.errors import Fault, Invalid
from voc.core.mail_address import mail_address
from voc.core.verb import verb
from voc.surveys.colours import HEX, READABLE, contrast
from voc.surveys.described import IN_WORDS, KEY, LANGUAGE
from voc.surveys.lint.rule import Sender
from voc.surveys.logos import NoLogo, read_logo
from voc.surveys.models import Brand, BrandLogo

LONGEST_LINE = 120


@verb(Action.EDIT_SURVEY)
async def save_brand(
    actor: Actor,
    key: str,
    *,
    name: str,
    from_email: str,
    reply_to: str | None = None,
    postal_address: str = "",
    help_text: Mapping[str, str] | None = None,
    privacy_text: Mapping[str, str] | None = None,
    sender_line: Mapping[str, str] | None = None,
    signature: Mapping[str, str] | None = None,
    accent: str = "#1f4e79",
    on_accent: str = "#ffffff",
    logo: bytes | None = None,
) -> Brand:
    """The brand of that key, new or changed. A logo left out stays as it is, an empty one is taken away.

    Refuses addresses that cannot be mailed from, colours that cannot be read, and files that are no PNG or JPEG (Invalid).
    """
    accent, on_accent = accent.lower(), on_accent.lower()
    faults = [
        *_name_faults(key, name, postal_address),
        *_address_faults("fromEmail", from_email),
        *(_address_faults("replyTo", reply_to) if reply_to else []),
        *_text_faults("helpText", help_text or {}),
        *_text_faults("privacyText", privacy_text or {}),
        *_line_faults("senderLine", sender_line or {}),
        *_line_faults("signature", signature or {}),
        *_colour_faults(accent, on_accent),
        *_logo_faults(logo),
    ]
    if faults:
        raise Invalid(faults)
    facts: dict[str, Any] = {
        "name": name.strip(),
        "from_email": from_email,
        "reply_to": reply_to,
        "postal_address": postal_address.strip(),
        "help_text": dict(help_text or {}),
        "privacy_text": dict(privacy_text or {}),
        "sender_line": dict(sender_line or {}),
        "signature": dict(signature or {}),
        "accent": accent,
        "on_accent": on_accent,
    }
    if logo is not None:
        facts["logo_hash"] = await _kept(logo)
    await Brand.bulk_create([Brand(key=key, **facts)], on_conflict=["key"], update_fields=list(facts))
    if logo is not None:
        await _forget_unused_logos()
    return await Brand.get(key=key)


def sender_of(brand: Brand | None, host: str) -> Sender | None:
    """The brand as lint asks for it; `host` is where the addresses of its links begin."""
    return Sender(brand.name, brand.accent, brand.on_accent, host) if brand else None


async def _kept(body: bytes) -> str:
    """The name under which a picture is kept, now at the latest; empty for none."""
    if not body:
        return ""
    logo = read_logo(body)
    row = BrandLogo(hash=logo.hash, media_type=logo.media_type, width=logo.width, height=logo.height, body=logo.body)
    await BrandLogo.bulk_create([row], ignore_conflicts=True)
    return logo.hash


async def _forget_unused_logos() -> None:
    await execute("DELETE FROM brand_logo WHERE hash NOT IN (SELECT logo_hash FROM brand)")


def _name_faults(key: str, name: str, postal_address: str) -> list[Fault]:
    faults = []
    if not re.fullmatch(KEY, key):
        faults.append(Fault("key", "WRONG_VALUE", f"`{key[:80]}` cannot be a key. {IN_WORDS[KEY]}"))
    # The name stands in mail headers, where a line break would begin a header of its own.
    if not 1 <= len(name.strip()) <= 120 or not name.isprintable():
        faults.append(Fault("name", "WRONG_VALUE", "Give the brand a name of 1 to 120 characters on one line."))
    if len(postal_address.strip()) > 300:
        faults.append(Fault("postalAddress", "TOO_LONG", "The postal address has at most 300 characters."))
    return faults


def _address_faults(path: str, address: str) -> list[Fault]:
    try:
        mail_address(address)
    except ValueError as refusal:
        return [Fault(path, "ADDRESS_INVALID", f"`{address[:80]}` is no mail address: {refusal}")]
    return []


def _text_faults(path: str, texts: Mapping[str, str]) -> list[Fault]:
    return [
        Fault(f"{path}.{language}", "WRONG_VALUE", IN_WORDS[LANGUAGE]) for language in texts if not re.fullmatch(LANGUAGE, language)
    ] + [
        Fault(f"{path}.{language}", "TOO_LONG", "Write 1 to 2,000 characters, or leave the language out.")
        for language, text in texts.items()
        if not 1 <= len(text.strip()) <= 2000 or "\x00" in text
    ]


def _line_faults(path: str, lines: Mapping[str, str]) -> list[Fault]:
    """Words of one line, for they stand under a name and above an address."""
    return _text_faults(path, lines) + [
        Fault(f"{path}.{language}", "WRONG_VALUE", f"Write it on one line of at most {LONGEST_LINE} characters.")
        for language, text in lines.items()
        if len(text.strip()) > LONGEST_LINE or not text.strip().isprintable()
    ]


def _logo_faults(body: bytes | None) -> list[Fault]:
    try:
        if body:
            read_logo(body)
    except NoLogo as refused:
        return [Fault("logo", refused.code, str(refused))]
    return []


def _colour_faults(accent: str, on_accent: str) -> list[Fault]:
    faults = [
        Fault(path, "WRONG_VALUE", f"`{colour[:20]}` is no colour. Write it like `#1f4e79`.")
        for path, colour in (("accent", accent), ("onAccent", on_accent))
        if not HEX.fullmatch(colour)
    ]
    if not faults and (found := contrast(accent, on_accent)) < READABLE:
        message = f"Text in {on_accent} on {accent} has a contrast of {found:.1f}; people need {READABLE}. Take a darker or a lighter one."
        faults.append(Fault("onAccent", "LOW_CONTRAST", message))
    return faults
