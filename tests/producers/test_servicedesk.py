from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from schemas.cases import (
    ApplicationReceived,
    CaseAssigned,
    CaseClosed,
    CaseRegistered,
    Decided,
    Opening,
    ReportReceived,
)
from schemas.codec import content_hash
from schemas.envelope import Event
from tests.producers.making import DATA, KEY, balance, events, fold

FORM = DATA / "servicedesk_form.csv"


def history(number: str) -> list[Event]:
    """A case's events in the order that the hub folds them."""
    subject = f"9902/case/{KEY.of('case', number)}"
    mine = [event for event in events("servicedesk", FORM, "9902") if event.subject == subject]
    return sorted(mine, key=lambda event: (event.time, event.sequence, event.recordedtime, event.id))


def test_cases_are_open_from_opening_to_closing() -> None:
    cases = fold(events("servicedesk", FORM, "9902"))
    days = (
        "2016-03-01T08:00",
        "2016-03-03T10:00",
        "2016-03-05T00:00",
        "2016-03-10T09:00",
        "2016-03-25T09:00",
    )
    assert [balance(cases, day) for day in days] == [1, 3, 7, 2, 0]


def test_transfers_that_tie_in_one_minute_keep_the_order_of_the_file() -> None:
    case = fold(history("INC9000002")).popitem()[1]
    assert case.transfers == [("group-9", "group-2"), ("group-2", "group-9"), ("group-9", "group-1")]
    assert not case.broken_chain


def test_a_group_that_is_lost_and_found_again_is_no_transfer() -> None:
    case = fold(history("INC9000007")).popitem()[1]
    assert case.transfers == [("group-3", "group-4")]


def test_a_transfer_in_the_minute_of_the_closing_comes_before_it() -> None:
    for number in ("INC9000004", "INC9000008"):
        case = fold(history(number)).popitem()[1]
        assert (len(case.transfers), case.after_close) == (1, 0)


def test_the_opening_comes_first_also_where_the_log_was_written_before_it() -> None:
    first, *rest = history("INC9000003")
    assert isinstance(first.data, Opening)
    assert all(event.time >= first.time for event in rest)
    assert fold([first, *rest]).popitem()[1].transfers == [("group-2", "group-3"), ("group-3", "group-4")]


def test_a_counter_that_jumps_is_that_many_reopenings() -> None:
    case = fold(history("INC9000005")).popitem()[1]
    assert (case.reopenings, case.handlers) == (3, 3)


def test_a_case_without_group_has_an_unknown_unit_and_no_decision_that_nobody_made() -> None:
    opening, closing = history("INC9000006")
    assert (opening.data.unit, type(closing.data)) == ("unknown", CaseClosed)


def test_a_case_begins_in_its_first_known_group() -> None:
    assert history("INC9000007")[0].data.unit == "group-3"


def test_the_channel_says_how_a_case_came_in() -> None:
    openings = {n: type(history(f"INC900000{n}")[0].data) for n in (1, 2, 7, 8)}
    assert openings == {1: ReportReceived, 2: ApplicationReceived, 7: CaseRegistered, 8: ReportReceived}


def test_the_desks_own_verdict_is_that_of_the_last_update_and_nothing_where_it_has_none() -> None:
    verdicts = {n: history(f"INC900000{n}")[-1].data.source_in_time for n in (1, 2, 4, 5)}
    assert verdicts == {1: True, 2: False, 4: None, 5: False}


def test_an_export_without_verdicts_is_read_all_the_same(tmp_path: Path) -> None:
    lines = [line.split(",") for line in FORM.read_text(encoding="utf-8").splitlines()]
    place = lines[0].index("made_sla")
    text = "\n".join(",".join(cells[:place] + cells[place + 1 :]) for cells in lines)
    told = events("servicedesk", written(tmp_path, text, "2020-01-01T12:00Z"), "9902")
    closings = [event.data for event in told if isinstance(event.data, CaseClosed)]
    assert closings and {closing.source_in_time for closing in closings} == {None}


def written(folder: Path, text: str, at: str) -> Path:
    """The export as it was saved at an instant."""
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8")
    stamp = datetime.fromisoformat(at).timestamp()
    os.utime(path, (stamp, stamp))
    return path


@pytest.mark.parametrize(
    ("change", "corrected"),
    [
        (("Category 1", "Category 7"), ReportReceived),
        (("1/3/2016 11:00", "1/3/2016 11:30"), Decided),
        (("6/3/2016 12:00", "6/3/2016 12:30"), CaseClosed),
        (("Resolver 1", "Resolver 9"), CaseAssigned),
    ],
)
def test_a_changed_cell_of_a_later_export_is_one_correction(
    change: tuple[str, str], corrected: type, tmp_path: Path
) -> None:
    lines = FORM.read_text(encoding="utf-8").splitlines(keepends=True)
    edited = [line.replace(*change) if line.startswith("INC9000001") else line for line in lines]
    before = events("servicedesk", written(tmp_path, "".join(lines), "2020-01-01T12:00Z"), "9902")
    after = {
        e.id: e
        for e in events("servicedesk", written(tmp_path, "".join(edited), "2020-01-08T12:00Z"), "9902")
    }
    other = [event for event in before if content_hash(event) != content_hash(after[event.id])]
    assert [type(event.data) for event in other] == [corrected]
    assert len(before) == len(after)
    assert all(event.recordedtime < after[event.id].recordedtime for event in before)


def test_handlers_leave_as_pseudonyms() -> None:
    sent = "".join(str(event) for event in events("servicedesk", FORM, "9902"))
    assert "Resolver" not in sent
    assert KEY.of("handler", "Resolver 1") in sent
