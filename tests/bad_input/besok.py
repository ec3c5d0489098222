"""A source as a municipality would write one: a row per thing that happened, named in the second column."""

from __future__ import annotations

from collections.abc import Iterator

from producers.rows import Row
from producers.source import Said
from schemas.cases import CaseClosed, ReportReceived
from schemas.hours import HoursReported, VisitPerformed
from schemas.reference import HourlyRateSet

TIME = "%Y-%m-%d %H:%M"
DOMAIN = "hours"
TOPIC = "hours"
MUNICIPALITY_COLUMN = "Kommun"
COLUMNS = ("Kommun", "Händelse", "Nr", "Enhet", "Start", "Slut", "Belopp")


def events(row: Row) -> Iterator[Said]:
    """What the row's first words say."""
    start, number = row.time("Start"), row["Nr"]
    match row["Händelse"]:
        case "besök":
            stop = row.time("Slut").utc if row["Slut"] else None
            yield Said(
                VisitPerformed(start_at=start.utc, stop_at=stop, unit=row.unit("Enhet")), number, start
            )
        case "utfört":
            days, hours = (row.day("Start"), row.day("Slut")), row.number_in("Belopp")
            yield Said(
                HoursReported(from_on=days[0], until_on=days[1], hours=hours, unit=row.unit("Enhet")),
                number,
                start,
            )
        case "timbelopp":
            rate = HourlyRateSet(from_on=row.day("Start"), rate_kr=row.number_in("Belopp"))
            yield Said(rate, number, start)
        case "avslutat":
            yield Said(CaseClosed(), number, start)
        case _:
            yield Said(ReportReceived(unit=row.unit("Enhet")), number, start)
