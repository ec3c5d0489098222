"""The `puls` command: the composition root, the one place that knows every room.

Everything heavy is imported inside the command that needs it, so that `./puls --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from apps.hub.shell import run_hub, say_error
from schemas import settings as configuration
from schemas.errors import HubError

if TYPE_CHECKING:
    from schemas.settings import Settings

app = typer.Typer(
    name="puls",
    help="Kommunpuls: figures of municipal social services, from events to the wall.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Detach = Annotated[bool, typer.Option("--detach", help="return when all is ready, and leave it running")]
Empty = Annotated[bool, typer.Option("--empty", help="leave the model municipality Mittköping out")]


def _settings() -> Settings:
    return configuration.load(os.environ)


@app.command()
def up(detach: Detach = False, empty: Empty = False) -> None:
    """Start the hub and say where its screens are; Ctrl-C stops it."""
    from apps.hub.starting import Steps

    steps = Steps(("apps.cli", "prepare"), None if empty else ("apps.cli", "fill"))
    run_hub(_settings(), steps, detach=detach)


@app.command()
def down() -> None:
    """Stop the hub of this home, in order."""
    from apps.hub.shell import end_hub

    end_hub(_settings())


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False) -> None:
    """Show the processes, the lag (events not yet folded) and the ages of figures."""
    from apps.hub.status import show

    show(_settings(), as_json=as_json, lag=_lag, ages=_figure_ages)


def _lag(settings: Settings) -> int:
    from apps.health import lag

    return int(lag(settings))


def _figure_ages(settings: Settings) -> dict[str, float]:
    from apps.health import figure_ages

    return dict(figure_ages(settings))


@app.command()
def logs(
    name: Annotated[str, typer.Argument(help="one process; all if left out")] = "",
    follow: Annotated[bool, typer.Option("--follow", "-f", help="go on until Ctrl-C")] = False,
) -> None:
    """Show what the processes wrote last."""
    from apps.hub.logs import show

    show(_settings().home, name, follow=follow)


@app.command(hidden=True)
def prepare() -> None:
    """Wait for broker and warehouse, then make topics and tables; what `up` runs first."""
    from apps.hub.waiting import until_available
    from producers.publish import ensure_topics
    from warehouse.client import connect, create_tables

    settings = _settings()
    until_available(lambda: ensure_topics(settings))
    until_available(lambda: create_tables(connect(settings)))


@app.command(hidden=True)
def fill() -> None:
    """Fill an empty hub with the model municipality; exit code 3 when the hub holds something else."""
    from producers.synthetic import fill as fill_hub

    fill_hub(_settings(), print)


def main() -> None:
    """Entry point of `./puls`: every error on purpose is one line and exit code 1."""
    try:
        app(prog_name="./puls")
    except HubError as error:
        say_error(str(error))
        sys.exit(1)
    except OSError as error:
        say_error(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
