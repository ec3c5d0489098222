"""Decisions not carried out, over the real warehouse: which quarter each is of, and how it stands then."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import pytest

from schemas.errors import Misconfigured
from tests.telling import subject
from tests.warehouse.town import fold
from tests.warehouse.unexecuted_town import HERE, SWEDEN, given, noon, town
from warehouse.client import Warehouse
from warehouse.quarters import Quarter, quarter, quarter_of, quarters_before
from warehouse.restricted import QUERIES
from warehouse.unexecuted import Decision, counted, decisions, deliveries, published

Q3: Final = Quarter(2026, 3)
EVERYBODY: Final[dict[str, Any]] = {"municipality": HERE, "every_unit": 1, "units": []}


@pytest.fixture(scope="module")
def store(own_warehouse: Warehouse) -> Warehouse:
    """A warehouse of the module's own that was told of the town."""
    fold(own_warehouse, [*town(), given("ivo", "2026-10-12")])
    return own_warehouse


def rows(store: Warehouse, asked: Quarter = Q3, **changed: Any) -> list[dict[str, Any]]:
    since, until = asked.span(SWEDEN)
    return store.rows(
        QUERIES["unexecuted_decisions"].sql, EVERYBODY | {"since": since, "until": until} | changed
    )


def found(store: Warehouse, asked: Quarter = Q3) -> dict[str, Decision]:
    """The quarter's decisions by the names of the town."""
    told = rows(store, asked)
    names = {row["key"]: row["entity"].rpartition(".")[2].rstrip("A") for row in told}
    return {names[one.key]: one for one in decisions(told, asked, SWEDEN)}


def stand(one: Decision) -> tuple[str, date | None, int, bool]:
    return one.outcome, one.over_on, one.days, one.was_overdue


def test_a_quarter_holds_what_was_overdue_at_some_moment_of_it(store: Warehouse) -> None:
    assert {name: stand(one) for name, one in found(store).items()} == {
        "waits": ("waiting", None, 138, False),
        "a-day-more": ("waiting", None, 93, False),
        "fell-due-with-q2": ("waiting", None, 183, False),
        "done": ("carried_out", date(2026, 8, 20), 191, True),
        "done-on-the-first": ("carried_out", date(2026, 7, 1), 149, True),
        "late-within": ("carried_out", date(2026, 7, 20), 101, False),
        "ended": ("ended", date(2026, 9, 1), 229, True),
        "done-after": ("waiting", None, 133, False),
        "interrupted": ("waiting", None, 148, False),
    }


def test_the_next_quarter_tells_what_became_of_those_and_begins_with_three_months_to_the_day(
    store: Warehouse,
) -> None:
    fourth = found(store, Quarter(2026, 4))
    assert stand(fourth["exactly"]) == ("waiting", None, 184, False)
    assert stand(fourth["done-after"]) == ("carried_out", date(2026, 10, 5), 138, True)
    assert fourth["waits"].was_overdue
    assert {"done", "ended", "late-within"}.isdisjoint(fourth)


def test_the_quarter_before_does_not_know_what_came_later(store: Warehouse) -> None:
    second = found(store, Quarter(2026, 2))
    assert {name: stand(one)[:2] for name, one in second.items()} == {
        "done": ("waiting", None), "done-on-the-first": ("waiting", None), "ended": ("waiting", None),
        "done-before": ("carried_out", date(2026, 6, 30)),
    }  # fmt: skip


def test_act_section_service_and_reason_come_from_clock_and_events(store: Warehouse) -> None:
    waits, interrupted = found(store)["waits"], found(store)["interrupted"]
    assert (waits.statute, waits.section, waits.service, waits.sex, waits.reason, waits.is_interrupted) == (
        "SoL (2025:400)", "34 kap. 1–2 §§", "home_help", "man", "no_capacity", False,
    )  # fmt: skip
    assert (interrupted.statute, interrupted.section, interrupted.service, interrupted.is_interrupted) == (
        "LSS (1993:387)", "28 f–28 h §§", "day_activity", True,
    )  # fmt: skip
    assert interrupted.started_on == date(2026, 5, 5)


def test_numbers_run_from_one_by_what_the_report_itself_shows(store: Warehouse) -> None:
    told = decisions(rows(store), Q3, SWEDEN)
    assert [one.number for one in told] == list(range(1, 10))
    assert [one.started_on for one in told[1:]] == sorted(one.started_on for one in told[1:])
    assert decisions(list(reversed(rows(store))), Q3, SWEDEN) == told


def test_a_unit_head_sees_the_own_units_decisions_and_no_other(store: Warehouse) -> None:
    own: dict[str, Any] = {"every_unit": 0, "units": ["vuxen"]}
    [one] = rows(store, **own)
    assert one["entity"] == subject("waits")
    events = store.rows(QUERIES["unexecuted_history"].sql, EVERYBODY | own | {"key": one["key"]})
    assert len(events) == 3
    other = next(row["key"] for row in rows(store) if row["key"] != one["key"])
    assert store.rows(QUERIES["unexecuted_history"].sql, EVERYBODY | own | {"key": other}) == []


def test_a_delivery_is_an_event_and_late_after_the_next_quarter(store: Warehouse) -> None:
    told = store.rows(QUERIES["unexecuted_deliveries"].sql, EVERYBODY)
    ivo, auditors, council = deliveries(told, Q3)
    assert (ivo.delivered_at, ivo.due) == (noon("2026-10-12"), date(2026, 12, 31))
    assert auditors.delivered_at is council.delivered_at is None
    assert not ivo.is_late(date(2027, 2, 1), SWEDEN)
    assert not council.is_late(date(2026, 12, 31), SWEDEN)
    assert council.is_late(date(2027, 1, 1), SWEDEN)
    late = [row | {"delivered_at": noon("2027-01-01")} for row in told]
    assert deliveries(late, Q3)[0].is_late(date(2027, 1, 1), SWEDEN)
    assert deliveries(told, Quarter(2026, 2))[0].delivered_at is None


def _many(**said: Any) -> list[Decision]:
    count = said.pop("count")
    plain: dict[str, Any] = {
        "number": 0, "key": "0", "statute": "SoL (2025:400)", "section": "34 kap. 1–2 §§",
        "service": "home_help",
        "sex": "woman", "is_interrupted": False, "started_on": date(2026, 5, 15), "days": 138, "reason": "",
        "was_overdue": False, "outcome": "waiting",
    }  # fmt: skip
    return [Decision(**plain | said)] * count


def test_the_council_is_told_of_what_waits_by_service_days_and_sex_and_of_no_small_number() -> None:
    told = [
        *_many(count=9), *_many(count=8, sex="man"), *_many(count=7, service="open_care", days=400),
        *_many(count=3, service="open_care", sex="man", days=400), *_many(count=6, outcome="carried_out"),
    ]  # fmt: skip
    tables = counted(told, 5)
    cells = tables["service_type", "sex"]
    assert tables[()][()].value == 27
    assert cells["open_care", "man"].value is None
    assert cells["open_care", "woman"].value is None  # else the sum of open care tells it
    assert cells["home_help", "man"].value is None  # else the sum of men tells it
    assert tables["service_type",]["open_care",].value == 10
    assert tables["days", "sex"]["366-730", "man"].value is None
    assert tables["days", "sex"]["181-365", "woman"].value == 0


def test_a_small_total_is_hidden_and_nothing_beside_it_tells_it() -> None:
    tables = counted(_many(count=3), 5)
    assert tables[()][()].value is None
    assert not [cell for table in tables.values() for cell in table.values() if cell.value]


def _row(
    grain: str, dimensions: dict[str, str], value: float | None, upper: float | None = None
) -> dict[str, Any]:
    state = "suppressed" if value is None else "value"
    return {"grain": grain, "dimensions": dimensions, "value": value, "n": 9, "state": state, "upper": upper}


SERVICES: Final = {"home_help": (30, 28), "respite": (25, 24), "open_care": (8, 9), "contact_person": (4, 3)}
"""Decisions that wait, of women and of men."""


def _page() -> list[dict[str, Any]]:
    """The committee's page, which hid respite beside contact persons, where it might have hidden others."""
    rows = [_row("", {}, 131), _row("sex", {"sex": "woman"}, 67), _row("sex", {"sex": "man"}, 64)]
    rows += [_row("sex", {"sex": "unknown"}, 0), _row("reason", {"reason": "unknown"}, 131)]
    for service, both in SERVICES.items():
        rows.append(_row("service_type", {"service_type": service}, sum(both)))
        few = 4 if service == "contact_person" else None
        for sex, count in zip(("woman", "man", "unknown"), (*both, 0), strict=True):
            hidden = service in ("respite", "contact_person") and count > 0
            key = {"service_type": service, "sex": sex}
            rows.append(_row("service_type,sex", key, None if hidden else count, few if hidden else None))
    return rows


def test_what_the_committees_page_hides_of_the_quarter_the_councils_numbers_hide_and_no_other() -> None:
    told = [
        one
        for service, (women, men) in SERVICES.items()
        for one in (*_many(count=women, service=service), *_many(count=men, service=service, sex="man"))
    ]
    alone = counted(told, 5)["service_type", "sex"]
    assert {key for key, cell in alone.items() if cell.value is None} == {
        (service, sex) for service in ("open_care", "contact_person") for sex in ("woman", "man")
    }
    beside = counted(told, 5, published(_page()))
    assert {key for key, cell in beside["service_type", "sex"].items() if cell.value is None} == {
        (service, sex) for service in ("respite", "contact_person") for sex in ("woman", "man")
    }
    assert beside["law",]["SoL",].value == 131
    assert published([]) == []


def test_no_decision_at_all_is_zero_and_no_small_number() -> None:
    assert counted([], 5)[()][()].value == 0


@pytest.mark.parametrize("text", ["2026Q5", "2026-Q3", "Q3", "", "26Q3", "0999Q1"])
def test_what_is_no_quarter_is_refused_in_both_languages(text: str) -> None:
    with pytest.raises(Misconfigured, match=r"inget kvartal.*no quarter"):
        quarter(text)


def test_quarters_know_their_days_and_when_they_are_over() -> None:
    assert quarter("2026q4") == Quarter(2026, 4)
    assert (Quarter(2026, 4).first, Quarter(2026, 4).last, Quarter(2026, 4).due) == (
        date(2026, 10, 1), date(2026, 12, 31), date(2027, 3, 31),
    )  # fmt: skip
    assert quarters_before(date(2026, 2, 28), 2) == (Quarter(2025, 4), Quarter(2025, 3))
    assert quarter_of(date(2026, 6, 30)) == Quarter(2026, 2)
    end = datetime(2026, 10, 1, tzinfo=SWEDEN)
    assert Q3.is_over(end, SWEDEN)
    assert not Q3.is_over(noon("2026-09-30 23:59"), SWEDEN)
