"""`python -m expectations.run [--municipality 9999] [--html FILE]` judges a hub's rows, in CI or by timer.

Results are kept in `quality_results`; the page is for people. Exit code 1: something critical does not hold.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from expectations.judgement import Judgement
from expectations.report import page
from schemas import settings
from schemas.errors import HubError
from warehouse.client import Warehouse, connect

TOLD: Final = (
    "cases", "placements", "visits", "grants", "hours_reports", "staff_days", "assistances", "account_months",
    "devices", "doses", "device_alarms",
)  # fmt: skip
"""Tables that tell of a municipality."""


def run(
    warehouse: Warehouse, codes: Sequence[str], now: datetime, html: Path | None = None
) -> list[Judgement]:
    """Judge these municipalities, or all that have cases; keep the results, write the page if asked."""
    from expectations.judge import judge, keep

    judged = [one for code in codes or told_of(warehouse) for one in judge(warehouse, code, now)]
    keep(warehouse, judged, now)
    if html is not None:
        html.write_text(page(judged, now), encoding="utf-8")
    return judged


def told_of(warehouse: Warehouse) -> list[str]:
    """Codes of the municipalities that have cases, placements, hours or devices."""
    every = " UNION ALL ".join(f"SELECT DISTINCT municipality FROM {table}" for table in TOLD)
    rows = warehouse.rows(f"SELECT DISTINCT municipality FROM ({every}) ORDER BY 1")
    return [row["municipality"] for row in rows]


def say(one: Judgement) -> str:
    """One line for a terminal or a log."""
    word = "holds" if one.holds else "FAILS" if one.fails_the_run else "warns"
    return f"{word}  {one.municipality} {one.expectation}: {one.broken} of {one.checked}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m expectations.run", description="Judge the entity tables."
    )
    parser.add_argument("--municipality", action="append", default=[], help="four digits; all if left out")
    parser.add_argument("--html", type=Path, help="write the report page here")
    asked = parser.parse_args(arguments)
    try:
        judged = run(connect(settings.load(os.environ)), asked.municipality, datetime.now(UTC), asked.html)
    except (HubError, OSError) as error:
        print(f"expectations: {error}", file=sys.stderr)
        return 2
    print("\n".join(map(say, judged)) or "nothing to judge")
    return int(any(one.fails_the_run for one in judged))


if __name__ == "__main__":
    sys.exit(main())
