"""How one questionnaire speaks to one reader."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from voc.surveys.fills import fills
from voc.surveys.placeholders import filled
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.texts import Texts
from voc.surveys.walking import Walk
from voc.surveys.words import WORDS, word
from voc.web.wording import Words, base_of, marked, words_for


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks the texts of one questionnaire to one reader: `fills` are the values of its placeholders."""

    questionnaire: Questionnaire
    language: str
    fills: Mapping[str, str | None]

    def say(self, texts: Texts) -> Markup:
        """A text, safe for HTML, and marked where it is not in the reader's language."""
        return marked(filled(texts.say(self.language), self.fills), texts.language_for(self.language), self.language)

    def plain(self, texts: Texts) -> str:
        """The same for titles and attributes."""
        return filled(texts.say(self.language), self.fills)

    def word(self, name: str) -> Markup:
        """One of the words around the questions, the questionnaire's own or ours."""
        own = self.questionnaire.words.get(name) or Texts()
        spoken = {*own, *WORDS[name]}
        known = next((one for one in (self.language, base_of(self.language)) if one in spoken), "")
        return marked(word(self.questionnaire, name, self.language), known or next(iter(own or WORDS[name])), self.language)

    def knowing(self, way: Walk) -> "Voice":
        """The same voice, whose texts may speak of the answers given on this way."""
        return replace(self, fills={**self.fills, **fills(self.questionnaire, way, self.language)})

    @property
    def words(self) -> Words:
        """Our own words on pages for the same reader."""
        return words_for("survey", self.language)
