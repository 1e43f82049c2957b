"""A policy as a sentence that people can check, and a change as the phrases that differ, in the languages of the console. PURE."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from voc.outreach.policies import phrases as say
from voc.outreach.policies.clocks import Clock, Otherwise, Whose
from voc.outreach.policies.rules import CONTACTS_OWN, CUSTOMERS_OWN, MINUTES_A_DAY, Rules
from voc.outreach.policies.windows import WEEKDAYS, Window
from voc.surveys.texts import Texts

_USUAL = Rules(touchpoints=("",), survey="")
_SPOKEN = ("en", "nl")


@dataclass(frozen=True, slots=True)
class Names:
    """What people call touchpoints and surveys, by key; a key without a name is shown as it is."""

    touchpoints: Mapping[str, str] = field(default_factory=dict)
    surveys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A policy in words: the sentence with what matters most, and further ones for what is not as usual."""

    sentence: str
    further: tuple[str, ...]


class Difference(NamedTuple):
    """What a policy said, and what it says instead; one of them is empty where something is added or left out."""

    before: str
    after: str


def told(rules: Rules, names: Names, language: str) -> Told:
    """The policy for a reader of the language (English if we do not speak it)."""
    spoken = _spoken(language)
    main = [phrase for _, phrase in _main(rules, names, spoken) if phrase]
    usual = dict(_further(_USUAL, spoken))
    further = tuple(phrase for name, phrase in _further(rules, spoken) if phrase and usual.get(name) != phrase)
    return Told(f"{', '.join(main)}.", further)


def differences(before: Rules, after: Rules, names: Names, language: str) -> tuple[Difference, ...]:
    """What the second policy says that the first does not, and the other way round, phrase by phrase."""
    spoken = _spoken(language)
    was, now = ({**dict(_main(one, names, spoken)), **dict(_further(one, spoken))} for one in (before, after))
    return tuple(Difference(was.get(name, ""), now.get(name, "")) for name in {**was, **now} if was.get(name, "") != now.get(name, ""))


def _main(rules: Rules, names: Names, language: str) -> Iterator[tuple[str, str]]:
    touchpoints = say.OR.say(language).join(f"“{names.touchpoints.get(one, one)}”" for one in rules.touchpoints)
    yield "touchpoints", say.AFTER.say(language).format(touchpoints)
    yield "delay", say.WAIT.say(language).format(_length(rules.delay_minutes, language)) if rules.delay_minutes else ""
    yield "ask", _ask(rules, _survey(rules, names, language), language)
    recently = say.NOT_BEFORE if rules.if_asked_recently is Otherwise.DELAY else say.NOT_RECENTLY
    yield "quiet", recently.say(language).format(_count(say.DAYS, rules.quiet_days, language)) if rules.quiet_days else ""
    yield "window", _window(rules.window, language) if rules.window else ""
    yield "channels", say.BY.say(language).format(say.ELSE.say(language).join(_channel(one, language) for one in rules.channels))
    yield "reminders", _reminders(rules, language)


def _further(rules: Rules, language: str) -> Iterator[tuple[str, str]]:
    """Each under a name of its own: what is not there under a name differs from nothing."""

    def told(phrase: Texts, value: object) -> str:
        return phrase.say(language).format(value)

    yield "when", told(say.ONLY_WHEN, " ".join(rules.when.split())) if rules.when else ""
    yield "within", told(say.WITHIN, _count(say.DAYS, rules.ask_within_days, language))
    settles = say.SETTLES if rules.settle_minutes else say.SETTLES_AT_ONCE
    yield "settles", told(settles, _length(rules.settle_minutes, language))
    for name, phrase, days in (
        ("answer", say.AFTER_ANSWER, rules.quiet_days_after_answer),
        ("decline", say.AFTER_DECLINE, rules.quiet_days_after_decline),
    ):
        yield name, told(phrase, _count(say.DAYS, days, language)) if days else ""
    for number, clock in enumerate(sorted(rules.clocks, key=lambda one: (one.since, one.whose, one.among, one.days))):
        yield f"clock {number}", _clock(clock, language)
    yield "budget", told(say.BUDGET, _count(say.QUESTIONS, rules.yearly_budget, language)) if rules.yearly_budget else ""
    yield "held", told(say.HELD, say.OTHERWISE[rules.if_held].say(language))
    outcomes = ", ".join(say.OUTCOMES[one].say(language) for one in rules.exclude_outcomes)
    yield "outcomes", told(say.NOT_AFTER, outcomes) if outcomes else ""
    yield "marketing", say.HEEDS_MARKETING.say(language) if rules.if_no_marketing is Otherwise.SKIP else ""
    yield "language", _language(rules.language, language)
    yield "expires", told(say.EXPIRES, _count(say.DAYS, rules.expire_days, language))
    yield "priority", told(say.PRIORITY, rules.priority) if rules.priority else ""
    yield "worth", told(say.WORTH, rules.answer_worth) if rules.answer_worth != 1 else ""


def _ask(rules: Rules, survey: str, language: str) -> str:
    if rules.answers_a_month:
        return say.ENOUGH.say(language).format(survey, _count(say.ANSWERS, rules.answers_a_month, language))
    share = say.EVERYBODY if rules.sample_percent == 100 else say.SHARE
    return share.say(language).format(survey, rules.sample_percent)


def _survey(rules: Rules, names: Names, language: str) -> str:
    if not rules.variants:
        return say.SURVEY.say(language).format(names.surveys.get(rules.survey, rules.survey))
    arms = say.OR.say(language).join(f"{one.key} “{names.surveys.get(one.survey, one.survey)}”" for one in rules.variants)
    return say.EXPERIMENT.say(language).format(arms, " : ".join(str(one.weight) for one in rules.variants))


def _window(window: Window, language: str) -> str:
    open_on = sorted(WEEKDAYS.index(day) for day in window.days)
    in_words = [say.WEEKDAYS[WEEKDAYS[day]].say(language) for day in open_on]
    if len(open_on) == len(WEEKDAYS):
        days = say.EVERY_DAY.say(language)
    elif len(open_on) > 2 and open_on[-1] - open_on[0] == len(open_on) - 1:
        days = f"{in_words[0]}–{in_words[-1]}"
    else:
        days = ", ".join(in_words)
    hours = say.WINDOW.say(language).format(days, _wall(window.opens), _wall(window.closes))
    return f"{hours} {say.NO_HOLIDAYS.say(language).format(window.holidays)}" if window.holidays else hours


def _reminders(rules: Rules, language: str) -> str:
    phrases = []
    for number, one in enumerate(rules.reminders):
        lead = say.REMIND_AGAIN if number else say.REMIND_ONCE if len(rules.reminders) == 1 else say.REMIND
        phrase = lead.say(language).format(_count(say.DAYS, one.days, language))
        phrases.append(say.OVER.say(language).format(phrase, _channel(one.channel, language)) if one.channel else phrase)
    return say.AND.say(language).join(phrases)


def _clock(clock: Clock, language: str) -> str:
    return say.CLOCK.say(language).format(
        _count(say.DAYS, clock.days, language),
        say.STARTS[clock.since].say(language),
        say.LOOKS_AMONG[clock.among].say(language),
        say.AT_ACCOUNT.say(language) if clock.whose is Whose.ACCOUNT else "",
        say.OTHERWISE[clock.otherwise].say(language),
    )


def _language(language_of: str, language: str) -> str:
    if language_of == CUSTOMERS_OWN:
        return ""
    return say.CONTACTS_LANGUAGE.say(language) if language_of == CONTACTS_OWN else say.LANGUAGE.say(language).format(language_of)


def _channel(channel: str, language: str) -> str:
    return say.CHANNELS[channel].say(language) if channel in say.CHANNELS else channel


def _length(minutes: int, language: str) -> str:
    """A length of time in the largest unit that says it without a remainder."""
    units = ((say.DAYS, MINUTES_A_DAY), (say.HOURS, 60), (say.MINUTES, 1))
    return next(_count(unit, minutes // size, language) for unit, size in units if minutes % size == 0 and (minutes or size == 1))


def _count(phrases: tuple[Texts, Texts], number: int, language: str) -> str:
    return phrases[number != 1].say(language).format(number)


def _wall(clock: str) -> str:
    """A time of day without needless zeros: 9, 17:30."""
    hour, _, minute = clock.partition(":")
    return str(int(hour)) if minute == "00" else f"{int(hour)}:{minute}"


def _spoken(language: str) -> str:
    base = language.split("-", 1)[0]
    return base if base in _SPOKEN else _SPOKEN[0]
