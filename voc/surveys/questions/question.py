"""What all questions have in common, and what stands on a page without being a question. PURE."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar
from unicodedata import normalize

from voc.core.expressions import Kind
from voc.surveys.described import ADDRESS, ID, said
from voc.surveys.texts import Texts

NOTHING = Texts()
COMMENT = "comment"


class Order(StrEnum):
    """In which order choices or rows are shown."""

    AS_WRITTEN = "as_written"
    RANDOM = "random"


class Medium(StrEnum):
    """What a link leads to."""

    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something outside the questionnaire that a text speaks of."""

    url: str = field(metadata=said("The address, beginning with https://.", pattern=ADDRESS))
    medium: Medium = field(default=Medium.PAGE, metadata=said("What is there."))
    text: Texts = field(default=NOTHING, metadata=said("What is seen or heard there, for those who cannot.", longest=300))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Anything that stands on a page."""

    kind: ClassVar[str]
    answer: ClassVar[Kind | None] = None

    id: str = field(metadata=said("The name under which answers are kept. Never change it once the survey is live.", pattern=ID))
    code: str = field(
        default="", metadata=said("Its name in exports, where that is not the id; as the file had it that it came from.", longest=200)
    )
    source_id: str = field(default="", metadata=said("Its id in the file it came from.", longest=200))
    text: Texts = field(default=NOTHING, metadata=said("The question as the customer reads it.", longest=20_000))
    help: Texts = field(default=NOTHING, metadata=said("One line of help under the question.", longest=5000))
    links: tuple[Link, ...] = field(default=(), metadata=said("Pictures and pages that belong to the text."))
    show_if: str = field(
        default="", metadata=said("A condition in CEL over earlier answers, such as `answers.nps <= 6`.", longest=20_000, is_condition=True)
    )

    def names(self) -> dict[str, Kind]:
        """Every answer it takes, by the name under which it is kept, with what it is; empty where nothing is answered."""
        return {self.id: self.answer} if self.answer else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Question):
    """Text alone; nothing is answered."""

    kind: ClassVar[str] = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAsked(Question):
    """What another system did at this place and ours does not: timing, browser facts, captchas, sums. Nothing is shown or kept.

    It stands here so that an imported questionnaire shows what was there; take it out whenever you like.
    """

    kind: ClassVar[str] = "not_asked"

    was: str = field(default="", metadata=said("What it was, in the words of the file it came from.", longest=100))
    expression: str = field(default="", metadata=said("What it reckoned, in the language of the file it came from.", longest=20_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """What is said instead of our own words."""

    missing: Texts = field(default=NOTHING, metadata=said("When nothing was answered and something must be.", longest=300))
    wrong: Texts = field(default=NOTHING, metadata=said("When the answer is not what it may be.", longest=300))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Question):
    """A question that is answered."""

    required: bool = field(default=False, metadata=said("Whether the customer must answer to go on."))
    wanted: bool = field(default=False, metadata=said("Whether to ask once more where it was left out; a second press goes on without it."))
    sensitive: bool = field(default=False, metadata=said("Whether the answer is personal: masked for colleagues who need not see it."))
    reason: Texts = field(default=NOTHING, metadata=said("Why we ask for something personal, shown beside the question.", longest=300))
    comment: Texts = field(
        default=NOTHING, metadata=said("Adds room for own words under the question, kept as `<id>_comment`; this is its text.", longest=300)
    )
    messages: Messages = field(default_factory=Messages, metadata=said("Own words for what is said when the answer will not do."))

    def names(self) -> dict[str, Kind]:
        """Its answers, and the comment where there is room for one."""
        return {**self.answers(), **({self.comment_name: Kind.TEXT} if self.comment else {})}

    def answers(self) -> dict[str, Kind]:
        """Its answers without the comment."""
        return {self.id: self.answer} if self.answer else {}

    @property
    def comment_name(self) -> str:
        """The name under which the comment is kept."""
        return f"{self.id}_{COMMENT}"


class Source(StrEnum):
    """Where a hidden question has its answer from."""

    LINK = "link"
    CONTACT = "contact"
    CUSTOMER = "customer"
    CHANNEL = "channel"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden(Question):
    """A fact that is kept beside the answers without being asked, for conditions, texts and reports."""

    kind: ClassVar[str] = "hidden"
    answer: ClassVar[Kind | None] = Kind.TEXT

    source: Source = field(
        default=Source.LINK, metadata=said("Where it comes from: the address of the survey, the contact, the customer, the channel.")
    )
    key: str = field(default="", metadata=said("Which attribute or part of the address; the id where it is left out.", longest=200))
    value: str = field(default="", metadata=said("What it is where nothing is known; always, where the source is `fixed`.", longest=2000))


def slugs(codes: Iterable[str]) -> Iterator[str]:
    """A part of a name for each code, in order and all different: small letters, digits and _."""
    taken: set[str] = set()
    for code in codes:
        plain = normalize("NFKD", code).encode("ascii", "ignore").decode().lower()
        slug = "_".join("".join(one if one.isalnum() else " " for one in plain).split())[:40] or "x"
        number, found = 1, slug
        while found in taken:
            number += 1
            found = f"{slug}_{number}"
        taken.add(found)
        yield found
