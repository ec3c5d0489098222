"""`./puls audit`: whether the log of reads is as it was written."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Annotated

import typer


def audit(
    since: Annotated[str, typer.Option(help="first day; all if left out")] = "2000-01-01",
    until: Annotated[str, typer.Option(help="day after the last")] = "2200-01-01",
) -> None:
    """Check the audit log's hash chains; exit code 1 names each chain's first broken row."""
    from schemas import settings as configuration
    from schemas.errors import HubError
    from warehouse.audit_check import check
    from warehouse.client import connect

    try:
        span = [datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (since, until)]
    except ValueError as error:
        raise HubError("write days as 2026-11-01") from error
    verdict = check(connect(configuration.load(os.environ)), *span)
    for fault in verdict.broken:
        typer.echo(f"chain {fault.chain}: row {fault.number} is {fault.why}")
    typer.echo(f"{verdict.rows} rows in {verdict.chains} chains, {len(verdict.broken)} chains broken")
    raise typer.Exit(int(bool(verdict.broken)))
