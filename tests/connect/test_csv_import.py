"""Files of customers and contacts, as people make them."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from voc.connect.csv_columns import fields_of, paths_of
from voc.connect.csv_import import CsvError, Summary, What, import_file, refused_beside
from voc.connect.csv_rows import Row, Table, read_rows
from voc.core.access import Actor
from voc.core.formulas import guarded, unguarded
from voc.customers.models import Account, Channel, Consent, ConsentState, Contact, Customer, CustomerIdentity
from voc.customers.store import Status

SYSTEM = Actor.system("import")


def write(folder: Path, text: str | bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def counted(summary: Summary) -> dict[str, int]:
    return {str(status): count for status, count in summary.counts.items() if count}


CUSTOMERS = """External ID;Name;Email;phone;language;Time zone;value_amount;ValueCurrency;account.externalId;shop;consents.email;Loyalty
42;"de Vries; Anna";anna@example.nl;06-12345678;nl;Europe/Amsterdam;1234,50;EUR;a-1;x;granted;gold
43;Bram;bram@;;;;;;;;;
44;Coen;coen@example.nl;;;;;;;;;
"""


async def test_customers_are_recorded_and_refused_rows_can_be_mended(db: str, tmp_path: Path) -> None:
    path = write(tmp_path, CUSTOMERS)
    summary = await import_file(SYSTEM, What.CUSTOMERS, path)
    assert (counted(summary), summary.rows, summary.bytes_read) == ({"recorded": 2, "refused": 1}, 3, summary.size)

    anna = await Customer.get(name="de Vries; Anna")
    assert (anna.email, anna.phone, anna.language, anna.time_zone) == ("anna@example.nl", "+31612345678", "nl", "Europe/Amsterdam")
    assert (anna.value_amount, anna.value_currency, anna.attributes) == (
        Decimal("1234.50"),
        "EUR",
        {"shop": "x", "Loyalty": "gold"},
    )
    assert (await Account.get(id=anna.account_id)).external_id == "a-1"
    assert (await Consent.get(customer_id=anna.id)).state == ConsentState.GRANTED
    assert await CustomerIdentity.filter(customer_id=anna.id, system="crm", external_id="42").exists()

    refused = refused_beside(path)
    assert summary.refused_file == refused == tmp_path / "people.refused.csv"
    header, row = refused.read_text("utf-8-sig").splitlines()
    assert header.endswith(";Loyalty;refused_line;refused_why")
    assert row.startswith("43;Bram;bram@;")
    assert row.endswith(";3;Email: `email` is no mail address: write it as name@example.com, or leave it out.")

    mended = write(tmp_path, refused.read_bytes().replace(b"bram@;", b"bram@example.nl;"), refused.name)
    again = await import_file(SYSTEM, What.CUSTOMERS, mended)
    assert counted(again) == {"recorded": 1}
    assert again.refused_file is None
    assert (await Customer.get(name="Bram")).attributes == {}

    once_more = await import_file(SYSTEM, What.CUSTOMERS, path)
    assert counted(once_more) == {"unchanged": 2, "refused": 1}


async def test_contacts_come_with_their_customers(db: str, tmp_path: Path) -> None:
    text = (
        "externalId,customer.externalId,customer.attributes.Shoe Size,Customer Email,channel,touchpoint,endedAt,attributes.Order\r\n"
        "c-1,42,41,anna@example.nl,PHONE,delivery,2026-03-03T10:00:00+01:00,B1\r\n"
        "c-2,42,,,phone,delivery,2026-03-03 10:00,B2\r\n"
    )
    summary = await import_file(SYSTEM, What.CONTACTS, write(tmp_path, b"\xef\xbb\xbf" + text.encode()), system="shop")
    assert counted(summary) == {"recorded": 1, "refused": 1}
    contact = await Contact.get()
    assert (contact.system, contact.external_id, contact.channel, contact.touchpoint) == ("shop", "c-1", Channel.PHONE, "delivery")
    assert contact.ended_at == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert contact.attributes == {"Order": "B1", "Customer Email": "anna@example.nl"}
    customer = await Customer.get(id=contact.customer_id)
    assert customer.attributes == {"Shoe Size": "41"}
    refused = refused_beside(tmp_path / "people.csv").read_text("utf-8-sig")
    assert "endedAt: `endedAt` does not say in which time zone" in refused
    assert ",3," in refused


async def test_an_empty_cell_says_nothing_and_null_empties(db: str, tmp_path: Path) -> None:
    await import_file(SYSTEM, What.CUSTOMERS, write(tmp_path, "externalId;name;email\n1;Anna;anna@example.nl\n"))
    await import_file(SYSTEM, What.CUSTOMERS, write(tmp_path, "externalId;name;email\n1;;NULL\n"))
    customer = await Customer.get()
    assert (customer.name, customer.email) == ("Anna", None)


async def test_progress_is_told_after_each_batch(db: str, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    text = "externalId\n" + "".join(f"{number}\n" for number in range(1200))
    summary = await import_file(
        SYSTEM, What.CUSTOMERS, write(tmp_path, text), progress=lambda done: seen.append((done.rows, done.bytes_read))
    )
    assert [rows for rows, _ in seen] == [500, 1000, 1200]
    assert seen[-1][1] == summary.size == len(text)
    assert summary.counts[Status.RECORDED] == 1200


async def test_rows_with_too_few_or_many_cells_are_refused_not_shifted(db: str, tmp_path: Path) -> None:
    path = write(tmp_path, "externalId;name;phone\n1;Anna\n2;Bram;;x\n3;Coen;\n")
    summary = await import_file(SYSTEM, What.CUSTOMERS, path)
    assert counted(summary) == {"recorded": 1, "refused": 2}
    assert "This row has 2 cells and the header 3" in refused_beside(path).read_text("utf-8-sig")
    again = await import_file(SYSTEM, What.CUSTOMERS, refused_beside(path))
    assert counted(again) == {"refused": 2}


async def test_a_refused_cell_is_no_formula_and_is_the_same_when_it_comes_back(db: str, tmp_path: Path) -> None:
    path = write(tmp_path, 'externalId;name;email\n1;"=HYPERLINK(""http://x"")";bad\n2;+31 6;bad\n')
    await import_file(SYSTEM, What.CUSTOMERS, path)
    refused = refused_beside(path)
    rows = refused.read_text("utf-8-sig").splitlines()
    assert rows[1].startswith("1;\"'=HYPERLINK(")
    mended = write(tmp_path, refused.read_bytes().replace(b";bad;", b";;"), "mended.csv")
    assert counted(await import_file(SYSTEM, What.CUSTOMERS, mended)) == {"recorded": 2}
    assert {customer.name for customer in await Customer.all()} == {'=HYPERLINK("http://x")', "+31 6"}


async def test_an_old_file_of_refused_rows_goes_when_none_is_refused(db: str, tmp_path: Path) -> None:
    path = write(tmp_path, "externalId;email\n1;bad\n")
    await import_file(SYSTEM, What.CUSTOMERS, path)
    assert refused_beside(path).exists()
    await import_file(SYSTEM, What.CUSTOMERS, write(tmp_path, "externalId;email\n1;good@example.nl\n"))
    assert not refused_beside(path).exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "has no header"),
        (b"\n", "has no header"),
        (b"externalId;;name\n1;2;3\n", "Column 2 has no name"),
        (b"externalId;Name;name\n1;2;3\n", "The column Name is there twice"),
        (b"id;name\n1;2\n", "has no column externalId"),
        ("externalId;name\n1;Zoë\n".encode("cp1252"), "Line 2 is not UTF-8: save the file as `CSV UTF-8`"),
        ("externalId;name\n1;Zoë\n".encode("utf-16"), "is UTF-16: save it as `CSV UTF-8`"),
        (b'externalId;name\n1;"never closed\n2;x\n', "Is a quotation mark left open"),
        (b'externalId;name\n1;"a" b\n', "Line 2 cannot be read"),
        (b"externalId;name\n1;\x00\n", "Line 2 holds a NUL"),
        (b"externalId;name\n1;" + b"x" * 200_000 + b"\n", "field larger than field limit"),
        (b"externalId;name\n1;" + b"x" * 2_000_000, "Line 2 is longer than"),
    ],
)
async def test_what_is_no_csv_says_where_and_what_to_do(db: str, tmp_path: Path, text: bytes, says: str) -> None:
    with pytest.raises(CsvError, match=says):
        await import_file(SYSTEM, What.CUSTOMERS, write(tmp_path, text))


async def test_a_file_that_is_not_there_says_so(db: str, tmp_path: Path) -> None:
    with pytest.raises(CsvError, match="No such file"):
        await import_file(SYSTEM, What.CUSTOMERS, tmp_path / "nothing.csv")


def test_lines_are_counted_also_where_cells_have_several(tmp_path: Path) -> None:
    path = write(tmp_path, 'a\tb\n1\t"two\nlines"\n\n\n2\tx\n')
    table = Table()
    assert list(read_rows(path, table)) == [Row(2, ("1", "two\nlines")), Row(6, ("2", "x"))]
    assert (table.columns, table.delimiter) == (("a", "b"), "\t")


def test_the_delimiter_is_looked_for_outside_quotes(tmp_path: Path) -> None:
    table = Table()
    assert list(read_rows(write(tmp_path, '"a;b;c;d",e\n1,2\n'), table)) == [Row(2, ("1", "2"))]
    assert table.columns == ("a;b;c;d", "e")


def test_every_documented_column_has_its_field() -> None:
    for what in What:
        for name in what.fields:
            assert paths_of(what, [name, name.upper().replace(".", " . ")])[0] == tuple(name.split("."))
    assert fields_of(paths_of(What.CONTACTS, ["customer.consents.email", "x.y", "refused_why"]), ["refused", "1", "old"]) == {
        "customer": {"consents": {"email": "refused"}},
        "attributes": {"x.y": "1"},
    }


@given(some.text(max_size=6))
def test_guarding_a_cell_can_be_undone_and_no_guarded_cell_runs(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
