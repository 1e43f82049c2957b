"""Saved walks: tests that stand in a questionnaire."""

from voc.api.documents import QuestionnaireDocument
from voc.api.exposed import computed, shape
from voc.surveys import saved_walks, walk_tests


@shape
class QuestionnaireWalk:
    """A way through a questionnaire that must stay as it is: publishing is refused when it goes another way."""

    name: str
    """What it shows, for colleagues; empty where it has no name."""
    language: str
    """The language it is answered in; empty for the first one."""
    seed: int
    """Decides every random order; 0 is the order of the document."""
    asked: list[str]
    """The keys of all questions that must be asked, in this order; empty for any."""
    must_ask: list[str]
    """Questions that must be among those asked."""
    must_not_ask: list[str]
    """Questions that must not be asked."""
    end_page: str
    """The key of the end page it must lead to; empty for any."""

    @computed
    def key(walk: saved_walks.SavedWalk) -> str:  # noqa: N805 - the source is the walk
        """Its short name."""
        return walk.id

    @computed
    def answers(walk: saved_walks.SavedWalk) -> QuestionnaireDocument:  # noqa: N805
        """What is answered: a map, as it stands in the document."""
        return QuestionnaireDocument(dict(walk.answers))

    @computed
    def scores(walk: saved_walks.SavedWalk) -> QuestionnaireDocument:  # noqa: N805
        """What named scores must come to: a map, as it stands in the document."""
        return QuestionnaireDocument(dict(walk.scores))


@shape
class WalkTrial:
    """A saved walk, tried on the questionnaire as it is."""

    is_as_written: bool
    """Whether it goes as it is written."""

    @computed
    def key(trial: walk_tests.Trial) -> str:  # noqa: N805
        """The short name of the walk."""
        return trial.walk.id

    @computed
    def name(trial: walk_tests.Trial) -> str:  # noqa: N805
        """What it shows; empty where it has no name."""
        return trial.walk.name

    @computed
    def messages(trial: walk_tests.Trial) -> list[str]:  # noqa: N805
        """Where it goes another way, or what in it fits nothing any more; empty where it goes as written."""
        return [one.message for one in (*trial.unfit, *trial.left)]
