"""`./puls produce`: sends a file's events, or shows what would be sent. Words and progress only."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from producers.produce import Order, Report
    from schemas.settings import Settings

SHOWN = 20


def produce(
    source: Annotated[str, typer.Argument(help="a built-in source, or a path to your own .py file")],
    file: Annotated[Path, typer.Argument(help="CSV, Excel, Parquet or JSON lines; also .gz")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="show what would be sent, send nothing")] = False,
    municipality: Annotated[str, typer.Option(help="municipality code, when the rows do not say")] = "",
    recorded_at: Annotated[str, typer.Option(help="when the source recorded it (ISO 8601 with zone)")] = "",
    limit: Annotated[int, typer.Option(min=0, help="only the first rows or subjects; 0 for all")] = 0,
    retract_missing: Annotated[
        str,
        typer.Option(metavar="REASON", help="of a list: take back the rows that are gone, for this reason"),
    ] = "",
    missing_ok: Annotated[
        list[str] | None,
        typer.Option(metavar="CELL", help="of a list: the row that stood there is rightly gone"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="more refused rows than 20")] = False,
) -> None:
    """Send a file's events to the hub, or show what would be sent; exit code 1 when a row was refused."""
    from producers.produce import Order
    from producers.report import as_text, to_json
    from schemas import settings as configuration

    order = Order(
        source,
        file,
        dry_run,
        municipality,
        _instant(recorded_at),
        limit,
        retract_missing,
        tuple(missing_ok or ()),
    )
    report = _run(configuration.load(os.environ), order, quiet=as_json)
    typer.echo(to_json(report) if as_json else as_text(report, None if verbose else SHOWN))
    raise typer.Exit(report.exit_code)


def _instant(text: str) -> datetime | None:
    from schemas.errors import Misconfigured

    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        found = datetime.min
    if found is not None and found.tzinfo is None:
        raise Misconfigured("--recorded-at needs date, time and zone, e.g. 2026-11-22T16:05+01:00")
    return found


def _run(settings: Settings, order: Order, *, quiet: bool) -> Report:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from producers import produce as work

    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as bar:
        task = bar.add_task("reading the file")

        def told(events: int, refusals: int) -> None:
            speed = events / (bar.tasks[0].elapsed or 0.001)
            bar.update(task, description=f"{events:,} events, {speed:,.0f}/s, {refusals:,} rows refused")

        return work.produce(settings, order, told)
