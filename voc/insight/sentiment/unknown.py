"""For texts whose language no analyser knows yet: it says so, and never guesses a mood. PURE."""

from voc.insight.sentiment.analysis import Analysis, Label
from voc.insight.sentiment.language import FROM_SURVEY


class Unknown:
    """No mood and no score: an unread text is not a neutral one."""

    name = "none"
    version = "no analyser knows this language"
    languages: frozenset[str] = frozenset()

    def analyse(self, text: str, language: str) -> Analysis:
        """A reading that says that nobody read the text."""
        return Analysis(Label.UNKNOWN, None, "", (), language, FROM_SURVEY, self.name, self.version)
