from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from schemas import cases as c
from schemas.settings import Settings
from streams.rebuild import rebuild
from tests.streams.test_batch import apply, new_batch, stored_rows, true_rows
from tests.telling import at, tell
from warehouse.client import Warehouse

TOLD = [
    tell("x", c.ReportReceived(unit="a"), at(0)),
    tell("y", c.ReportReceived(unit="b"), at(1)),
    tell("x", c.InvestigationOpened(), at(2)),
]


def test_a_rebuild_folds_every_entity_of_the_archive_anew(
    warehouse: Warehouse, warehouse_settings: Settings
) -> None:
    with ThreadPoolExecutor(2) as pool:
        apply(new_batch(warehouse, pool), TOLD)
    warehouse.command("TRUNCATE TABLE cases")
    said: list[str] = []
    assert rebuild(warehouse_settings, said.append) == 2
    assert stored_rows(warehouse, "9999") == true_rows(TOLD)
    assert said[-1].startswith("2 entities folded from the archive")
