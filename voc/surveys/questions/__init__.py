"""The kinds of question. PURE.

Each class says in `names()` what an answer to it is, and under which names answers are kept. In JSON a choice is its code, several
choices are a list of codes, a date is `2026-11-21`. Own words beside a choice, each row of a table and each of several fields are answers
of their own, under a name that begins with the question's id.
"""

from voc.surveys.questions.choosing import OTHER, Choice, Choosing, Look, MultipleChoice, Ranking, SingleChoice
from voc.surveys.questions.given import CallMeBack, Consent, FileKind, FileUpload, YesNo
from voc.surveys.questions.question import (
    COMMENT,
    NOTHING,
    Asked,
    Hidden,
    Link,
    Medium,
    Messages,
    NotAsked,
    Order,
    Question,
    Source,
    Statement,
    slugs,
)
from voc.surveys.questions.rows import Cells, ColumnGroup, ConstantSum, InRows, Matrix, Row, SideBySide, Slider
from voc.surveys.questions.scales import Band, Ces, Convention, Csat, Metric, Nps, Point, Rating, Scale, ScaleLook
from voc.surveys.questions.typed import Date, DateTime, Fields, Format, Number, ShortField, Text, Time

KINDS: dict[str, type[Question]] = {
    kind.kind: kind
    for kind in (
        *(Nps, Csat, Ces, Rating, SingleChoice, MultipleChoice, Matrix, SideBySide, Ranking, ConstantSum, Slider),
        *(Text, Number, Date, Time, DateTime, Fields, YesNo, Consent, CallMeBack, FileUpload, Hidden, Statement, NotAsked),
    )
}

__all__ = [
    "COMMENT",
    "KINDS",
    "NOTHING",
    "OTHER",
    "Asked",
    "Band",
    "CallMeBack",
    "Cells",
    "Ces",
    "Choice",
    "Choosing",
    "ColumnGroup",
    "Consent",
    "ConstantSum",
    "Convention",
    "Csat",
    "Date",
    "DateTime",
    "Fields",
    "FileKind",
    "FileUpload",
    "Format",
    "Hidden",
    "InRows",
    "Link",
    "Look",
    "Matrix",
    "Medium",
    "Messages",
    "Metric",
    "MultipleChoice",
    "NotAsked",
    "Nps",
    "Number",
    "Order",
    "Point",
    "Question",
    "Ranking",
    "Rating",
    "Row",
    "Scale",
    "ScaleLook",
    "ShortField",
    "SideBySide",
    "SingleChoice",
    "Slider",
    "Source",
    "Statement",
    "Text",
    "Time",
    "YesNo",
    "slugs",
]
