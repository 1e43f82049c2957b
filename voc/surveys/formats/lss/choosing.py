"""Questions of LimeSurvey with answers to choose from or to put in order. PURE."""

from voc.surveys.formats.lss.making import Maker
from voc.surveys.formats.lss.source import Item
from voc.surveys.questions import NOTHING, Choice, Look, MultipleChoice, Question, Ranking, Rating, ScaleLook, SingleChoice, YesNo


def single(item: Item, maker: Maker) -> Question:
    """One of a list (L, !, O)."""
    return SingleChoice(
        **maker.asked(item),
        choices=_choices(item, maker),
        order=maker.order(item, "answer_order"),
        look=Look.DROP_DOWN if item.type == "!" else Look.BUTTONS,
        comment=maker.comment() if item.type == "O" else NOTHING,
    )


def multiple(item: Item, maker: Maker) -> Question:
    """Several of a list (M, P)."""
    choices = maker.choices(item, item.subs, own_words=item.type == "P") or stand_in(item, maker)
    at_least, at_most = _least_and_most(item, maker, len(choices))
    return MultipleChoice(
        **maker.asked(item), choices=choices, order=maker.order(item, "subquestion_order"), at_least=at_least, at_most=at_most
    )


def ranking(item: Item, maker: Maker) -> Question:
    """Answers in order (R)."""
    choices = _choices(item, maker)
    at_least, at_most = _least_and_most(item, maker, len(choices))
    asked = {**maker.asked(item)}
    partly = None if asked["required"] else 1
    order = maker.order(item, "answer_order")
    return Ranking(**asked, choices=choices, order=order, at_least=at_least or partly, at_most=at_most)


def rating(item: Item, maker: Maker) -> Question:
    """One to five (5)."""
    look = {"1": ScaleLook.STARS, "2": ScaleLook.FACES}.get(item.setting("slider_rating"), ScaleLook.NUMBERS)
    return Rating(**maker.asked(item), lowest=1, highest=5, look=look)


def yes_no(item: Item, maker: Maker) -> Question:
    """Yes or no (Y)."""
    return YesNo(**maker.asked(item))


def gender(item: Item, maker: Maker) -> Question:
    """Female or male (G)."""
    return SingleChoice(**maker.asked(item), choices=maker.built_in("G"))


def _choices(item: Item, maker: Maker) -> tuple[Choice, ...]:
    """The answers to choose from; where there is none yet, one stands in, for a question to choose from needs one."""
    options = (*item.options(), *item.options("1")) or (item.rows() if item.type == "R" else ())
    return maker.choices(item, options) or stand_in(item, maker)


def stand_in(item: Item, maker: Maker) -> tuple[Choice, ...]:
    """A choice for a question that has none yet, for it needs one."""
    maker.notes.changed(item.id, "CHOICE_ADDED", item.code, "It has no answers to choose from, so it got one. Write the answers.")
    return (Choice(code="1"),)


def _least_and_most(item: Item, maker: Maker, there: int) -> tuple[int | None, int | None]:
    least, most = maker.whole(item, "min_answers", 1, 500), maker.whole(item, "max_answers", 1, 500)
    if least and least > there:
        maker.notes.dropped(item.id, "LIMIT_DROPPED", f"min_answers={least}", "There are not so many answers. Set the limit by hand.")
        least = None
    most = most if most and most < there else None
    return least, max(most, least or 1) if most else None
