"""`./puls alarms`: what is on and what to do about it; `acknowledge` says that somebody looks at it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from apps.commands.refused import ROLE, opened, print_json, tell

alarms = typer.Typer(
    help="Alarms that are on: list them, acknowledge one.", no_args_is_help=True, rich_markup_mode=None
)


@alarms.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False) -> None:
    """Show the alarms that are on, each with its state and the sentence that says what to do."""
    from apps import health

    rows = health.alarms(opened()[1])
    if as_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo("\n".join(lines(row)))
    typer.echo(f"alarms: {len(rows)}")


def lines(row: dict[str, Any]) -> list[str]:
    """An alarm for a person. Pure."""
    by = f" by {row['acknowledged_by']}" if row["acknowledged_by"] else ""
    return [
        f"{row['name']}: {row['text_en']}",
        f"  {row['state']}{by}, since {row['since']:%Y-%m-%d %H:%M} UTC",
        f"  {row['to_do_en']}",
    ]


@alarms.command()
def acknowledge(name: Annotated[str, typer.Argument(help="as the list shows it")]) -> None:
    """Say that somebody looks at an alarm; it stays on until its cause is gone."""
    from schemas.errors import Misconfigured
    from warehouse import alarms as kept

    warehouse = opened()[1]
    if not kept.is_on(warehouse, name):
        raise Misconfigured(f"{name} is not on; ./puls alarms list shows what is")
    tell(warehouse, "acknowledged", {"alarm": name})
    kept.acknowledge(warehouse, name, datetime.now(UTC), ROLE)
    typer.echo(f"{name} acknowledged")
