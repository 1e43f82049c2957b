"""One linear history of the schema; see `voc/core/db/migrations.py`."""
