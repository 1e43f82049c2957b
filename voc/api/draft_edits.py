"""Editing a draft step by step, with undo and redo."""

from typing import Any

import strawberry

from voc.api.context import Info
from voc.api.exposed import one_of, shape, takes
from voc.api.global_ids import row_id
from voc.api.mutations import mutation
from voc.api.surveys import Survey
from voc.api.walk_edits import SaveWalkInput, save_walk_of
from voc.core.errors import Fault, Invalid
from voc.surveys import models
from voc.surveys.documents import read_value
from voc.surveys.draft_history import edit_draft, redo_draft, undo_draft
from voc.surveys.edits import Add, ChangeKind, Copy, Edit, Move, Put, Rename
from voc.surveys.questionnaire import QuestionnaireError


@one_of
class DraftValue:
    """A value, in exactly one way."""

    text: str | None = strawberry.UNSET
    """A text, taken as it is."""
    yaml: str | None = strawberry.UNSET
    """Anything else, as YAML or JSON: `true`, `7`, `[en, nl]`, `{code: a, text: {en: A}}`."""


@takes
class PutInput:
    """Write a value."""

    path: str
    """The place: `questions/nps/text/en`, `pages/first/title/nl`; `/` in a name is written `~1`."""
    value: DraftValue
    """What to write."""


@takes
class RemoveInput:
    """Take something away."""

    path: str
    """The place."""


@takes
class AddInput:
    """Put something new into a list."""

    path: str
    """The list: `pages/first/questions`, `questions/cause/choices`."""
    value: DraftValue
    """What to put there."""
    before: str | None
    """The id, code or number of the item it comes before; the end of the list when left out."""


@takes
class MoveInput:
    """Bring an item of a list elsewhere."""

    path: str
    """The item: `questions/why`, `pages/second`."""
    to: str | None
    """The list it goes to; its own when left out."""
    before: str | None
    """The id, code or number of the item it comes before; the end of the list when left out."""


@takes
class CopyInput:
    """Put the same once more after an item."""

    path: str
    """The item."""
    new_id: str
    """The id or code of the copy."""


@takes
class RenameInput:
    """Give a question another id, in conditions and texts as well."""

    question: str
    """Its id."""
    new_id: str
    """Its new id."""


@takes
class ChangeKindInput:
    """Make another kind of question of one. Everything that the new kind can hold stays."""

    question: str
    """Its id."""
    kind: str
    """The kind, as the document names it: `single_choice`."""


@one_of
class DraftOperation:
    """One small change of a draft."""

    put: PutInput | None = strawberry.UNSET
    """Write a value."""
    remove: RemoveInput | None = strawberry.UNSET
    """Take something away."""
    add: AddInput | None = strawberry.UNSET
    """Put something new into a list."""
    move: MoveInput | None = strawberry.UNSET
    """Bring an item elsewhere."""
    copy: CopyInput | None = strawberry.UNSET
    """Put the same once more after an item."""
    rename: RenameInput | None = strawberry.UNSET
    """Give a question another id."""
    change_kind: ChangeKindInput | None = strawberry.UNSET
    """Make another kind of question of one."""
    save_walk: SaveWalkInput | None = strawberry.UNSET
    """Keep a walk as a test."""


@takes
class EditDraftInput:
    """Small changes of a draft, done all or none, in order."""

    survey_id: strawberry.ID
    """The survey."""
    operations: list[DraftOperation]
    """At most 500."""
    expected_revision: int
    """The `draftRevision` they began from. Others may have edited since, elsewhere in the draft."""


@takes
class UndoDraftInput:
    """The last step of a draft."""

    survey_id: strawberry.ID
    """The survey."""
    expected_revision: int
    """The `draftRevision` one looks at."""


@takes
class RedoDraftInput:
    """The step of a draft that was undone last."""

    survey_id: strawberry.ID
    """The survey."""
    expected_revision: int
    """The `draftRevision` one looks at."""


@shape
class DraftMutations:
    """Changes of drafts in small steps."""

    @mutation(Survey)
    async def edit_draft(self, info: Info, input: EditDraftInput) -> models.Survey:
        """Make small changes in a draft. A Conflict tells what somebody else changed at the same place; nothing is done then."""
        survey_id = row_id(input.survey_id, "Survey", path="surveyId")
        return await edit_draft(info.context.actor, survey_id, edits_in(input.operations), input.expected_revision)

    @mutation(Survey)
    async def undo_draft(self, info: Info, input: UndoDraftInput) -> models.Survey:
        """Bring back the draft as it was before the last step; fifty steps are kept."""
        return await undo_draft(info.context.actor, row_id(input.survey_id, "Survey", path="surveyId"), input.expected_revision)

    @mutation(Survey)
    async def redo_draft(self, info: Info, input: RedoDraftInput) -> models.Survey:
        """Do again what was undone last."""
        return await redo_draft(info.context.actor, row_id(input.survey_id, "Survey", path="surveyId"), input.expected_revision)


def edits_in(operations: list[DraftOperation]) -> tuple[Edit, ...]:
    """The edits that operations ask for; Invalid, by the number of the operation, where a value cannot be read."""
    return tuple(_edit(number, operation) for number, operation in enumerate(operations))


def _edit(number: int, operation: DraftOperation) -> Edit:
    if operation.put:
        return Put(operation.put.path, _value(number, "put", operation.put.value))
    if operation.remove:
        return Put(operation.remove.path, None)
    if operation.add:
        return Add(operation.add.path, _value(number, "add", operation.add.value), operation.add.before or "")
    if operation.move:
        return Move(operation.move.path, operation.move.to or "", operation.move.before or "")
    if operation.copy:
        return Copy(operation.copy.path, operation.copy.new_id)
    if operation.change_kind:
        return ChangeKind(operation.change_kind.question, operation.change_kind.kind)
    if operation.save_walk:
        return save_walk_of(operation.save_walk)
    assert operation.rename
    return Rename(operation.rename.question, operation.rename.new_id)


def _value(number: int, name: str, value: DraftValue) -> Any:
    if isinstance(value.text, str):
        return value.text
    try:
        return read_value(value.yaml or "")
    except QuestionnaireError as unreadable:
        path = f"operations[{number}].{name}.value.yaml"
        raise Invalid([Fault(path, "UNREADABLE", problem.message) for problem in unreadable.problems]) from None
