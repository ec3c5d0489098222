"""What O5 asks (domain 3 and 4.10), answered right over the real warehouse."""

from __future__ import annotations

from hashlib import md5
from typing import Any

import pytest

from apps.access.table import table
from apps.work.names import device as called
from tests.dispensing import MUNICIPALITY, at, device
from tests.placing import pseudonym
from tests.warehouse.alarm_town import NORTH, PERSONS, SOUTH, WAITING, alarms
from tests.warehouse.town import fold
from warehouse.client import Warehouse
from warehouse.restricted import QUERIES

Rows = list[dict[str, Any]]
NOW = at(30)
EVERYTHING: dict[str, Any] = {
    "municipality": MUNICIPALITY, "every_unit": 1, "units": [], "at": NOW, "unit": "", "about": "",
    "search": "", "question": "open",
}  # fmt: skip


def key(kind: str, name: str) -> str:
    return md5(pseudonym(kind, name).encode(), usedforsecurity=False).hexdigest()[:12].upper()


NAMES = {key("alarm", name): name for name in (*WAITING, "done", "gone")}
DEVICES = {key("device", name): name for name in "abcde"}


@pytest.fixture(scope="module")
def told(own_warehouse: Warehouse) -> Warehouse:
    """A warehouse of the module's own that was told of the alarms."""
    fold(own_warehouse, alarms(NOW))
    return own_warehouse


def asked(store: Warehouse, query: str = "alarms", **changed: Any) -> Rows:
    return store.rows(QUERIES[query].sql, EVERYTHING | changed)


def found(store: Warehouse, **changed: Any) -> list[str]:
    return [NAMES[row["key"]] for row in asked(store, **changed)]


ANSWERS = {
    "open": list(WAITING), "unacknowledged": ["old", "new"], "over": ["old"],
    "acknowledged": ["taken", "odd"], "handled": ["done"],
}  # fmt: skip


def test_those_that_have_waited_longest_stand_first_and_tiles_count_them(told: Warehouse) -> None:
    [counts] = asked(told, "alarm_counts")
    for question, names in ANSWERS.items():
        assert (question, found(told, question=question)) == (question, names)
        assert (question, counts[question]) == (question, len(names))
    assert counts["longest_s"] == 50 * 60
    assert (counts["units"], counts["abouts"]) == ([NORTH, SOUTH], ["call", "malfunction", "missed_dose"])


def test_a_row_says_what_waits_how_long_and_from_which_device(told: Warehouse) -> None:
    rows = {NAMES[row["key"]]: row for question in ANSWERS for row in asked(told, question=question)}
    assert [rows[name]["waited_s"] for name in (*WAITING, "done")] == [3000, 1200, 600, 40, 720]
    assert [rows[name]["state"] for name in (*WAITING, "done")] == [
        "open", "acknowledged", "acknowledged", "open", "handled",
    ]  # fmt: skip
    assert (DEVICES[rows["taken"]["device_key"]], rows["taken"]["unit"], rows["taken"]["about"]) == (
        "c", SOUTH, "call",
    )  # fmt: skip
    assert "D-" + rows["old"]["device_key"][:6] == called(device("a"))


def test_filters_narrow_rows_and_counts_alike(told: Warehouse) -> None:
    for filters, names in (
        ({"unit": SOUTH}, ["taken"]), ({"about": "missed_dose"}, ["old", "odd"]),
        ({"search": key("device", "a")[:6]}, ["old", "odd"]), ({"unit": SOUTH, "about": "malfunction"}, []),
    ):  # fmt: skip
        [counts] = asked(told, "alarm_counts", **filters)
        assert (counts["open"], found(told, **filters)) == (len(names), names)
        assert counts["units"] == [NORTH, SOUTH]  # what can be chosen stays


def test_an_alarm_that_says_it_goes_off_in_a_moment_is_there_and_has_not_waited(told: Warehouse) -> None:
    rows = asked(told, at=at(30, minutes=-2))
    assert [(NAMES[row["key"]], row["waited_s"]) for row in rows][-1] == ("new", 0)


def test_a_nurse_finds_what_the_own_units_answer_for_alone(told: Warehouse) -> None:
    own = {"every_unit": 0, "units": [SOUTH]}
    assert found(told, **own) == ["taken"]
    assert [counts["open"] for counts in asked(told, "alarm_counts", **own)] == [1]
    assert [DEVICES[row["device_key"]] for row in asked(told, "silent_devices", **own)] == ["c"]
    assert asked(told, "device_counts", **own) == [{"active": 1, "silent": 1}]
    for query in ("alarm_history", "alarm_earlier"):
        assert asked(told, query, key=key("alarm", "old"), **own) == []


def test_devices_that_were_not_heard_for_a_day_are_silent_and_new_ones_are_not(told: Warehouse) -> None:
    rows = asked(told, "silent_devices")
    assert [(DEVICES[row["device_key"]], row["silent_s"] // 3600) for row in rows] == [("c", 240), ("b", 30)]
    assert [row["heard_at"] for row in rows] == [None, at(30, hours=-30)]
    assert asked(told, "device_counts") == [{"active": 4, "silent": 2}]
    assert asked(told, "device_counts", unit=SOUTH) == [{"active": 1, "silent": 1}]


def test_devices_that_were_not_filled_for_fourteen_days_are_told_of(told: Warehouse) -> None:
    """a and c came ten days ago and were never filled, b was five days ago; e has just come then."""

    def late(days: int, **changed: Any) -> Rows:
        return asked(told, "unfilled_devices", at=at(30 + days), zone="Europe/Stockholm", **changed)

    assert late(4) == []
    rows = late(5)
    assert {DEVICES[row["device_key"]]: (row["days"], row["filled_at"]) for row in rows} == {
        "a": (15, None), "c": (15, None)}  # fmt: skip
    assert [DEVICES[row["device_key"]] for row in late(5, unit=SOUTH)] == ["c"]
    assert [(DEVICES[row["device_key"]], row["filled_at"]) for row in late(10)][2:] == [("b", at(25))]
    assert set(map(str, rows[0])) == {
        "entity", "device_key", "unit", "device_type", "installed_at", "filled_at", "days",
    }  # fmt: skip


def test_the_history_is_of_one_alarm_and_others_of_the_device_stand_beside(told: Warehouse) -> None:
    one = {"key": key("alarm", "done")}
    assert len(asked(told, "alarm_history", **one)) == 3
    assert [NAMES[row["key"]] for row in asked(told, "alarm_earlier", **one)] == ["odd", "old", "gone"]
    for no_key in ("", key("alarm", "done")[:6]):
        assert asked(told, "alarm_history", key=no_key) == []


def test_nobody_whose_device_it_is_leaves_the_warehouse(told: Warehouse) -> None:
    pseudonyms = {pseudonym("person", name) for name in PERSONS}
    for query in ("alarms", "silent_devices", "alarm_earlier", "alarm_counts"):
        for row in asked(told, query, key=key("alarm", "old"), question="handled"):
            assert not pseudonyms & set(map(str, row.values())), query


def test_every_query_is_the_nurses_and_no_coordinators() -> None:
    names = [name for name, query in table().queries.items() if "larm" in query.pages]
    assert len(names) == 7
    for name in names:
        assert table().asks(["nurse"], "larm", name) == ("nurse", "units")
        assert table().asks(["coordinator"], "larm", name) is None
