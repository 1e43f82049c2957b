"""A small company whose customers answer. It stands outside the house: ingest, GraphQL, SMTP and survey pages are all it uses."""
