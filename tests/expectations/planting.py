"""How tests of expectations work: good data in every municipality, then a fault in each of them but one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from expectations.judge import of_suite
from expectations.judgement import Judgement
from expectations.suite import Suite
from schemas.envelope import Event
from schemas.municipality import Municipality, municipality
from tests.warehouse.town import fold
from warehouse.client import Warehouse

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NEWER = "version + bitShiftLeft(toUInt64(1), 40) AS version"
Faults = Mapping[str, tuple[str, str]]
"""By the expectation that must see it: the table, and what replaces the columns of its row."""
Suites = Callable[[Municipality, datetime], Sequence[Suite]]


def plant(
    hub: Warehouse, good: Callable[[str], list[Event]], faults: Faults, places: Mapping[str, str], whole: str
) -> None:
    """Good data in `whole` and in every place; then the fault of each place."""
    fold(hub, [event for code in (whole, *places.values()) for event in good(code)])
    for name, (table, fault) in faults.items():
        newer = "" if "AS version" in fault else f", {NEWER}"
        hub.command(
            f"INSERT INTO {table} SELECT * REPLACE ({fault}{newer}) FROM (SELECT * FROM {table} FINAL"
            " WHERE municipality = {code:String} AND void = 0)",
            {"code": places[name]},
        )


def of_rows(kinds: Mapping[str, tuple[str, ...]], table_at: int = 0) -> dict[str, tuple[str, str]]:
    """The faults of the rows of each kind, whose rows are sorted by entity."""
    older = f"{NEWER.removesuffix(' AS version')} - 1 AS version"
    return {
        f"{kind}_{promise}": (about[table_at], fault)
        for kind, about in kinds.items()
        for promise, fault in (("built_on_all_events", older), ("has_one_row", "'9998' AS municipality"))
    }


def forget(hub: Warehouse, code: str) -> None:
    """Let the archive know of entities that have no row."""
    hub.command(
        "INSERT INTO events SELECT * REPLACE (concat(entity, 'x') AS entity) FROM events"
        " WHERE municipality = {code:String}",
        {"code": code},
    )


def expected(suites: Suites, place: Municipality) -> dict[str, Suite]:
    """Every expectation by its name, as a suite of its own."""
    return {
        (one.meta or {})["name"]: suite._replace(expectations=[one])
        for suite in suites(place, NOW)
        for one in suite.expectations
    }


def judged(
    hub: Warehouse, code: str, suites: Suites, name: str, place: Municipality | None = None
) -> Judgement:
    """What one expectation says of one municipality; asked alone, since each of them takes its time."""
    (found,) = of_suite(hub, code, expected(suites, place or municipality(code))[name])
    return found


def all_of(hub: Warehouse, code: str, suites: Suites) -> list[Judgement]:
    """What all the expectations say."""
    return [one for suite in suites(municipality(code), NOW) for one in of_suite(hub, code, suite)]


def publish(
    hub: Warehouse, code: str, metric: str, value: float | None, bounds: tuple[float, float] | None = None
) -> None:
    """A published figure of March 2026, each metric in a run of its own."""
    lower, upper = bounds or (None, None)
    asked = {"code": code, "metric": metric, "value": value, "lower": lower, "upper": upper}
    run = "sipHash64({metric:String}) % 1000"
    hub.command(
        "INSERT INTO publications (run, municipality, metric, audience, state)"
        f" SELECT {run}, {{code:String}}, {{metric:String}}, 'engineer', 'published'",
        asked,
    )
    hub.command(
        "INSERT INTO figures"
        " (run, municipality, metric, audience, period, period_on, value, lower, upper, state)"
        f" SELECT {run}, {{code:String}}, {{metric:String}}, 'engineer', 'month', '2026-03-01',"
        " {value:Nullable(Float64)}, {lower:Nullable(Float64)}, {upper:Nullable(Float64)},"
        " if({value:Nullable(Float64)} IS NULL, 'preliminary', 'value')",
        asked,
    )
