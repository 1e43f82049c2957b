"""What is a mail address. PURE.

The library compiles its patterns when it is imported, a fiftieth of a server's start: it is loaded with the first address.
"""

import re

_SHORT = 64  # neither side is too long then
_USUAL = re.compile(r"[a-z0-9]+([._+-][a-z0-9]+)*@[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.[a-z]{2,}")


def mail_address(written: str) -> str:
    """The address in its one spelling, in small letters; a ValueError says in a sentence why it is none.

    Whether it receives mail is not asked.
    """
    from email_validator import validate_email

    return validate_email(written, check_deliverability=False, allow_smtputf8=True).normalized.lower()


def is_plain_mailbox(address: str) -> bool:
    """Whether any relay takes this address: it is one, and has no letters that many relays refuse."""
    if len(address) <= _SHORT and _USUAL.fullmatch(address):
        return True
    from email_validator import validate_email

    try:
        validate_email(address, check_deliverability=False, allow_smtputf8=False, globally_deliverable=False, test_environment=True)
    except ValueError:
        return False
    return True
