"""Jobs: what must happen is written down in the transaction of the fact that causes it, and then happens.

Database effects happen exactly once, outside effects at least once with the same key. See `voc/core/jobs/claims.py`.
"""

from voc.core.jobs.handlers import Effect, Errand, Errands, Handler, Outcome, Reaction, Retry, Terms, alone
from voc.core.jobs.outbox import ToDo, add, add_all, add_many, cancel
from voc.core.jobs.wakeup import wake

__all__ = [
    "Effect",
    "Errand",
    "Errands",
    "Handler",
    "Outcome",
    "Reaction",
    "Retry",
    "Terms",
    "ToDo",
    "add",
    "add_all",
    "add_many",
    "alone",
    "cancel",
    "wake",
]
