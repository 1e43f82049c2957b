"""Mails as mail systems send them back, about one message of ours: the shapes of Postfix, Exchange, Gmail, qmail, and of people."""

from textwrap import dedent

SENT = "<01a20061-04e3-7267-b0cb-2088a87a1f52@fiber.example>"
BACK = "back@stem.fiber.example"


def status(
    *,
    to: str = BACK,
    sent: str = SENT,
    action: str = "failed",
    code: str = "5.1.1",
    said: str = "smtp; 550 5.1.1 <anna@klant.example>: user unknown",
) -> bytes:
    """A delivery status as Postfix writes it."""
    return _mail(f"""\
        Return-Path: <>
        Received: by mail.klant.example (Postfix) id 4Xyz12; Tue, 3 Mar 2026 10:00:05 +0000 (UTC)
        Date: Tue, 3 Mar 2026 10:00:05 +0000 (UTC)
        From: MAILER-DAEMON@mail.klant.example (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: {to}
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="4Xyz12.1772532005/mail.klant.example"
        Message-Id: <20260303100005.4Xyz12@mail.klant.example>

        This is a MIME-encapsulated message.

        --4Xyz12.1772532005/mail.klant.example
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not be delivered.

        --4Xyz12.1772532005/mail.klant.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.klant.example
        X-Postfix-Queue-ID: 4Xyz12
        X-Postfix-Sender: rfc822; {to}
        Arrival-Date: Tue,  3 Mar 2026 10:00:04 +0000 (UTC)

        Final-Recipient: rfc822; anna@klant.example
        Original-Recipient: rfc822;anna@klant.example
        Action: {action}
        Status: {code}
        Diagnostic-Code: {said}

        --4Xyz12.1772532005/mail.klant.example
        Content-Description: Undelivered Message
        Content-Type: message/rfc822

        From: "Fiber & Zo" <vraag@fiber.example>
        To: anna@klant.example
        Subject: Hoe ging uw levering?
        Message-ID: {sent}

        Beste Anna,

        --4Xyz12.1772532005/mail.klant.example--
        """)


def from_exchange(sent: str = SENT) -> bytes:
    """A non-delivery report of Exchange Online: headers of the original in a text of their own."""
    return _mail(f"""\
        From: Microsoft Outlook <postmaster@klant.example>
        To: <{BACK}>
        Date: Tue, 3 Mar 2026 10:00:07 +0000
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="b1_EX"
        Content-Language: en-US
        Message-ID: <b1d1@AM0PR01MB1.eurprd01.prod.exchangelabs.com>
        In-Reply-To: {sent}
        References: {sent}
        Subject: Undeliverable: Hoe ging uw levering?
        Auto-Submitted: auto-replied
        MIME-Version: 1.0

        --b1_EX
        Content-Type: text/html; charset="us-ascii"

        <html><body>Your message couldn't be delivered.</body></html>

        --b1_EX
        Content-Type: message/delivery-status

        Reporting-MTA: dns;AM0PR01MB1.eurprd01.prod.exchangelabs.com
        Received-From-MTA: dns;relay.fiber.example

        Final-Recipient: rfc822;anna@klant.example
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient anna@klant.example not found by SMTP address lookup

        --b1_EX
        Content-Type: text/rfc822-headers

        From: Fiber & Zo <vraag@fiber.example>
        To: anna@klant.example
        Message-ID: {sent}

        --b1_EX--
        """)


def from_gmail(sent: str = SENT) -> bytes:
    """A report of Gmail about a full mailbox; it names the original in the status itself."""
    return _mail(f"""\
        Return-Path: <>
        From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
        To: {BACK}
        Auto-Submitted: auto-replied
        Subject: Delivery Status Notification (Failure)
        Message-ID: <67c5.050a0220@mx.google.com>
        MIME-Version: 1.0
        Content-Type: multipart/report; boundary="00000000000a"; report-type=delivery-status

        --00000000000a
        Content-Type: multipart/related; boundary="00000000000b"

        --00000000000b
        Content-Type: text/html; charset="UTF-8"

        <p>The recipient's inbox is out of storage space.</p>

        --00000000000b--
        --00000000000a
        Content-Type: message/delivery-status

        Reporting-MTA: dns; googlemail.com
        Arrival-Date: Tue, 03 Mar 2026 02:00:04 -0800 (PST)
        X-Original-Message-ID: {sent}

        Final-Recipient: rfc822; anna@klant.example
        Action: failed
        Status: 5.2.2
        Diagnostic-Code: smtp; 552-5.2.2 The recipient's inbox is out of storage space and inactive.
         552 5.2.2 https://support.example/mail/?p=OverQuotaPerm
        Last-Attempt-Date: Tue, 03 Mar 2026 02:00:05 -0800 (PST)

        --00000000000a--
        """)


def from_qmail(line: str = "Sorry, no mailbox here by that name. (#5.1.1)") -> bytes:
    """What qmail writes: words, no report."""
    return _mail(f"""\
        From: MAILER-DAEMON@mx.klant.example
        To: {BACK}
        Subject: failure notice

        Hi. This is the qmail-send program at mx.klant.example.
        I'm afraid I wasn't able to deliver your message to the following addresses.

        <anna@klant.example>:
        {line}

        --- Below this line is a copy of the message.

        Message-ID: {SENT}
        Subject: Hoe ging uw levering?
        """)


def complaint(kind: str = "abuse", sent: str = SENT, wrote_from: str = "vraag@fiber.example") -> bytes:
    """A complaint as a feedback loop sends it (ARF)."""
    return _mail(f"""\
        From: <feedback@mail.klant.example>
        To: <abuse@fiber.example>
        Subject: FW: Hoe ging uw levering?
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="part1_13d"

        --part1_13d
        Content-Type: text/plain; charset="US-ASCII"

        This is an email abuse report for a message received from IP 192.0.2.1.

        --part1_13d
        Content-Type: message/feedback-report

        Feedback-Type: {kind}
        User-Agent: SomeGenerator/1.0
        Version: 1
        Original-Mail-From: <{wrote_from}>
        Original-Rcpt-To: <anna@klant.example>

        --part1_13d
        Content-Type: message/rfc822
        Content-Disposition: inline

        From: Fiber & Zo <vraag@fiber.example>
        Message-ID: {sent}
        Subject: Hoe ging uw levering?

        Beste Anna,

        --part1_13d--
        """)


def from_person(to: str = BACK, subject: str = "Out of office", extra: str = "Auto-Submitted: auto-replied") -> bytes:
    """A holiday reply, or a few words of a person who quotes old errors."""
    return _mail(f"""\
        From: Anna de Vries <anna@klant.example>
        To: {to}
        Subject: {subject}
        {extra}
        In-Reply-To: {SENT}
        Content-Type: text/plain; charset=utf-8

        I am away until Monday. My old server said "550 5.1.1 user unknown" last week.
        """)


def _mail(text: str) -> bytes:
    return dedent(text).replace("\n", "\r\n").encode()
