from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from producers.produce import alive
from producers.run import Refused
from producers.source import load
from schemas.calendar import midnight
from schemas.codec import content_hash
from schemas.envelope import Event
from schemas.hours import VisitCancelled, VisitPerformed
from schemas.reference import ProducerAlive
from tests.producers.making import DATA, KEY, run

EXTRACT = DATA / "sffd_visits_extract.csv"
ZONE = ZoneInfo("America/Los_Angeles")
HEADING = EXTRACT.read_text(encoding="utf-8").splitlines()[0]
ROW = (
    "200980004-E16,ENGINE,Medical Incident,Non Life-threatening,B04,04/07/2020 12:01:25 AM,"
    "04/07/2020 12:08:42 AM,04/07/2020 12:11:05 AM,04/07/2020 12:12:44 AM,,,04/07/2020 12:23:31 AM,Other"
)


def told(folder: Path, *rows: str) -> tuple[list[Event], list[Refused]]:
    """Events and refusals of these rows."""
    path = folder / "visits.csv"
    path.write_text("\n".join((HEADING, *rows, "")), encoding="utf-8")
    return run("sffd_visits", path, "9906")


def performed(made: Iterable[Event]) -> list[VisitPerformed]:
    """Every visit that took place."""
    return [event.data for event in made if isinstance(event.data, VisitPerformed)]


def lasting(visits: Iterable[VisitPerformed]) -> list[tuple[datetime, datetime]]:
    """Start and stop of those that have both, in that order: no other visit is in a sum of hours."""
    return [(one.start_at, one.stop_at) for one in visits if one.stop_at and one.start_at < one.stop_at]


def hours_within(visits: Iterable[VisitPerformed], day: date) -> float:
    """What falls inside the local day."""
    since, until = midnight(day, ZONE), midnight(day + timedelta(days=1), ZONE)
    cut = (min(stop, until) - max(start, since) for start, stop in lasting(visits))
    return sum(span.total_seconds() for span in cut if span > timedelta()) / 3_600


def hours_of_starts(visits: Iterable[VisitPerformed], day: date | None = None) -> float:
    """Hours of the visits that began on the local day; of all where none is said."""
    spans = lasting(visits)
    return sum((b - a).total_seconds() for a, b in spans if day in (None, a.astimezone(ZONE).date())) / 3_600


def in_the_file() -> list[dict[str, str]]:
    with EXTRACT.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(text: str) -> datetime:
    return datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p")


def test_every_row_is_a_visit_a_cancelled_one_or_refused() -> None:
    made, refused = run("sffd_visits", EXTRACT, "9906")
    assert Counter(type(event.data) for event in made) == {VisitPerformed: 195, VisitCancelled: 65}
    assert len({event.subject for event in made}) == len({event.id for event in made}) == 260
    assert len(made) + len(refused) == len(in_the_file())


def test_who_took_somebody_away_and_has_no_arrival_is_refused_with_its_column() -> None:
    rows = in_the_file()
    _, refused = run("sffd_visits", EXTRACT, "9906")
    odd = [n for n, row in enumerate(rows, 2) if row["Transport DtTm"] and not row["On Scene DtTm"]]
    assert [(one.line, one.column, one.reason) for one in refused] == [
        (line, "On Scene DtTm", "bad_time") for line in odd
    ]
    assert len(odd) == 3


def test_a_visit_says_when_where_what_for_and_by_whom(tmp_path: Path) -> None:
    (event,), _ = told(tmp_path, ROW)
    assert event.data == VisitPerformed(
        start_at=datetime(2020, 4, 7, 7, 12, 44, tzinfo=UTC),
        stop_at=datetime(2020, 4, 7, 7, 23, 31, tzinfo=UTC),
        unit="B04", service="non-life-threatening", purpose="medical-incident", regi="in_house",
        channel="on_site",
    )  # fmt: skip
    assert (event.time, event.historical) == (event.data.start_at, True)
    assert event.subject == f"9906/visit/{KEY.of('visit', '200980004-E16')}"


def test_an_ambulance_of_a_company_is_contracted(tmp_path: Path) -> None:
    (event,), _ = told(tmp_path, ROW.replace("ENGINE", "PRIVATE"))
    assert event.data.regi == "contracted"


def test_hours_of_a_day_and_of_its_starts_are_what_plain_python_counts_in_the_file() -> None:
    spans = [(read(row["On Scene DtTm"]), read(row["Available DtTm"])) for row in in_the_file()
             if row["On Scene DtTm"] and row["Available DtTm"]]  # fmt: skip
    spans = [(start, stop) for start, stop in spans if start < stop]
    visits = performed(run("sffd_visits", EXTRACT, "9906")[0])
    assert len(lasting(visits)) == len(spans) == 195 - 3
    for day in range(7, 22):
        since, until = datetime(2020, 4, day), datetime(2020, 4, day + 1)
        within = sum((max(min(b, until) - max(a, since), timedelta()) for a, b in spans), timedelta())
        begun = sum((b - a for a, b in spans if a.date() == since.date()), timedelta())
        assert round(hours_within(visits, since.date()), 6) == round(within.total_seconds() / 3_600, 6)
        assert round(hours_of_starts(visits, since.date()), 6) == round(begun.total_seconds() / 3_600, 6)


def test_a_visit_without_end_and_one_that_ends_before_it_starts_are_told_as_they_are() -> None:
    visits = performed(run("sffd_visits", EXTRACT, "9906")[0])
    assert sum(one.stop_at is None for one in visits) == 2
    assert [one.start_at for one in visits if one.stop_at and one.stop_at < one.start_at] == [
        datetime(2020, 4, 12, 1, 58, 8, tzinfo=UTC)
    ]


def test_a_unit_that_never_came_was_called_off_before_it_left_or_on_its_way() -> None:
    facts = [event.data for event in run("sffd_visits", EXTRACT, "9906")[0]]
    reasons = Counter(fact.reason for fact in facts if isinstance(fact, VisitCancelled))
    left = Counter(bool(row["Response DtTm"]) for row in in_the_file()
                   if not row["On Scene DtTm"] and not row["Transport DtTm"])  # fmt: skip
    assert reasons == {"on-the-way": left[True], "before-leaving": left[False]}


def test_a_time_that_occurs_twice_marks_the_visit_whether_it_starts_or_ends_it(tmp_path: Path) -> None:
    once, twice, later = (f"11/01/2020 {clock}:00 AM" for clock in ("12:30", "01:30", "04:00"))
    spans = ((once, twice), (twice, later), (once, later))
    rows = [f"{n},ENGINE,Alarms,Alarm,B01,,,,{a},,,{b},Fire" for n, (a, b) in enumerate(spans)]
    made, _ = told(tmp_path, *rows)
    assert [event.flaws for event in made] == [("ambiguous_time",), ("ambiguous_time",), ()]


def test_the_same_file_again_tells_nothing_new_and_a_mended_end_is_one_correction(tmp_path: Path) -> None:
    assert run("sffd_visits", EXTRACT, "9906") == run("sffd_visits", EXTRACT, "9906")
    (before,), _ = told(tmp_path, ROW)
    (after,), _ = told(tmp_path, ROW.replace("12:23:31", "12:25:00"))
    assert before.id == after.id and content_hash(before) != content_hash(after)


def test_its_sign_of_life_is_a_closed_imports() -> None:
    until = datetime(2020, 4, 21, 8, tzinfo=UTC)
    made = alive(load("sffd_visits"), "9906", until, until)
    assert made.event.data == ProducerAlive("hours", until, historical=True, max_age_s=900)


def test_no_number_of_a_call_leaves_the_source() -> None:
    numbers = {row["RowID"] for row in in_the_file()} | {row["RowID"][:9] for row in in_the_file()}
    sent = "".join(str(event) for event in run("sffd_visits", EXTRACT, "9906")[0])
    assert len(numbers) > 263
    assert not any(number in sent for number in numbers)
