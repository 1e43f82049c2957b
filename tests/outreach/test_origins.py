"""Which websites may hold a widget."""

import pytest

from voc.core.errors import Invalid
from voc.outreach.open.origins import read_origins


def test_an_origin_is_read_as_a_browser_names_it() -> None:
    asked = [
        "https://Shop.Example",
        " https://shop.example:443/ ",
        "https://shop.example:8443",
        "http://localhost:5000",
        "https://bücher.example",
    ]
    assert read_origins(asked) == [
        "https://shop.example",
        "https://shop.example:8443",
        "http://localhost:5000",
        "https://xn--bcher-kva.example",
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("", "shop.example", "http://shop.example", "https://*.example", "https://shop.example/page", "https://shop.example?x"),
        *("https://me@shop.example", "https://shop.example:99999", "https://a b.example", "javascript:alert(1)", "https://shop.example;x"),
        "https://shop.example 'unsafe-inline'",
    ],
)
def test_anything_else_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_origins(["https://fine.example", text])
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("allowedOrigins[1]", "WRONG_ORIGIN")]


def test_twenty_websites_are_enough() -> None:
    with pytest.raises(Invalid, match="at most 20"):
        read_origins(f"https://shop{number}.example" for number in range(21))
