"""What a bench came to, and the words for it in BENCHMARKS.md. Pure: measurements in, text out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from tests.bench.boards import Boards
from tests.bench.ground import Measured
from tests.bench.latency import Latency, quantile
from tests.bench.load import Plan
from tests.bench.replay import Replayed
from tests.bench.volume import Volume

NAMES: Final = {
    "ours": "Kommunpuls, empty archive",
    "continued": "Kommunpuls, cold cache: new facts and corrections of archived cases, in any order",
    "resent": "Kommunpuls, cold cache: the whole load again and one correction per ten events",
    "quix": "quixstreams with state",
    "pathway": "Pathway, one worker",
    "faust": "Faust agent with a Table",
}
PEERS: Final = ("quix", "pathway", "faust")


@dataclass
class Results:
    """Everything of one bench. skipped: ways that could not be run, with the reason."""

    plan: Plan
    command: str
    circumstances: dict[str, str]
    runs: dict[str, list[Measured]] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    produced_per_s: float = 0.0
    latency: Latency | None = None
    memory: dict[str, float] = field(default_factory=dict)
    boards: Boards | None = None
    volume: Volume | None = None
    replayed: Replayed | None = None

    def unequal(self) -> list[str]:
        """Peers whose rows differ from ours in any run; none may."""
        ours = {run.outcome for run in self.runs.get("ours", [])}
        return [way for way in PEERS if ours and any({run.outcome} != ours for run in self.runs.get(way, []))]


def text(results: Results) -> str:
    """BENCHMARKS.md."""
    parts = [_head(results), _speed(results), _latency(results), _boards(results), _volume(results),
             _replay(results), _memory(results), _NOTES]  # fmt: skip
    return "\n".join(part for part in parts if part)


def _head(results: Results) -> str:
    told = "\n".join(f"- {name}: {value}" for name, value in results.circumstances.items())
    return f"# Benchmarks\n\nWritten by `{results.command}`; each run replaces this file.\n\n{told}\n"


def _speed(results: Results) -> str:
    if not results.runs:
        return ""
    plan = results.plan
    lines = [
        f"## Speed: {plan.events:,} events of {plan.cases:,} cases,"
        f" {plan.late:.0%} late, {plan.corrected:.0%} corrected",
        "",
        "| way | runs | events | events/s least | median | most | ours ÷ it | peak MB | same rows as ours |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_way(results, way) for way in NAMES if way in results.runs),
        *(f"| {NAMES[way]} | not run: {why} | | | | | | | |" for way, why in results.skipped.items()),
    ]
    sent = f"\nSent to the broker by the hub's own producer: {results.produced_per_s:,.0f} events/s.\n"
    return "\n".join(lines) + "\n" + (sent if results.produced_per_s else "")


def _way(results: Results, way: str) -> str:
    runs = results.runs[way]
    speeds = sorted(run.per_s for run in runs)
    ours = [run.per_s for run in results.runs.get("ours", [])]
    ratio = f"{median(ours) / median(speeds):.1f}" if ours and way in PEERS else ""
    same = {"ours": "", "continued": "", "resent": ""}.get(way, "no" if way in results.unequal() else "yes")
    told = (f"{speed:,.0f}" for speed in (speeds[0], median(speeds), speeds[-1]))
    peak = max(run.peak_mb for run in runs)
    cells = (NAMES[way], str(len(runs)), f"{runs[0].events:,}", *told, ratio, f"{peak:,.0f}", same)
    return f"| {' | '.join(cells)} |"


def _latency(results: Results) -> str:
    if results.latency is None:
        return ""
    lines = ["## From event to figure, at 200 events/s", "", "| seen in | probes | p50 s | p95 s | max s |",
             "|---|---|---|---|---|"]  # fmt: skip
    named = {"the case's row": results.latency.rows, "an engineer's figure": results.latency.figures}
    for name, told in named.items():
        values = " | ".join(f"{value:.2f}" for value in (quantile(told, 0.5), quantile(told, 0.95), told[-1]))
        lines.append(f"| {name} | {len(told)} | {values} |")
    return "\n".join(lines) + "\n"


def _boards(results: Results) -> str:
    found = results.boards
    if found is None:
        return ""
    lines = [f"## Pages over ten years: {found.cases:,} cases, {found.placements:,} placements,"
             f" {found.events:,} events, {found.figures:,} published figures", "",
             "| what | times | median s | most s |", "|---|---|---|---|"]  # fmt: skip
    return "\n".join([*lines, *_times(found.seconds)]) + "\n"


def _times(seconds: Mapping[str, Sequence[float]]) -> list[str]:
    return [
        f"| {what} | {len(told)} | {median(told):.2f} | {max(told):.2f} |" for what, told in seconds.items()
    ]


def _volume(results: Results) -> str:
    found = results.volume
    if found is None:
        return ""
    rows = ", ".join(f"{count:,} in `{table}`" for table, count in found.rows.items())
    lines = [f"## A year of a large municipality: {found.events:,} events of {found.year.visits:,} visits and"
             f" {found.year.doses:,} doses", "", f"Rows afterwards: {rows}.", "",
             "| what | times | median s | most s |", "|---|---|---|---|", *_times(found.seconds), "",
             "| resident | MB |", "|---|---|",
             *(f"| {name} | {size:,.0f} |" for name, size in found.mb.items())]  # fmt: skip
    return "\n".join(lines) + "\n"


def _replay(results: Results) -> str:
    found = results.replayed
    if found is None:
        return ""
    lines = [f"## Replay and restore: {found.events:,} events of {found.entities:,} entities,"
             f" {found.figures:,} published figures", "",
             "| what | s | most resident MB of the command |", "|---|---|---|"]  # fmt: skip
    lines += [f"| {what} | {took:.1f} | {found.mb[what]:,.0f} |" for what, took in found.seconds.items()]
    return "\n".join([*lines, "", f"The backup took {found.backup_mb:,.0f} MB."]) + "\n"


def _memory(results: Results) -> str:
    ours = results.runs.get("ours", [])
    if not results.memory and not ours:
        return ""
    lines = ["## Resident memory", "", "| what | MB |", "|---|---|"]
    lines += [f"| hub at rest, {name} | {size:,.0f} |" for name, size in results.memory.items()]
    if ours:
        lines.append(f"| worker, most during the load | {max(run.peak_mb for run in ours):,.0f} |")
        lines.append(f"| worker, ten seconds after the load | {max(run.after_mb for run in ours):,.0f} |")
    return "\n".join(lines) + "\n"


_NOTES: Final = """## How it is measured

- One real Kafka broker per load (4 partitions, filled by the hub's own producer before any way starts), one
  embedded warehouse for all, spoken to over HTTP, an empty database per run. All share the machine.
- Kommunpuls is the real worker (`python -m streams.app worker`, with two lanes, which are processes of its
  own): check, archive every version, fold, write rows, commit. From when it asks for its partitions until
  every partition's offset is committed. Its memory is that of its processes, shared pages counted in each.
- Peers use the hub's own decoder, fold and table of cases, keep a case's events in their own state, and write
  each touched case once per 10,000 events (Pathway: per second). They keep **no archive**: they do less.
  From their first event until the last row is written.
- Same rows: number of cases and a hash over every case's key, opening, closing, spells and events.
- The load is made from a seed (`tests/bench/load.py`); delivery follows the time of recording.
- Pathway's licence limits production use; it is measured as a peer and is no dependency. Peers live in
  `.venv-bench`.
- Pages over ten years (`tests/bench/boards.py`): a large municipality's cases, placements with prices,
  contracts, signatures and invoices go the worker's own way into an empty warehouse and the publisher's own
  way into figures. A committee page is read and made as the screens' process does it; a work view's question
  runs its own statements, and a click is timed in Chromium until its rows stand there.
- A year (`./puls bench --only volume`, `tests/bench/volume.py`): made visits, assistance, staffing, doses and
  signs of life through one broker and the real worker; then figures, pages and clicks as above; single alarms
  are sent to the running worker, one after the other. At last worker, publisher and public screens run
  together, and a decision is waited for before the wall L4 (`tests/bench/wall.py`).
- Replay and restore (`./puls bench --only replay`, `tests/bench/replay.py`): the load goes the worker's own
  way into one warehouse and the publisher's own way into figures, without a broker; each command is a process
  of its own, whose start is counted. Restore fills a second warehouse and verifies it.
- The latency is that of single events among others: sent by the producer, acknowledged, then asked for every
  20 ms. Figures of audience *public* have their own beat (on the minute) and are not measured here.
"""
