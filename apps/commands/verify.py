"""`./puls verify` and `./puls rebuild`: whether replay equals live, and how it is made so again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from streams.comparing import Foreseen
    from streams.explaining import Explained
    from streams.verify import Verdict
    from warehouse.comparing import Moved
    from warehouse.privacy import Cell

SHOWN = 200
"""Lines of differing figures; all are counted."""


def verify(
    rows_only: Annotated[bool, typer.Option("--rows-only", help="leave the figures out")] = False,
) -> None:
    """Fold the archive afresh and compare every row and figure with the hub's; exit code 1 if any differs."""
    from schemas import settings as configuration
    from streams.verify import verify as run

    def say(text: str) -> None:
        typer.echo(text, err=True)

    verdict = run(configuration.load(os.environ), say, figures=not rows_only)
    for line in told(verdict):
        typer.echo(line)
    raise typer.Exit(0 if verdict.holds else 1)


def rebuild(
    compare: Annotated[
        bool, typer.Option("--compare", help="switch nothing on: show which figures it would move")
    ] = False,
) -> None:
    """Fold every entity anew from the archive, under live load, and swap the tables in at once."""
    from schemas import settings as configuration
    from streams.comparing import compare_before_switching as foresee
    from streams.rebuild import rebuild as run

    settings = configuration.load(os.environ)
    if not compare:
        run(settings, typer.echo)
        return
    for line in moves(foresee(settings, lambda text: typer.echo(text, err=True))):
        typer.echo(line)


def moves(seen: Foreseen) -> Iterator[str]:
    """Which figures would move and why, a sentence last."""
    for why, moved in seen.by_cause():
        for one in moved[:SHOWN]:
            yield f"{why}: {one.name}: {value(one.before)} → {value(one.after)}"
        if len(moved) > SHOWN:
            yield f"{why}: {len(moved) - SHOWN:,} more"
    count = sum(len(moved) for _, moved in seen.by_cause())
    looked = f"{seen.figures:,} figures of {seen.entities:,} entities were computed; nothing was switched on"
    yield f"{count:,} figures and {seen.rows:,} rows would move; {looked}."


def told(verdict: Verdict) -> Iterator[str]:
    """What was found: each difference with the events behind it, a sentence last."""
    for one in verdict.rows:
        yield from _row(one)
    for moved in verdict.moved[:SHOWN]:
        values = f"{value(moved.before)} from the hub's rows, {value(moved.after)} from the archive"
        yield f"figure {moved.name}: {values}"
        yield f"  events behind it: {_behind(moved, verdict)}"
    took = (verdict.ended_at - verdict.began_at).total_seconds()
    looked = (
        f"{verdict.events:,} events up to {verdict.mark:%Y-%m-%d %H:%M:%S} UTC, {verdict.entities:,} entities"
        f" and {verdict.figures:,} figures in {took:.0f} s"
    )
    if verdict.holds:
        yield f"Replay equals live: {looked}."
        return
    found = f"{verdict.differing_rows:,} rows and {len(verdict.moved):,} figures differ"
    yield f"Replay does not equal live: {found}; {looked}. `./puls rebuild` folds every row anew."


def _row(one: Explained) -> Iterator[str]:
    yield f"row {one.row.entity} in {one.row.kind.table}: {_counts(one)}"
    for column in one.columns:
        yield f"  {column.name}: {column.live} in the hub, {column.fresh} from the archive"
    for event in one.events:
        yield f"  event {event.id} ({event.type}) at {event.topic}/{event.partition}/{event.offset}"


def _counts(one: Explained) -> str:
    live, fresh = one.row.live_versions, one.row.fresh_versions
    if fresh is None:
        return "no event tells of it"
    if live is None:
        return f"missing, {fresh} versions tell of it"
    return (
        f"counts {live} of {fresh} versions"
        if live != fresh
        else f"differs, with all {fresh} versions counted"
    )


def _behind(moved: Moved, verdict: Verdict) -> str:
    """The differing rows that the metric may be made from."""
    from warehouse.contracts import contract

    needs = contract(moved.metric).needs
    rows = [one.row.entity for one in verdict.rows if one.row.kind.topic in needs]
    own = [entity for entity in rows if entity.startswith(moved.municipality)]
    return (
        f"those of {', '.join(own[:3])}" if own else "no row differs: the metric answers the same rows unlike"
    )


def value(cell: Cell | None) -> str:
    """A figure as an engineer reads it."""
    if cell is None:
        return "nothing"
    return cell.state if cell.value is None else f"{cell.value:g} (n={cell.n})"
