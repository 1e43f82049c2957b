"""What a template needs to know of a question: texts chosen and marked with their language, inputs with what was filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Room:
    """One thing to type in, or to choose from a list; `attributes` go on the input as they are."""

    name: str
    value: str = ""
    label: Markup | str = ""
    fault: str = ""
    type: str = "text"
    unit: Markup | str = ""
    lines: int = 1
    options: tuple["Option", ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    is_optional: bool = False

    @property
    def described_by(self) -> str:
        """The id of its message."""
        return f"{self.name}-fault" if self.fault else ""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from; `unseen` goes on in its accessible name, `mark` is decoration, `room` is for own words."""

    id: str
    value: str
    text: Markup | str
    is_chosen: bool
    unseen: Markup | str = ""
    mark: str = ""
    image: str = ""
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What is answered where a row and a column meet: options of one answer, or one room."""

    name: str
    type: str
    head: Markup | str = ""
    options: tuple[Option, ...] = ()
    room: Room | None = None
    fault: str = ""

    @property
    def first_input(self) -> str:
        """The id of its first input."""
        return self.options[0].id if self.options else self.name


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a question: its words (`far` at the other end, where there are two), its cells, room to say what it is."""

    name: str
    text: Markup | str
    cells: tuple[Cell, ...]
    far: Markup | str = ""
    room: Room | None = None
    is_optional: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture, or a page to open."""

    url: str
    medium: str
    text: Markup | str


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was sent before."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question on a page."""

    shape: str
    name: str
    text: Markup
    is_optional: bool = True
    helps: tuple[Markup | str, ...] = ()
    fault: str = ""
    look: str = ""
    options: tuple[Option, ...] = ()
    lines: tuple[Line, ...] = ()
    heads: tuple[Markup, ...] = ()
    rooms: tuple[Room, ...] = ()
    own: tuple[Room, ...] = ()
    low: Markup | str = ""
    high: Markup | str = ""
    total: str = ""
    unit: Markup | str = ""
    files: tuple[KeptFile, ...] = ()
    comment: Room | None = None
    references: tuple[Reference, ...] = ()

    @property
    def first_input(self) -> str:
        """The id of the input to which a message about the whole question leads."""
        if self.options:
            return self.options[0].id
        if self.lines:
            return self.lines[0].cells[0].first_input
        return self.rooms[0].name if self.rooms else self.name

    @property
    def described_by(self) -> str:
        """The ids of help and message, for assistive technology."""
        parts = [f"{self.name}-help" if self.helps else "", f"{self.name}-fault" if self.fault else ""]
        return " ".join(part for part in parts if part)

    def places(self) -> dict[str, tuple[str, Markup | str]]:
        """For the name of each answer: the input to which a message about it leads, and what it is about."""
        found: dict[str, tuple[str, Markup | str]] = {self.name: (self.first_input, self.text)}
        for line in self.lines:
            for cell in line.cells:
                about = Markup(" – ").join(part for part in (self.text, line.text, line.far, cell.head) if part)
                found[cell.name] = (cell.first_input, about)
        for room in self._all_rooms():
            found[room.name] = (room.name, Markup("{} – {}").format(self.text, room.label) if room.label else self.text)
        return found

    def _all_rooms(self) -> list[Room]:
        rooms = [*self.rooms, *self.own, *(line.room for line in self.lines), *(option.room for option in self.options), self.comment]
        return [room for room in rooms if room and room.name != self.name]
