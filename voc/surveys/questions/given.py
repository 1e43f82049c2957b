"""Yes and no, leave to do something, a wish to be called, a file. PURE."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from voc.core.expressions import Kind
from voc.surveys.described import said
from voc.surveys.questions.question import NOTHING, Asked
from voc.surveys.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Asked):
    """Yes or no."""

    kind: ClassVar[str] = "yes_no"
    answer: ClassVar[Kind | None] = Kind.YES_NO

    yes_text: Texts = field(default=NOTHING, metadata=said("Other words for yes.", longest=300))
    no_text: Texts = field(default=NOTHING, metadata=said("Other words for no.", longest=300))


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Asked):
    """A box to tick: yes, you may. The words that were agreed to are those of the version that was shown."""

    kind: ClassVar[str] = "consent"
    answer: ClassVar[Kind | None] = Kind.YES_NO

    agree: Texts = field(default=NOTHING, metadata=said("The words beside the box; the question itself where left out.", longest=2000))


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMeBack(Asked):
    """A telephone number, and in `<id>_window` when it suits: any, morning, afternoon or evening."""

    kind: ClassVar[str] = "call_me_back"
    answer: ClassVar[Kind | None] = Kind.TEXT

    @property
    def window_name(self) -> str:
        """The name under which the time that suits is kept."""
        return f"{self.id}_window"

    def answers(self) -> dict[str, Kind]:
        """The number and the time that suits."""
        return {self.id: Kind.TEXT, self.window_name: Kind.TEXT}


class FileKind(StrEnum):
    """What may be sent, known by its content and never by its name."""

    IMAGE = "image"
    PDF = "pdf"
    AUDIO = "audio"
    VIDEO = "video"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUpload(Asked):
    """Files from the customer; the answer is the list of their ids."""

    kind: ClassVar[str] = "file"
    answer: ClassVar[Kind | None] = Kind.TEXTS

    accepts: tuple[FileKind, ...] = field(default=(FileKind.IMAGE, FileKind.PDF), metadata=said("What may be sent.", fewest=1))
    most_files: int = field(default=1, metadata=said("The largest number of files.", lowest=1, highest=20))
    most_megabytes: int = field(default=10, metadata=said("The largest size of one file, in MB.", lowest=1, highest=100))
