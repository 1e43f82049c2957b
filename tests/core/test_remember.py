"""What is remembered of an object belongs to that very object."""

from dataclasses import dataclass

from voc.core.remember import remembered


@dataclass(frozen=True)
class Large:
    """Two of these may be equal and are still not the same."""

    text: str


def test_the_work_is_done_once_for_each_object_and_argument() -> None:
    done: list[tuple[str, int]] = []

    @remembered(8)
    def work(large: Large, times: int) -> list[str]:
        done.append((large.text, times))
        return [large.text] * times

    one, alike = Large("a"), Large("a")

    assert work(one, 2) is work(one, 2)
    assert work(one, 3) == ["a"] * 3
    assert work(alike, 2) is not work(one, 2)
    assert done == [("a", 2), ("a", 3), ("a", 2)]


def test_only_the_newest_are_kept_and_an_outcome_of_none_is_kept_too() -> None:
    done: list[str] = []

    @remembered(2)
    def work(large: Large) -> None:
        done.append(large.text)

    several = [Large(text) for text in "abc"]
    for one in (*several, several[2], several[0]):
        work(one)

    assert done == ["a", "b", "c", "a"]
