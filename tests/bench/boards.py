"""Ten years of a large municipality's cases and placements: how long until the committee's pages have their
figures.

Everything goes the worker's own way from events to rows, and the publisher's own way from rows to figures;
the pages are then read and made as the screens' processes do it; the work views also in a browser.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any, Final

from apps.boards import boards
from apps.choice import Choice, Period
from apps.committee import after, before
from apps.committee_view import View, heading
from apps.sections.registry import sections
from apps.work import invoice_questions, invoices, questions
from schemas import placements as p
from schemas.codec import encode, make
from schemas.envelope import Event, Fact, event_id
from schemas.municipality import municipality
from schemas.reference import ProducerAlive
from schemas.settings import Settings
from streams.batch import Batch, Message, decode_all
from streams.memory import Memory
from tests.bench import case_years
from tests.bench.clicks import clicked
from tests.placing import pseudonym
from tests.warehouse.starting import start as start_warehouse
from warehouse import contracts, published, restricted
from warehouse.client import Warehouse, connect, create_tables
from warehouse.lease import Lease
from warehouse.publish import Publisher

CODE: Final = "9999"
NOW: Final = datetime(2026, 11, 22, 16, tzinfo=UTC)
YEARS: Final = 10
REPEATS: Final = 10
PAGE: Final = 20_000
TOLD: Final = ("placements", "cases")


@dataclass
class Boards:
    """What was told, and seconds by what was done."""

    placements: int
    cases: int
    events: int
    figures: int = 0
    seconds: dict[str, list[float]] = field(default_factory=dict)


def measured(folder: Path, placements: int, cases: int) -> Boards:
    """Fill a fresh warehouse, publish, then read every page several times."""
    with start_warehouse(folder) as server:
        settings = Settings(home=folder, warehouse=server.address, database="boards")
        warehouse = connect(settings)
        create_tables(warehouse, settings.database)
        found = Boards(placements, cases, _fill(warehouse, placements, cases))
        _timed(found, "publish every figure for the first time", lambda: _publish(warehouse))
        found.figures = int(warehouse.rows("SELECT count() AS n FROM figures")[0]["n"])
        for board in boards():
            for _ in range(REPEATS):
                _timed(found, f"page {boards()[board].id}", partial(page, warehouse, board))
        _work_views(warehouse, found)
        for view, seconds in clicked(settings):
            found.seconds.setdefault(f"a click in {view}, in the browser", []).append(seconds)
    return found


QUERIES: Final = {
    "O1": ("placement_counts", "placements_placed"),
    "O2": ("invoice_counts", "invoice_lines"),
}


def _work_views(warehouse: Warehouse, found: Boards) -> None:
    """What each click in the work views asks: the counts on top, and the rows of the question."""
    whole = {"municipality": CODE, "every_unit": 1, "units": [], "at": NOW, "today": NOW.date()}
    whole |= {"zone": municipality(CODE).time_zone, "search": "", "provider": ""}
    placements = whole | {"care_form": "", "target_group": "", "place": ""}
    clicks = [("O1", placements | question.parameters) for tile in questions.TILES for question in _of(tile)]
    clicks += [("O2", whole | {"month": "", "question": answer.question, "most": invoices.SHOWN})
               for answer in invoice_questions.QUESTIONS]  # fmt: skip
    for view, asked in clicks:
        _timed(found, f"a question of {view}, counts and rows", partial(_click, warehouse, view, asked))


def _of(tile: questions.Tile) -> list[questions.Question]:
    return [tile.main, *tile.narrower]


def _click(warehouse: Warehouse, view: str, asked: dict[str, Any]) -> None:
    for name in QUERIES[view]:
        warehouse.rows(restricted.QUERIES[name].sql, asked)


def _timed(found: Boards, what: str, do: Callable[[], object]) -> None:
    began = time.perf_counter()
    do()
    found.seconds.setdefault(what, []).append(time.perf_counter() - began)


def _fill(warehouse: Warehouse, placements: int, cases: int) -> int:
    count = 0
    since = NOW - timedelta(days=365 * YEARS)
    with ThreadPoolExecutor(2) as pool:
        batch = Batch(warehouse, Memory(1_000), pool)
        batch.learn_archive()
        part: list[Event] = []
        for event in chain(_told(placements), case_years.told(CODE, cases, since, NOW)):
            part.append(event)
            if len(part) == PAGE:
                count += _apply(batch, part)
                part = []
        count += _apply(batch, part)
    now = int(NOW.timestamp() * 1e6)
    for topic in TOLD:
        warehouse.command(
            "INSERT INTO positions (topic, partition, next_offset, told_until, updated_at)"
            " SELECT {topic:String}, 0, 1, fromUnixTimestamp64Micro({now:Int64}) AS told, told",
            {"now": now + 1, "topic": topic},
        )
    return count


def _apply(batch: Batch, events: list[Event]) -> int:
    messages = [Message(event.data.TOPIC, 0, n, 0, encode(event)) for n, event in enumerate(events)]
    outcome = batch.apply(decode_all(messages, NOW), NOW)
    assert not outcome.refused, outcome.refused[:1]
    return len(events)


def _publish(warehouse: Warehouse) -> None:
    publisher = Publisher(warehouse, Lease(warehouse, "bench"))
    publisher.tick(NOW)
    while publisher.tick_slow(NOW):
        pass


def page(warehouse: Warehouse, name: str) -> str:
    """What a reader waits for: the figures of the last whole quarter, made into a page."""
    board, choice = boards()[name], Choice(Period(date(2026, 7, 1), "quarter"))
    on = [choice.period.first, *([choice.against.first] if choice.against else [])]
    figures = tuple(
        published.of_periods(warehouse, CODE, board.metrics, "quarter", on, whole=("", *board.where))
    )
    view = View(board, municipality(CODE), choice, figures, contracts.load(), NOW)
    return heading(view) + "".join(before(view, made) + after(view, made) for made in sections(view))


def _told(placements: int) -> Iterator[Event]:
    draw = Random(7)
    place = municipality(CODE)
    lists = {name: list(place.names(name)) for name in
             ("main_cause", "care_form", "target_group", "tender_area", "end_reason")}  # fmt: skip
    first = NOW.date() - timedelta(days=365 * YEARS)
    for number in range(400):
        code = f"B{number:03d}"
        about = p.ProviderRegistered(on=first, care_form=draw.choice(lists["care_form"]))
        yield _event("provider", code, about, first)
    for number in range(placements):
        yield from _life(draw, lists, number, first + timedelta(days=draw.randrange(365 * YEARS)))
    for topic in TOLD:
        alive = ProducerAlive(topic, NOW, max_age_s=90_000)
        subject = f"{CODE}/producer/bench-{topic}.{NOW:%Y%m%d%H}"
        yield make(alive, id=event_id(subject, "alive"), source="bench", subject=subject, time=NOW,
                   recordedtime=NOW, kommunkod=CODE)  # fmt: skip


def _life(draw: Random, lists: dict[str, list[str]], number: int, start: date) -> Iterator[Event]:
    name = f"{number}"
    provider = f"B{draw.randrange(400):03d}"
    price = float(draw.randrange(1_500, 8_000))
    about = p.PlacementStarted(
        on=start, provider=provider, person=pseudonym("person", str(number * 2 // 3)),
        main_cause=draw.choice(lists["main_cause"]), care_form=draw.choice(lists["care_form"]),
        target_group=draw.choice(lists["target_group"]), tender_area=draw.choice(lists["tender_area"]),
        sex=draw.choice(("woman", "man")), age_band=draw.choice(("7-12", "13-17", "18-20", "30-64")),
        framework="ra-1" if draw.random() < 0.7 else None,
    )  # fmt: skip
    yield _event("placement", name, about, start)
    yield _event("placement", name, p.PriceSet(from_on=start, daily_price_kr=price), start)
    yield _event("contract", name, p.ContractCreated(
        placement=pseudonym("placement", name), provider=provider, contract_type="new_admission",
        from_on=start, until_on=start + timedelta(days=365), daily_price_kr=price,
    ), start)  # fmt: skip
    yield _event("contract", name, p.ContractSent(), start + timedelta(days=1))
    for days, party in ((8, "municipality"), (draw.randrange(9, 40), "provider")):
        if draw.random() < 0.9:
            yield _event("contract", name, p.ContractSigned(party=party, method="digital"),  # type: ignore[arg-type]
                         start + timedelta(days=days))  # fmt: skip
    end = start + timedelta(days=int(draw.expovariate(1 / 240)) + 1)
    if end < NOW.date():
        yield _event(
            "placement", name, p.PlacementEnded(on=end, reason=draw.choice(lists["end_reason"])), end
        )
    last = min(end, NOW.date()) - timedelta(days=1)
    for month in range(min(10, (last - start).days // 30)):
        since = start + timedelta(days=30 * month)
        yield _event("invoice", f"{name}/{month}", p.InvoiceReceived(
            placement=pseudonym("placement", name), provider=provider, from_on=since,
            last_on=since + timedelta(days=29), days=30, daily_price_kr=price, amount_kr=30 * price,
        ), since + timedelta(days=30))  # fmt: skip


def _event(kind: str, name: str, fact: Fact, on: date) -> Event:
    subject = f"{CODE}/{kind}/{pseudonym(kind, name) if fact.SECRET_KEY else name}"
    at = min(datetime(on.year, on.month, on.day, 11, tzinfo=UTC), NOW)
    party = getattr(fact, "party", "")
    told = event_id(subject, type(fact).__name__, party)
    return make(fact, id=told, source="bench", subject=subject, time=at,
                recordedtime=at, kommunkod=CODE)  # fmt: skip
