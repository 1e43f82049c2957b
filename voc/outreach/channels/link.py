"""The channel on which another system delivers: we make the link, it brings it to the customer and may report back."""

from voc.outreach.ask import Ask
from voc.outreach.verdicts import Reason


class LinkOnly:
    """Nothing leaves: the link waits to be fetched."""

    def undeliverable(self, ask: Ask) -> Reason | None:
        """Whether it arrives is up to the other system."""
        return None

    async def send(self, ask: Ask) -> str:
        """Nothing to do."""
        return "the link is ready for another system"

    async def close(self) -> None:
        """Nothing to give back."""
