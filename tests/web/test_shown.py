"""How values of the API appear to a colleague."""

from types import ModuleType

from voc.core import clock as the_clock
from voc.web.shown import Shown
from voc.web.wording import words_for


def shown(language: str, zone: str = "Europe/Amsterdam") -> Shown:
    """What a colleague sees at the moment the clock stands at."""
    return Shown(words_for("console", language), zone, the_clock.now())


def test_moments_are_told_as_distance_with_the_exact_time_behind_it(clock: ModuleType) -> None:
    dutch, english = shown("nl"), shown("en", "America/New_York")
    assert str(dutch.ago("2026-03-03T08:00:00Z")) == (
        '<time datetime="2026-03-03T08:00:00Z" title="3 mrt 2026, 09:00" data-away>2 uur geleden</time>'
    )
    assert (english.away("2026-03-05T10:00:00Z"), dutch.away("2026-03-05T10:00:00Z")) == ("in 2 days", "over 2 dagen")
    assert str(english.at("2026-03-03T08:00:00Z")) == '<time datetime="2026-03-03T08:00:00Z">3 Mar 2026, 03:00</time>'
    assert (dutch.day("2026-03-03T23:30:00Z"), english.day("2026-03-03T23:30:00Z")) == ("4 maart 2026", "3 March 2026")
    assert (dutch.is_past("2026-03-03T09:59:59Z"), dutch.is_past("2026-03-03T10:00:01Z")) == (True, False)


def test_figures_and_amounts_are_written_as_readers_write_them(clock: ModuleType) -> None:
    assert [shown("nl").number(value) for value in (7, "7.0", 1200.5)] == ["7", "7", "1.200,5"]
    amount = {"amount": "1200.50", "currency": "EUR"}
    assert (shown("nl").money(amount), shown("en").money(amount), shown("en").money(None)) == ("€\xa01.200,50", "€1,200.50", "")


def test_words_of_the_api_are_said_and_those_we_do_not_know_yet_are_shown_plainly(clock: ModuleType) -> None:
    assert (shown("nl").named("state", "IN_PROGRESS"), shown("en").named("band", "DETRACTOR")) == ("In behandeling", "Detractor")
    assert shown("nl").named("channel", "CARRIER_PIGEON") == "Carrier pigeon"
    assert (shown("nl").language("de"), shown("en").language("nl-BE"), shown("en").language("?")) == ("Duits", "Dutch (Belgium)", "?")
