"""A few invented cases whose every figure can be counted by hand (municipality 9980), and one odd night each.

Days are counted from Monday 2 March 2026, 9.00 in Stockholm (`tests.telling.at`).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import get_args

from schemas import cases as c
from schemas.codec import make
from schemas.codes import CloseReason
from schemas.envelope import Event, Fact, event_id
from schemas.reference import FteSet, ProducerAlive
from schemas.staffing import TimeScheduled
from streams.batch import Batch, decode_all
from streams.memory import Memory
from tests.telling import at, messages, tell
from warehouse.client import Warehouse

SHORT, REASONS = "9987", "9989"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
TOWN, CLOCKS, AGES, STAFF, EMPTY, SNAPSHOTS = "9980", "9981", "9982", "9983", "9984", "9986"
SPRING = datetime(2026, 3, 29, tzinfo=UTC)  # that local day has 23 hours
AUTUMN = datetime(2026, 10, 25, tzinfo=UTC)  # and this one 25


def fold(warehouse: Warehouse, events: list[Event]) -> None:
    """Take the events the worker's own way into the warehouse; none may be refused."""
    fold_at(warehouse, events, NOW)


def fold_at(warehouse: Warehouse, events: list[Event], now: datetime) -> None:
    """The same at another now than the tests' own."""
    with ThreadPoolExecutor(2) as pool:
        batch = Batch(warehouse, Memory(1_000), pool)
        batch.learn_archive()
        assert batch.apply(decode_all(messages(events), now), now).refused == []


def about(name: str, fact: Fact, when: datetime, municipality: str, source: str = "test") -> Event:
    """An event whose entity is no case."""
    key = f"{municipality}/{fact.KIND}/{name}"
    return make(
        fact, id=event_id(key, type(fact).__name__, when.isoformat()), source=source, subject=key, time=when,
        recordedtime=when, kommunkod=municipality,
    )  # fmt: skip


def town(code: str = TOWN) -> list[Event]:
    """Seven cases: one whole life, a transfer, a second's life, a reopening and three that are odd."""
    person = c.EXAMPLE_PERSON
    child = c.ReportReceived(unit="a", case_type="child", law="SoL", sex="woman", age_band="7-12",
                             target_at=at(9))  # fmt: skip
    money = c.ApplicationReceived(unit="a", case_type="financial_support", law="SoL", sex="man",
                                  age_band="30-64", target_at=at(6))  # fmt: skip
    told: list[tuple[str, Fact, datetime]] = [
        ("one", child, at(0)),
        ("one", c.CaseAssigned(person), at(1)),
        ("one", c.InvestigationOpened(), at(2)),
        ("one", c.InvestigationClosed(), at(9)),
        ("one", c.CaseClosed("service_done", source_in_time=True), at(10)),
        ("two", money, at(0, 2)),
        ("two", c.Decided("granted", service_follows=True), at(3)),
        ("two", c.CaseTransferred(to_unit="b"), at(5)),
        ("three", c.CaseRegistered(unit="b", case_type="short"), at(1)),
        ("three", c.CaseClosed(), at(1)),
        ("four", c.ReportReceived(unit="b", case_type="adult", law="LSS", target_at=at(5)), at(2)),
        ("four", c.CaseClosed("no_service", source_in_time=False), at(4)),
        ("four", c.CaseReopened("a"), at(6)),
        ("five", c.CaseClosed("moved"), at(3)),
        ("five", c.ReportReceived(unit="a", case_type="backwards"), at(5)),
        ("seven", c.ReportReceived(unit="a", case_type="adult", target_at=at(20)), at(7)),
        ("seven", c.CaseReopened("b"), at(8)),
    ]  # fmt: skip
    mistake = c.ReportReceived(unit="a", case_type="mistake")
    taken_back = tell("six", mistake, at(1), municipality=code, recorded=at(2), retracted=True,
                      reason="registered_by_mistake")  # fmt: skip
    events = [tell(case, fact, when, municipality=code) for case, fact, when in told]
    return [*events, tell("six", mistake, at(1), municipality=code), taken_back]


def clocks() -> list[Event]:
    """Cases around midnight and noon on the days when clocks change."""
    openings = {
        "before": SPRING.replace(day=28, hour=22, minute=59), "first": SPRING.replace(day=28, hour=23),
        "last": SPRING.replace(hour=21, minute=59), "after": SPRING.replace(hour=22),
        "long-first": AUTUMN.replace(day=24, hour=22), "long-last": AUTUMN.replace(hour=22, minute=59),
        "long-after": AUTUMN.replace(hour=23),
    }  # fmt: skip
    opened = [
        tell(name, c.ReportReceived(unit="a"), when, municipality=CLOCKS) for name, when in openings.items()
    ]
    noons = {"before": SPRING.replace(hour=21, minute=59), "long-first": AUTUMN.replace(hour=23)}
    return opened + [tell(name, c.CaseClosed(), when, municipality=CLOCKS) for name, when in noons.items()]


def ages() -> list[Event]:
    """Cases that on day 200 have been open so many days and hours."""
    open_for = {"d15": (15, 0), "d14": (14, 23), "d31": (31, 0), "d61": (61, 0), "d60": (60, 23),
                "d121": (121, 0), "d120": (120, 23)}  # fmt: skip
    return [
        tell(name, c.ReportReceived(unit="a"), at(200 - days, -hours), municipality=AGES)
        for name, (days, hours) in open_for.items()
    ]


def staff() -> list[Event]:
    """Three cases in unit a with two and a half persons, four persons in b; told on day 2. Unit care tells of
    its staff and has no cases.
    """
    cases = [tell(f"case{n}", c.ReportReceived(unit="a"), at(n), municipality=STAFF) for n in range(3)]
    steps = [
        ("a.caseworker", FteSet("a", 2.0, date(2026, 3, 1)), at(2)),
        ("a.coordinator", FteSet("a", 0.5, date(2026, 3, 1), "coordinator"), at(2, 1)),
        ("b.caseworker", FteSet("b", 4.0, date(2026, 3, 2)), at(2)),
        ("a.caseworker", FteSet("a", 9.0, date(2026, 3, 14)), at(6)),
        ("gone.caseworker", FteSet("gone", 0.0, date(2026, 1, 1)), at(-40)),
        ("care.nurse", FteSet("care", 7.0, date(2026, 3, 1), "nurse"), at(2)),
        (
            "care.nurse.20260308",
            TimeScheduled(unit="care", on=date(2026, 3, 8), role="nurse", hours=40.0, persons=5),
            at(7),
        ),
    ]
    alive = ProducerAlive("cases", at(8), max_age_s=600)
    beats = [
        about("personal.2026031008", alive, at(8), STAFF),
        about("annan.2026031007", alive, at(8, -1), STAFF),
    ]
    return cases + [about(name, fact, when, STAFF) for name, fact, when in steps] + beats


def short() -> list[Event]:
    """One case of one day, and nothing before or after it."""
    return [
        tell("one", c.ReportReceived(unit="a"), at(0), municipality=SHORT),
        tell("one", c.CaseClosed(), at(1), municipality=SHORT),
    ]


def reasons() -> list[Event]:
    """One case closed for each reason there is."""
    return [
        tell(reason, fact, at(days), municipality=REASONS)
        for reason in get_args(CloseReason)
        for days, fact in enumerate((c.ReportReceived(unit="a"), c.CaseClosed(reason)))
    ]


def snapshots(code: str = SNAPSHOTS) -> list[Event]:
    """Units c and d tell their balance alone; a tells cases, so that its balance is no second count."""
    cases = [tell(f"case{n}", c.ReportReceived(unit="a"), at(n), municipality=code) for n in (2, 3)]
    balances = [("c", 41, 4), ("c", 43, 5), ("d", 7, 5), ("a", 90, 5)]
    observed = [
        about(
            f"{unit}.{at(day):%Y%m%d}",
            c.BalanceObserved(unit, at(day).date(), open_cases),
            at(day),
            code,
        )
        for unit, open_cases, day in balances
    ]
    staffed = [
        about(f"{unit}.caseworker", FteSet(unit, 4.0, at(4).date()), at(4), code) for unit in ("a", "c")
    ]
    return [*cases, *observed, *staffed]
