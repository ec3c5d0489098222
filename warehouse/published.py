"""Reads of the published layer: finished figures with state, age, coverage and version. All that screens
may see.

`STATEMENTS` is the allow-list of the public screens' user: exact texts, values only as bound parameters.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Protocol

from warehouse.causes import Revision
from warehouse.governance import SHOWN, Governance, governance_of

_KEY: Final = "metric, grain, dimensions, period, period_on"

_LATEST: Final = """
SELECT %(key)s, value, lower, upper, n, state, as_of, coverage FROM
(
    SELECT f.metric AS metric, f.grain AS grain, f.dimensions AS dimensions, f.period AS period,
           f.period_on AS period_on,
           argMax(tuple(f.value, f.lower, f.upper, f.n, f.state, f.as_of, f.coverage), f.run) AS newest,
           newest.1 AS value, newest.2 AS lower, newest.3 AS upper, newest.4 AS n, newest.5 AS state,
           newest.6 AS as_of, newest.7 AS coverage
    FROM figures AS f
    WHERE f.municipality = {municipality:String} AND f.audience = {audience:String}
      AND f.metric IN {metrics:Array(String)} AND %(chosen)s
      AND f.run BETWEEN arrayMin({whole_runs:Array(UInt64)}) AND arrayMax({runs:Array(UInt64)})
      AND f.run >= {whole_runs:Array(UInt64)}[indexOf({metrics:Array(String)}, f.metric)]
      AND f.run <= {runs:Array(UInt64)}[indexOf({metrics:Array(String)}, f.metric)]
    GROUP BY %(key)s
)
WHERE %(kept)s
ORDER BY %(key)s"""
"""metrics, runs, whole_runs: metrics that were published, the last run of each, and the run from which on
every figure of it is found."""
_IS_THERE: Final = "state != 'not_applicable'"
_SINCE: Final = "(f.period = 'now' OR f.period_on >= {since:Date32})"
_OF_PERIOD: Final = (
    "f.period IN ({period:String}, 'now')"
    " AND (has({whole:Array(String)}, f.grain) OR f.period = 'now' OR has({on:Array(Date32)}, f.period_on))"
)
_OF_TABLE: Final = (
    "f.period = 'now' AND f.grain = 'table,year,dimension,characteristic'"
    " AND f.dimensions['table'] = {table:String} AND f.dimensions['dimension'] = {dimension:String}"
)
_IS_TOLD: Final = f"({_IS_THERE} OR n = 1)"
"""A figure that its publisher calls not applicable has itself behind it; one that is gone has nothing."""

_RUNS: Final = """
SELECT p.metric AS metric,
       argMaxIf(tuple(p.run, p.known_at, p.as_of, p.historical, p.coverage, p.metric_version, p.whole_run),
                p.run, p.state = 'published') AS shown,
       shown.1 AS run, shown.2 AS known_at, shown.3 AS as_of, shown.4 AS historical, shown.5 AS coverage,
       shown.6 AS metric_version, shown.7 AS whole_run,
       argMax(p.state, p.run) AS last_state, argMax(p.reason, p.run) AS last_reason
FROM publications AS p
WHERE p.municipality = {municipality:String} AND p.audience = {audience:String}
  AND p.metric IN {metrics:Array(String)} AND p.run BETWEEN {since_run:UInt64} AND {run:UInt64}
GROUP BY metric
ORDER BY metric"""

_REVISIONS: Final = """
SELECT metric, period, period_on, from_version, masked, moved, corrections, late
FROM revisions
WHERE municipality = {municipality:String} AND audience = {audience:String}
  AND has({metrics:Array(String)}, metric) AND has({periods:Array(String)}, toString(period))
  AND has({on:Array(Date32)}, period_on) AND run > {since_run:UInt64} AND run <= {run:UInt64}
ORDER BY metric, period, period_on, run"""

STATEMENTS: Final[dict[str, str]] = {
    "figures": _LATEST % {"key": _KEY, "chosen": _SINCE, "kept": _IS_THERE},
    "period_figures": _LATEST % {"key": _KEY, "chosen": _OF_PERIOD, "kept": _IS_THERE},
    "official": _LATEST % {"key": _KEY, "chosen": _OF_TABLE, "kept": _IS_TOLD},
    "runs": _RUNS,
    "municipalities": (
        "SELECT DISTINCT municipality FROM publications WHERE audience = {audience:String}"
        " ORDER BY municipality"
    ),
    "boards": (
        "SELECT DISTINCT municipality FROM publications WHERE audience = 'committee'"
        " AND state = 'published' ORDER BY municipality"
    ),
    "periods": (
        "SELECT DISTINCT period, period_on FROM figures WHERE municipality = {municipality:String}"
        " AND audience = 'committee' AND has({metrics:Array(String)}, metric) AND grain = ''"
        " AND has({kinds:Array(String)}, period) ORDER BY period, period_on"
    ),
    "governance": SHOWN,
    "revisions": _REVISIONS,
    "screen_seen": (
        "INSERT INTO screens (screen, page, seen_at, data_at, rotated_at, refreshed_at, refresh_s, rotate_s) "
        "VALUES ({screen:String}, {page:String}, {seen_at:DateTime64(6)}, {data_at:Nullable(DateTime64(6))}, "
        "{rotated_at:Nullable(DateTime64(6))}, {refreshed_at:Nullable(DateTime64(6))}, {refresh_s:UInt32}, "
        "{rotate_s:UInt32})"
    ),
}

_LOOK_BACK: Final = (timedelta(days=1), timedelta(days=60), timedelta(days=365_000))
"""How far back runs are looked for: most were published within the day, and a year has millions."""
NOW_ON: Final = date(1970, 1, 1)
LATEST_RUN: Final = 2**63
SINCE: Final = date(1900, 1, 1)


class Reader(Protocol):
    """What this module needs of `warehouse.client.Warehouse`."""

    def rows(self, sql: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a SELECT as dicts, times aware in UTC."""
        ...


@dataclass(frozen=True)
class Figure:
    """One published figure. value is None unless state is value or preliminary; zero is a number, None is
    unknown.

    dimensions: e.g. {"unit": "vuxen"}, {} for the municipality. period 'now' (period_on is then
    1970-01-01), 'day', … lower, upper: normal band of the same weekday over eight weeks, None where there
    is too little history. state suppressed: upper is 4 where the count is 1–4, None where it is hidden to
    protect another figure. as_of: the world as told until then; a figure on the quarter-hour beat is older
    than its run. told_until: as_of of the run, which is how well the hub keeps up. known_at: since when
    this run is shown. held: '' or why the newest run is held.
    """

    metric: str
    dimensions: dict[str, str]
    period: str
    period_on: date
    value: float | None
    lower: float | None
    upper: float | None
    n: int | None
    state: str
    as_of: datetime
    known_at: datetime
    historical: bool
    coverage: float | None
    metric_version: int
    held: str
    told_until: datetime


def shown(
    warehouse: Reader, municipality: str, metrics: Sequence[str], *, audience: str = "public",
    since: date = SINCE, known_at: datetime | None = None,
) -> list[Figure]:  # fmt: skip
    """Figures as shown now, or as they were shown at known_at. Only keys that had been published by then."""
    asked = {"municipality": municipality, "audience": audience}
    return _latest(warehouse, "figures", asked, metrics, {"since": since}, known_at)


def of_periods(
    warehouse: Reader, municipality: str, metrics: Sequence[str], period: str, on: Sequence[date], *,
    whole: Sequence[str] = ("",), known_at: datetime | None = None,
) -> list[Figure]:  # fmt: skip
    """The committee's figures of now and of these weeks, months, quarters or years (their first days); those
    of the grains `whole`, the totals, of every such period.
    """
    asked = {"municipality": municipality, "audience": "committee"}
    chosen = {"period": period, "on": [first.isoformat() for first in on], "whole": list(whole)}
    return _latest(warehouse, "period_figures", asked, metrics, chosen, known_at)


def official(
    warehouse: Reader, municipality: str, table: str, dimension: str, known_at: datetime | None = None
) -> list[Figure]:
    """One official table of the municipality's own, cut one way, of every year. state: also why its publisher
    does not show a figure: suppressed, not_applicable, missing, rounds_to_zero.
    """
    asked = {"municipality": municipality, "audience": "committee"}
    cut = {"table": table, "dimension": dimension}
    return _latest(warehouse, "official", asked, ["comparator"], cut, known_at)


def said(warehouse: Reader, municipality: str, known_at: datetime | None = None) -> Governance:
    """What its committee set, said and decided, as it is shown now or was at known_at."""
    asked = {"municipality": municipality, "run": _last_run(known_at)}
    return governance_of(warehouse.rows(STATEMENTS["governance"], asked))


def revisions(
    warehouse: Reader, municipality: str, audience: str, about: Collection[tuple[str, str, date]],
    between: tuple[datetime, datetime | None],
) -> dict[tuple[str, str, date], list[Revision]]:  # fmt: skip
    """What changed figures of these metrics and complete periods (kind, first day) after an instant, until
    another or now; oldest first.
    """
    if not about:
        return {}
    metrics, periods, on = (sorted(set(each)) for each in zip(*about, strict=True))
    asked = {
        "municipality": municipality, "audience": audience, "metrics": metrics, "periods": periods,
        "on": [first.isoformat() for first in on], "since_run": run_number(between[0]),
        "run": _last_run(between[1]),
    }  # fmt: skip
    found: dict[tuple[str, str, date], list[Revision]] = {}
    for row in warehouse.rows(STATEMENTS["revisions"], asked):
        key = row.pop("metric"), row["period"], row["period_on"]
        if key in about:
            found.setdefault(key, []).append(Revision(**row))
    return found


def with_boards(warehouse: Reader) -> list[str]:
    """Codes of the municipalities that have committee figures."""
    return [row["municipality"] for row in warehouse.rows(STATEMENTS["boards"])]


def _latest(
    warehouse: Reader, statement: str, asked: dict[str, Any], metrics: Sequence[str], chosen: dict[str, Any],
    known_at: datetime | None = None,
) -> list[Figure]:  # fmt: skip
    """The newest figures of the statement's choice, each with the run that it is shown by."""
    runs = _runs(warehouse, asked, metrics, known_at)
    if not runs:
        return []
    of_metrics = {
        "metrics": list(runs),
        "runs": [run["run"] for run in runs.values()],
        "whole_runs": [run["whole_run"] for run in runs.values()],
    }
    rows = warehouse.rows(STATEMENTS[statement], asked | chosen | of_metrics)
    return [_figure(row, runs[row["metric"]]) for row in rows]


def _runs(
    warehouse: Reader, asked: dict[str, Any], metrics: Sequence[str], known_at: datetime | None
) -> dict[str, dict[str, Any]]:
    """The last published run of each metric, and whether a later one is held; none for a metric without."""
    until = _last_run(known_at)
    found: dict[str, dict[str, Any]] = {}
    for back in _LOOK_BACK:
        wanted = [metric for metric in metrics if metric not in found]
        if wanted:
            since = max(0, run_number(known_at or datetime.now(UTC)) - int(back.total_seconds() * 1_000_000))
            span = {"metrics": wanted, "since_run": since, "run": until}
            rows = warehouse.rows(STATEMENTS["runs"], asked | span)
            found |= {row["metric"]: row for row in rows if row["run"]}
    return found


def _last_run(known_at: datetime | None) -> int:
    return LATEST_RUN if known_at is None else run_number(known_at)


def _figure(row: dict[str, Any], run: dict[str, Any]) -> Figure:
    return Figure(
        metric=row["metric"], dimensions=dict(row["dimensions"]), period=row["period"],
        period_on=row["period_on"],
        value=row["value"], lower=row["lower"], upper=row["upper"], n=row["n"], state=row["state"],
        as_of=row["as_of"] or run["as_of"], known_at=run["known_at"], historical=bool(run["historical"]),
        coverage=run["coverage"] if row["coverage"] is None else row["coverage"],
        metric_version=run["metric_version"],
        held=run["last_reason"] if run["last_state"] == "held" else "", told_until=run["as_of"],
    )  # fmt: skip


def municipalities(warehouse: Reader, audience: str = "public") -> list[str]:
    """Codes of the municipalities that have figures for this audience."""
    asked = {"audience": audience}
    return [row["municipality"] for row in warehouse.rows(STATEMENTS["municipalities"], asked)]


def run_number(now: datetime) -> int:
    """A run's number: microseconds since 1970, UTC."""
    return int(now.astimezone(UTC).timestamp() * 1_000_000)
