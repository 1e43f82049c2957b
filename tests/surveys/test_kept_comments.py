"""Comments of a draft stay where they were, whatever small edits do around them."""

import pytest

from tests.surveys.sample import document
from voc.surveys.documents import read_text, yaml_of
from voc.surveys.edits import Edit, Move, Put, Rename, edited
from voc.surveys.kept_comments import with_comments

WRITTEN = """\
# About this draft.
key: after-call
name:
  en: "After a call # 1"  # the name colleagues know
languages: [en]   # Dutch follows
pages:
  # The first page is for everybody.
  # Two lines of it.
  - id: first   # never rename
    questions:
      - id: nps
        kind: nps
        text:
          en: |
            How likely?
            # this is text
        # Ask before changing the wording.
        required: true
      # Only for the unhappy.
      - {id: why, kind: text, text: {en: Why?}}
  - id: second
    questions:
      - id: more
        kind: text
        text: {en: 'More #2?'}
# The end.
"""
KEPT = [
    "# About this draft.\nkey: after-call",
    "en: 'After a call # 1'  # the name colleagues know",
    "# Two lines of it.\n- id: first  # never rename",
    "        # this is text\n",
    "    # Ask before changing the wording.\n    required: true",
    "# The end.\n",
]


@pytest.mark.parametrize(
    "edit",
    [
        Put("questions/more/text/en", "Anything else?"),
        Move("questions/why", "pages/second/questions"),
        Put("pages/second/title/en", "Last"),
    ],
)
def test_comments_stay_beside_what_they_speak_of(edit: Edit) -> None:
    changed = edited(read_text(WRITTEN).content, (edit,))  # type: ignore[arg-type]
    text = with_comments(WRITTEN, yaml_of(changed))
    assert read_text(text).content == changed
    assert [part for part in [*KEPT, "# Only for the unhappy.\n  - id: why"] if part not in text] == []
    assert with_comments(text, yaml_of(changed)) == text


def test_a_comment_goes_with_the_part_it_spoke_of() -> None:
    changed = edited(read_text(WRITTEN).content, (Put("questions/why", None), Rename("nps", "likely")))  # type: ignore[arg-type]
    text = with_comments(WRITTEN, yaml_of(changed))
    assert "unhappy" not in text
    assert "# Two lines of it." in text
    assert read_text(text).content == changed


def test_a_text_without_comments_is_written_as_ever() -> None:
    plain = yaml_of(document())
    assert with_comments(plain, plain) == plain
    assert with_comments("{ # no yaml", plain) == plain


def test_texts_with_hashes_on_one_line_are_no_comments_and_what_follows_them_is() -> None:
    before = f"words: {{{', '.join(f'k{at}: ' + repr(f'{at} #{at}') for at in range(300))}, last: }} # theirs\n"
    after = with_comments(before, yaml_of(read_text(before).content))  # type: ignore[arg-type]
    assert read_text(after).content == read_text(before).content
    assert [line for line in after.splitlines() if line.endswith("# theirs")] != []
    assert after.count("theirs") == 1
