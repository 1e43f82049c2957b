"""How many mails a second hosts of recipients take, as people write it. PURE."""

import re

_ONE = re.compile(r"([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)=(\d{1,5}(?:\.\d{1,3})?)")


def host_rates(written: str) -> dict[str, float]:
    """The rate of each host in `gmail.com=20 outlook.com=0.5`; a ValueError says which word is none."""
    rates = {}
    for word in written.lower().replace(",", " ").split():
        told = _ONE.fullmatch(word)
        if told is None or not float(told[2]):
            raise ValueError(f"takes hosts with mails a second, such as gmail.com=20 outlook.com=0.5; `{word[:40]}` is none")
        rates[told[1]] = float(told[2])
    return rates


def host_of(address: str) -> str:
    """The host that takes mail for this address."""
    return address.rpartition("@")[2].strip().lower()
