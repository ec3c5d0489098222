"""`./puls token create|list|revoke`: who may push events over HTTP, and what of."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from producers.gateway.tokens import Kept


def token_create(
    municipality: Annotated[str, typer.Option(help="the only municipality it is for, e.g. 0780")],
    source: Annotated[str, typer.Option(help="name of the producer; its events say the same")],
    types: Annotated[
        list[str] | None, typer.Option(help="event types, as 'se.kommunpuls.case.*'; may be repeated")
    ] = None,
) -> None:
    """Make a token for a producer; it is shown this once and kept as a hash only."""
    from producers.gateway import tokens

    token, kept = tokens.create(_place(), municipality, source, types or [])
    typer.echo(token)
    typer.echo(f"The token {_said(kept)}. It is shown only now: keep it as a secret.", err=True)


def token_list() -> None:
    """Show the tokens that hold, by name; never the tokens themselves."""
    from producers.gateway import tokens

    for kept in tokens.kept(_place()):
        typer.echo(_said(kept))


def token_revoke(name: Annotated[str, typer.Argument(help="as `./puls token list` shows it")]) -> None:
    """Take a token away; it is refused from the next request on."""
    from producers.gateway import tokens

    typer.echo(f"Revoked {_said(tokens.revoke(_place(), name))}.")


def _place() -> Path:
    from producers.gateway import tokens
    from schemas import settings as configuration

    return tokens.folder(configuration.load(os.environ).home)


def _said(kept: Kept) -> str:
    grant = kept.grant
    made = f"made {grant.created_at:%Y-%m-%d}"
    return f"{kept.name}: {grant.source} in {grant.municipality}, {', '.join(grant.types)}, {made}"
