"""Readings of comments: the package's own score, words that say why, and no mood where nobody can read."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from voc.insight.sentiment.analysers import analyse, analyser_for
from voc.insight.sentiment.analysis import Evidence, Label
from voc.insight.sentiment.language import language_of
from voc.insight.sentiment.sentences import clauses, sentences
from voc.insight.sentiment.vader import Vader, label_of

PACKAGE = SentimentIntensityAnalyzer()
VADER = Vader()
COMMENTS = [
    "The agent was lovely and solved it in five minutes. Thank you!",
    "Waited three weeks, nobody called back and the box arrived damaged. Very disappointed.",
    "It was okay I guess",
    "NOT helpful at all!!! Worst service ever 😡😡",
    "I LOVE the app ❤️ but the delivery was a nightmare :(",
    "Never had a problem. Without doubt the best garage in town, yeah right",
    "4 months and still waiting",
    "The driver was kind of rude, sort of funny though… 🙂🙂great",
    "line one is good\n\nline two is the shit\tand   line three is bad ass",
    "no",
    "?!?",
]
WORDS = [
    *list(PACKAGE.lexicon)[::37],
    *list(PACKAGE.emojis)[::23],
    "but",
    "not",
    "never so",
    "kind of",
    "least",
    "no",
    "NICE",
    "yeah right",
    "!!",
    "…",
]
GAPS = [" ", "", ". ", ", ", "\n", "\u00a0", "\u2003"]


def made_up() -> st.SearchStrategy[str]:
    pieces = st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)).map("".join)
    return st.lists(pieces | st.text(max_size=12), max_size=25).map("".join)


@pytest.mark.parametrize("text", COMMENTS)
def test_the_score_is_the_packages_compound_unchanged(text: str) -> None:
    assert VADER.analyse(text, "en").score == PACKAGE.polarity_scores(text)["compound"]


@given(made_up())
def test_whatever_is_typed_the_score_is_the_packages_and_the_evidence_shows_its_words(text: str) -> None:
    analysis = VADER.analyse(text, "en")

    assert analysis.score == PACKAGE.polarity_scores(text)["compound"]
    for one in analysis.evidence:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.word
        assert one.word.strip()
    assert [one.start for one in analysis.evidence] == sorted(one.start for one in analysis.evidence)
    assert analysis.sentence.removesuffix("…") in text
    assert len(analysis.sentence) <= 400


@pytest.mark.parametrize(
    "text",
    ["😂" * 2000 + " but good", "good but bad " * 750, " ," * 5000, " " * 9990 + "but x", ". ) " * 2500, "great 😂 but bad. " * 550],
)
def test_ten_thousand_characters_of_anything_are_read_before_the_next_job_waits(text: str) -> None:
    began = process_time()

    analyse(text, "en")

    # The package alone takes 15 seconds for the first of these, and a customer may send many.
    assert process_time() - began < 3


@pytest.mark.parametrize(
    "text", ["good but good good bad good " * 20, "😂 bad but 😂 😂 good BAD " * 12, "but good but bad", "good bad but"]
)
def test_equal_weights_around_a_but_are_reckoned_as_the_package_does(text: str) -> None:
    assert VADER.analyse(text, "en").score == PACKAGE.polarity_scores(text)["compound"]


def test_evidence_names_the_word_its_weight_and_what_changed_it() -> None:
    text = "The agent was not helpful, but VERY friendly"

    assert VADER.analyse(text, "en").evidence == (
        Evidence(18, 25, "helpful", -0.666, "lexicon, negated"),
        Evidence(36, 44, "friendly", 4.839, "lexicon, strengthened"),
    )


def test_of_very_many_words_the_heaviest_are_evidence_in_the_order_of_the_text() -> None:
    evidence = VADER.analyse("fine " * 400 + "horrible " * 10 + "fine " * 100, "en").evidence

    assert len(evidence) == 300
    assert sum(one.word == "horrible" for one in evidence) == 10
    assert [one.start for one in evidence] == sorted(one.start for one in evidence)


def test_an_emoji_is_evidence_as_it_was_typed() -> None:
    # The package reads it as "face with tears of joy", two words with weight.
    assert VADER.analyse("Café was 😂😂!", "en").evidence == (Evidence(9, 10, "😂", 1.9, "emoji"), Evidence(10, 11, "😂", 1.9, "emoji"))


def test_a_fixed_phrase_is_said_to_be_one() -> None:
    assert [one.rule for one in VADER.analyse("this garage is truly the shit", "en").evidence] == ["lexicon", "phrase"]


@pytest.mark.parametrize(
    ("compound", "label"), [(0.05, Label.POSITIVE), (0.0499, Label.NEUTRAL), (-0.0499, Label.NEUTRAL), (-0.05, Label.NEGATIVE)]
)
def test_the_label_follows_the_authors_thresholds(compound: float, label: Label) -> None:
    assert label_of(compound) is label


@pytest.mark.parametrize(
    ("text", "label", "sentence"),
    [
        ("Thanks. The mechanic was wonderful!", Label.POSITIVE, "The mechanic was wonderful!"),
        (
            "I asked a question. Nobody listened, it was a terrible and rude call.",
            Label.NEGATIVE,
            "Nobody listened, it was a terrible and rude call.",
        ),
        ("The agent was wonderful. The delivery was a horrible mess.", Label.MIXED, "The delivery was a horrible mess."),
        (
            "The agent was lovely, but the box arrived damaged and broken.",
            Label.MIXED,
            "The agent was lovely, but the box arrived damaged and broken.",
        ),
        ("I phoned on Monday. The parcel came on Tuesday.", Label.NEUTRAL, ""),
        ("Good, but could be quicker.", Label.POSITIVE, "Good, but could be quicker."),
    ],
)
def test_a_comment_has_the_mood_of_its_sentences_and_shows_the_one_that_carries_it(text: str, label: Label, sentence: str) -> None:
    analysis = VADER.analyse(text, "en")

    assert (analysis.label, analysis.sentence) == (label, sentence)


def test_a_very_long_sentence_is_cut_where_the_row_ends() -> None:
    analysis = VADER.analyse("terrible " * 200, "en")

    assert (len(analysis.sentence), analysis.sentence[-1]) == (400, "…")


@pytest.mark.parametrize(
    ("text", "survey_language", "language"),
    [
        ("De monteur kwam twee uur te laat en niemand belde terug.", "nl", "nl"),
        ("Prima geholpen, bedankt!", "nl", "nl"),
        ("De chauffeur was erg vriendelijk.", "en", "nl"),
        ("Der Fahrer war leider sehr unfreundlich.", "en", "de"),
        ("La livraison est arrivée avec une semaine de retard.", "fr", "fr"),
        ("Dziękuję, wszystko dobrze", "pl", "pl"),
        ("", "nl", "nl"),
    ],
)
def test_a_text_that_no_analyser_knows_is_unknown_and_never_neutral(text: str, survey_language: str, language: str) -> None:
    analysis = analyse(text, survey_language)

    assert (analysis.label, analysis.score, analysis.sentence, analysis.evidence) == (Label.UNKNOWN, None, "", ())
    assert (analysis.language, analysis.analyser, analysis.analyser_version) == (language, "none", "no analyser knows this language")


@pytest.mark.parametrize("survey_language", ["en", "en-GB", "en_US", "EN"])
def test_an_english_survey_is_read_by_vader(survey_language: str) -> None:
    analysis = analyse("The call was great.", survey_language)

    assert (analysis.label, analysis.language, analysis.language_from, analysis.analyser) == (Label.POSITIVE, "en", "survey", "vader")


def test_english_typed_in_a_dutch_survey_is_read_as_english() -> None:
    analysis = analyse("The engineer was late and very rude to me.", "nl")

    assert (analysis.label, analysis.language, analysis.language_from) == (Label.NEGATIVE, "en", "words")


@pytest.mark.parametrize("text", ["Super!", "wifi", "10/10", "top", "Perfect, 5 stars", "No"])
def test_a_word_or_two_keep_the_language_of_the_survey(text: str) -> None:
    assert (language_of(text, "en"), language_of("Keurige service", "nl")) == (("en", "survey"), ("nl", "survey"))


def test_a_survey_in_a_language_of_unknown_words_is_believed() -> None:
    assert language_of("the best and the only one that I have", "pl") == ("pl", "survey")


def test_the_version_names_everything_that_could_change_a_reading() -> None:
    parts = VADER.version.split()

    assert parts[0] == "3.3.2"
    assert parts[1::2] == ["lexicon", "python", "rules"]
    assert len(VADER.version) <= 80


def test_the_lexicon_is_loaded_once() -> None:
    assert analyser_for("en") is analyser_for("en")
    assert analyser_for("nl").name == "none"


def test_sentences_and_clauses_lie_where_they_stand() -> None:
    text = ' "Great!" she said.  It was late;  still fine, however slow\n\nBye '

    found = sentences(text)

    assert [one.of(text) for one in found] == ['"Great!"', "she said.", "It was late;  still fine, however slow", "Bye"]
    assert [one.of(text) for one in clauses(text, found[2])] == ["It was late", "still fine,", "slow"]
