"""HTML of other systems as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc.surveys.formats.plain_text import plain_text


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("plain & simple, 3 < 4", "plain & simple, 3 < 4"),
        ("un<b>happy</b>&nbsp;&mdash; very", "unhappy — very"),
        ("<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree"),
        ("<table><tr><td>left</td><td>right</td></tr></table>", "left\n\nright"),
        ("<style>p {color: red}</style><script>alert(1)</script>words", "words"),
        ("<img src=x onerror=alert(1)>words<!-- remark -->", "words"),
        ("&lt;script&gt;shown&lt;/script&gt;", "<script>shown</script>"),
        ("bell\x07 and half \ud83d", "bell and half"),
    ],
)
def test_the_words_are_kept_and_nothing_else(html: str, wanted: str) -> None:
    assert plain_text(html) == wanted


@given(st.text())
def test_plain_text_has_no_space_at_its_ends_and_no_control_characters(html: str) -> None:
    found = plain_text(html)

    assert found == found.strip()
    assert not [one for one in found if ord(one) < 32 and one != "\n"]
