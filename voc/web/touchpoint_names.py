"""What touchpoints are called."""

from voc.web.console import Desk


async def touchpoint_names(desk: Desk) -> dict[str, str]:
    """The name of each touchpoint by its key, in the colleague's language."""
    return {one["key"]: one["name"] or one["key"] for one in (await desk.ask("Touchpoints"))["touchpoints"]}
