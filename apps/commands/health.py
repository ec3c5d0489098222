"""`./puls health`: H1 to H9, the newest reading of each, worst first; exit code 1 beyond a limit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from apps.commands.refused import opened, print_json


def health(as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False) -> None:
    """Show how the hub feels, by its own limits; exit code 1 beyond one, or where nobody reads now."""
    from warehouse.health import is_old, kept

    rows, now = kept(opened()[1]), datetime.now(UTC)
    for row in rows:
        row["state"] = "too old" if is_old(row, now) else row["state"]
    if as_json:
        print_json(rows)
    else:
        typer.echo("\n".join(line for row in rows for line in lines(row)) or "nothing was read yet")
    raise typer.Exit(int(not rows or any(row["state"] in ("beyond", "too old") for row in rows)))


def lines(row: dict[str, Any]) -> list[str]:
    """A reading for a person. Pure."""
    of = " ".join(filter(None, (row["municipality"], row["part"]))) or "the hub"
    value = "missing" if row["value"] is None else f"{row['value']:.{row['decimals']}f} {row['unit_en']}"
    bound = {"at_most": "at most", "at_least": "at least"}.get(row["rule"])
    limit = f" ({bound} {row['limit']:g})" if bound and row["limit"] is not None else ""
    first = (
        f"{row['id']} {row['state']}: {row['title_en']}, {of}: {value}{limit}, read {row['at']:%H:%M:%S} UTC"
    )
    return [first, *([f"   {row['to_do_en']}"] if row["to_do_en"] else [])]
