"""That a report was delivered, from the command over the real broker to the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from apps.cli import app
from apps.hub.broker import RunningBroker
from producers.publish import ensure_topics
from schemas.codec import decode
from schemas.settings import Settings
from tests.producers.test_publish import messages
from tests.warehouse.town import fold, fold_at
from tests.warehouse.unexecuted_town import SWEDEN, alive, noon
from warehouse.client import Warehouse
from warehouse.quarters import Quarter
from warehouse.restricted import QUERIES
from warehouse.unexecuted import deliveries

pytestmark = pytest.mark.broker


@pytest.fixture
def settings(warehouse_settings: Settings, broker: RunningBroker) -> Settings:
    found = replace(warehouse_settings, kafka=broker.address)
    ensure_topics(found)
    return found


def test_a_delivery_said_by_command_stands_on_the_page_and_a_later_word_corrects_it(
    settings: Settings, warehouse: Warehouse
) -> None:
    env = {
        "PULS_HOME": str(settings.home), "PULS_WAREHOUSE": settings.warehouse,
        "PULS_DATABASE": settings.database, "PULS_KAFKA": settings.kafka,
    }  # fmt: skip
    fold(warehouse, [alive("9964")])
    words = ["report", "ej-verkstallda", "--quarter", "2026q3", "--municipality", "9964"]
    for day in ("2026-10-12", "2026-10-14"):
        done = CliRunner().invoke(app, [*words, "--delivered", "council", "--on", day], env=env)
        assert done.exit_code == 0, done.output
        assert f"2026Q3, council: lämnad (delivered) {day}" in done.output
    key = b"9964/report/unexecuted_decisions.2026Q3.council"
    sent = [decode(record.value) for record in messages(settings, {key}, "reference")]
    assert len({event.id for event in sent}) == 1
    fold_at(warehouse, sent, datetime.now(UTC))
    rows = warehouse.rows(QUERIES["unexecuted_deliveries"].sql, {"municipality": "9964"})
    ivo, _, council = deliveries(rows, Quarter(2026, 3))
    assert ivo.delivered_at is None
    assert council.delivered_at == noon("2026-10-14 00:00")
    assert not council.is_late(noon("2026-10-14").date(), SWEDEN)
