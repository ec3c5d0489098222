"""How the `puls` command speaks to a person: lines, one-line errors, and a count that runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

Say = Callable[[str], None]
Count = Callable[[int, int], None]
_TOLD_EVERY_S: Final = 10


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
    """Shows a bar of done and expected events with their speed; without a terminal, a line at times."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(highlight=False)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
    )
    began = told_at = time.monotonic()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, told="")

        def count(done: int, expected: int) -> None:
            nonlocal told_at
            now = time.monotonic()
            told = f"{done:,} of {expected:,} ({done / max(now - began, 0.001):,.0f}/s)"
            bar.update(task, completed=done, total=expected, told=told)
            if not console.is_terminal and now - told_at > _TOLD_EVERY_S:
                told_at = now
                console.print(f"{what}: {told}", markup=False)

        yield count
