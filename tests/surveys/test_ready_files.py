"""The ready questionnaires keep the promises of `surveys/README.md`, in every language and on every path."""

import re
from pathlib import Path

import pytest

from voc.core.resources import folder
from voc.surveys import flow
from voc.surveys.documents import HEADER, questionnaire_in
from voc.surveys.lint import lint
from voc.surveys.paths import paths
from voc.surveys.questionnaire import Questionnaire, texts_of
from voc.surveys.questions import Metric, Scale, Slider, Text

FILES = sorted(folder("surveys").glob("*.yaml"))
ASKED_FOR = {
    *("nps-relationship", "nps-after-delivery", "csat-after-call", "csat-after-chat", "ces-after-self-service"),
    *("onboarding", "complaint-handled", "cancellation", "store-visit", "website-feedback"),
    *("nps-after-renewal", "csat-after-email", "ces-after-contact", "after-return", "after-first-order", "event-feedback"),
    *("training-evaluation", "employee-nps", "product-experience", "website-usability", "service-quality", "client-experience"),
    *("billing-clarity", "chatbot-feedback", "lost-deal", "feature-wishes", "accessibility-feedback", "delivery-partner"),
}
SPOKEN = {"en", "nl", "de", "fr", "es"}
SHOWN = {"matrix", "side_by_side", "ranking", "constant_sum", "slider", "fields", "consent"}
JOINS = {
    language: re.compile(rf"\b({words})\b", re.IGNORECASE)
    for language, words in {"en": "and", "nl": "en", "de": "und|sowie", "fr": "et", "es": "y|e", "ar": "وكذلك|وأيضًا"}.items()
}
INFORMAL = {
    "nl": re.compile(r"\b(je|jij|jou|jouw|jullie)\b", re.IGNORECASE),
    "de": re.compile(r"\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(tu|toi|ton|ta|tes)\b", re.IGNORECASE),
    "es": re.compile(r"\b(tú|tu|tus|te|ti|vosotros|vuestr\w*)\b", re.IGNORECASE),
}
UNWELCOME = re.compile(r"\b(oops|oeps|valued|gewaardeerde|please help us|kindly|!{2,})\b", re.IGNORECASE)


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def file(request: pytest.FixtureRequest) -> Path:
    """Each ready file."""
    path: Path = request.param
    return path


@pytest.fixture
def ready(file: Path) -> Questionnaire:
    """What is in it."""
    return questionnaire_in(file.read_text("utf-8"))


def test_there_are_at_least_twenty_five_and_three_of_them_in_arabic() -> None:
    read = [questionnaire_in(path.read_text("utf-8")) for path in FILES]
    assert len(read) >= 25
    assert sum("ar" in one.languages for one in read) >= 3


def test_together_they_show_the_kinds_that_take_more_than_a_number() -> None:
    kinds = [{question.kind for question in questionnaire_in(path.read_text("utf-8")).questions()} for path in FILES]
    assert set().union(*kinds) >= SHOWN
    assert sum(bool(each & SHOWN) for each in kinds) >= 5


def test_there_is_one_for_each_common_moment() -> None:
    assert {path.stem for path in FILES} >= ASKED_FOR
    readme = (folder("surveys") / "README.md").read_text("utf-8")
    assert [path.stem for path in FILES if f"`{path.stem}`" not in readme] == []


def test_it_is_named_after_its_file_and_names_its_schema(file: Path, ready: Questionnaire) -> None:
    assert ready.key == file.stem
    assert file.read_text("utf-8").startswith(HEADER)


def test_it_is_sound_and_complete_in_all_its_languages(ready: Questionnaire) -> None:
    assert set(ready.languages) >= SPOKEN
    assert not ready.fallback
    assert [path for path, texts in texts_of(ready) if set(texts) != set(ready.languages)] == []
    assert lint(ready) == ()


def test_it_says_when_to_use_it_and_where_the_method_comes_from(ready: Questionnaire) -> None:
    assert set(ready.when) == set(ready.languages)
    assert re.search(r"[A-Z].*\b(19|20)\d\d\b", ready.source)


def test_it_begins_with_its_one_metric_and_asks_why_in_own_words(ready: Questionnaire) -> None:
    (metric,) = ready.metrics()
    assert next(ready.questions()) is metric
    assert metric.required
    why = ready.question("why")
    assert isinstance(why, Text)
    assert not why.required
    assert not why.show_if


def test_the_ends_of_its_scales_are_named(ready: Questionnaire) -> None:
    for question in ready.questions():
        if isinstance(question, Scale | Slider):
            assert set(question.low) == set(question.high) == set(ready.languages)


def test_its_words_are_plain_and_its_sentences_short(ready: Questionnaire) -> None:
    for path, texts in texts_of(ready):
        for language, text in texts.items():
            assert not UNWELCOME.search(text), f"{path}.{language}: {text}"


def test_it_speaks_to_people_with_respect(ready: Questionnaire) -> None:
    informal = [
        f"{path}.{language}: {text}"
        for path, texts in texts_of(ready)
        for language, text in texts.items()
        if language in INFORMAL and INFORMAL[language].search(text)
    ]
    assert informal == []


def test_no_question_asks_two_things(ready: Questionnaire) -> None:
    for question in ready.questions():
        for language, text in question.text.items():
            assert not JOINS[language].search(text), text


def test_no_path_through_it_dead_ends(ready: Questionnaire) -> None:
    seen = set()
    for walked in paths(ready):
        assert not walked.faults
        assert walked.steps
        step = flow.next_step(ready, walked.answers)
        visited = []
        while step:
            visited.append(step)
            step = flow.next_step(ready, walked.answers, after=step.id)
        assert tuple(visited) == walked.steps
        seen.add(walked.end_page.id)
    assert seen == {end.id for end in ready.end_pages}


def test_who_was_let_down_reads_that_we_are_sorry_and_is_offered_a_call(ready: Questionnaire) -> None:
    (metric,) = ready.metrics()
    lowest, highest = metric.ends
    sad, happy = flow.end_page(ready, {metric.id: lowest}), flow.end_page(ready, {metric.id: highest})
    assert sad.offer_call_back
    assert set(sad.apology) == set(ready.languages)
    assert not happy.offer_call_back
    assert not happy.apology
    assert isinstance(metric, Metric)


def test_it_takes_two_minutes_at_most(ready: Questionnaire) -> None:
    assert flow.minutes(ready) <= 2
