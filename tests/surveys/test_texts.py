"""Placeholders are filled in or fall back; our words come in the reader's language."""

import pytest

from tests.surveys.sample import document
from voc.surveys.parse import parse
from voc.surveys.placeholders import Placeholder, filled, placeholders
from voc.surveys.texts import Texts
from voc.surveys.words import WORDS, word


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("Hello {customer.first_name|there},", {"customer.first_name": "Ada"}, "Hello Ada,"),
        ("Hello {customer.first_name|there},", {}, "Hello there,"),
        ("Hello {customer.first_name|there},", {"customer.first_name": None}, "Hello there,"),
        ("Hello { customer.first_name | there },", {"customer.first_name": ""}, "Hello  there ,"),
        ("Hello{customer.first_name|},", {}, "Hello,"),
        ("From {brand.name} to {customer.name|you}", {"brand.name": "A {customer.name|x}"}, "From A {customer.name|x} to you"),
        ("{brand} {Brand.Name} {} {{x}} 100%", {"brand": "x"}, "{brand} {Brand.Name} {} {{x}} 100%"),
        ("<{customer.name|b}>", {"customer.name": "<script>"}, "<<script>>"),
    ],
)
def test_placeholders_are_filled_once_and_left_to_the_page_to_escape(text: str, values: dict[str, str | None], expected: str) -> None:
    assert filled(text, values) == expected


def test_placeholders_are_found_with_their_fallbacks() -> None:
    assert placeholders("{a.b|c} and {d.e} and {f}") == (Placeholder("a.b", "c"), Placeholder("d.e", None))


def test_our_words_come_in_the_language_of_the_reader_or_ours() -> None:
    questionnaire = parse(document())
    assert [word(questionnaire, "next", language) for language in ("en", "nl", "nl-BE", "ja")] == ["Next", "Volgende", "Volgende", "Next"]


def test_a_questionnaire_brings_its_own_words() -> None:
    found = document()
    found["languages"] = ["en", "nl", "de"]
    found["words"] = {"next": {"en": "Go on", "de": "Weiter"}}
    questionnaire = parse(found)
    assert [word(questionnaire, "next", language) for language in ("en", "de", "de-AT", "nl", "ja")] == [
        "Go on",
        "Weiter",
        "Weiter",
        "Volgende",
        "Go on",
    ]


def test_every_word_of_ours_is_there_in_every_language_we_speak_with_the_same_placeholders() -> None:
    for name, texts in WORDS.items():
        assert set(texts) == {"en", "nl", "de", "fr", "es", "ar"}, name
        marks = [sorted(part.split("}")[0] for part in text.split("{")[1:]) for text in texts.values()]
        assert all(mark == marks[0] for mark in marks), name


def test_texts_are_values() -> None:
    assert Texts({"en": "a", "nl": "b"}) == Texts({"nl": "b", "en": "a"})
    assert hash(Texts({"en": "a", "nl": "b"})) == hash(Texts({"nl": "b", "en": "a"}))
    assert (Texts().say("en"), Texts().language_for("en"), bool(Texts())) == ("", "", False)
