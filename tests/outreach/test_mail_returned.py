"""What is read out of mails that came back, and what is not."""

import pytest

from tests.outreach.reports import BACK, SENT, complaint, from_exchange, from_gmail, from_person, from_qmail, status
from voc.outreach.returning.report_kinds import ReportKind
from voc.outreach.returning.returned_mail import Returned, read_returned

BOUNCED, RETURNED, DELIVERED, COMPLAINED = ReportKind.BOUNCED, ReportKind.RETURNED, ReportKind.DELIVERED, ReportKind.COMPLAINED


def said(kind: ReportKind | None, detail: str, *came_to: str) -> Returned:
    return Returned(kind, detail, came_to or (BACK,), (SENT,))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (status(), said(BOUNCED, "5.1.1 550 5.1.1 …: user unknown")),
        (status(code="4.4.7", said="smtp; delivery time expired"), said(RETURNED, "4.4.7 delivery time expired")),
        (status(code="5.7.1", said="smtp; 550 5.7.1 blocked by policy"), said(RETURNED, "5.7.1 550 5.7.1 blocked by policy")),
        (status(code="5.0.0", said="smtp; 550 No such user here"), said(BOUNCED, "5.0.0 550 No such user here")),
        (status(code="5.0.0", said="smtp; 554 5.7.1 no such user likes spam"), said(RETURNED, "5.0.0 554 5.7.1 no such user likes spam")),
        (status(action="delayed", code="4.4.1", said="smtp; connection timed out"), said(None, "4.4.1 connection timed out")),
        (status(action="delivered", code="2.1.5", said="smtp; 250 ok"), said(DELIVERED, "2.1.5 250 ok")),
        (status(action="relayed", code="2.0.0", said="smtp; 250 ok"), said(None, "2.0.0 250 ok")),
        (from_exchange(), said(BOUNCED, "5.1.10 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient … not found by SMTP address lookup")),
        (
            from_gmail(),
            said(
                RETURNED,
                "5.2.2 552-5.2.2 The recipient's inbox is out of storage space and inactive."
                " 552 5.2.2 https://support.example/mail/?p=OverQuotaPerm",
            ),
        ),
        (from_qmail(), said(BOUNCED, "Sorry, no mailbox here by that name. (#5.1.1)")),
        (from_qmail("552 mailbox is full (#5.2.2)"), said(RETURNED, "552 mailbox is full (#5.2.2)")),
        (from_qmail("I will try again for some days."), said(None, "")),
        (complaint(), said(COMPLAINED, "abuse", "abuse@fiber.example", "vraag@fiber.example")),
        (complaint("not-spam"), said(None, "not-spam", "abuse@fiber.example", "vraag@fiber.example")),
        (from_person(), said(None, "")),
        (from_person(extra="X-Failed-Recipients: anna@klant.example"), said(None, "")),
    ],
)
def test_what_a_mail_tells(source: bytes, told: Returned) -> None:
    assert read_returned(source) == told


@pytest.mark.parametrize("source", [status(), from_exchange(), from_gmail(), from_qmail(), complaint()])
def test_a_broken_mail_tells_less_and_breaks_nothing(source: bytes) -> None:
    for cut in range(0, len(source), 41):
        kinds = {read_returned(source[:cut]).kind, read_returned(source[:cut] + b"\xff\x00" + source[cut + 9 :]).kind}
        assert kinds <= {None, BOUNCED, RETURNED, COMPLAINED}


def test_a_report_inside_a_mail_of_a_person_is_no_report() -> None:
    forwarded = (
        b"From: anna@klant.example\r\nTo: " + BACK.encode() + b'\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: message/rfc822\r\n\r\n" + status() + b"\r\n--x--\r\n"
    )
    assert read_returned(forwarded).kind is None
