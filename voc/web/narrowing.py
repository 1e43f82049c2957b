"""The filters that figures and comments share, as they stand in the address of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from voc.web.console import Desk
from voc.web.wording import own_name, words_for

CHANNELS = ("EMAIL", "SMS", "MESSAGE", "WEB", "APP", "IVR", "PHONE", "CHAT", "VISIT", "PAPER", "OTHER")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked for; empty lets everything through."""

    survey: str = ""
    touchpoint: str = ""
    team: str = ""
    channel: str = ""
    language: str = ""
    segment: str = ""

    @property
    def is_used(self) -> bool:
        """Whether anything is narrowed at all."""
        return self != Narrowing()

    @property
    def has_more(self) -> bool:
        """Whether one of the lesser filters is used."""
        return bool(self.channel or self.language or self.segment)

    def of_metric(self) -> dict[str, Any]:
        """For the input of a metric."""
        return _said(
            surveyId=self.survey,
            touchpoint=self.touchpoint,
            teamId=self.team,
            channel=self.channel,
            language=self.language,
            segment=self.segment,
        )

    def of_responses(self) -> dict[str, Any]:
        """For the filter of responses, which knows no segment."""
        return _said(
            surveyId=self.survey,
            touchpoint=self.touchpoint,
            teamId=self.team,
            channels=[self.channel] if self.channel else None,
            languages=[self.language] if self.language else None,
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter with what can be chosen: pairs of value and text, after the text for everything."""

    name: str
    options: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The filters with what can be chosen in them, and what the address chose."""

    usual: tuple[Choice, ...]
    lesser: tuple[Choice, ...]
    now: Narrowing

    @classmethod
    async def of(cls, desk: Desk) -> "Choices":
        """Of a page; what its address asks that cannot be chosen is passed over."""
        surveys = (await desk.ask("Surveys", first=100, filter={"isPublished": True}))["surveys"]["nodes"]
        touchpoints, teams = (await desk.ask("Touchpoints"))["touchpoints"], (await desk.ask("Teams"))["teams"]
        spoken = sorted({code for one in surveys for code in one["currentVersion"]["languages"]})
        usual = (
            _choice(desk, "survey", _named(surveys, "id")),
            _choice(desk, "touchpoint", _named(touchpoints, "key")),
            _choice(desk, "team", _named(teams, "id")),
        )
        lesser = (
            _choice(desk, "channel", tuple((one, desk.words.plain(f"channel_{one}")) for one in CHANNELS)),
            _choice(desk, "language", tuple((code, own_name(code)) for code in spoken)),
        )
        chosen = {one.name: one.value for one in (*usual, *lesser)}
        return cls(usual, lesser, Narrowing(**chosen, segment=desk.asked("segment")))

    def for_page(self, desk: Desk) -> dict[str, Any]:
        """For the template: the usual filters, the lesser ones, and their words."""
        return {"n": words_for("narrowing", desk.me["language"]), "narrowing": self.now, "usual": self.usual, "lesser": self.lesser}


def _choice(desk: Desk, name: str, options: tuple[tuple[str, str], ...]) -> Choice:
    return Choice(name, options, desk.chosen(name, [value for value, _ in options]))


def _named(rows: Iterable[dict[str, str]], value: str) -> tuple[tuple[str, str], ...]:
    return tuple((row[value], row["name"]) for row in rows)


def _said(**given: Any) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value}
