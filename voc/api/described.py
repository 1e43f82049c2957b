"""Descriptions of the contract, read from where a colleague reads them: docstrings, and the text beneath each attribute."""

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from strawberry.types.field import StrawberryField


def description_of(thing: object, *, named: str) -> str:
    """The docstring as one text for strangers; a thing without one is a TypeError that names it."""
    text = inspect.getdoc(thing) if not inspect.isclass(thing) else thing.__dict__.get("__doc__")
    if not text or (inspect.isclass(thing) and text.startswith(f"{thing.__name__}(")):  # what @dataclass writes
        raise TypeError(f"{named} has no description: give it a docstring written for a stranger.")
    return inspect.cleandoc(text)


def describe_fields(cls: type[Any]) -> None:
    """Give each own field of a Strawberry type its description: the resolver's docstring, or the text beneath the attribute.

    A field without any is a TypeError that names it.
    """
    written = attribute_texts(cls)
    for field in cls.__strawberry_definition__.fields:
        if field.description is None:
            field.description = _text(cls, field, written)


def attribute_texts(cls: type[Any]) -> dict[str, str]:
    """The string literals that stand beneath the attributes of a class and of those it inherits from, by attribute."""
    texts: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        texts.update(_module_texts(base.__module__).get(base.__qualname__, {}) if hasattr(base, "__strawberry_definition__") else {})
    return texts


def _text(cls: type[Any], field: StrawberryField, written: dict[str, str]) -> str:
    if field.python_name in written:
        return written[field.python_name]
    named = f"{cls.__name__}.{field.python_name}"
    if field.base_resolver is None:
        raise TypeError(f"{named} has no description: write one as a string beneath the attribute.")
    return description_of(field.base_resolver.wrapped_func, named=named)


@cache
def _module_texts(name: str) -> dict[str, dict[str, str]]:
    path = getattr(sys.modules[name], "__file__", None)
    return dict(_classes(ast.parse(Path(path).read_text("utf-8")).body, "")) if path else {}


def _classes(body: list[ast.stmt], prefix: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            qualname = f"{prefix}{statement.name}"
            found += [(qualname, _texts(statement.body)), *_classes(statement.body, f"{qualname}.")]
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            found += _classes(statement.body, f"{prefix}{statement.name}.<locals>.")
    return found


def _texts(body: list[ast.stmt]) -> dict[str, str]:
    texts = {}
    for statement, beneath in pairwise(body):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(beneath, ast.Expr)
            and isinstance(beneath.value, ast.Constant)
            and isinstance(beneath.value.value, str)
        ):
            texts[statement.target.id] = inspect.cleandoc(beneath.value.value)
    return texts
