from __future__ import annotations

import csv
from collections import Counter

from schemas.cases import CaseClosed, CaseRegistered, Opening, ReportReceived
from tests.producers.making import DATA, balance, events, fold

EXTRACT = DATA / "boston311_extract.csv"


def test_every_case_is_opened_once_and_closed_where_it_says_so() -> None:
    kinds = Counter(type(event.data) for event in events("boston311", EXTRACT))
    assert kinds == {ReportReceived: 160, CaseRegistered: 62, CaseClosed: 222 - 38}


def test_balances_at_local_midnight_are_those_counted_from_the_rows() -> None:
    cases = fold(events("boston311", EXTRACT))
    midnights = ("2015-04-01T00:00-04:00", "2015-07-01T00:00-04:00", "2016-01-01T00:00-05:00")
    assert [balance(cases, at) for at in midnights] == [42, 39, 39]


def test_the_odd_rows_arrive_as_they_are() -> None:
    cases = fold(events("boston311", EXTRACT)).values()
    assert sum(c.closed is not None and c.opened is not None and c.closed < c.opened for c in cases) == 8
    assert sum(c.closed == c.opened for c in cases) == 8
    assert sum("ambiguous_time" in c.flaws for c in cases) == 1
    assert sum(c.closed is None for c in cases) == 38


def test_a_case_closed_in_the_second_of_its_opening_closes_after_it_opens() -> None:
    same = [case for case in fold(events("boston311", EXTRACT)).values() if case.closed == case.opened]
    assert same and not any(case.after_close for case in same)


def test_unit_and_kind_of_matter_are_codes() -> None:
    facts = [event.data for event in events("boston311", EXTRACT) if isinstance(event.data, Opening)]
    assert "No_Q" in {fact.unit for fact in facts}
    assert "sidewalk-repair-make-safe" in {fact.case_type for fact in facts}


def test_no_number_of_a_case_leaves_the_source() -> None:
    numbers = {line.split(",")[0] for line in EXTRACT.read_text().splitlines()[1:]}
    sent = "".join(str(event) for event in events("boston311", EXTRACT))
    assert len(numbers) == 222
    assert not any(number in sent for number in numbers)


def test_the_citys_verdict_is_told_of_closed_cases_with_a_deadline_alone() -> None:
    with EXTRACT.open(newline="") as file:
        rows = list(csv.DictReader(file))
    counted = Counter(row["OnTime_Status"] for row in rows if row["CLOSED_DT"] and row["TARGET_DT"])
    facts = [event.data for event in events("boston311", EXTRACT) if isinstance(event.data, CaseClosed)]
    verdicts = Counter(fact.source_in_time for fact in facts)
    assert (verdicts[True], verdicts[False]) == (counted["ONTIME"], counted["OVERDUE"])
    assert counted["ONTIME"] and counted["OVERDUE"]
