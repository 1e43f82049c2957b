"""The looks and standing texts of customer pages: brand, colours inlined with their hash, who to turn to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup

from voc.core import settings
from voc.responses.around import Around
from voc.surveys.logos import shown_size
from voc.surveys.shades import DARK_PAPER, LIGHT_PAPER, SEEN, readable_on
from voc.surveys.texts import Texts
from voc.web import static_files
from voc.web.headers import content_policy, hash_source
from voc.web.wording import Words, marked

LOGOS = "/brand"


@dataclass(frozen=True, slots=True)
class Picture:
    """The logo of a brand: its address, and how many pixels of the page it takes."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Face:
    """What surrounds a customer page. `style` stands in the page itself, which saves a round trip; `policy` names its hash."""

    brand: str
    logo: Picture | None
    sender_line: Markup
    help: Markup
    privacy: Markup
    postal: str
    style: str
    policy: str


def face_of(found: Around, language: str) -> Face:
    """The face of the brand that asks, for a reader."""
    style, policy = _style(found.accent, found.on_accent)
    sender_line, help_text, privacy = (
        marked(texts.say(language), texts.language_for(language), language)
        for texts in (Texts(found.sender_line), Texts(found.help_text), Texts(found.privacy_text))
    )
    return Face(found.brand_name, _logo(found), sender_line, help_text, privacy, found.postal_address, style, policy)


def bare_face() -> Face:
    """The face of a page that is nobody's: an address that leads nowhere."""
    style, policy = _style("#1f4e79", "#ffffff")
    return Face("", None, Markup(), Markup(), Markup(), "", style, policy)


def fills_of(found: Around, words: Words) -> Mapping[str, str | None]:
    """The values of the placeholders that texts may hold."""
    zone = ZoneInfo(found.time_zone or settings.current().default_time_zone)
    return {
        "customer.first_name": found.first_name,
        "customer.name": found.customer_name,
        "contact.ended_on": words.day(found.ended_at.astimezone(zone)) if found.ended_at else None,
        "contact.agent_name": found.agent_name,
        "contact.touchpoint": Texts(found.touchpoint_names).say(words.reader) or None,
        "brand.name": found.brand_name,
    }


def _logo(found: Around) -> Picture | None:
    if not (found.logo_hash and found.logo_width and found.logo_height):
        return None
    return Picture(f"{LOGOS}/{found.logo_hash}", *shown_size(found.logo_width, found.logo_height))


@lru_cache(maxsize=64)
def _style(accent: str, on_accent: str) -> tuple[str, str]:
    light, dark = _shades(LIGHT_PAPER, accent), _shades(DARK_PAPER, accent)
    style = "".join(
        (
            static_files.text("tokens.css"),
            f":root{{--accent:{accent};--on-accent:{on_accent};{light}}}",
            f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}",
            static_files.text("base.css"),
            static_files.text("survey.css"),
        )
    )
    return style, content_policy(styles=hash_source(style))


def _shades(paper: str, accent: str) -> str:
    """The accent as text and as the edge of a button on this paper."""
    return f"--accent-text:{readable_on(paper, accent)};--accent-edge:{readable_on(paper, accent, SEEN)}"
