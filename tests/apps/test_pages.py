from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

from apps import catalogue, cli, start, wall
from apps.engineer_view import Health, content, moved
from schemas.municipality import Municipality, municipality
from tests.apps.samples import NOW
from warehouse import contracts

MITTKOPING = municipality("9999")
VAXJO = Municipality("0780", "Växjö")


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_start_page_links_every_screen() -> None:
    shown = start.content([(MITTKOPING, {"lobby": tuple(MITTKOPING.units)})])
    assert {f"/9999/lobby/{unit}" for unit in MITTKOPING.units} | {"/9999/lobby", "/katalog"} == set(
        re.findall(r'href="([^"]+)"', shown)
    )
    assert "påhittade uppgifter" in _text(shown)


def test_real_municipalities_never_stand_among_the_others() -> None:
    shown = _text(start.content([(VAXJO, {"lobby": ("ifo",)}), (MITTKOPING, {"lobby": ()})]))
    assert (
        shown.index("Kommuner")
        < shown.index("Växjö")
        < shown.index("Övningskommuner")
        < shown.index("Mittköping")
    )


def test_a_code_without_settings_is_not_said_to_be_invented() -> None:
    shown = _text(start.content([(municipality("9950"), {"lobby": ("ifo",)})]))
    assert "Kommun 9950 övningskommun" in shown
    assert "påhittade" not in shown
    assert wall.about(municipality("9950")) == "Kommun 9950 · övningskommun"
    assert wall.about(MITTKOPING) == "Mittköping · påhittade uppgifter"
    assert wall.about(municipality("9901")) == "Boston 2015 · öppna data från utlandet"
    assert wall.about(VAXJO) == "Växjö"


def test_a_hub_without_figures_says_so_on_its_start_page() -> None:
    assert "Inga siffror har publicerats än" in _text(start.content([]))


def test_the_catalogue_tells_every_metric_in_full() -> None:
    shown = _text(catalogue.content(contracts.load().values()))
    for contract in contracts.load().values():
        for text in (contract.title_sv, contract.definition, contract.owner, contract.decision, contract.law):
            assert " ".join(text.split()) in shown


def _told_of(name: str) -> str:
    return _text(catalogue.content([contracts.load()[name]]))


def test_the_catalogue_tells_what_is_shown_apart_from_what_can_be_computed() -> None:
    assert "Visas för just nu, dag (70 dagar bakåt) Kan räknas för just nu, dag" in _told_of(
        "caseload_balance"
    )
    assert "Visas för dag (70 dagar bakåt) Kan räknas för dag, vecka, månad, valfri period" in _told_of(
        "inflow"
    )
    assert "Visas för publiceras inte än Kan räknas för valfri period" in _told_of("balance_flow_residual")


def test_the_catalogue_promises_no_coverage_while_nobody_measures_it() -> None:
    shown = _text(catalogue.content(contracts.load().values()))
    assert "99" not in shown
    assert "Gränser högst 15 minuter gamla uppgifter; hur stor del av dem som kommit in mäts inte än" in shown


def test_the_catalogue_holds_no_figure_and_no_municipality() -> None:
    shown = catalogue.content(contracts.load().values())
    assert "Mittköping" not in shown
    assert "999" not in shown


def _row(**values: Any) -> dict[str, Any]:
    return values


FULL = Health(
    now=NOW,
    health=[
        _row(id="H2", title_sv="Del av dygnet då källan hördes", municipality="0780", part="treserva",
             value=0.8754, limit=0.99, state="beyond", unit_sv="andel", decimals=3, rule="at_least",
             every_s=60, to_do_sv="Be källan sända igen", at=NOW - timedelta(seconds=20)),
        _row(id="H8", title_sv="Skillnader", municipality="", part="", value=None, limit=0, state="missing",
             unit_sv="skillnader", decimals=0, rule="at_most", every_s=60, to_do_sv="", at=NOW),
        _row(id="H4", title_sv="Upprepade", municipality="", part="cases", value=12, limit=None, state="told",
             unit_sv="händelser", decimals=0, rule="told", every_s=60, to_do_sv="",
             at=NOW - timedelta(minutes=9)),
    ],
    ended=[_row(name="silent.0780.x", text_sv="Källan x har tystnat", role="hub",
                changed_at=NOW - timedelta(hours=2))],
    dealt=[
        _row(topic="cases", partition=0, offset=4, reason="clock", field="time", status="dismissed",
             dismissed_for="not_ours", ticket="A-7", role="command", said_at=NOW - timedelta(hours=5)),
        _row(topic="cases", partition=0, offset=5, reason="clock", field="time", status="accepted",
             dismissed_for="", ticket="", role="engineer", said_at=NOW - timedelta(hours=6)),
    ],
    alarms=[
        _row(name="jump", text_sv="Se över Inflöde", to_do_sv="Fråga verksamheten", state="raised",
             changed_at=NOW - timedelta(minutes=4), acknowledged_at=None),
        _row(name="drop", text_sv="Timmar har fallit", to_do_sv="Fråga verksamheten", state="acknowledged",
             changed_at=NOW - timedelta(minutes=9), acknowledged_at=NOW - timedelta(minutes=5)),
    ],
    producers=[
        _row(municipality="9999", source="modellen", told_at=NOW - timedelta(seconds=9), complete_until=NOW,
             historical=0, max_age_s=900, silent=False),
        _row(municipality="0780", source="treserva", told_at=NOW - timedelta(hours=3), complete_until=NOW,
             historical=0, max_age_s=900, silent=True),
        _row(municipality="9901", source="boston311", told_at=NOW - timedelta(days=9), complete_until=NOW,
             historical=1, max_age_s=900, silent=False),
    ],
    partitions=[_row(topic="cases", partition=0, end=1284, folded=1200, behind=84, told_until=NOW,
                     refused=1)],
    refused=[
        _row(topic="cases", reason="identity", field="data.person", events=3, newest_at=NOW, partition=0,
             offset=17, retry_until=NOW + timedelta(days=14), source_ref="ärenden.csv:5", waiting=0),
        _row(topic="cases", reason="clock", field="time", events=1, newest_at=NOW, partition=0,
             offset=2, retry_until=NOW, source_ref="", waiting=1),
    ],
    reconciled=[
        _row(topic="cases", partition=0, seen=1200, archived=1100, duplicates=90, refused=10, difference=0,
             broken_at=0),
        _row(topic="hours", partition=1, seen=5, archived=5, duplicates=0, refused=0, difference=1,
             broken_at=7),
    ],
    flaws=[_row(municipality="9999", flaw="closed_before_opened", cases=2)],
    conflicts=[_row(municipality="9999", kind="staff_day", entities=3)],
    figures=[_row(municipality="9999", metric="inflow", audience="public", known_at=NOW, as_of=NOW,
                  historical=0,
                  state="held", reason="not_negative")],
    screens=[
        _row(screen="skarm-1", page="/9999/lobby", seen_at=NOW, data_at=NOW, rotated_at=NOW),
        _row(screen="skarm-2", page="/9999/lobby", seen_at=NOW - timedelta(hours=1), data_at=None,
             rotated_at=None),
        _row(screen="skarm-3", page="/9999/lobby", seen_at=NOW, data_at=NOW,
             rotated_at=NOW - timedelta(hours=1)),
    ],
    proofs=[
        _row(what="verification", at=NOW - timedelta(days=2), rows=3, others=1),
        _row(what="backup", at=NOW - timedelta(days=2), rows=1_200, others=7),
        _row(what="drill", at=NOW - timedelta(days=40), rows=1_200, others=7),
    ],
    processes=[_row(name="worker", state="running", pid=17, resident_mb=210.4, restarts=1)],
)  # fmt: skip


def test_the_engineer_sees_every_part_and_the_command_that_shows_more() -> None:
    shown = _text(content(FULL))
    for words in (
        "Två innehåll för samma version", "staff_day",
        "Se över Inflöde", "tyst, gränsen är 15 minuter", "avslutad, historisk", "Personuppgift i händelsen",
        "cases/0/17", "Avslutat innan det öppnades", "kontrolleras: not_negative", "har slutat byta sida",
        "hörs inte", "byter inte", "cases 0 1 284 1 200 84", "3 rader och 1 siffror skiljer sig",
        "Säkerhetskopia för 2 dygn sedan äldre än 36 timmar",
        "Prov av återläsning för 40 dygn sedan 1 200 rader i 7 segment", "Fråga verksamheten", "nytt",
        "kvitterat för 5 minuter sedan", "ärenden.csv:5", "rättas bara i källan", "tiden är ute",
        "H2 Del av dygnet då källan hördes 0780 Växjö · treserva 0,875 andel minst 0,990 andel",
        "0,990 andel utanför gränsen Be källan sända igen",
        "hela navet saknas högst 0 skillnader saknas", "lästes för 9 minuter sedan, gäller inte längre",
        "Källan x har tystnat upphörde för 2 timmar sedan, av navet",
        "avskriven hör inte hit, A-7 Kommando på",
        "togs emot – Dataingenjör för 6 timmar sedan",
        "cases 0 1 200 1 100 90 10 går ihop", "går inte ihop från offset 7",
    ):  # fmt: skip
        assert words in shown
    assert len(re.findall(r"<code>\./puls ", content(FULL))) == 6 + 14


def test_the_engineer_sees_real_municipalities_apart_from_the_others_and_what_those_are() -> None:
    sources = content(FULL).partition("<h2>Källor</h2>")[2].partition("</section>")[0]
    shown = _text(sources)
    assert (
        shown.index("Kommuner")
        < shown.index("0780 Växjö")
        < shown.index("Övningskommuner och öppna data från utlandet")
        < shown.index("9999 Mittköping · påhittade uppgifter")
        < shown.index("9901 Boston 2015 · öppna data från utlandet")
    )
    real, other = sources.split("<tbody>")[1:]
    assert "0780" in real and "99" not in _text(real).replace("0780", "")
    assert "0780" not in other


def test_every_table_with_municipalities_says_what_each_of_them_is() -> None:
    shown = content(FULL)
    for title in ("Källor", "Brister efter slag", "Siffrornas ålder", "Väggskärmar"):
        table = _text(shown.partition(f"<h2>{title}</h2>")[2].partition("</section>")[0])
        assert "Mittköping · påhittade uppgifter" in table, title


def test_counts_of_real_municipalities_hold_no_made_up_case() -> None:
    mixed = replace(
        FULL,
        flaws=[_row(municipality="9999", flaw="opened_implicitly", cases=198),
               _row(municipality="0780", flaw="opened_implicitly", cases=2)],
    )  # fmt: skip
    card = _text(content(mixed)).partition("Ärenden med brister")
    assert card[0].endswith(" 2 ")
    assert card[2].startswith(" samt 198 i övningskommuner och öppna data")
    only = replace(FULL, flaws=[_row(municipality="9999", flaw="opened_implicitly", cases=198)], producers=[])
    assert _text(content(only)).partition("Ärenden med brister")[0].endswith(" 0 ")


def test_a_part_that_does_not_answer_is_named_and_hides_no_other() -> None:
    shown = _text(content(Health(NOW, flaws=FULL.flaws, failed=("Ingen Kafka svarar",))))
    assert "Svarar inte: Ingen Kafka svarar" in shown
    assert "Avslutat innan det öppnades" in shown
    assert "saknas Händelser som väntar" in shown


def test_nothing_found_is_not_the_same_as_not_known() -> None:
    assert "Inget att visa" in _text(content(Health(NOW, alarms=[])))
    assert "Inget att visa" not in _text(content(Health(NOW)))


def test_every_command_that_the_engineer_is_pointed_to_exists() -> None:
    known = {
        command.name or command.callback.__name__
        for command in cli.app.registered_commands
        if command.callback
    }
    known |= {group.name for group in cli.app.registered_groups if isinstance(group.name, str)}
    pointed = re.findall(r"<code>\./puls (\w+)(?: (\w+))?", content(FULL))
    assert {command for command, _ in pointed} <= known
    metrics = {metric for command, metric in pointed if command == "figures"}
    assert metrics
    assert metrics <= contracts.load().keys()


def test_how_far_figures_moved_is_told_in_per_cent_beside_the_limit_that_the_municipality_has_set() -> None:
    rows = [
        _row(period="month", after_days=7, n=24, median=0.0, p90=0.034, max=0.5, settled_after_days=30,
             preliminary_days=14),
        _row(period="month", after_days=30, n=12, median=0.01, p90=0.05, max=1.0, settled_after_days=None,
             preliminary_days=14),
    ]  # fmt: skip
    shown = _text(moved(rows, NOW))
    assert "månad 7 24 0 % 3,4 % 50 % 30 14" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "månad 30 12 1 % 5 % 100 % – 14" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "Inget att visa" in _text(moved([], NOW))
