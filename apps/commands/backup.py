"""`./puls backup` and `./puls restore`: what cannot be made again, in a folder and back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer


def backup(
    folder: Annotated[Path, typer.Argument(help="made if missing; what it holds already stays")],
    check: Annotated[bool, typer.Option("--check", help="write nothing: check every segment")] = False,
    head: Annotated[str, typer.Option(help="with --check: a head that the chain must hold")] = "",
) -> None:
    """Write what the folder does not hold yet of archive, published layer, refused, audit and alarms.

    Pseudonym keys are not in it: keep copies of them with the producers. Exit code 1 names what is broken.
    """
    from schemas import settings as configuration
    from streams.restore import checked
    from warehouse.backup import backup as run
    from warehouse.client import connect

    if check:
        manifest = checked(folder, head)
        typer.echo(f"{manifest.complete} segments of {manifest.taken_at} are as they were written.")
        typer.echo(f"head: {manifest.head}")
        return
    taken = run(connect(configuration.load(os.environ)), folder, _say)
    typer.echo(
        f"{taken.new_rows:,} new rows in {taken.new_segments} segments; {folder} holds {taken.rows:,} rows in"
        f" {taken.segments} segments. Pseudonym keys are not among them."
    )
    typer.echo(f"head: {taken.head}")


def restore(
    folder: Annotated[Path, typer.Argument(help="of a backup")],
) -> None:
    """Build an empty hub from a backup's segments and verify it; exit code 1 where that finds a difference.

    Starts the home's own warehouse for it. What the broker still has is heard again by the worker, and what
    is known vanishes. Keys are not in a backup: producers bring theirs.
    """
    from apps.commands.verify import told
    from apps.hub.own_warehouse import alone
    from schemas import settings as configuration
    from streams.restore import restore as run

    with alone(configuration.load(os.environ)) as settings:
        done = run(settings, folder, _say)
    typer.echo(f"{done.rows:,} rows put back and {done.entities:,} entities folded in {done.seconds:.0f} s.")
    for line in told(done.verdict):
        typer.echo(line)
    raise typer.Exit(0 if done.verdict.holds else 1)


def _say(text: str) -> None:
    typer.echo(text, err=True)
