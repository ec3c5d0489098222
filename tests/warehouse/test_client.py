from __future__ import annotations

import datetime as dt

from schemas.settings import Settings
from warehouse.client import Warehouse, create_tables


def test_rows_come_back_with_aware_times_in_utc(warehouse: Warehouse) -> None:
    row = warehouse.rows(
        "SELECT toDateTime64('2201-03-01 12:00:00.123456', 6, 'UTC') AS at, toDate32('2201-03-01') AS day"
    )
    assert row == [
        {"at": dt.datetime(2201, 3, 1, 12, 0, 0, 123456, tzinfo=dt.UTC), "day": dt.date(2201, 3, 1)},
    ]


def test_the_hubs_tables_are_created_and_may_be_created_again(
    warehouse: Warehouse, warehouse_settings: Settings
) -> None:
    create_tables(warehouse, warehouse_settings.database)
    create_tables(warehouse, warehouse_settings.database)
    assert "events" in {row["name"] for row in warehouse.rows("SHOW TABLES")}
