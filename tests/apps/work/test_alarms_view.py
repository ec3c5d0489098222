from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final, get_args

import pytest

from apps.terms import ALARM_CONTACTS
from apps.work import alarm_row, alarms_view
from apps.work.address import read
from apps.work.alarm_questions import QUESTIONS, answer
from apps.work.alarm_row import Alarm, Earlier, Silent, Unfilled, age, state
from apps.work.alarms_view import View
from apps.work.asking import Told
from apps.work.history import read as history
from schemas.codec import encode
from schemas.codes import AlarmContact
from schemas.municipality import municipality
from tests.apps.work.test_placements_view import Text
from tests.apps.work.test_placements_view import read as words
from tests.warehouse.alarm_town import alarms
from warehouse.watermark import Watermark

TOWN: Final = municipality("9999")
NOW: Final = datetime(2026, 11, 22, 15, 5, 20, tzinfo=UTC)
"""16.05 in Sweden."""
COUNTS: Final[dict[str, Any]] = {
    "open": 3, "unacknowledged": 2, "over": 1, "acknowledged": 1, "handled": 4, "longest_s": 3000,
    "units": ["hemsjukvard"], "abouts": ["call", "missed_dose"],
}  # fmt: skip


def one(waited_s: int = 3000, **said: Any) -> Alarm:
    """An alarm that nobody has acknowledged."""
    raised_at = NOW - timedelta(seconds=waited_s)
    row: dict[str, Any] = {
        "key": "7F3A2C9E01AB", "device_key": "0A1B2C3D4E5F", "unit": "hemsjukvard", "about": "missed_dose",
        "state": "open", "raised_at": raised_at, "acknowledged_at": None, "handled_at": None, "how": "",
        "waited_s": waited_s,
    }  # fmt: skip
    return Alarm(**(row | said))


def after(minutes: float, **said: Any) -> Alarm:
    """One that was acknowledged so many minutes after it went off."""
    alarm = one(1200, state="acknowledged", **said)
    return one(
        1200, state="acknowledged", acknowledged_at=alarm.raised_at + timedelta(minutes=minutes), **said
    )


def view(*rows: Alarm, **query: str) -> View:
    return View(TOWN, read(query), COUNTS, rows)


def told(old_s: float | None) -> Told:
    """until: so many seconds ago, None: nobody has told anything."""
    mark = None if old_s is None else Watermark(NOW - timedelta(seconds=old_s), False)
    return Told(TOWN, mark, NOW)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "mindre än en minut"), (-5, "mindre än en minut"), (59, "mindre än en minut"), (60, "1 min"),
     (3599, "59 min"), (3600, "1 tim 0 min"), (7500, "2 tim 5 min"), (86_400, "1 dygn 0 tim")],
)  # fmt: skip
def test_waiting_is_told_whole_and_never_rounded_up(seconds: int, told: str) -> None:
    assert age(seconds) == told


def test_each_state_looks_and_reads_unlike_the_others() -> None:
    handled = one(720, state="handled", handled_at=NOW, how="phone")
    shown = [state(one()), state(after(5)), state(handled)]
    assert shown == [
        ("serious", "Väntar"), ("attention", "Kvitterat efter 5 min"),
        ("good", "Åtgärdat per telefon efter 12 min"),
    ]  # fmt: skip


def test_a_time_before_the_alarm_gives_no_duration() -> None:
    assert state(after(-2)) == ("attention", "Kvitterat, men tiden är före larmet")


def test_what_has_waited_too_long_is_marked_and_what_was_handled_is_not() -> None:
    assert one(1801).is_over and not one(1800).is_over
    assert not one(9000, state="handled").is_over
    assert 'class="flag serious">50 min' in alarms_view.rows(view(one()))
    assert 'class="flag serious">20 min' not in alarms_view.rows(view(after(5)))


@pytest.mark.parametrize(
    ("code", "told"),
    [("oppna", "3 larm väntar, det äldsta har väntat 50 min"),
     ("okvitterade", "2 larm väntar på att någon kvitterar"),
     ("over", "1 larm har väntat 50 min"),
     ("kvitterade", "1 larm som någon har kvitterat väntar på åtgärd"),
     ("atgardade", "4 larm har åtgärdats det senaste dygnet")],
)  # fmt: skip
def test_the_heading_is_the_answer(code: str, told: str) -> None:
    assert f"<h2>{told}</h2>" in alarms_view.rows(view(one(), visa=code))


def test_of_several_that_wait_too_long_the_oldest_is_told() -> None:
    counts = COUNTS | {"over": 2}
    assert answer(QUESTIONS[2], counts) == "2 larm har väntat mer än 30 minuter, det äldsta 50 min"


def test_no_alarm_is_said_in_words() -> None:
    nothing = COUNTS | dict.fromkeys((q.question for q in QUESTIONS), 0)
    assert answer(QUESTIONS[0], nothing) == "Inget larm väntar"
    shown = words(alarms_view.rows(View(TOWN, read({}), nothing)))
    assert "Inga larm svarar mot frågan och urvalet." in shown


def test_questions_and_filters_stand_in_the_address() -> None:
    page = Text(alarms_view.questions(view(enhet="hemsjukvard", rad="7F3A2C9E01AB")))
    assert page.links == [
        "?enhet=hemsjukvard", "?visa=okvitterade&enhet=hemsjukvard", "?visa=over&enhet=hemsjukvard",
        "?visa=kvitterade&enhet=hemsjukvard", "?visa=atgardade&enhet=hemsjukvard",
    ]  # fmt: skip
    form = alarms_view.choices(view(visa="over", orsak="call"))
    assert '<option value="call" selected>Kallelse från hemmet</option>' in form
    assert 'name="visa" value="over"' in form


def test_one_click_leads_to_the_history_and_one_to_what_waits_from_the_device() -> None:
    links = Text(alarms_view.rows(view(one(), visa="over"))).links
    assert "?visa=over&rad=7F3A2C9E01AB" in links
    assert "?visa=over&sok=D-0A1B2C" in links


def test_rows_stay_in_the_order_of_waiting_unless_asked_otherwise() -> None:
    rows = (one(3000, key="B" * 12), one(60, key="A" * 12))
    assert re.findall(r">L-(\w+)</a></th>", alarms_view.rows(view(*rows))) == ["BBBBBB", "AAAAAA"]
    assert re.findall(r">L-(\w+)</a></th>", alarms_view.rows(view(*rows, ordning="larm"))) == [
        "AAAAAA",
        "BBBBBB",
    ]


@pytest.mark.parametrize(
    ("old_s", "told_so"),
    [(89, ""), (200, "Uppgifterna är 3 minuter gamla. Nya larm kan saknas."),
     (None, "Ingen källa har berättat om larm. Nya larm kan saknas.")],
)  # fmt: skip
def test_a_list_that_may_lack_alarms_says_so(old_s: float | None, told_so: str) -> None:
    shown = words(alarms_view.age_of(told(old_s)))
    frozen = "Sidan hämtar inga nya larm. Ladda om den, och lita inte på listan."
    assert shown == f"{frozen} {told_so}".strip()


def test_the_head_tells_the_second_so_that_one_sees_it_live() -> None:
    assert alarms_view.fetched(told(20)).replace("\N{NO-BREAK SPACE}", " ") == (
        "Uppgifter till kl. 16.05 · Hämtat kl. 16.05.20"
    )


def test_silent_devices_stand_beside_with_when_they_were_heard() -> None:
    heard = Silent(
        "0A1B2C3D4E5F", "hemsjukvard", "medicine_dispenser", NOW - timedelta(hours=30), NOW, 30 * 3600
    )
    never = Silent(
        "FFFFFFFFFFFF", "hemsjukvard", "medicine_dispenser", None, NOW - timedelta(days=10), 864_000
    )
    shown = words(alarms_view.silent([heard, never], 112, (TOWN, read({}))))
    assert "2 av 112 har inte hörts på minst 24 timmar." in shown
    assert "D-0A1B2C Läkemedelsautomat, Hemsjukvård hördes senast 21 november 2026, kl. 10.05" in shown
    assert "D-FFFFFF Läkemedelsautomat, Hemsjukvård har inte hörts sedan den installerades" in shown
    assert "Alla 112 har hörts" in words(alarms_view.silent([], 112, (TOWN, read({}))))
    assert "Ingen utrustning är installerad" in words(alarms_view.silent([], 0, (TOWN, read({}))))


def test_devices_to_fill_stand_under_the_silent_ones() -> None:
    about = "hemsjukvard", "medicine_dispenser"
    late = [
        Unfilled("0A1B2C3D4E5F", *about, NOW - timedelta(days=16), NOW - timedelta(days=40), 16),
        Unfilled("FFFFFFFFFFFF", *about, None, NOW - timedelta(days=15), 15),
    ]
    shown = words(alarms_view.silent([], 112, (TOWN, read({})), late))
    assert "Behöver fyllas på 2 har inte fyllts på på mer än 14 dagar." in shown
    assert "D-0A1B2C Läkemedelsautomat, Hemsjukvård fylldes på senast 6 november 2026, för 16 dagar" in shown
    assert "har inte fyllts på sedan den installerades 7 november 2026, för 15 dagar sedan" in shown
    assert "fyllas" not in words(alarms_view.silent([], 112, (TOWN, read({}))))


def test_the_history_tells_each_step_to_the_minute_and_never_whose_it_is() -> None:
    events = [event for event in alarms(NOW, "9999") if "/alarm/" in event.subject][-5:-2]
    rows = [{"body": encode(event).decode()} for event in events]
    found = history(rows, TOWN, has_clock=True)
    other = Earlier("F" * 12, "call", "handled", NOW, "home_visit")
    shown = words(alarms_view.past(found, [other], (TOWN, read({"rad": "7F3A2C9E01AB"}))))
    assert [line.title for line in found.lines] == [
        "Åtgärdat per telefon",
        "Kvitterat",
        "Larm: dos inte tagen",
    ]
    assert "22 november 2026, kl. 13.05, källan test" in shown
    assert "L-FFFFFF Kallelse från hemmet 22 nov, kl. 16.05 · Åtgärdat genom hembesök" in shown
    assert not re.search(r"k1\.|[A-Za-z0-9_-]{43}", shown)


def test_an_alarm_of_another_unit_is_not_there() -> None:
    shown = words(alarms_view.past(history([], TOWN), [], (TOWN, read({"rad": "7F3A2C9E01AB"}))))
    assert "Larmet finns inte bland dina enheters larm." in shown
    assert "Andra larm" not in shown


def test_no_cell_lets_a_text_through_as_html() -> None:
    bad = one(unit="<b>x", about="<i>y")
    assert "<b>x" not in alarms_view.rows(view(bad)) and "<i>y" not in alarms_view.rows(view(bad))


def test_every_way_to_answer_has_a_word() -> None:
    assert set(ALARM_CONTACTS) == set(get_args(AlarmContact))
    assert alarm_row.short("7F3A2C9E01AB") == "L-7F3A2C"
