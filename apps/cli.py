"""The `puls` command: the composition root, the one place that knows every room.

Everything heavy is imported inside the command that needs it, so that `./puls --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from apps.commands.alarms import alarms
from apps.commands.audit import audit
from apps.commands.backup import backup, restore
from apps.commands.health import health
from apps.commands.key import key_create
from apps.commands.produce import produce
from apps.commands.refused import refused
from apps.commands.report import report
from apps.commands.resume import resume
from apps.commands.token import token_create, token_list, token_revoke
from apps.commands.verify import rebuild, verify
from apps.terminal import counting, say_error
from schemas import logs
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
key = typer.Typer(help="Pseudonym keys, on the producer's side.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(key, name="key")
token = typer.Typer(help="Tokens of those who push over HTTP.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(token, name="token")
token.command("create")(token_create)
token.command("list")(token_list)
token.command("revoke")(token_revoke)
app.add_typer(refused, name="refused")
app.add_typer(alarms, name="alarms")
app.command()(resume)
app.command()(health)
app.command()(produce)
app.command()(audit)
app.command()(report)
app.command()(rebuild)
app.command()(verify)
app.command()(backup)
app.command()(restore)
key.command("create")(key_create)

Detach = Annotated[bool, typer.Option("--detach", help="return when all is ready, and leave it running")]
Size = Annotated[float, typer.Option(min=0.01, help="how big an empty hub's Mittköping is; 1: 60,000 cases")]
AsJson = Annotated[bool, typer.Option("--json", help="for programs")]
Empty = Annotated[bool, typer.Option("--empty", help="leave the model municipality Mittköping out")]


def _settings() -> Settings:
    return configuration.load(os.environ)


@app.command()
def up(detach: Detach = False, empty: Empty = False, size: Size = 1.0) -> None:
    """Start the hub and say where its screens are; Ctrl-C stops it."""
    from apps.hub.shell import run_hub
    from apps.hub.starting import Steps

    fill = ("apps.cli", "fill", "--size", str(size))
    steps = Steps(("apps.cli", "prepare"), None if empty else fill)
    run_hub(_settings(), steps, detach=detach)


@app.command()
def down() -> None:
    """Stop the hub of this home, in order."""
    from apps.hub.shell import end_hub

    end_hub(_settings())


@app.command()
def status(as_json: AsJson = False) -> None:
    """Show processes, lag, open alarms, refused events and ages of figures."""
    from apps.hub.status import Asked, show

    asked = Asked(_lag, _figure_ages, _alarms, _refused, _reconciled)
    show(_settings(), asked, as_json=as_json)


def _lag(settings: Settings) -> int:
    from apps.health import lag

    return int(lag(settings))


def _figure_ages(settings: Settings) -> dict[str, float]:
    from apps.health import figure_ages

    return dict(figure_ages(settings))


def _alarms(settings: Settings) -> list[dict[str, Any]]:
    from apps.health import alarms as on
    from warehouse.client import connect

    return list(on(connect(settings)))


def _refused(settings: Settings) -> list[dict[str, Any]]:
    from apps.health import refused as left
    from warehouse.client import connect

    return list(left(connect(settings)))


def _reconciled(settings: Settings) -> list[dict[str, Any]]:
    from apps.health import reconciled
    from warehouse.client import connect

    return list(reconciled(connect(settings)))


@app.command("logs")
def show_logs(
    name: Annotated[str, typer.Argument(help="one process; all if left out")] = "",
    follow: Annotated[bool, typer.Option("--follow", "-f", help="go on until Ctrl-C")] = False,
) -> None:
    """Show what the processes wrote last."""
    from apps.hub.logs import show

    show(_settings().home, name, follow=follow)


@app.command()
def check() -> None:
    """Run ruff and mypy over everything; seconds."""
    from apps.hub import development

    raise typer.Exit(development.check())


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(
    context: typer.Context,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="leave out what needs Chromium")] = False,
    faults: Annotated[
        bool, typer.Option("--faults", help="the whole list of faults, and nothing else")
    ] = False,
    long: Annotated[
        bool, typer.Option("--long", help="the same with 200 kills, 2,000 histories; an hour")
    ] = False,
) -> None:
    """Run every test; further arguments go to pytest."""
    from apps.hub import development

    if faults or long:
        raise typer.Exit(development.test_faults(context.args, long=long))
    raise typer.Exit(development.test(context.args, browser=not no_browser))


@app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False) -> None:
    """Remove all data of this home; keys stay."""
    from apps.hub import resetting

    home = _settings().home
    resetting.refuse_while_running(home)
    if not yes:
        typer.confirm(f"Remove every event, row, figure and log in {home}? (keys stay)", abort=True)
    resetting.reset(home)


@app.command()
def figures(
    metric: Annotated[str, typer.Argument(help="name of a metric, as caseload_balance")],
    municipality: Annotated[str, typer.Option(help="four digits")],
    by: Annotated[list[str] | None, typer.Option(help="dimension; may be repeated")] = None,
    at: Annotated[str, typer.Option(help="instant with its offset; now if left out")] = "",
    since: Annotated[str, typer.Option(help="first day of the period")] = "",
    until: Annotated[str, typer.Option(help="day after the last")] = "",
    published: Annotated[bool, typer.Option("--published", help="what screens show")] = False,
    known_at: Annotated[str, typer.Option(help="what screens showed then; of a day, when it ended")] = "",
    period: Annotated[str, typer.Option(help="of what is published: week, month, quarter or year")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="of --known-at: why it changed since")] = False,
    revisions: Annotated[bool, typer.Option("--revisions", help="how far they moved when shown")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a metric's values at any instant, unrounded."""
    from apps.figures import Question, show, show_movement

    if revisions:
        show_movement(_settings(), metric, municipality, as_json)
        return
    told = (at, since, until, published, known_at, period, explain)
    asked = Question(metric, municipality, tuple(by or ()), *told)
    show(_settings(), asked, as_json)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def bench(context: typer.Context) -> None:
    """Measure the whole way and write BENCHMARKS.md: --events N, --repeat N, --only ours,quix."""
    from tests.bench.main import main as run

    raise typer.Exit(run(context.args))


@app.command(hidden=True)
def prepare() -> None:
    """Wait for broker and warehouse, then make topics and tables; what `up` runs first."""
    from apps.hub.waiting import until_available
    from producers.publish import ensure_topics
    from warehouse.client import connect, create_tables

    settings = _settings()
    until_available(lambda: ensure_topics(settings))
    until_available(lambda: create_tables(connect(settings), settings.database))


@app.command(hidden=True)
def alive(name: str) -> None:
    """Exit code 0 when this process (worker, publisher, public, work, push) shows life; for containers."""
    from apps.hub.alive import check as check_life

    check_life(_settings(), name)


@app.command(hidden=True)
def fill(size: Size = 1.0) -> None:
    """Fill an empty hub with the model municipality; exit code 3 when the hub holds something else."""
    from apps.hub.filling import fill_once
    from producers.synthetic import fill as fill_hub
    from warehouse.client import connect

    settings = _settings()

    def is_empty() -> bool:
        return not connect(settings).rows("SELECT 1 FROM events LIMIT 1")

    with counting("filling with Mittköping") as count:
        filled = fill_once(settings.home, is_empty, lambda: fill_hub(settings, count, size=size))
    raise typer.Exit(0 if filled else 3)


def main() -> None:
    """Entry point of `./puls`: every error on purpose is one line and exit code 1."""
    logs.mask_records()
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
