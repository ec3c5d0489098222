"""H1 to H9 over planted rows, counted by hand; their alarms; an indicator is a file with a whole contract."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from typer.testing import CliRunner

from apps.cli import app
from apps.hub import programs
from schemas.codec import make
from schemas.envelope import Event, event_id
from schemas.errors import Misconfigured
from schemas.reference import ProducerAlive
from schemas.settings import Settings
from tests.placing import ended, started, tell
from tests.warehouse.town import fold_at
from warehouse import alarms, health, indicators
from warehouse.alarm_kinds import to_do
from warehouse.client import Warehouse
from warehouse.figures import text_of

NOW: Final = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday
HOUR: Final = timedelta(hours=1)
SECOND: Final = timedelta(seconds=1)


def readings(warehouse: Warehouse, name: str, now: datetime = NOW) -> dict[str, tuple[float | None, str]]:
    """By municipality and part: value and state."""
    found = health.read(warehouse, indicators.indicators()[name], now)
    return {
        " ".join(filter(None, (each.municipality, each.part))): (each.value, each.state) for each in found
    }


def beat(source: str, at: datetime, max_age_s: int = 900, *, historical: bool = False) -> Event:
    subject = f"9999/producer/{source}.{at:%Y%m%d%H}"
    fact = ProducerAlive("cases", at, historical=historical, max_age_s=max_age_s)
    return make(fact, id=event_id(subject, f"alive {at}"), source=source, subject=subject, time=at,
                recordedtime=at, kommunkod="9999", historical=historical)  # fmt: skip


def put(warehouse: Warehouse, table: str, *rows: dict[str, Any]) -> None:
    """Rows as they are; instants as text."""
    for row in rows:
        told = {name: text_of(value) if isinstance(value, datetime) else value for name, value in row.items()}
        bound = ", ".join(f"{{{name}:{_kind(value)}}}" for name, value in told.items())
        warehouse.command(f"INSERT INTO {table} ({', '.join(told)}) VALUES ({bound})", told)


def _kind(value: object) -> str:
    return "String" if isinstance(value, str) else "Float64" if isinstance(value, float) else "Int64"


def test_a_source_is_measured_by_its_own_limit(warehouse: Warehouse) -> None:
    assert readings(warehouse, "source_silence") == {}
    fold_at(warehouse, [beat("register", NOW - HOUR), beat("natt", NOW - 20 * HOUR, 90_000),
                        beat("gammal", NOW - 900 * HOUR, historical=True)], NOW)  # fmt: skip
    assert readings(warehouse, "source_silence") == {
        "9999 register": (3600, "beyond"), "9999 natt": (72_000, "within")
    }  # fmt: skip


def test_coverage_is_the_time_in_which_a_source_was_heard_counted_once(warehouse: Warehouse) -> None:
    whole = [beat("hel", NOW - n * HOUR, 3600) for n in range(24, 0, -1)]
    half = [beat("halv", NOW - n * HOUR, 3600) for n in range(24, 0, -1) if n % 2]
    often = [beat("ofta", NOW - 30 * SECOND * n, 3600) for n in range(5)]
    young = [beat("ung", NOW - 2 * HOUR, 3600)]
    fold_at(warehouse, [*whole, *half, *often, *young], NOW)
    found = readings(warehouse, "source_coverage")
    assert found["9999 hel"] == (1, "within")
    value, state = found["9999 halv"]
    assert (round(value or 0, 6), state) == (round(12 / 23, 6), "beyond"), (
        "since it was first heard, 23 h ago"
    )
    assert found["9999 ofta"] == (1, "within")
    assert found["9999 ung"] == (0.5, "beyond")


def refused_at(offset: int, at: datetime, reason: str = "identity", source_ref: str = "") -> dict[str, Any]:
    return {"topic": "cases", "partition": 0, "offset": offset, "reason": reason, "field": "$.data.unit",
            "text_sv": "Se källan", "text_en": "See the source", "refused_at": at,
            "retry_until": at + 300 * HOUR, "source_ref": source_ref}  # fmt: skip


def test_refused_events_wait_a_working_day_before_they_are_too_old(warehouse: Warehouse) -> None:
    assert readings(warehouse, "refused_left") == {"": (0, "within")}
    monday = NOW - 24 * HOUR
    friday, saturday = NOW - 96 * HOUR, NOW - 72 * HOUR
    put(warehouse, "refused", refused_at(1, monday - SECOND), refused_at(2, monday + SECOND),
        refused_at(3, friday, "schema"), refused_at(4, saturday, "schema"))  # fmt: skip
    assert readings(warehouse, "refused_left", friday + 71 * HOUR)[""] == (0, "within")  # Monday morning
    assert readings(warehouse, "refused_left", friday + 73 * HOUR)["schema"] == (1, "beyond")
    assert readings(warehouse, "refused_left") == {
        "": (3, "beyond"), "identity": (1, "beyond"), "schema": (2, "beyond")  # Saturday's day was Monday
    }  # fmt: skip
    put(warehouse, "refused_acts", *({"topic": "cases", "partition": 0, "offset": n, "act": "dismissed",
                                     "role": "engineer", "reason": "test_event", "ticket": ""}
                                    for n in (1, 3, 4)))  # fmt: skip
    assert readings(warehouse, "refused_left") == {"": (0, "within")}


def test_shares_and_repetitions_are_those_of_the_accounts(warehouse: Warehouse) -> None:
    assert readings(warehouse, "refused_share") == {} == readings(warehouse, "duplicates")
    for partition, seen, again, bad in ((0, 60, 5, 3), (1, 40, 7, 0)):
        put(warehouse, "reconciled", {"topic": "cases", "partition": partition, "seen": seen,
                                      "archived": seen - again - bad, "duplicates": again, "refused": bad,
                                      "checked_at": NOW})  # fmt: skip
    put(warehouse, "reconciled", {"topic": "hours", "partition": 0, "checked_at": NOW})
    assert readings(warehouse, "refused_share") == {"cases": (0.03, "told"), "hours": (None, "missing")}
    assert readings(warehouse, "duplicates") == {"cases": (12, "told"), "hours": (0, "told")}


def test_one_fact_under_two_ids_is_listed_and_corrections_are_counted(warehouse: Warehouse) -> None:
    assert readings(warehouse, "same_fact_twice") == {"": (0, "told")} == readings(warehouse, "corrections")
    first = started("2026-10-01", unit="a")
    told = tell("en", first, "2026-10-01")
    again = tell("tva", first, "2026-10-01")
    other = make(first, id=event_id("another", "id"), source=again.source, subject=again.subject,
                 time=again.time, recordedtime=again.recordedtime, kommunkod=again.kommunkod)  # fmt: skip
    fold_at(warehouse, [told, again, other, tell("tre", first, "2026-10-01")], NOW - 48 * HOUR)
    later = told.recordedtime + 10 * 24 * HOUR
    moved = make(started("2026-10-02", unit="a"), id=told.id, source=told.source, subject=told.subject,
                 time=told.time, recordedtime=later, kommunkod=told.kommunkod,
                 reason="wrong_time")  # fmt: skip
    fold_at(warehouse, [moved, tell("tre", ended("2026-10-20"), "2026-10-20")], NOW - HOUR)
    place = f"{told.kommunkod} {told.source}"
    assert readings(warehouse, "corrections") == {"": (0, "told"), place: (1, "told")}
    assert readings(warehouse, "correction_delay") == {place: (10, "told")}
    assert readings(warehouse, "same_fact_twice") == {"": (0, "told")}, "of the last day alone"
    assert readings(warehouse, "same_fact_twice", NOW - 47 * HOUR) == {"": (0, "told"), place: (1, "told")}


def test_a_screen_is_measured_by_the_slowest_of_what_it_does(warehouse: Warehouse) -> None:
    def screen(name: str, seen: float, refreshed: float, rotated: float | None, rotate_s: int = 30) -> None:
        at = NOW - seen * SECOND
        row = {"screen": name, "page": "/9999/lobby", "seen_at": at, "refreshed_at": at - refreshed * SECOND,
               "refresh_s": 10, "rotate_s": rotate_s}  # fmt: skip
        put(warehouse, "screens", row | ({} if rotated is None else {"rotated_at": at - rotated * SECOND}))

    screen("frisk", 20, 10, 29)
    screen("tyst", 90, 10, 10)
    screen("frusen", 5, 40, 10)
    screen("fast", 5, 5, 75)
    screen("ensam", 5, 5, None)
    screen("nedtagen", 25 * 3600, 5, 5)
    found = {name: (round(value or 0, 2), state)
             for name, (value, state) in readings(warehouse, "screen_intervals").items()}  # fmt: skip
    assert found == {
        "9999 frisk": (1.0, "within"), "9999 tyst": (3.0, "beyond"), "9999 frusen": (4.0, "beyond"),
        "9999 fast": (2.5, "beyond"), "9999 ensam": (0.5, "within"),
    }  # fmt: skip


def test_a_stopped_screen_is_an_alarm_that_ends_by_itself(warehouse: Warehouse) -> None:
    kept = health.Health(warehouse)
    put(warehouse, "screens", {"screen": "entre", "page": "/9999/lobby", "seen_at": NOW - 61 * SECOND})
    kept.tell(NOW)
    assert alarms.on(warehouse, "screen_intervals.") == {"screen_intervals.9999.entre"}
    (row,) = [one for one in health.kept(warehouse) if one["part"] == "entre"]
    assert (row["state"], row["at"]) == ("beyond", NOW)
    assert row["to_do_sv"].startswith("Gå till skärmen") and to_do("screen_intervals.9999.entre")
    put(warehouse, "screens", {"screen": "entre", "page": "/9999/lobby", "seen_at": NOW + 55 * SECOND})
    kept.tell(NOW + 30 * SECOND)
    assert alarms.on(warehouse, "screen_intervals."), "read once a minute"
    kept.tell(NOW + 60 * SECOND)
    assert alarms.on(warehouse, "screen_intervals.") == set()
    put(warehouse, "screens", {"screen": "borta", "page": "/9999/lobby", "seen_at": NOW - 23 * HOUR})
    kept.tell(NOW + 120 * SECOND)
    assert alarms.on(warehouse, "screen_intervals.9999.borta")
    kept.tell(NOW + 2 * HOUR)
    assert not alarms.on(warehouse, "screen_intervals.9999.borta"), "taken down"
    assert not [one for one in health.kept(warehouse) if one["part"] == "borta"]


def test_the_last_part_that_is_gone_leaves_no_reading(warehouse: Warehouse) -> None:
    kept = health.Health(warehouse)
    put(warehouse, "screens", {"screen": "ensam", "page": "/9999/lobby", "seen_at": NOW - 23 * HOUR})
    kept.tell(NOW)
    assert [one["state"] for one in health.kept(warehouse) if one["part"] == "ensam"] == ["beyond"]
    kept.tell(NOW + 2 * HOUR)
    assert [one for one in health.kept(warehouse) if one["indicator"] == "screen_intervals"] == []


def test_the_command_fails_beyond_a_limit_and_where_nobody_reads_now(
    warehouse: Warehouse, warehouse_settings: Settings
) -> None:
    env, now = programs.variables(warehouse_settings), datetime.now(UTC)
    assert CliRunner().invoke(app, ["health"], env=env).exit_code == 1, "nothing was read yet"
    health.Health(warehouse).tell(now)
    good = CliRunner().invoke(app, ["health"], env=env)
    assert (good.exit_code, "H3 within: Refused events left" in good.output) == (0, True), good.output
    put(warehouse, "screens", {"screen": "entre", "page": "/9999/lobby", "seen_at": now - HOUR})
    health.Health(warehouse).tell(now + SECOND)
    bad = CliRunner().invoke(app, ["health"], env=env)
    assert bad.exit_code == 1 and bad.output.startswith("H6 beyond: ") and "Go to the screen" in bad.output
    warehouse.command("TRUNCATE TABLE screens")
    warehouse.command("TRUNCATE TABLE health_readings")
    health.Health(warehouse).tell(now - 4 * HOUR)
    late = CliRunner().invoke(app, ["health"], env=env)
    assert (late.exit_code, "too old: Refused events left" in late.output) == (1, True), late.output


def test_alarms_of_figures_are_counted_and_not_raised_again(warehouse: Warehouse) -> None:
    assert readings(warehouse, "figure_alarms") == {"": (0, "within")}
    for name in ("jump.caseload_balance.9999", "never_zero.inflow.9999", "silent.9999.register"):
        alarms.set_alarm(warehouse, name, True, ("sv", "en"), NOW)
    alarms.set_alarm(warehouse, "jump.outflow.9999", True, ("sv", "en"), NOW)
    alarms.set_alarm(warehouse, "jump.outflow.9999", False, ("sv", "en"), NOW + SECOND)
    assert readings(warehouse, "figure_alarms") == {
        "": (2, "beyond"), "jump": (1, "beyond"), "never_zero": (1, "beyond")
    }  # fmt: skip
    health.Health(warehouse).tell(NOW + 2 * SECOND)
    assert alarms.on(warehouse, "figure_alarms.") == set()


def test_a_replay_that_was_never_tried_is_missing_and_not_equal(warehouse: Warehouse) -> None:
    assert readings(warehouse, "replay_differences") == {"": (None, "missing")}
    row = {"began_at": NOW - HOUR, "ended_at": NOW - HOUR, "mark": NOW - HOUR, "events": 9, "entities": 3}
    put(warehouse, "verifications", row | {"differing_rows": 2, "figures": 5, "differing_figures": 1})
    assert readings(warehouse, "replay_differences") == {"": (3, "beyond")}
    put(warehouse, "verifications", row | {"ended_at": NOW - SECOND, "differing_rows": 0})
    assert readings(warehouse, "replay_differences") == {"": (0, "within")}


def test_every_stored_text_passes_the_gate_and_one_that_would_not_is_counted(warehouse: Warehouse) -> None:
    put(warehouse, "refused", refused_at(1, NOW, source_ref="uttag_2026-11.csv:17"))
    alarms.set_alarm(warehouse, "silent.9999.register", True, ("Källan har tystnat", "Silent"), NOW)
    assert readings(warehouse, "identity_texts") == {"": (0, "within")}
    put(warehouse, "refused", refused_at(2, NOW, source_ref="uttag_19121212-1212.csv:17"))
    put(warehouse, "refused_acts", {"topic": "cases", "offset": 2, "act": "dismissed", "role": "engineer",
                                    "reason": "x", "ticket": "anna@exempel.se"})  # fmt: skip
    assert readings(warehouse, "identity_texts") == {
        "": (2, "beyond"), "refused": (1, "beyond"), "refused_acts": (1, "beyond")
    }  # fmt: skip


def test_h1_to_h9_have_each_an_indicator_and_every_one_answers_an_empty_hub(warehouse: Warehouse) -> None:
    known = indicators.indicators()
    assert {each.id for each in known.values()} == {f"H{n}" for n in range(1, 10)}
    for each in known.values():
        found = health.read(warehouse, each, NOW)
        assert all(one.state != "beyond" for one in found), each.name
    health.Health(warehouse).tell(NOW)
    assert alarms.on(warehouse, "") == set()


GOOD: Final = """/*
id = "H1"
title_sv = "a"
title_en = "b"
definition = "c"
unit_sv = "s"
unit_en = "s"
rule = "told"
user = "d"
decision = "e"
*/ SELECT 1"""


@pytest.mark.parametrize(("old", "new", "said"), [
    ("/*", "", "missing on top"), ('title_sv = "a"', 'title_sv = " "', "title_sv is empty"),
    ('unit_sv = "s"', "", "unit_sv"), ('"told"', '"at_most"', "has a limit"),
    ('"told"', '"at_most"\nlimit = 1', "must say what to do"), ('"told"', '"sometimes"', "sometimes"),
])  # fmt: skip
def test_an_indicator_without_a_whole_contract_is_none(old: str, new: str, said: str) -> None:
    indicators.read("x", GOOD)
    with pytest.raises(Misconfigured, match=said):
        indicators.read("x", GOOD.replace(old, new, 1))


def test_an_alarms_text_names_what_and_its_limit() -> None:
    known = indicators.indicators()["source_coverage"]
    sv, en = health.words(known, health.Reading(known.name, "9999", "register", 0.5, 0.99, "beyond"))
    assert sv == "Del av dygnet då källan hördes, 9999 register: under gränsen 0,99 andel"
    assert (
        en == "Share of the day in which the source was heard, 9999 register: below the limit of 0.99 share"
    )


def names(rows: Iterable[dict[str, Any]]) -> set[str]:
    return {row["indicator"] for row in rows}


def test_a_publisher_keeps_what_it_reads_and_the_dear_ones_for_an_hour(warehouse: Warehouse) -> None:
    kept = health.Health(warehouse)
    kept.tell(NOW)
    kept.tell(NOW + 60 * SECOND)
    at = {row["indicator"]: row["at"] for row in health.kept(warehouse)}
    assert at["refused_left"] == NOW + 60 * SECOND
    assert at["identity_texts"] == NOW
    assert names(health.kept(warehouse)) >= {"figure_alarms", "replay_differences", "corrections"}
