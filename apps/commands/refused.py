"""`./puls refused list|show|retry|dismiss`: refused events as work. The hub never has what they hold; a retry
reads it again from the broker, and every door judges it again.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from schemas.errors import Misconfigured

if TYPE_CHECKING:
    from schemas.settings import Settings
    from warehouse.client import Warehouse
    from warehouse.refused import Pointer, Row

ROLE: Final = "engineer"
refused = typer.Typer(
    help="Refused events: list them, show one, try again, dismiss.", no_args_is_help=True,
    rich_markup_mode=None,
)  # fmt: skip
Where = Annotated[str, typer.Argument(help="TOPIC/PARTITION/OFFSET, as the list shows it")]


class NotAgain(Misconfigured):
    """A refused event that cannot be tried again, and why."""

    def __init__(self, at: Pointer, why: str) -> None:
        super().__init__(f"{at}: {why}")
        self.why = why


def opened() -> tuple[Settings, Warehouse]:
    """The settings, and the warehouse that they name."""
    from schemas import settings as configuration
    from warehouse.client import connect

    settings = configuration.load(os.environ)
    return settings, connect(settings)


@refused.command("list")
def list_(
    topic: Annotated[str, typer.Option(help="of this topic alone")] = "",
    reason: Annotated[str, typer.Option(help="refused for this reason alone")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Show what is left to work on, by reason and field."""
    from warehouse.refused import grouped

    rows = grouped(opened()[1], topic, reason)
    if as_json:
        print_json(rows)
    for row in [] if as_json else rows:
        typer.echo("\n".join(group_lines(row)))
    if not rows and not as_json:
        typer.echo("nothing refused is left to work on")


def group_lines(row: Row) -> list[str]:
    """A group for a person. Pure."""
    from schemas.reasons import words
    from warehouse.refused import AT_SOURCE, IDENTITY

    field = f" at {row['field']}" if row["field"] else ""
    waits = f" ({row['waiting']} wait for the worker)" if row["waiting"] else ""
    where = f"newest {row['topic']}/{row['partition']}/{row['offset']}"
    line = f", source {row['source_ref']}" if row["source_ref"] else ""
    can = (
        AT_SOURCE[1] if row["reason"] == IDENTITY else f"retry until {row['retry_until']:%Y-%m-%d %H:%M} UTC"
    )
    return [
        f"{row['events']} of {row['topic']}: {words(row['reason'])[1]} ({row['reason']}){field}{waits}",
        f"  {row['text_en']}",
        f"  {where}{line}; {can}",
    ]


@refused.command()
def show(where: Where, as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False) -> None:
    """Show everything that is known of one; what it holds the hub does not know."""
    from warehouse.refused import found, history, pointer

    at, (_, warehouse) = pointer(where), opened()
    row, acts = found(warehouse, at), history(warehouse, at)
    if as_json:
        print_json(row | {"acts": acts})
        return
    for name, value in row.items():
        if value not in ("", None):
            typer.echo(f"{name + ':':<14} {value}")
    for act in acts:
        said = ", ".join(f"{value}" for name, value in act.items() if name != "said_at" and value)
        typer.echo(f"{act['said_at']:%Y-%m-%d %H:%M} {said}")


@refused.command()
def retry(where: Where) -> None:
    """Read one again from the broker and put it at the end of its partition: every door judges it again."""
    from warehouse.refused import found, pointer

    settings, warehouse = opened()
    at = pointer(where)
    now_at = put_again(settings, warehouse, at, found(warehouse, at))
    typer.echo(f"put again at {at._replace(offset=now_at)}; ./puls refused show {at} says what came of it")


@refused.command("retry-all")
def retry_all(
    topic: str, reason: str, field: Annotated[str, typer.Argument(help="as the list shows it")] = ""
) -> None:
    """Try a whole group again, oldest first; those that cannot be tried are counted, by why."""
    from warehouse.refused import Pointer, open_ones

    settings, warehouse = opened()
    done, left = 0, dict[str, int]()
    for row in open_ones(warehouse, topic, reason, field):
        try:
            put_again(settings, warehouse, Pointer(row["topic"], row["partition"], row["offset"]), row)
            done += 1
        except NotAgain as error:
            left[error.why] = left.get(error.why, 0) + 1
    typer.echo(f"{done} put again")
    for why, count in left.items():
        typer.echo(f"{count} not: {why}")


def put_again(settings: Settings, warehouse: Warehouse, at: Pointer, row: Row) -> int:
    """Put a refused message again, byte for byte; the offset where it lies now.

    NotAgain where it may not be, Unavailable when broker or store does not answer. It is audited before
    it happens; when the store goes away in between, the event may be put twice, which changes nothing.
    """
    from producers.publish import put_again as put
    from producers.publish import read_again
    from schemas.codec import payload_hash
    from warehouse.refused import say_retried, why_not_again

    why = why_not_again(row, datetime.now(UTC))
    if why:
        raise NotAgain(at, f"{why[0]} / {why[1]}")
    message = read_again(settings, *at)
    if message is None:
        raise NotAgain(at, "the topic has forgotten it; send the event anew from the source")
    if payload_hash(message.value) != row["payload_hash"]:
        raise NotAgain(at, "another message lies there now (was the topic made anew?)")
    tell(warehouse, "retried", {"at": str(at), "reason": row["reason"]})
    offset = put(settings, at.topic, at.partition, message)
    say_retried(warehouse, at, ROLE, offset)
    return offset


@refused.command()
def dismiss(
    where: Where,
    reason: Annotated[str, typer.Option(help="why: a wrong one shows the list")],
    ticket: Annotated[str, typer.Option(help="code in your own case system")] = "",
) -> None:
    """Say that one needs no more work, and why."""
    from warehouse.refused import check_dismissal, found, pointer, say_dismissed

    check_dismissal(reason, ticket)
    at, (_, warehouse) = pointer(where), opened()
    if (status := found(warehouse, at)["status"]) not in ("open", "waiting"):
        raise Misconfigured(f"{at} is dealt with already: {status}")
    tell(warehouse, "dismissed", {"at": str(at), "reason": reason, "ticket": ticket})
    say_dismissed(warehouse, at, ROLE, reason, ticket)
    typer.echo(f"{at} dismissed: {reason}")


def tell(warehouse: Warehouse, act: Any, about: dict[str, str]) -> None:
    """Write to the audit log what a person is about to do; HubError when it cannot be written."""
    from warehouse.audit import Entry, Log

    Log(lambda: warehouse).append(Entry(act, role=ROLE, actor="command", page="command", filters=about))


def print_json(found: Any) -> None:
    """What was found, for programs."""
    import json

    typer.echo(json.dumps(found, indent=1, ensure_ascii=False, default=datetime.isoformat))
