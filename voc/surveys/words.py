"""The words of ours that stand around the questions, for every language we speak; a questionnaire may bring its own. PURE.

They come from the catalogues in `built_in_words/<language>.yaml`, English first.
"""

from pathlib import Path

import yaml

from voc.surveys.questionnaire import Questionnaire
from voc.surveys.texts import Texts

FIRST = "en"


def _read() -> dict[str, Texts]:
    files = sorted((Path(__file__).parent / "built_in_words").glob("*.yaml"), key=lambda path: (path.stem != FIRST, path.stem))
    spoken = {path.stem: yaml.load(path.read_text("utf-8"), yaml.CBaseLoader) for path in files}  # noqa: S506 - texts alone: `yes` is a word
    return {name: Texts({language: words[name] for language, words in spoken.items()}) for name in spoken[FIRST]}


WORDS: dict[str, Texts] = _read()


def word(questionnaire: Questionnaire, name: str, language: str) -> str:
    """The word in the questionnaire's own wording, else ours, for a reader of `language`."""
    own = questionnaire.words.get(name)
    ours = WORDS[name]
    if own and own.language_for(language) in {language, language.split("-", 1)[0]}:
        return own.say(language)
    if ours.language_for(language) in {language, language.split("-", 1)[0]} or not own:
        return ours.say(language)
    return own.say(language)
