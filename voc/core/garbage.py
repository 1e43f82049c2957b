"""When Python looks for garbage. What a process loads at its start stays for good, and to search it again and again costs every request."""

import gc


def look_rarely() -> None:
    """Before the modules are loaded: to look as often as Python does by itself would be a sixth of the start."""
    gc.set_threshold(50_000, 20, 50)


def spare_what_stays() -> None:
    """When the process is ready: modules and schema are never searched again, which would stop everything for a fifth of a second."""
    gc.freeze()
