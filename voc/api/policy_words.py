"""Policies in words: what rules say as a sentence and as a text to edit, and what a text would change."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from strawberry import Parent

from voc.api.context import Info
from voc.api.exposed import computed, field, shape
from voc.core import settings
from voc.core.access import Actor
from voc.outreach.policies import phrases as policy_phrases
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.rules_text import FaultAt, write_rules
from voc.outreach.policies.sentence import Difference, Names, Told, differences, told
from voc.outreach.queries import touchpoints_visible_to
from voc.surveys.queries import surveys_visible_to


@shape
class RulesInWords:
    """Rules as people read and edit them."""

    @field(str)
    async def sentence(rules: Parent[Rules], info: Info) -> str:  # noqa: N805 - the source is the rules
        """What matters most of it, as a sentence in your language."""
        return (await told_to(info, rules)).sentence

    @field(list[str])
    async def further(rules: Parent[Rules], info: Info) -> tuple[str, ...]:  # noqa: N805
        """What else is not as usual, each as a sentence in your language."""
        further = (await told_to(info, rules)).further
        is_kept_here = "sms" in rules.channels and not settings.current().sms_gateway
        return (*further, policy_phrases.NO_GATEWAY.say(info.context.language)) if is_kept_here else further

    @computed
    def document(rules: Rules) -> str:  # noqa: N805
        """All of it as YAML, as files of policies have it."""
        return write_rules(rules)


@shape
class PolicyDifference:
    """Something that one edition of a policy says and another says otherwise."""

    before: str
    """What was said, in your language; empty where it is added."""
    after: str
    """What is said instead; empty where it is left out."""


@shape
class PolicyFault:
    """Something to mend in the text of a policy."""

    @computed
    def path(found: FaultAt) -> str:  # noqa: N805
        """The place in the rules, such as `rules.clocks[0].days`; empty where the text cannot be read."""
        return found.fault.path

    @computed
    def code(found: FaultAt) -> str:  # noqa: N805
        """What is wrong, for programs."""
        return found.fault.code

    @computed
    def message(found: FaultAt) -> str:  # noqa: N805
        """What is wrong and the way out, for people."""
        return found.fault.message

    line: int
    """The line of the text, from 1."""


async def told_to(info: Info, rules: Rules) -> Told:
    """The rules in the words of whoever asks."""
    return told(rules, await names_in(info, rules), info.context.language)


async def told_apart(info: Info, before: Rules, after: Rules) -> tuple[Difference, ...]:
    """What the second says otherwise, in the words of whoever asks."""
    names = await names_in(info, before), await names_in(info, after)
    both = Names(*({**getattr(names[0], kind), **getattr(names[1], kind)} for kind in ("touchpoints", "surveys")))
    return differences(before, after, both, info.context.language)


async def names_in(info: Info, rules: Rules) -> Names:
    """What the touchpoints and surveys of the rules are called, for whoever asks."""
    loaders, language = info.context.loaders, info.context.language
    surveys = (rules.survey, *rules.surveys)
    # Asked for at once, so that however many there are, one statement answers for the touchpoints and one for the surveys.
    asked: list[Awaitable[Any]] = [loaders.seen(_touchpoint_names, one) for one in rules.touchpoints]
    asked += [loaders.seen(_survey_names, one) for one in surveys]
    found = await asyncio.gather(*asked)
    called = dict(zip(rules.touchpoints, found, strict=False))
    touchpoints = {key: said.get(language) or next(iter(said.values()), key) for key, said in called.items() if said}
    return Names(touchpoints, {key: name for key, name in zip(surveys, found[len(rules.touchpoints) :], strict=True) if name})


async def _touchpoint_names(actor: Actor, keys: list[str]) -> dict[str, dict[str, str]]:
    return dict(await touchpoints_visible_to(actor).filter(key__in=keys).values_list("key", "names"))


async def _survey_names(actor: Actor, keys: list[str]) -> dict[str, str]:
    return dict(await surveys_visible_to(actor).filter(key__in=keys).values_list("key", "name"))
