"""What every table of ours is made from."""

from typing import Any

from tortoise.models import Model, ModelMeta


class _Plain(ModelMeta):
    """Tortoise reads the source of each table for comments that begin with `#:`. We write none, and it takes a tenth of the start."""

    def __new__(cls, name: str, bases: tuple[type, ...], attributes: dict[str, Any]) -> "_Plain":
        made: _Plain = super().__new__(cls, name, bases, {"_no_comments": True, **attributes})  # type: ignore[assignment]
        return made


class Table(Model, metaclass=_Plain):
    """One table; what a row knows about itself stands in its class."""

    class Meta:
        abstract = True
