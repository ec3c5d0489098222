"""`./puls bench [--events N] [--repeat N] [--only way,way]`: measures, prints, writes BENCHMARKS.md."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import psutil

from apps.hub import broker
from tests.bench import boards, latency, memory, ours, peers, replay, results, volume
from tests.bench.ground import ROOT, Ground, Measured, ground
from tests.bench.load import Plan
from tests.bench.results import Results
from tests.bench.year import Year
from warehouse.client import connect

USUAL: Final = (*results.NAMES, "latency", "memory", "boards")
ALL: Final = (*USUAL, "volume", "replay")
_PACKAGES: Final = ("chdb", "clickhouse-connect", "faust-streaming", "aiokafka", "msgspec", "pyarrow")
_COLD: Final = ("continued", "resent")

Way = Callable[[Ground, str], Measured]


def _arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./puls bench", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000, help="size of the load; five per case")
    parser.add_argument("--repeat", type=int, default=1, help="times that each way is run")
    parser.add_argument("--only", default=",".join(USUAL), help="some of " + ",".join(ALL))
    parser.add_argument("--placements", type=int, default=30_000, help="ten years of them, for `boards`")
    parser.add_argument("--cases", type=int, default=300_000, help="ten years of them, for `boards`")
    parser.add_argument("--visits", type=int, default=5_000_000, help="of a year, for `volume`")
    parser.add_argument("--doses", type=int, default=3_000_000, help="of a year, for `volume`")
    parser.add_argument("--write", type=Path, default=ROOT / "BENCHMARKS.md", help="file of the result")
    asked = parser.parse_args(given)
    asked.only = asked.only.split(",")
    if not set(asked.only) <= set(ALL):
        parser.error(f"--only takes {', '.join(ALL)}")
    return asked


def main(given: Sequence[str] = ()) -> int:
    """Exit code 1 when a peer's rows differ from ours."""
    asked = _arguments(given)
    found = Results(Plan(asked.events), " ".join(["./puls bench", *given]), _circumstances())
    folder = Path(tempfile.mkdtemp(prefix="kommunpuls-bench-"))
    try:
        _measure(found, asked, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    asked.write.write_text(results.text(found))
    print(f"written to {asked.write}")
    for way in found.unequal():
        print(f"{results.NAMES[way]}: its rows differ from ours")
    return 1 if found.unequal() else 0


def _measure(found: Results, asked: argparse.Namespace, folder: Path) -> None:
    with ground(found.plan, folder) as where:
        for number in range(asked.repeat):
            _round(found, asked.only, where, f"{number + 1}")
        found.produced_per_s = where.produced_per_s.get("base", 0.0)
        if "latency" in asked.only:
            found.latency = latency.measured(where, per_s=200, seconds=60)
    if "boards" in asked.only:
        found.boards = boards.measured(folder / "boards", asked.placements, asked.cases)
    if "volume" in asked.only:
        found.volume = volume.measured(folder / "volume", Year(asked.visits, asked.doses))
    if "replay" in asked.only:
        found.replayed = replay.measured(folder / "replay", found.plan)
    if "memory" in asked.only:
        found.memory = memory.measured(folder / "hub")


def _round(found: Results, only: Sequence[str], where: Ground, number: str) -> None:
    """Every way once, one after the other."""
    own = [way for way in ("ours", *_COLD) if way in only]
    if own:
        database = f"ours_{number}"
        _note(found, "ours", number, lambda: ours.empty(where, database))
        for load in _COLD:
            if load in own:
                _note(found, load, number, lambda load=load: ours.filled(where, database, load))  # type: ignore[misc]
        _drop(where, database)
    for way, (module, python) in _peers(found, only).items():
        database = f"{way}_{number}"
        _note(found, way, number, lambda m=module, p=python, d=database: peers.measured(where, d, m, p))  # type: ignore[misc]
        _drop(where, database)


def _peers(found: Results, only: Sequence[str]) -> dict[str, tuple[str, Path]]:
    """Module and interpreter of each peer asked for; one that cannot be had is told of and skipped."""
    told = {"faust": ("faust_table", peers.own_python())} if "faust" in only else {}
    others = {"quix": "quix", "pathway": "pathway_way"}
    wanted = {way: module for way, module in others.items() if way in only and way not in found.skipped}
    if not wanted:
        return told
    try:
        python = peers.peer_python()
    except (subprocess.CalledProcessError, OSError) as error:
        found.skipped |= dict.fromkeys(wanted, f"its packages could not be installed ({error})")
        print(f"SKIPPED {', '.join(wanted)}: {error}")
        return told
    return {way: (module, python) for way, module in wanted.items()} | told


def _note(found: Results, way: str, number: str, run: Callable[[], Measured]) -> None:
    done = run()
    found.runs.setdefault(way, []).append(done)
    print(
        f"{number}  {results.NAMES[way]}: {done.per_s:,.0f} events/s, peak {done.peak_mb:,.0f} MB", flush=True
    )


def _drop(where: Ground, database: str) -> None:
    """Its files would only fill the disk."""
    client = connect(where.settings(database))
    client.command(f"DROP DATABASE {database}")
    client.close()


def _circumstances() -> dict[str, str]:
    """What a reader needs to judge the numbers."""
    total_gb = psutil.virtual_memory().total / 1e9
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{os.cpu_count()} cores ({_processor()}), {total_gb:.0f} GB, {platform.system()}",
        "busy with other work when it began": f"load average {os.getloadavg()[0]:.1f}",
        "versions": ", ".join(
            [f"Python {platform.python_version()}", f"Kafka {broker.version()}"]
            + [f"{name} {version(name)}" for name in _PACKAGES]
            + [
                line.split(" ")[0].replace("==", " ")
                for line in _pins()
                if line.startswith(("quix", "pathway"))
            ]
        ),
    }


def _pins() -> list[str]:
    return peers.REQUIREMENTS.read_text().splitlines()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine()
    )
