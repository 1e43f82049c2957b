"""What would come of publishing a text, told before anybody does: what is wrong, what changes, and what must be said first."""

from collections.abc import Mapping
from dataclasses import dataclass

from voc.core import settings
from voc.surveys.brands import sender_of
from voc.surveys.check import check
from voc.surveys.differences import Difference, difference
from voc.surveys.editions import published_edition
from voc.surveys.lineage import onward
from voc.surveys.models import Brand, Survey
from voc.surveys.parse import dump
from voc.surveys.publication import Decided, lost_since
from voc.surveys.queries import current_version, editions_of, questionnaire_of
from voc.surveys.questionnaire import Problem, Severity
from voc.surveys.renames import Lost, likely_renames, settle


@dataclass(frozen=True, slots=True)
class Prospect:
    """What publishing would meet. `difference` is None before the first version and for a text that describes nothing; `renamed` is
    what it takes lost questions to have become; `undecided` are those of which somebody must say it."""

    problems: tuple[Problem, ...]
    is_changed: bool
    difference: Difference | None
    lost: tuple[Lost, ...]
    renamed: Mapping[str, str]
    undecided: tuple[Lost, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing in the text itself keeps it from being published."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


async def prospect(survey: Survey, text: str, decided: Decided | None = None) -> Prospect:
    """What publishing the text would meet; where nothing was decided about lost questions, with the best guess of what they became."""
    brand = await Brand.get(id=survey.brand_id)
    found = check(text, sender_of(brand, settings.current().base_url))
    published = await current_version(survey.id)
    if found.questionnaire is None or published is None:
        return Prospect(found.problems, True, None, (), {}, ())
    before = questionnaire_of(published)
    lost = await lost_since(survey, before, found.questionnaire)
    known = settle(lost, decided.renames, decided.removed) if decided else settle(lost, {})
    renamed = {**({} if decided else likely_renames(lost)), **known.renamed}
    changes = difference(before, found.questionnaire, renamed)
    return Prospect(found.problems, dump(found.questionnaire) != published.document, changes, lost, renamed, known.undecided)


async def difference_between(survey: Survey, before: int | None, after: int) -> Difference:
    """What changed from one version to another, by the names that were said to go on; from the live one where `before` is None."""
    older, newer = await published_edition(survey, before), await published_edition(survey, after)
    editions = (await editions_of(survey.id)).get(survey.id, [])
    return difference(older, newer, onward(editions, survey.last_number if before is None else before, after))
