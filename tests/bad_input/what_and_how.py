"""Bad input of the groups numbers, codes and form."""

from __future__ import annotations

from datetime import date
from typing import Final

from schemas import assistance as a
from schemas import cases as c
from schemas import governance as g
from schemas import hours as h
from schemas import placements as p
from schemas import reference as r
from tests.bad_input.fixtures import (
    File,
    Fixture,
    Flawed,
    Message,
    Noticed,
    Refused,
    Remarked,
    Taken,
    Told,
    Watched,
    message,
    placed,
    told,
)
from tests.bad_input.who_and_when import HEAD, listed, row
from tests.placing import priced, started
from tests.telling import at, tell


def target(name: str, value: float) -> Told:
    """A target of a share."""
    fact = g.TargetSet(
        metric="performed_to_granted_share", value=value, direction="at_least", from_on=date(2026, 1, 1),
        owner="director", decision="SN 2025-12-11 § 112",
    )  # fmt: skip
    return told(placed(name, fact, "2026-01-01"))


def paid(name: str, *prices: tuple[str, float]) -> Told:
    """A placement with its prices, in the order in which they are told."""
    events = [placed(name, started("2026-03-02"), "2026-03-02")]
    for number, (on, price) in enumerate(prices):
        events.append(placed(name, priced(on, price), f"2026-03-{3 + number:02}", what=f"price {number}"))
    return told(*events)


NUMBERS: Final = (
    Fixture("347,70 and 347.70", message(a.AssistanceRateSet, {"rate_kr": "347,70"}),
            Refused("wrong_type", "$.data.rate_kr"), ("347,70",)),
    Fixture("347,70 and 347.70", message(a.AssistanceRateSet, {"rate_kr": 347.70}),
            Taken({"rate_kr": 347.7})),
    Fixture("347,70 and 347.70", row("timbelopp", "2026-03-02 08:00", amount="347,70", number="comma"),
            Taken({"rate_kr": 347.7})),
    Fixture("347,70 and 347.70", row("timbelopp", "2026-03-02 08:00", amount="347.70", number="point"),
            Taken({"rate_kr": 347.7})),
    Fixture("1 284 with a space",
            row("utfört", "2026-03-01 00:00", "2026-04-01 00:00", "1 284", number="blank"),
            Taken({"hours": 1284.0})),
    Fixture("1 284 with a space", message(h.HoursGranted, {"hours": "1 284"}),
            Refused("wrong_type", "$.data.hours"), ("284",)),
    Fixture("1 284 with a no-break space",
            row("utfört", "2026-03-01 00:00", "2026-04-01 00:00", "1\u00a0284", number="no-break"),
            Taken({"hours": 1284.0})),
    Fixture("1 284 with a no-break space", message(h.HoursGranted, {"hours": "1\u00a0284"}),
            Refused("wrong_type", "$.data.hours"), ("284",)),
    Fixture("negative hours", message(h.HoursGranted, {"hours": -1}), Refused("bad_value", "$.data.hours")),
    Fixture("negative hours", message(h.HoursReported, {"hours": -0.5}),
            Refused("bad_value", "$.data.hours")),
    Fixture("negative hours", row("utfört", "2026-03-01 00:00", "2026-04-01 00:00", "-3"),
            Refused("bad_value", "Belopp")),
    Fixture("price 0", paid("free", ("2026-03-02", 0)), Flawed("price_zero")),
    Fixture("price 0", listed(Dygnspris="0"), Remarked("Dygnspris")),
    Fixture("price changed backwards", paid("dearer-before", ("2026-03-02", 6000), ("2026-02-01", 6500)),
            Flawed("price_set_backwards")),
    Fixture("percent as 0.92 and as 92", target("as-share", 0.92), Taken()),
    Fixture("percent as 0.92 and as 92", target("as-hundred", 92), Flawed("percent_as_hundred")),
    Fixture("percent as 0.92 and as 92", message(r.HourlyRateSet, {"most_raised": 12}),
            Refused("bad_value", "$.data.most_raised")),
    Fixture("thousands of kr given as kr", paid("thousands", ("2026-03-02", 6.45)), Flawed("price_unlikely")),
    Fixture("thousands of kr given as kr", listed(Dygnspris="6,45"), Refused("bad_value", "Dygnspris")),
)  # fmt: skip


def opened(name: str, unit: str) -> Told:
    """A case of that unit."""
    return told(tell(name, c.ReportReceived(unit=unit), at(0)))


CODES: Final = (
    Fixture("780 for 0780", message(c.CaseClosed, kommunkod="780"), Refused("bad_value", "$.kommunkod")),
    Fixture("780 for 0780", message(c.CaseClosed, kommunkod=780), Refused("wrong_type", "$.kommunkod")),
    Fixture("780 for 0780", message(c.CaseClosed, kommunkod="0779", subject=f"0779/case/k1.{'A' * 43}"),
            Refused("unknown_municipality", "$.kommunkod")),
    Fixture("780 for 0780", File(f"{HEAD}780;öppnat;1;Norr;2026-03-02 08:00;;\n"),
            Refused("unknown_municipality", "Kommun")),
    Fixture("unknown unit", opened("unknown-unit", "nowhere"), Watched("units_are_known"),
            counts="The case is open; its unit is shown by its code"),
    Fixture("unknown unit",
            row("öppnat", "2026-03-02 08:00", unit="Enheten för ekonomiskt bistånd, omsorg och stöd"),
            Refused("bad_value", "Enhet"), ("omsorg",)),
    Fixture("old unit after reorganisation", opened("old-unit", "barn-och-familj"),
            Watched("units_are_known"),
            counts="The case is open; its unit is shown by its code"),
    Fixture("free text for huvudorsak", message(p.PlacementStarted, {"main_cause": "Bråk hemma med Kalle"}),
            Refused("bad_value", "$.data.main_cause"), ("Kalle",)),
    Fixture("free text for huvudorsak", listed(Huvudorsak="Bråk hemma med Kalle"),
            Refused("bad_value", "Huvudorsak"), ("Kalle",)),
    Fixture("unknown vårdform",
            told(placed("villa", started("2026-03-02", care_form="villa"), "2026-03-02")),
            Watched("placement_lists_are_kept")),
    Fixture("unknown vårdform", message(p.PlacementStarted, {"care_form": "Villa Solbo"}),
            Refused("bad_value", "$.data.care_form"), ("Solbo",)),
    Fixture("unknown vårdform", listed(Vårdform="Villa Solbo"), Refused("bad_value", "Vårdform"), ("Solbo",)),
    Fixture("law chapter of the old act", message(c.ReportReceived, {"law": "SoL (2001:453) 4 kap. 1 §"}),
            Refused("bad_value", "$.data.law")),
    Fixture("law chapter of the old act", listed(Lagrum="4 kap. 1 § 2001:453"),
            Refused("bad_value", "Lagrum")),
    Fixture("law chapter of the old act", listed(Lagrum="SoL 4 kap 1 §"), Remarked("Lagrum")),
)  # fmt: skip

CUT: Final = message(c.ReportReceived).raw[:-20]
FORM: Final = (
    Fixture("unknown schema version", message(c.CaseClosed, type="se.kommunpuls.case.closed.v9"),
            Refused("unknown_type", "$.type")),
    Fixture("extra field", message(c.ReportReceived, {"kommentar_om_kalle": "x"}),
            Refused("unknown_field", "$.data"),
            ("kalle",)),
    Fixture("extra field",
            message(c.ReportReceived, extra={"x - at `$.kalle": 1}), Refused("unknown_field", "$"),
            ("kalle",)),
    Fixture("extra field", File('{"Kommun": "9999", "Händelse": "öppnat", "Nr": "extra", "Enhet": "Norr", '
                                '"Start": "2026-03-02 08:00", "Namn": "Kalle"}\n', name="fil.jsonl"), Taken(),
            ("Kalle",)),
    Fixture("missing field", message(c.ReportReceived, drop="unit"), Refused("missing_field", "$.data.unit")),
    Fixture("missing field", listed(Inskriven=""), Refused("missing_field", "Inskriven")),
    Fixture("missing field", File("Kommun;Händelse;Nr;Enhet\n9999;öppnat;1;Norr\n"),
            Refused("missing_column", "Start, Slut, Belopp", 0)),
    Fixture("UTF-8 read as Latin-1", row("öppnat", "2026-03-02 08:00", unit="HÃ¶gdalen", number="latin"),
            Noticed("UTF-8 har lästs som Latin-1", "UTF-8 was read as Latin-1")),
    Fixture("UTF-8 read as Latin-1", message(c.ReportReceived, {"unit": "HÃ¶gdalen"}),
            Refused("bad_value", "$.data.unit")),
    Fixture("empty file", File(b""), Refused("no_rows", "", 0)),
    Fixture("empty file", File(HEAD), Noticed("Filen gav inga händelser", "The file made no events")),
    Fixture("empty file", Message(b"", "cases"), Refused("not_json", "$")),
    Fixture("truncated JSON", Message(CUT, "cases"), Refused("not_json", "$")),
    Fixture("truncated JSON", File(b'{"Kommun": "9999", "H', name="fil.jsonl"), Refused("not_json", "", 1)),
    Fixture("Excel date number", message(p.PlacementStarted, {"on": 46083}),
            Refused("bad_time", "$.data.on")),
    Fixture("Excel date number", row("öppnat", "46083,3333"), Refused("bad_time", "Start")),
    Fixture("Excel date number", listed(Inskriven="46083"), Taken({"from_on": date(2026, 3, 2)})),
    Fixture("merged cells in Listan",
            File([["Ärende", "Inskriven", "Aktör", "Dygnspris"], ["SN 1", "2026-03-02", "B112", 6450],
                  ["SN 2", "2026-03-03", None, 6450]],
                 "listan", "fil.xlsx", "C2:C3"),
            Taken({"provider": "B112"})),
)  # fmt: skip
