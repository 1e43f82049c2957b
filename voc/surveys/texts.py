"""One text in several languages. PURE."""

from collections.abc import Callable, Iterable, Iterator, Mapping


class Texts(Mapping[str, str]):
    """A text per language. Never changes. Empty where nothing was written.

    Who reads another language gets it in the first of `fallback` in which it is there, else in the first language it has.
    """

    __slots__ = ("_by_language", "_fallback")

    def __init__(self, by_language: Mapping[str, str] | None = None, fallback: Iterable[str] = ()) -> None:
        self._by_language = dict(by_language or {})
        self._fallback = tuple(fallback)

    def __getitem__(self, language: str) -> str:
        return self._by_language[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_language)

    def __len__(self) -> int:
        return len(self._by_language)

    def __hash__(self) -> int:
        return hash(frozenset(self._by_language.items()))

    def __repr__(self) -> str:
        return f"Texts({self._by_language!r})"

    def language_for(self, language: str) -> str:
        """The language in which a reader of `language` gets this text: it, its base (`nl` for `nl-BE`), or its fallback; "" if empty."""
        for candidate in (language, language.split("-", 1)[0], *self._fallback):
            if candidate in self._by_language:
                return candidate
        return next(iter(self._by_language), "")

    def say(self, language: str) -> str:
        """The text for a reader of `language`; "" if there is none at all."""
        return self._by_language.get(self.language_for(language), "")

    def changed(self, change: Callable[[str, str], str]) -> "Texts":
        """The same with each text changed, by its language and text."""
        return Texts({language: change(language, text) for language, text in self.items()}, self._fallback)
