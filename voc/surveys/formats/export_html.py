"""A questionnaire to print: a page of HTML that needs nothing else, with room to answer on paper. PURE."""

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from voc.surveys.questionnaire import Page, Questionnaire
from voc.surveys.questions import (
    Cells,
    Choosing,
    Consent,
    Fields,
    Hidden,
    InRows,
    Matrix,
    MultipleChoice,
    NotAsked,
    Question,
    Ranking,
    Scale,
    SideBySide,
    Slider,
    Statement,
    YesNo,
)
from voc.surveys.texts import Texts
from voc.surveys.words import word

_PLACEHOLDER = re.compile(r"\{[^{}|]*(?:\|([^{}]*))?\}")
_RIGHT_TO_LEFT = {"ar", "he", "fa", "ur", "ps", "dv", "yi"}
_LINE, _BOX, _RING = '<p class="line"></p>', "☐", "○"
_STYLE = (
    "body{font:11pt/1.4 sans-serif;max-width:18cm;margin:1cm auto;padding:0 .5cm}h1{font-size:18pt}h2{font-size:14pt;break-after:avoid}"
    "section{break-inside:avoid;margin:0 0 .7cm}.help,.when{color:#444;font-size:10pt}"
    ".line{border-bottom:1px solid #444;height:1.4em;margin:.3em 0}"
    "ul{list-style:none;padding-inline-start:0}li{margin:.2em 0}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #777;padding:.2em .4em;text-align:center;font-weight:normal}th[scope=row]{text-align:start}"
)


def export_html(questionnaire: Questionnaire, language: str = "") -> str:
    """The whole page in one language. Conditions stand above their questions as they are written; nothing of it runs."""
    written = _Printed(questionnaire, language or questionnaire.default_language)
    return "".join(written.document())


class _Printed:
    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self._of = questionnaire
        self._language = language
        self._number = 0

    def document(self) -> Iterator[str]:
        """The page, piece by piece."""
        direction = "rtl" if self._language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"
        title = self._said(self._of.name)
        yield f'<!doctype html><html lang="{escape(self._language)}" dir="{direction}"><head><meta charset="utf-8">'
        yield f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        yield f"<style>{_STYLE}</style></head><body><h1>{title}</h1>"
        if self._of.intro:
            yield f"<p>{self._said(self._of.intro)}</p>"
        for page in self._of.pages:
            yield from self._page(page)
        end = self._of.end_pages[-1]
        yield f"<h2>{self._said(end.title)}</h2>"
        if end.text:
            yield f"<p>{self._said(end.text)}</p>"
        yield "</body></html>"

    def _page(self, page: Page) -> Iterator[str]:
        if page.title:
            yield f"<h2>{self._said(page.title)}</h2>"
        if page.text:
            yield f"<p>{self._said(page.text)}</p>"
        if page.show_if:
            yield _when(page.show_if)
        for question in page.questions:
            if not isinstance(question, Hidden | NotAsked):
                yield from self._question(question)

    def _question(self, question: Question) -> Iterator[str]:
        yield "<section>"
        if question.show_if:
            yield _when(question.show_if)
        if isinstance(question, Statement):
            yield f"<p>{self._said(question.text)}</p>"
        else:
            self._number += 1
            star = " *" if getattr(question, "required", False) else ""
            yield f"<p><strong>{self._number}. {self._said(question.text)}{star}</strong></p>"
        if question.help:
            yield f'<p class="help">{self._said(question.help)}</p>'
        for link in question.links:
            yield f'<p class="help">{self._said(link.text)} {escape(link.url)}</p>'
        if not isinstance(question, Statement):
            yield next((draw for kind, draw in _KINDS.items() if isinstance(question, kind)), _Printed.lines)(self, question)
        if comment := getattr(question, "comment", None):
            yield f"<p>{self._said(comment)}</p>{_LINE}"
        yield "</section>"

    def choices(self, question: Choosing) -> str:
        """A list to tick, or to number."""
        sign = "___" if isinstance(question, Ranking) else _BOX if isinstance(question, MultipleChoice) else _RING
        items = (
            f"<li>{sign} {self._said(choice.text) or escape(choice.code)}{' ' + '_' * 20 if choice.own_words else ''}</li>"
            for choice in question.all_choices
        )
        return f"<ul>{''.join(items)}</ul>"

    def scale(self, question: Scale) -> str:
        """Numbers between two words."""
        numbers = " ".join(f"{_RING}&nbsp;{point}" for point in question.points)
        return f"<p>{self._said(question.low)} &nbsp; {numbers} &nbsp; {self._said(question.high)}</p>"

    def matrix(self, question: Matrix) -> str:
        """A table to tick or fill in."""
        sign = {Cells.SINGLE: _RING, Cells.MULTIPLE: _BOX}.get(question.cells, "&nbsp;")
        heads = [self._said(column.text) or escape(column.code) for column in question.columns]
        return self._table(question, heads, [sign] * len(heads))

    def side_by_side(self, question: SideBySide) -> str:
        """A table with columns of several kinds."""
        cells = [
            "<br>".join(f"{_BOX if group.cells is Cells.MULTIPLE else _RING} {self._said(column.text)}" for column in group.columns)
            or "&nbsp;"
            for group in question.groups
        ]
        return self._table(question, [self._said(group.text) for group in question.groups], cells)

    def numbers(self, question: InRows) -> str:
        """A number for each row."""
        limits = f"{question.lowest:g}–{question.highest:g}" if isinstance(question, Slider) else ""
        if not question.rows:
            return f"<p>{limits} ______</p>"
        return self._table(question, [limits], ["&nbsp;"])

    def fields(self, question: Fields) -> str:
        """A line for each field."""
        return "".join(f"<p>{self._said(one.text)}</p>{_LINE}" for one in question.fields)

    def yes_no(self, question: YesNo) -> str:
        """Two rings."""
        words = ((question.yes_text, "yes"), (question.no_text, "no"))
        items = (f"<li>{_RING} {self._said(own) if own else escape(word(self._of, name, self._language))}</li>" for own, name in words)
        return f"<ul>{''.join(items)}</ul>"

    def consent(self, question: Consent) -> str:
        """A box."""
        return f"<p>{_BOX} {self._said(question.agree or question.text)}</p>"

    def lines(self, question: Question) -> str:
        """Room to write."""
        return _LINE * (3 if getattr(question, "long", False) else 1)

    def _table(self, question: InRows, heads: list[str], cells: list[str]) -> str:
        top = "".join(f"<th>{head}</th>" for head in heads)
        inside = "".join(f"<td>{cell}</td>" for cell in cells)
        rows = "".join(f'<tr><th scope="row">{self._said(row.text) or escape(row.code)}</th>{inside}</tr>' for row in question.rows)
        return f"<table><tr><td></td>{top}</tr>{rows}</table>"

    def _said(self, texts: Texts) -> str:
        plain = _PLACEHOLDER.sub(lambda match: match[1] or "…", texts.say(self._language))
        return escape(plain).replace("\n", "<br>")


def _when(condition: str) -> str:
    return f'<p class="when">→ <code>{escape(condition)}</code></p>'


_KINDS: dict[type[Question], Callable[[_Printed, Any], str]] = {
    Choosing: _Printed.choices,
    Scale: _Printed.scale,
    Matrix: _Printed.matrix,
    SideBySide: _Printed.side_by_side,
    Slider: _Printed.numbers,
    InRows: _Printed.numbers,
    Fields: _Printed.fields,
    YesNo: _Printed.yes_no,
    Consent: _Printed.consent,
}
