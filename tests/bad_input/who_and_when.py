"""Bad input of the groups identity and time."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec.structs import replace

from schemas import assistance as a
from schemas import cases as c
from schemas import governance as g
from schemas import hours as h
from schemas import placements as p
from schemas import staffing as s
from schemas.envelope import Event
from tests.bad_input.fixtures import (
    CODE,
    File,
    Fixture,
    Flawed,
    NotRead,
    Refused,
    Taken,
    Watched,
    message,
    placed,
    told,
)
from tests.caring import clock, visit
from tests.placing import ended, priced, started
from tests.telling import at, tell

HEAD: Final = "Kommun;Händelse;Nr;Enhet;Start;Slut;Belopp\n"
LIST: Final = (
    "Ärende;Inskriven;Utskriven;Aktör;Vårdform;Huvudorsak;Avslutsorsak;Lagrum;Dygnspris;Avtal t.o.m.\n"
)
GOOD: Final = "SN 2026-1;2026-03-02;;B112;HVB-hem;Omsorgssvikt;;SoL;6 450 kr;2026-09-01\n"


def row(
    event: str, start: str, stop: str = "", amount: str = "", unit: str = "vuxen", number: str = "1"
) -> File:
    """A file of one row."""
    return File(f"{HEAD}{CODE};{event};{number};{unit};{start};{stop};{amount}\n")


def listed(**changed: str) -> File:
    """Listan with one row, saved as text."""
    cells = dict(zip(LIST.strip().split(";"), GOOD.strip().split(";"), strict=True))
    cells |= {name.replace("_", " "): value for name, value in changed.items()}
    return File(LIST + ";".join(cells.values()) + "\n", "listan")


NUMBERS: Final = {
    "personal number of ten digits": "1212121212",
    "personal number of twelve digits": "191212121212",
    "personal number with -": "19121212-1212",
    "personal number with +": "121212+1212",
    "coordination number": "121272-1219",
    "in a URL": "https://intra.example/akt/191212121212?flik=2",
    "in a log line": "2026-03-02 08:00:01 INFO sparade 19121212-1212 på 12 ms",
    "in source_ref": "treserva:19121212-1212",
}


def _identity() -> list[Fixture]:
    found: list[Fixture] = []
    for case, text in NUMBERS.items():
        secret = (text, "1212")
        field = "source_ref" if case == "in source_ref" else "unit"
        at_field = "$.data" if case == "in source_ref" else "$.data.unit"
        found += [
            Fixture(case, message(c.ReportReceived, {field: text}), Refused("identity", at_field), secret),
            Fixture(case, row("öppnat", "2026-03-02 08:00", unit=text), Refused("identity", "Enhet"), secret),
        ]
    return found


IDENTITY: Final = (
    *_identity(),
    Fixture("personal number of twelve digits", message(c.CaseClosed, subject=f"{CODE}/case/191212121212"),
            Refused("identity", "$.subject"), ("191212121212",)),
    Fixture("personal number of twelve digits", listed(Ärende="191212121212"),
            Refused("identity", "Ärende"), ("191212121212",)),
    Fixture("in free text", message(g.NoteAdded, {"text": "Gäller Anna, 1912 12 12 - 1212"}),
            Refused("identity", "$.data.text"), ("Anna", "1212")),
    Fixture("in free text", message(g.NoteAdded, {"text": "Ring 070-123 45 67"}),
            Refused("identity", "$.data.text"), ("070",)),
    Fixture("in source_ref", message(c.CaseClosed, source_ref="anna.berg@example.se"),
            Refused("identity", "$"), ("anna.berg",)),
    Fixture("in a file name", File(HEAD, name="uttag_19121212-1212.csv"),
            NotRead("Filens namn innehåller en identitetsuppgift"), ("1212",)),
    *(Fixture("in a file name",
              File([heads.strip().split(";"), ["x"]], source, "fil.xlsx", sheet="pnr 191212121212"),
              NotRead("Ett blads namn innehåller en identitetsuppgift"), ("1212",))
      for source, heads in (("besok", HEAD), ("listan", LIST))),
    Fixture("in a URL", message(c.CaseClosed, source="https://intra.example/?pnr=19121212%2D1212"),
            Refused("identity", "$.source"), ("1212", "intra")),
    Fixture("names and addresses in a reason field",
            message(c.CaseClosed, reason="Anna Berg, Storgatan 1"), Refused("bad_value", "$.reason"),
            ("Anna", "Storgatan")),
    Fixture("names and addresses in a reason field",
            message(p.PlacementEnded, {"reason": "Flyttade till Anna på Storgatan 1"}),
            Refused("bad_value", "$.data.reason"), ("Anna", "Storgatan")),
    Fixture("names and addresses in a reason field",
            told(placed("named reason", started("2026-03-02"), "2026-03-02"),
                  placed("named reason", priced("2026-03-02", 5000), "2026-03-02"),
                  placed("named reason", ended("2026-03-09", "anna-berg-storgatan-1"), "2026-03-09")),
            Watched("placement_lists_are_kept")),
    Fixture("names and addresses in a reason field",
            listed(Utskriven="2026-04-01", Avslutsorsak="Flyttade till Anna på Storgatan 1"),
            Refused("bad_value", "Avslutsorsak"), ("Anna", "Storgatan")),
    Fixture("coded provider name in clear", message(p.PlacementStarted, {"provider": "Solbackens HVB AB"}),
            Refused("bad_value", "$.data.provider"), ("Solbacken",)),
    Fixture("coded provider name in clear",
            told(placed("named provider", started("2026-03-02", "Björkhaga"), "2026-03-02")),
            Watched("providers_are_codes")),
    Fixture("coded provider name in clear", listed(Aktör="Solbackens HVB AB"),
            Taken(), ("Solbacken", "HVB AB")),
)  # fmt: skip


def leaping() -> list[Event]:
    """A placement from 29 February on."""
    facts = (started("2024-02-29"), priced("2024-02-29", 5000))
    return [placed("leap", fact, "2024-02-29") for fact in facts]


TIME: Final = (
    Fixture("end before start",
            told(visit("backwards", CODE, "2026-03-02 09:00", "2026-03-02 08:00")),
            Flawed("stopped_before_started")),
    Fixture("end before start",
            told(placed("backwards", started("2026-03-09"), "2026-03-09"),
                  placed("backwards", ended("2026-03-02"), "2026-03-10")),
            Flawed("ended_before_started")),
    Fixture("end before start", row("besök", "2026-03-02 09:00", "2026-03-02 08:00", number="backwards"),
            Flawed("stopped_before_started")),
    Fixture("end before start", listed(Utskriven="2026-03-01"), Refused("bad_time", "Utskriven")),
    Fixture("start in the future", message(h.VisitPerformed, {"start_at": "2031-03-02T08:00:00Z"}),
            Refused("future_time", "$.data.start_at")),
    Fixture("start in the future", message(p.PlacementStarted, {"on": "2031-03-02"}),
            Refused("future_time", "$.data.on")),
    Fixture("start in the future", message(s.TimeWorked, {"on": "2031-03-02"}),
            Refused("future_time", "$.data.on")),
    Fixture("start in the future", message(c.CaseClosed, time="2031-03-02T08:00:00Z"),
            Refused("future_time", "$.time")),
    Fixture("start in the future", row("besök", "2031-03-02 08:00"), Refused("future_time", "Start")),
    Fixture("start in the future", listed(Inskriven="2031-03-02"), Refused("future_time", "Inskriven")),
    Fixture("visit over 24 h", told(visit("long", CODE, "2026-03-02 08:00", "2026-03-03 09:00")),
            Flawed("visit_over_24_hours")),
    Fixture("visit over 24 h", row("besök", "2026-03-02 08:00", "2026-03-03 09:00", number="long"),
            Flawed("visit_over_24_hours")),
    Fixture("visit over midnight", told(visit("night", CODE, "2026-03-02 23:30", "2026-03-03 00:30")),
            Taken()),
    Fixture("visit over midnight", row("besök", "2026-03-02 23:30", "2026-03-03 00:30", number="night"),
            Taken()),
    Fixture("missing stop", told(visit("no stop", CODE, "2026-03-02 08:00", None)), Flawed("stop_missing")),
    Fixture("missing stop", row("besök", "2026-03-02 08:00", number="no stop"), Flawed("stop_missing")),
    Fixture("02:30 twice", row("besök", "2026-10-25 02:30", "2026-10-25 03:30", number="twice"),
            Flawed("ambiguous_time")),
    Fixture("02:30 twice",
            told(replace(visit("told twice", CODE, clock("2026-10-25 02:30", 1), "2026-10-25 03:30"),
                          flaws=("ambiguous_time",)),),
            Flawed("ambiguous_time")),
    Fixture("02:30 never", row("besök", "2026-03-29 02:30", "2026-03-29 03:30"),
            Refused("nonexistent_time", "Start")),
    Fixture("02:30 never", message(c.CaseClosed, time="2026-03-29T02:30:00"), Refused("bad_time", "$.time")),
    Fixture("local time without zone", message(c.CaseClosed, time="2026-03-02T08:00:00"),
            Refused("bad_time", "$.time")),
    Fixture("local time without zone", message(h.VisitPerformed, {"start_at": "2026-03-02 08:00"}),
            Refused("bad_time", "$.data.start_at")),
    Fixture("local time without zone", row("öppnat", "2026-03-02 08:00", number="local"), Taken()),
    Fixture("29 February", message(p.PlacementStarted, {"on": "2026-02-29"}),
            Refused("bad_time", "$.data.on")),
    Fixture("29 February", row("öppnat", "2026-02-29 08:00"), Refused("bad_time", "Start")),
    Fixture("29 February", listed(Inskriven="29/2 2024"), Taken({"from_on": date(2024, 2, 29)})),
    Fixture("29 February", told(*leaping()), Taken()),
    Fixture("period over six months for fk_beslut",
            told(placed("half a year and a day", a.AssistanceDecided(
                from_on=date(2026, 1, 1), until_on=date(2026, 7, 2), hours=900, unit="assistans-ost"),
                "2026-01-02")),
            Flawed("period_over_six_months")),
    Fixture("deadline on a weekend",
            told(tell("weekend", c.ReportReceived(unit="vuxen", target_at=at(5)), at(0))), Taken()),
)  # fmt: skip
