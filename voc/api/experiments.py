"""Experiments: how the arms of a policy get on, and whether it is time to stop."""

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.context import Info
from voc.api.enums import Size
from voc.api.exposed import computed, enum, field, shape
from voc.insight import experiment_rule, experiments
from voc.insight.experiment_rule import SMALLEST, Measure, Standing
from voc.insight.experiment_words import in_words

enum(
    Measure,
    "By what the arms of an experiment are compared.",
    name="ExperimentMeasure",
    ANSWERED="The share of those asked who answer within seven days, in percent.",
    NPS="The NPS, in points.",
    CSAT="The share of satisfied answers, in percent.",
    CES="The mean effort, from 1 to 7.",
)
enum(
    Standing,
    "What can be said of an arm beside the first.",
    name="ExperimentStanding",
    TOO_FEW="Too few to compare.",
    GO_ON="Nothing yet.",
    HIGHER="It does better, surely.",
    LOWER="It does worse, surely.",
    SAME="They do not differ by as much as would matter.",
)


@shape
class ExperimentFigure:
    """A figure of one arm. Its unit is the customer, by their first invitation and their first answer."""

    measure: Measure
    """What is measured."""
    value: float | None
    """The figure; null where it rests on fewer than five."""
    low: float | None
    """The lower end of its 95 % interval, which is meant for a single look."""
    high: float | None
    """The upper end of its 95 % interval."""
    n: int
    """How many customers it rests on; for ANSWERED those whose invitation left at least seven days ago."""
    size: Size
    """Whether they are enough to rest on."""


@shape
class ExperimentArm:
    """One arm of an experiment."""

    key: str
    """Its short name."""
    survey: str
    """The key of the survey it asks."""
    weight: int
    """Its share, against the weights of the others."""
    asked: int
    """How many customers were asked."""
    delivered: int
    """Those whose first invitation was put in front of them."""
    answered: int
    """Those who answered it."""
    figures: list[ExperimentFigure]
    """Its figures: the share that answers first, then each metric that its survey and the first arm's measure."""


@shape
class ExperimentComparison:
    """An arm beside the first. Its interval may be looked at any time, as often as one likes, and acted upon at once."""

    arm: str
    """The arm that is compared with the first, by its key."""
    measure: Measure
    """By what."""
    standing: Standing
    """What can be said."""
    difference: float | None
    """How much higher its figure is than the first arm's; null while there are too few."""
    low: float | None
    """The lower end of the interval; all comparisons of a report hold together at 95 %."""
    high: float | None
    """The upper end of the interval."""
    to_go: int
    """About how many more answers (for ANSWERED: invitations) both arms together need; 0 once it can be stopped."""

    @computed
    def smallest(one: experiment_rule.Comparison) -> float:  # noqa: N805 - the source is the comparison
        """The smallest difference that would matter."""
        return SMALLEST[one.measure]


@shape
class Experiment:
    """How the arms of a policy's experiment get on. Other arms, or other weights, are another experiment."""

    @computed
    def first_version(of: experiments.Experiment) -> int:  # noqa: N805
        """The number of the edition it began with."""
        return of.first

    @computed
    def last_version(of: experiments.Experiment) -> int:  # noqa: N805
        """The number of the last edition with these arms."""
        return of.last

    since: datetime
    """When it began."""
    until: datetime | None
    """When it ended; null while it goes on."""
    arms: list[ExperimentArm]
    """Its arms; the first is the one that the others are compared with."""
    comparisons: list[ExperimentComparison]
    """The other arms, by each measure."""
    is_drawn_wrongly: bool
    """Whether the customers are not divided as the weights say, beyond what chance may do: then trust no comparison."""

    @field(list[str])
    def conclusions(of: Parent[experiments.Experiment], info: Info) -> list[str]:  # noqa: N805
        """Each comparison as a sentence that says whether to stop, in your language."""
        return [in_words(one, of.arms[0].key, info.context.language) for one in of.comparisons]


@shape
class ExperimentQueries:
    """Experiments."""

    @field(Experiment | None)
    async def experiment(
        self,
        info: Info,
        policy: Annotated[str, strawberry.argument(description="The key of the policy.")],
        version: Annotated[int | None, strawberry.argument(description="The number of an edition; that in force when left out.")] = None,
    ) -> experiments.Experiment | None:
        """How the experiment of a policy gets on; null where that edition asks the same of everybody."""
        return await experiments.experiment(info.context.actor, policy, version)
