"""What every kind of LimeSurvey question shares when it becomes one of ours. PURE."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from voc.surveys.formats.filled_in import in_languages
from voc.surveys.formats.logic.comparing import number
from voc.surveys.formats.lss.built_in import COLUMNS, COMMENT, OTHER
from voc.surveys.formats.lss.source import Item, Option
from voc.surveys.formats.naming import codes
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.patterns import whole_pattern
from voc.surveys.formats.wording import Wording
from voc.surveys.questions import Choice, Messages, Order, Row
from voc.surveys.texts import Texts

OTHER_CODE = "-oth-"


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes parts of questions: texts in our languages, codes used once, and a note of what does not fit."""

    wording: Wording
    notes: Notes

    def texts(self, raw: Any, item: Item, longest: int = 20_000) -> Texts:
        """A text of this question."""
        return self.wording.texts(raw, item.id, longest)

    def own(self, words: Any) -> Texts:
        """Words that LimeSurvey has built in."""
        return in_languages(words, self.wording.languages)

    def common(self, item: Item) -> dict[str, Any]:
        """What stands with every question."""
        return {
            "id": "q",
            "code": item.code[:200],
            "source_id": item.id[:200],
            "text": self.texts(item.texts, item),
            "help": self.texts(item.helps, item, 5000),
            "links": (*self.wording.links(item.texts, item.id), *self.wording.links(item.helps, item.id)),
        }

    def asked(self, item: Item) -> dict[str, Any]:
        """What stands with every question that is answered."""
        tip = item.words("em_validation_q_tip", self.wording.theirs) if item.pattern or item.setting("em_validation_q") else {}
        messages = Messages(wrong=self.wording.texts(tip, item.id, 300)) if any(tip.values()) else Messages()
        return {**self.common(item), "required": item.mandatory == "Y", "wanted": item.mandatory == "S", "messages": messages}

    def choices(self, item: Item, options: Iterable[Option], *, own_words: bool = False) -> tuple[Choice, ...]:
        """Answer options, or subquestions that can be ticked, with the one for something else at the end."""
        exclusive = set(re.split(r"[;,\s]+", item.setting("exclude_all_others")))
        listed = list(options)
        found = [
            Choice(
                code=code,
                text=self.texts(one.texts, item, 5000),
                own_words=own_words,
                exclusive=one.code.strip() in exclusive,
                points=self._points(one),
                image=next((link.url for link in self.wording.links(one.texts, item.id) if link.medium == "image"), ""),
            )
            for code, one in zip(self._codes(item, [one.code for one in listed]), listed, strict=True)
        ]
        if item.other and all(one.code != OTHER_CODE for one in found):
            replaced = self.texts(item.words("other_replace_text", self.wording.theirs), item, 5000)
            found.append(Choice(code=OTHER_CODE, text=replaced or self.own(OTHER), own_words=True, fixed=True))
        return tuple(found)

    def rows(self, item: Item) -> tuple[Row, ...]:
        """Subquestions as rows; a question without any gets one row of its own."""
        rows = item.rows()
        if not rows:
            self.notes.changed(item.id, "ROW_ADDED", item.code, "It has no subquestions, so it got one row. Add what is asked about.")
            return (Row(code="1"),)
        found = self._codes(item, [one.code for one in rows])
        return tuple(Row(code=code, text=self.texts(one.texts, item, 5000)) for code, one in zip(found, rows, strict=True))

    def built_in(self, type_: str) -> tuple[Choice, ...]:
        """Answers that LimeSurvey has built in."""
        return tuple(Choice(code=code, text=self.own(words)) for code, words in COLUMNS[type_])

    def comment(self) -> Texts:
        """The heading of the room for own words."""
        return self.own(COMMENT)

    def order(self, item: Item, *names: str) -> Order:
        """Random, where the file says so."""
        wanted = {item.setting(name).lower() for name in names}
        return Order.RANDOM if item.is_set("random_order") or "random" in wanted else Order.AS_WRITTEN

    def whole(self, item: Item, name: str, lowest: int, highest: int) -> int | None:
        """An attribute that is a whole number; what is reckoned or out of bounds is reported."""
        written = item.setting(name).strip()
        found = number(written) if written else None
        if found is not None and found.is_integer() and lowest <= found <= highest:
            return int(found)
        if written and found != 0:
            self.notes.dropped(item.id, "LIMIT_DROPPED", f"{name}={written}", "This limit has no counterpart here. Set one by hand.")
        return None

    def decimal(self, item: Item, *names: str) -> float | None:
        """The first of these attributes that is a number."""
        for name in names:
            written = item.setting(name).strip()
            if not written:
                continue
            if (found := number(written)) is not None:
                return found
            self.notes.dropped(
                item.id, "LIMIT_DROPPED", f"{name}={written}", "A limit that is reckoned has no counterpart here. Set one by hand."
            )
        return None

    def pattern(self, item: Item) -> str:
        """The regular expression that the whole answer must match."""
        written = item.pattern.strip()
        if not written:
            return ""
        match = re.fullmatch(r"([/#~@!|])(.*)\1([a-z]*)", written, re.DOTALL)
        inner, flags = (match[2], match[3]) if match else (written, "")
        if found := whole_pattern(inner, ignore_case="i" in flags):
            return found
        self.notes.dropped(item.id, "PATTERN_DROPPED", written, "This pattern cannot be used here. Write it without looking around.")
        return ""

    def _codes(self, item: Item, written: list[str]) -> list[str]:
        found = codes(written)
        for theirs, ours in zip(written, found, strict=True):
            if theirs != ours:
                self.notes.changed(item.id, "CODE_CHANGED", f"{theirs} → {ours}", "Codes are not empty and used once, so this one changed.")
        return found

    def _points(self, option: Option) -> float | None:
        return number(option.points) or None if option.points.strip() else None
