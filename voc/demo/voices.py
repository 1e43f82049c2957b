"""What these customers would say: scores and words that belong together, in Dutch and English."""

import random
from dataclasses import dataclass

_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "nl": {
        "good": (
            "Snel geholpen en heel vriendelijk. Zo hoort het.",
            "De monteur nam de tijd en legde alles uit.",
            "Netjes op tijd bezorgd, en de fiets stond al helemaal afgesteld.",
            "Fijn gesprek, ik werd niet doorverbonden en het was in één keer opgelost.",
            "Top service, ga zo door!",
        ),
        "middling": (
            "Prima, maar ik moest wel lang wachten voor ik iemand aan de lijn had.",
            "Het is opgelost. De uitleg op de site mag duidelijker.",
            "Ging goed, alleen klopte het tijdvak van de bezorging niet.",
            "Geen klachten, maar ook niet bijzonder.",
        ),
        "bad": (
            "Ik heb nu drie keer gebeld en nog steeds geen antwoord op mijn factuur.",
            "Niemand belt terug terwijl dat wel was beloofd.",
            "De fiets kwam een week te laat en de lamp was kapot. Heel teleurstellend.",
            "Voor de tweede keer dezelfde storing na de reparatie. Ik ben er klaar mee.",
            "Wat een gedoe. Als dit zo doorgaat stap ik over naar een ander.",
        ),
    },
    "en": {
        "good": (
            "Great service, the agent was friendly and solved it right away.",
            "Delivered on time and the bike was perfectly adjusted. Very happy.",
            "Quick answer in the chat, thank you!",
            "The mechanic explained everything clearly. Excellent.",
        ),
        "middling": (
            "It was fine, but I had to wait quite long before somebody answered.",
            "Solved in the end. The website could explain this better.",
            "Okay. The delivery window was not right, though.",
        ),
        "bad": (
            "I have called three times now and nobody has fixed my invoice. This is awful.",
            "Nobody called me back although you promised to. Very disappointed.",
            "The bike came a week late and the light was broken. Terrible experience.",
            "Same problem again after the repair. I am angry and thinking of leaving.",
        ),
    },
}
_SHARES = ("good", "good", "good", "middling", "middling", "bad")


@dataclass(frozen=True, slots=True)
class Voice:
    """One customer's mood about one contact: how high they score, what they say, and whether they want a call."""

    mood: str
    words: str
    wants_call: bool

    def score(self, low: int, high: int) -> int:
        """A score on a scale, in this mood."""
        share = {"good": 0.97, "middling": 0.72, "bad": 0.15}[self.mood]
        return round(low + share * (high - low))


def voice(language: str, dice: random.Random, mood: str | None = None) -> Voice:
    """How somebody of this language feels and says it; four in ten say nothing."""
    mood = mood or dice.choice(_SHARES)
    words = dice.choice(_WORDS.get(language, _WORDS["en"])[mood]) if dice.random() < 0.6 or mood == "bad" else ""
    return Voice(mood, words, mood == "bad" and dice.random() < 0.5)
