"""`voc import …` and `voc export …`: rows in and out as CSV."""

import typer

imports = typer.Typer(no_args_is_help=True, help="Customers and contacts from CSV files.")
exports = typer.Typer(no_args_is_help=True, help="Responses as CSV files.")
