"""Mails are made from a common mould: each reader gets their own, and nothing in a text is taken for a gap."""

from uuid import UUID

import pytest

from tests.outreach.letters import ask, install_settings, part, received
from voc.outreach.links import links_of
from voc.outreach.mail.moulds import gap, marked_up, pieces, plain


@pytest.fixture(autouse=True)
def _settings() -> None:
    install_settings()


def test_each_reader_gets_their_own() -> None:
    bert = UUID(int=7)
    values = {"customer.first_name": "Bert & Co <b>", "brand.name": "Fiber & Zo"}
    first, second = received(ask()), received(ask(invitation_id=bert, links=links_of(bert), values=values))
    for kind in ("plain", "html"):
        assert "Anna" in part(first, kind)
        assert "Anna" not in part(second, kind)
        assert links_of(bert).stop in part(second, kind)
        assert links_of(bert).stop not in part(first, kind)
    assert "Bert & Co <b>" in part(second, "plain")
    assert "Bert &amp; Co &lt;b&gt;" in part(second, "html")


def test_what_only_looks_like_a_gap_stays_what_it_is() -> None:
    written = f"{gap('links.stop')} and {gap('nobody.knows')}"
    values = {"links.stop": f"<{gap('links.stop')}>"}
    assert plain(pieces(written), values) == f"<{gap('links.stop')}> and {gap('nobody.knows')}"
    assert marked_up(pieces(written), values) == f"&lt;{gap('links.stop')}&gt; and {gap('nobody.knows')}"
