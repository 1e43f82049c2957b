"""Questions that are answered by choosing: scales, yes and no, choices, places in an order, leave to do something."""

from collections.abc import Mapping

from markupsafe import Markup

from voc.surveys.questions import Consent, Look, MultipleChoice, Ranking, Rating, Scale, ScaleLook, SingleChoice, YesNo
from voc.web.questions.given import Given
from voc.web.questions.parts import Option, Room

MOST_IN_A_ROW = 11
FACES = ("😞", "🙁", "😐", "🙂", "😀")


def scale(question: Scale, given: Given) -> dict[str, object]:
    """A row of numbers, or a list where points have words of their own."""
    look = question.look if isinstance(question, Rating) else ScaleLook.NUMBERS
    labels = {point.value: given.say(point.text) for point in question.labels} if isinstance(question, Rating) else {}
    return {
        "shape": "points" if labels and (look is ScaleLook.WORDS or len(labels) > 2) else "scale",
        "look": look.value if look in (ScaleLook.STARS, ScaleLook.FACES) else "",
        "options": tuple(_point(question, given, point, labels.get(point, ""), look) for point in question.points),
        "low": given.say(question.low) or labels.get(question.points[0], ""),
        "high": given.say(question.high) or labels.get(question.points[-1], ""),
    }


def _point(question: Scale, given: Given, point: int, label: Markup | str, look: ScaleLook) -> Option:
    ends = dict(zip(question.ends, (question.low, question.high), strict=True))
    unseen = label or (given.say(ends[point]) if ends.get(point) else "")
    return Option(
        f"{question.id}-{point}", str(point), str(point), str(point) in given.chosen(question.id), unseen, _mark(question, point, look)
    )


def _mark(question: Scale, point: int, look: ScaleLook) -> str:
    """Decoration beside the number: it never stands alone, for hearts and faces shift answers."""
    if look is ScaleLook.STARS:
        return "★"
    if look is ScaleLook.FACES:
        return FACES[round((point - question.points[0]) * (len(FACES) - 1) / max(1, len(question.points) - 1))]
    return ""


def yes_no(question: YesNo, given: Given) -> dict[str, object]:
    """Two cells."""
    chosen = given.chosen(question.id)
    texts = {"yes": question.yes_text, "no": question.no_text}
    said = {code: given.say(own) if own else given.voice.word(code) for code, own in texts.items()}
    return {"shape": "scale", "options": tuple(Option(f"{question.id}-{code}", code, text, code in chosen) for code, text in said.items())}


def single(question: SingleChoice, given: Given) -> dict[str, object]:
    """Radios, pictures, or a list that folds out."""
    return {"shape": "menu" if question.look is Look.DROP_DOWN else "radios", **_choices(question, given)}


def multiple(question: MultipleChoice, given: Given) -> dict[str, object]:
    """Boxes to tick. A list that folds out would hide what is chosen, so there is none."""
    helps = () if question.help else (given.voice.word("choose_several"),)
    return {"shape": "boxes", "helps": helps, **_choices(question, given)}


def _choices(question: SingleChoice | MultipleChoice, given: Given) -> dict[str, object]:
    options = given.options(question.id, given.way.choices(question), question.words_names)
    return {"look": question.look.value if any(one.image for one in options) else "", "options": options}


def ranking(question: Ranking, given: Given) -> dict[str, object]:
    """A place for each choice; what was placed stands in that order."""
    shown = given.way.choices(question)
    places = places_of(given.values.get(question.id))
    most = min(question.at_most or len(shown), len(shown))
    rooms = [
        Room(
            name=f"{question.id}-{number}",
            value=choice.code,
            label=given.say(choice.text) or choice.code,
            options=tuple(Option("", str(place), str(place), places.get(choice.code) == str(place)) for place in range(1, most + 1)),
        )
        for number, choice in enumerate(shown)
    ]
    rooms.sort(key=lambda room: int(places.get(room.value) or most + 1))
    own = tuple(given.room(name, given.voice.word("other_words")) for name in question.words_names.values())
    return {"shape": "ranking", "rooms": tuple(rooms), "helps": (given.word("rank_help"),), "own": own}


def places_of(value: object) -> dict[str, str]:
    """The place of each code, from an answer (codes in their order) or from what was posted (code and place)."""
    if isinstance(value, Mapping):
        return {str(code): str(place) for code, place in value.items() if str(place).isdecimal()}
    return {str(code): str(place) for place, code in enumerate(value if isinstance(value, list | tuple) else (), 1)}


def consent(question: Consent, given: Given) -> dict[str, object]:
    """A box to tick."""
    is_chosen = "yes" in given.chosen(question.id)
    text = given.say(question.agree) if question.agree else given.say(question.text)
    return {"shape": "consent" if question.agree else "tick", "options": (Option(f"{question.id}-yes", "yes", text, is_chosen),)}
