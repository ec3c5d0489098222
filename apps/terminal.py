"""How the `puls` command speaks to a person: lines, one-line errors, and a count that runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str], None]
Count = Callable[[int, int], None]


def say_error(text: str) -> None:
    """One error for a person, on the error stream."""
    from rich.console import Console

    Console(stderr=True, highlight=False, soft_wrap=True).print(f"puls: {text}", style="red", markup=False)


def speaker() -> Say:
    """Says a line, with the seconds since now before it; an empty line is not said."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    began = time.monotonic()

    def say(text: str) -> None:
        if text:
            console.print(f"[dim]{time.monotonic() - began:6.1f} s[/dim]  ", end="")
            console.print(text, markup=False)

    return say


@contextmanager
def counting(what: str) -> Iterator[Count]:
    """Shows on the error stream how many are done, how many refused, and the speed; gone when it ends."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    columns = SpinnerColumn(), TextColumn("{task.description}")
    began = time.monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what)

        def count(done: int, refused: int) -> None:
            speed = done / max(time.monotonic() - began, 0.001)
            progress.update(task, description=f"{what}: {done:,} ({speed:,.0f}/s), {refused:,} refused")

        yield count
