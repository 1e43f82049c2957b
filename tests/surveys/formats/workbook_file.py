"""Small workbooks, written by ourselves."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

_NAMES = "http://schemas.openxmlformats.org"
_MAIN, _LINKS, _OFFICE = (
    f"{_NAMES}/spreadsheetml/2006/main",
    f"{_NAMES}/package/2006/relationships",
    f"{_NAMES}/officeDocument/2006/relationships",
)
_TYPES = (
    f'<Types xmlns="{_NAMES}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def workbook(sheets: dict[str, list[list[object]]], more: str = "", at_row: int = 0) -> bytes:
    """The file (.xlsx). `more` is XML put behind the rows of every sheet; the rows begin below `at_row` empty ones."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _relations([("xl/workbook.xml", "officeDocument")]))
        listed = "".join(f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(sheets, 1))
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>')
        parts = [(f"worksheets/sheet{at}.xml", "worksheet") for at, _ in enumerate(sheets, 1)]
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(parts))
        for (path, _), rows in zip(parts, sheets.values(), strict=True):
            body = "".join(_row(number, row) for number, row in enumerate(rows, at_row + 1))
            archive.writestr(f"xl/{path}", f'<worksheet xmlns="{_MAIN}"><sheetData>{body}{more}</sheetData></worksheet>')
    return packed.getvalue()


def _relations(parts: list[tuple[str, str]]) -> str:
    found = "".join(f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{path}"/>' for at, (path, kind) in enumerate(parts, 1))
    return f'<Relationships xmlns="{_LINKS}">{found}</Relationships>'


def _row(number: int, row: list[object]) -> str:
    return f'<row r="{number}">{"".join(_cell(number, at, value) for at, value in enumerate(row))}</row>'


def _cell(number: int, at: int, value: object) -> str:
    place = f"{chr(65 + at)}{number}"
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
