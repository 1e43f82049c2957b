"""Remembering what was worked out of a large immutable object, such as a questionnaire, for as long as it is in use. PURE."""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

Whole = TypeVar("Whole")
Result = TypeVar("Result")
Rest = ParamSpec("Rest")


def remembered(
    most: int,
) -> Callable[[Callable[Concatenate[Whole, Rest], Result]], Callable[Concatenate[Whole, Rest], Result]]:
    """Call the function once for each object, however dear the object is to compare, and further arguments that can be hashed.

    The `most` newest outcomes are kept, each with its object: an identity cannot pass to another object meanwhile.
    """

    def around(work: Callable[Concatenate[Whole, Rest], Result]) -> Callable[Concatenate[Whole, Rest], Result]:
        kept: OrderedDict[object, tuple[Whole, Result]] = OrderedDict()

        @wraps(work)
        def remembering(whole: Whole, /, *args: Rest.args, **named: Rest.kwargs) -> Result:
            key = id(whole), args, tuple(named.items())
            found = kept.get(key)
            if found is None:
                found = kept[key] = whole, work(whole, *args, **named)
                while len(kept) > most:
                    kept.popitem(last=False)
            return found[1]

        return remembering

    return around
