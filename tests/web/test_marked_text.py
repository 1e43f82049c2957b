"""Words are marked where they stand, and what customers wrote stays text."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from voc.web.marked_text import explained, highlighted, searched


def hit(start: int, end: int, weight: float) -> dict[str, object]:
    """A word that moved a reading."""
    return {"start": start, "end": end, "weight": weight}


def test_every_searched_word_is_marked_whatever_its_case() -> None:
    assert searched("Great bike, GREAT service", "great service") == ("<mark>Great</mark> bike, <mark>GREAT</mark> <mark>service</mark>")
    assert searched("a+b <b>", "+ <b>") == "a<mark>+</mark>b <mark>&lt;b&gt;</mark>"
    assert searched("<b>", "  ") == "&lt;b&gt;"


def test_words_of_a_reading_are_marked_by_where_they_push() -> None:
    text = "Good <i> bad"
    assert explained(text, [hit(9, 12, -2.5), hit(0, 4, 1.9)]) == (
        '<mark data-mood="positive">Good</mark> &lt;i&gt; <mark data-mood="negative">bad</mark>'
    )


def test_places_outside_the_text_or_within_another_are_passed_over() -> None:
    assert explained("bad", [hit(0, 3, -1), hit(1, 2, 1), hit(3, 9, 1), hit(2, 2, 1)]) == '<mark data-mood="negative">bad</mark>'


def test_what_was_searched_for_goes_before_what_moved_a_reading() -> None:
    text = "Bad <b>service</b>, very bad"
    assert highlighted(text, "BAD </b>", [hit(0, 3, -2.5), hit(21, 28, -2.9)]) == (
        "<mark>Bad</mark> &lt;b&gt;service<mark>&lt;/b&gt;</mark>, very <mark>bad</mark>"
    )
    assert highlighted(text, "service", [hit(25, 28, -2.5)]) == (
        'Bad &lt;b&gt;<mark>service</mark>&lt;/b&gt;, very <mark data-mood="negative">bad</mark>'
    )


@given(st.text(), st.text(max_size=5))
def test_marking_changes_no_letter(text: str, search: str) -> None:
    assert searched(text, search).replace(Markup("<mark>"), Markup("")).replace(Markup("</mark>"), Markup("")) == escape(text)
