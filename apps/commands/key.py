"""`./puls key create`: makes the pseudonym key of a municipality and source domain."""

from __future__ import annotations

import os
from typing import Annotated

import typer


def key_create(
    municipality: Annotated[str, typer.Option(help="municipality code, e.g. 0780")],
    domain: Annotated[str, typer.Option(help="sources of one domain make the same pseudonyms")] = "cases",
) -> None:
    """Make the key that turns case and person numbers into pseudonyms; it is never replaced."""
    from producers import pseudonym
    from schemas import municipality as municipalities
    from schemas import settings as configuration

    code = municipalities.municipality(municipality).code
    path = pseudonym.create(configuration.load(os.environ).key_folder, code, domain)
    typer.echo(f"Made {path}.")
    typer.echo("Keep a copy in a safe place: without it, new events will no longer meet old ones.")
