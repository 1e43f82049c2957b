"""The channel on which another system delivers: we make the link, it brings it to the customer and may report back."""

from voc.outreach.channels.adapter import Taken
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.ask import Ask


class LinkOnly:
    """Nothing leaves: the link waits to be fetched."""

    def undeliverable(self, ask: Ask) -> Reason | None:
        """Whether it arrives is up to the other system."""
        return None

    async def send(self, ask: Ask) -> Taken:
        """Nothing to do."""
        return Taken("the link is ready for another system")

    async def close(self) -> None:
        """Nothing to give back."""
