"""Brands: the name, colours, picture and standing words we ask under."""

from base64 import b64decode
from datetime import datetime

from strawberry import Parent

from voc.api.context import Info
from voc.api.exposed import computed, enum, exposes, field, shape, takes
from voc.api.facts import Translation, TranslationInput, texts_in, translations_of
from voc.api.mutations import mutation
from voc.api.nodes import Node
from voc.core.errors import Invalid
from voc.surveys import models
from voc.surveys.brands import save_brand
from voc.surveys.queries import brands_visible_to, logos_by_hash
from voc.surveys.shades import Pair, Scheme, Use, pairs

enum(Scheme, "Whether a page is light or dark.", LIGHT="Dark letters on light paper.", DARK="Light letters on dark paper.")
enum(
    Use,
    "Where a colour of a brand stands on a page.",
    name="ColourUse",
    BUTTON="The text on buttons and on the chosen answer.",
    LINK="Links and what is underlined: the accent, or the nearest tint of it that can be read.",
    EDGE="The edge of the button that sends: the accent, or the nearest tint of it that can be seen.",
)


@shape
class BrandLogo:
    """The picture that stands for a brand on pages of customers."""

    address: str
    """Where it is served, below the address of this service; it never changes."""
    media_type: str
    """What it is: image/png or image/jpeg."""
    width: int
    """Its width in pixels."""
    height: int
    """Its height in pixels."""
    bytes: int
    """How many bytes it adds to the first visit of a customer."""


@shape
class ColourPair:
    """One colour of a brand on another, as customers meet them."""

    scheme: Scheme
    """On light or on dark paper."""
    use: Use
    """Where."""
    colour: str
    """The colour in front, such as #1f4e79."""
    ground: str
    """The colour behind it."""
    ratio: float
    """Their contrast, from 1 to 21."""
    needed: float
    """The least at which everybody can read or see it."""

    @computed
    def is_enough(pair: Pair) -> bool:  # noqa: N805 - the source is the pair
        """Whether everybody can."""
        return pair.is_enough


@exposes(models.Brand, visible=brands_visible_to)
class Brand(Node):
    """The name, address and colours we ask under."""

    key: str
    """Short name that surveys refer to."""
    name: str
    """Name that customers read."""
    from_email: str
    """The address mails come from."""
    reply_to: str | None
    """The address answers to mails go to."""
    postal_address: str
    """The postal address beneath mails; empty where none is given."""
    accent: str
    """Colour of buttons and the chosen answer, such as #1f4e79."""
    on_accent: str
    """Colour of text on it."""
    created_at: datetime
    """When it was made."""

    @computed
    def help_text(row: models.Brand) -> list[Translation]:  # noqa: N805 - the source is the row
        """Whom customers can turn to, by language."""
        return translations_of(row.help_text)

    @computed
    def privacy_text(row: models.Brand) -> list[Translation]:  # noqa: N805
        """What happens with answers, by language."""
        return translations_of(row.privacy_text)

    @computed
    def sender_line(row: models.Brand) -> list[Translation]:  # noqa: N805
        """Who asks, in a line under the name, by language."""
        return translations_of(row.sender_line)

    @computed
    def signature(row: models.Brand) -> list[Translation]:  # noqa: N805
        """Who signs the mails, above the name, by language."""
        return translations_of(row.signature)

    @field(list[ColourPair])
    def colours(row: Parent[models.Brand]) -> tuple[Pair, ...]:  # noqa: N805
        """What becomes of its two colours on light and on dark paper."""
        return pairs(row.accent, row.on_accent)

    @field(BrandLogo | None)
    async def logo(row: Parent[models.Brand], info: Info) -> BrandLogo | None:  # noqa: N805
        """Its picture, where it has one."""
        found = await info.context.loaders.of(logos_by_hash, row.logo_hash) if row.logo_hash else None
        if found is None:
            return None
        address = f"/brand/{found.hash}"
        return BrandLogo(address=address, media_type=found.media_type, width=found.width, height=found.height, bytes=len(found.body))


@takes
class SaveBrandInput:
    """A brand, by its key: new, or changed as a whole; only the logo stays as it is when left out."""

    key: str
    """Short name that surveys refer to."""
    name: str
    """Name that customers read."""
    from_email: str
    """The address mails come from."""
    reply_to: str | None
    """The address answers to mails go to."""
    postal_address: str | None
    """The postal address beneath mails."""
    help_text: list[TranslationInput] | None
    """Whom customers can turn to, by language."""
    privacy_text: list[TranslationInput] | None
    """What happens with answers, by language."""
    sender_line: list[TranslationInput] | None
    """Who asks, in a line under the name, by language."""
    signature: list[TranslationInput] | None
    """Who signs the mails, above the name, by language."""
    accent: str | None
    """Colour of buttons and the chosen answer, such as #1f4e79; the house's own when left out."""
    on_accent: str | None
    """Colour of text on it; white when left out."""
    logo_base64: str | None
    """Its picture: the bytes of a PNG or JPEG of at most 100 kB in base64. Left out the logo stays, empty it is taken away."""


@shape
class BrandQueries:
    """Reads of brands."""

    @field(list[Brand])
    async def brands(self, info: Info) -> list[models.Brand]:
        """All brands, the usual one first."""
        return await brands_visible_to(info.context.actor).order_by("created_at", "id")


@shape
class BrandMutations:
    """Changes of brands."""

    @mutation(Brand)
    async def save_brand(self, info: Info, input: SaveBrandInput) -> models.Brand:
        """Save a brand under its key. Colours that cannot be read together are refused, and so are drawings (SVG) as a logo."""
        colours = {name: colour for name, colour in (("accent", input.accent), ("on_accent", input.on_accent)) if colour}
        return await save_brand(
            info.context.actor,
            input.key,
            name=input.name,
            from_email=input.from_email,
            reply_to=input.reply_to,
            postal_address=input.postal_address or "",
            help_text=texts_in(input.help_text),
            privacy_text=texts_in(input.privacy_text),
            sender_line=texts_in(input.sender_line),
            signature=texts_in(input.signature),
            logo=None if input.logo_base64 is None else _bytes_of(input.logo_base64),
            **colours,
        )


def _bytes_of(base64: str) -> bytes:
    try:
        return b64decode("".join(base64.split()), validate=True)
    except ValueError:
        raise Invalid.at("logoBase64", "NOT_BASE64", "This is not base64. Encode the bytes of the picture anew.") from None
