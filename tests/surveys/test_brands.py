"""A brand can be mailed from and read."""

from typing import Any

import pytest

from tests.surveys.test_logos import png
from voc.core.access import Actor
from voc.core.errors import Invalid
from voc.surveys.brands import save_brand
from voc.surveys.colours import contrast
from voc.surveys.logos import read_logo
from voc.surveys.models import Brand, BrandLogo
from voc.surveys.queries import default_brand
from voc.surveys.shades import Scheme, Use, pairs

SYSTEM = Actor.system("test")
SOUND: dict[str, Any] = {"name": "Voorbeeld", "from_email": "post@voorbeeld.nl"}


async def test_a_brand_is_made_and_then_changed_under_its_key(db: str) -> None:
    first = await save_brand(SYSTEM, "main", **SOUND, help_text={"nl": "Bel ons."}, accent="#1F4E79")
    again = await save_brand(SYSTEM, "main", **{**SOUND, "name": "Voorbeeld B.V."})
    assert (first.id, first.accent, first.help_text) == (again.id, "#1f4e79", {"nl": "Bel ons."})
    assert [brand.name for brand in await Brand.all()] == ["Voorbeeld B.V."]
    assert again.help_text == {}


async def test_the_oldest_brand_is_the_default(db: str) -> None:
    first = await save_brand(SYSTEM, "zebra", **SOUND)
    await save_brand(SYSTEM, "aardvark", **SOUND)
    assert (await default_brand()).id == first.id


async def test_a_logo_stays_until_another_comes_or_it_is_taken_away(db: str) -> None:
    first, second = png(120, 40), png(60, 60)
    brand = await save_brand(SYSTEM, "main", **SOUND, logo=first)
    assert brand.logo_hash == read_logo(first).hash
    assert (await save_brand(SYSTEM, "main", **SOUND)).logo_hash == brand.logo_hash
    await save_brand(SYSTEM, "other", **SOUND, logo=first)
    await save_brand(SYSTEM, "main", **SOUND, logo=second)
    assert {bytes(logo.body) for logo in await BrandLogo.all()} == {first, second}
    assert (await save_brand(SYSTEM, "main", **SOUND, logo=b"")).logo_hash == ""
    (left,) = await BrandLogo.all()
    assert (left.media_type, left.width, left.height, bytes(left.body)) == ("image/png", 120, 40, first)


@pytest.mark.parametrize("accent", ["#1f4e79", "#000000", "#ffd200", "#f2f2f2", "#8a2be2"])
def test_what_a_page_makes_of_an_accent_can_be_read_in_both_schemes(accent: str) -> None:
    found = pairs(accent, "#1a2330" if contrast(accent, "#1a2330") > contrast(accent, "#ffffff") else "#ffffff")
    assert [(pair.scheme, pair.use) for pair in found] == [(scheme, use) for scheme in Scheme for use in Use]
    assert all(pair.is_enough for pair in found)


@pytest.mark.parametrize(
    ("changed", "path", "code"),
    [
        ({"key": "Main Brand"}, "key", "WRONG_VALUE"),
        ({"name": "Voorbeeld\r\nBcc: everybody@voorbeeld.nl"}, "name", "WRONG_VALUE"),
        ({"name": " "}, "name", "WRONG_VALUE"),
        ({"from_email": "post at voorbeeld.nl"}, "fromEmail", "ADDRESS_INVALID"),
        ({"reply_to": "x"}, "replyTo", "ADDRESS_INVALID"),
        ({"postal_address": "x" * 301}, "postalAddress", "TOO_LONG"),
        ({"help_text": {"dutch": "Bel ons."}}, "helpText.dutch", "WRONG_VALUE"),
        ({"privacy_text": {"nl": ""}}, "privacyText.nl", "TOO_LONG"),
        ({"signature": {"nl": "Anna\nde Vries"}}, "signature.nl", "WRONG_VALUE"),
        ({"sender_line": {"nl": "x" * 121}}, "senderLine.nl", "WRONG_VALUE"),
        ({"logo": b"<svg/>"}, "logo", "NOT_A_PICTURE"),
        ({"accent": "blue"}, "accent", "WRONG_VALUE"),
        ({"accent": "#777777", "on_accent": "#ffffff"}, "onAccent", "LOW_CONTRAST"),
    ],
)
async def test_a_brand_nobody_could_read_or_answer_is_refused(db: str, changed: dict[str, Any], path: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        await save_brand(SYSTEM, **{"key": "main", **SOUND, **changed})
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [(path, code)]
    assert await Brand.all().count() == 0


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#1f4e79", "#1f4e79") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
