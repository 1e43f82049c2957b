"""What a text costs as text messages."""

import pytest

from voc.core.gsm7 import DOUBLE, PLAIN, Alphabet, Messages, messages_for

GSM7, UCS2 = Alphabet.GSM7, Alphabet.UCS2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Messages(GSM7, 0, 0, ())),
        ("a" * 160, Messages(GSM7, 160, 1, ())),
        ("a" * 161, Messages(GSM7, 161, 2, ())),
        ("a" * 306, Messages(GSM7, 306, 2, ())),
        ("a" * 307, Messages(GSM7, 307, 3, ())),
        ("a" * 158 + "€", Messages(GSM7, 160, 1, ("€",))),
        ("a" * 159 + "€", Messages(GSM7, 161, 2, ("€",))),
        # The euro of two places would begin at the 153rd: it moves on, and takes one place more than there are letters.
        ("a" * 152 + "€" + "a" * 152, Messages(GSM7, 306, 3, ("€",))),
        ("Hé, naïef: [5] €", Messages(UCS2, 16, 1, ("ï",))),
        ("’" + "a" * 69, Messages(UCS2, 70, 1, ("’",))),
        ("’" + "a" * 70, Messages(UCS2, 71, 2, ("’",))),
        ("😀" * 35, Messages(UCS2, 70, 1, ("😀",))),
        ("😀" * 67, Messages(UCS2, 134, 3, ("😀",))),
        ("كيف", Messages(UCS2, 3, 1, ("ك", "ي", "ف"))),
    ],
)
def test_a_text_takes_so_many_messages(text: str, found: Messages) -> None:
    assert messages_for(text) == found


def test_the_alphabet_has_the_letters_that_networks_agreed_on() -> None:
    plain = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    assert messages_for(plain) == Messages(GSM7, len(plain), 1, ())
    assert len(PLAIN) == 127
    assert PLAIN.isdisjoint(DOUBLE)
    assert messages_for("ç").alphabet is UCS2
