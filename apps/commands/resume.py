"""`./puls resume`: let a partition go on that waited because it gave too many bad events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from apps.commands.refused import ROLE, opened, tell


def resume(
    topic: str, partition: Annotated[int, typer.Argument(help="all of the topic that wait, if left out")] = -1
) -> None:
    """Let a paused topic or partition go on; every worker hears it within seconds, or when it starts."""
    from schemas.errors import Misconfigured
    from warehouse.pauses import paused
    from warehouse.pauses import resume as go_on

    warehouse = opened()[1]
    waiting = paused(warehouse)
    places = sorted(place for place in waiting if place[0] == topic and partition in (-1, place[1]))
    if not places:
        told = ", ".join(f"{name} {number}" for name, number in sorted(waiting)) or "none"
        raise Misconfigured(
            f"{topic}{'' if partition < 0 else f' {partition}'} does not wait; paused: {told}"
        )
    tell(warehouse, "resumed", {"topic": topic, "partitions": ",".join(str(number) for _, number in places)})
    go_on(warehouse, places, ROLE, datetime.now(UTC))
    typer.echo(f"{topic}: partitions {', '.join(str(number) for _, number in places)} go on")
