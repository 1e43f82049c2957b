"""The database: one per process, SQLite or PostgreSQL, over engines of our own that survive cancelled tasks."""

from voc.core.db.address import MODELS, tortoise_config
from voc.core.db.session import close_database, dialect, in_transaction_now, open_database, took_too_long, transaction
from voc.core.db.sql import as_decimal, as_json, as_moment, as_uuid, execute, execute_many, marks, padded, rows
from voc.core.db.statements import Statements, count_statements

__all__ = [
    "MODELS",
    "Statements",
    "as_decimal",
    "as_json",
    "as_moment",
    "as_uuid",
    "close_database",
    "count_statements",
    "dialect",
    "execute",
    "execute_many",
    "in_transaction_now",
    "marks",
    "open_database",
    "padded",
    "rows",
    "took_too_long",
    "tortoise_config",
    "transaction",
]
