"""Questions called otherwise than in the edition before: which were lost, what became of them, and the answers that go along. PURE.

A question is lost where the older edition asks it and the newer does not; it may be another one's former name only where something of its
kind is new. The same holds for a metric on a page that is repeated: another code there is another name of the score.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from voc.core.errors import Fault
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Metric, Question
from voc.surveys.unroll import unrolled

ALIKE = 0.6
# Where more pairs of a lost question and a new one are possible, as after another import, only those that read the same are found likely.
MOST_COMPARED = 20_000


@dataclass(frozen=True, slots=True)
class Past:
    """What older versions tell: the names that were `used` before, and the `former` names of each that is asked now, the latest first."""

    used: frozenset[str] = frozenset()
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NO_PAST = Past()


@dataclass(frozen=True, slots=True)
class Lost:
    """A question that is no longer asked under its name, with the new ones it may be; `known` is the one it is for certain, as it was
    called so before, `likely` the one that reads like it. Either is empty where there is none."""

    question: Question
    candidates: tuple[Question, ...]
    likely: str
    known: str = ""

    @property
    def name(self) -> str:
        """What it was called."""
        return self.question.id


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of lost questions: the new name of each that goes on, those nobody decided about, and what cannot be so."""

    renamed: Mapping[str, str]
    undecided: tuple[Lost, ...]
    faults: tuple[Fault, ...]


def lost_questions(before: Questionnaire, after: Questionnaire, past: Past = NO_PAST) -> tuple[Lost, ...]:
    """The questions of the older edition that are gone while something of their kind is new, in the order of the older edition."""
    old, new = _by_id(before), _by_id(after)
    found = list(_missing(old, new, past))
    turns_before, turns_after = _turns(before), _turns(after)
    for name in turns_before:
        if name in turns_after:
            found += _missing(turns_before[name], turns_after[name], past)
    return tuple(found)


def settle(lost: Sequence[Lost], renames: Mapping[str, str], removed: Collection[str] = ()) -> Settled:
    """Put together what was said about lost questions (old name to new name; taken out) and what is known without saying."""
    by_name = {one.name: one for one in lost}
    faults = [_fault(number, old, new, by_name, removed) for number, (old, new) in enumerate(renames.items())]
    twice = [new for new in renames.values() if list(renames.values()).count(new) > 1]
    if twice:
        faults.append(Fault("renames", "USED_TWICE", f"`{twice[0]}` is named for two questions: it can be only one of them."))
    wrong = tuple(fault for fault in faults if fault)
    settled = {old: new for old, new in renames.items() if old in by_name and any(one.id == new for one in by_name[old].candidates)}
    for one in lost:
        if one.name not in settled and one.name not in removed and one.known and one.known not in settled.values():
            settled[one.name] = one.known
    open_ones = (one for one in lost if one.name not in settled and one.name not in removed)
    taken = set(settled.values())
    return Settled(settled, tuple(one for one in open_ones if any(candidate.id not in taken for candidate in one.candidates)), wrong)


def likely_renames(lost: Iterable[Lost]) -> dict[str, str]:
    """The best guess of what became of lost questions, before anybody said it."""
    guessed: dict[str, str] = {}
    for one in lost:
        if (name := one.known or one.likely) and name not in guessed.values():
            guessed[one.name] = name
    return guessed


def answer_names(before: Questionnaire, after: Questionnaire, renamed: Mapping[str, str]) -> dict[str, str]:
    """The names of questions that go on under another, and with them those of all their answers: rows, own words, comments, turns."""
    names = dict(renamed)
    old, new = _all_turns(before), _all_turns(after)
    for base, was in old:
        if base in renamed:
            becomes = f"{renamed[base]}{was.id.removeprefix(base)}"
            asked = next((one for _, one in new if one.id == becomes), None)
        else:
            asked = next((one for _, one in new if one.id == renamed.get(was.id)), None)
        if asked is None:
            continue
        theirs = asked.names()
        pairs = ((name, f"{asked.id}{name.removeprefix(was.id)}") for name in was.names())
        names |= {name: becomes for name, becomes in pairs if becomes in theirs}
    return names


def _missing(old: Mapping[str, Question], new: Mapping[str, Question], past: Past) -> Iterator[Lost]:
    came = [question for name, question in new.items() if name not in old]
    gone = [(name, question) for name, question in old.items() if name not in new]
    words = {one.id: _words(one) for one in came}
    alike: dict[tuple[str, ...], set[str]] = {}
    for one in came:
        alike.setdefault(words[one.id], set()).add(one.id)
    is_many = len(gone) * len(came) > MOST_COMPARED
    for name, question in gone:
        former = past.former.get(name, ())
        candidates = tuple(one for one in came if one.kind == question.kind and (one.id not in past.used or one.id in former))
        if candidates:
            known = next((earlier for earlier in former if any(one.id == earlier for one in candidates)), "")
            said = _words(question)
            same = alike[said] & {one.id for one in candidates} if said in alike else set()
            likely = max(same) if said and same else "" if is_many else _likely(said, {one.id: words[one.id] for one in candidates})
            yield Lost(question, candidates, likely, known)


def _words(question: Question) -> tuple[str, ...]:
    return tuple(question.text.say("").lower().split())


def _likely(said: Sequence[str], candidates: Mapping[str, Sequence[str]]) -> str:
    ratio, name = max((SequenceMatcher(None, said, words).ratio(), name) for name, words in candidates.items())
    return name if said and ratio >= ALIKE else ""


def _fault(number: int, old: str, new: str, lost: Mapping[str, Lost], removed: Collection[str]) -> Fault | None:
    where = f"renames[{number}]"
    if old not in lost:
        message = f"`{old}` is no question that went while another of its kind came: leave it out."
        return Fault(f"{where}.from", "NOT_LOST", message)
    if old in removed:
        return Fault(f"{where}.from", "USED_TWICE", f"`{old}` is said to be renamed and to be taken out: choose one.")
    candidates = [one.id for one in lost[old].candidates]
    if new not in candidates:
        message = f"`{old}` cannot have become `{new}`: it must be new and of the same kind. Choose {' or '.join(candidates[:10])}."
        return Fault(f"{where}.to", "NO_CANDIDATE", message)
    return None


def _by_id(questionnaire: Questionnaire) -> dict[str, Question]:
    return {question.id: question for question in questionnaire.questions() if question.names()}


def _all_turns(questionnaire: Questionnaire) -> list[tuple[str, Question]]:
    """Every question as it is asked, loops written out, with the id it has in the document."""
    return [
        (asked.id, turn)
        for page, turns in zip(questionnaire.pages, unrolled(questionnaire), strict=True)
        for one in turns
        for asked, turn in zip(page.questions, one.questions, strict=True)
    ]


def _turns(questionnaire: Questionnaire) -> dict[str, dict[str, Question]]:
    """The turns of each metric that is asked several times, by its id in the document."""
    found: dict[str, dict[str, Question]] = {}
    for base, turn in _all_turns(questionnaire):
        if isinstance(turn, Metric) and turn.id != base:
            found.setdefault(base, {})[turn.id] = turn
    return found
