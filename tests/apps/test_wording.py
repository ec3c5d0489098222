from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from apps import terms, wording, words
from apps.wording import MINUS, Against
from apps.words import WORDS
from schemas.codes import FLAWS, REASONS
from warehouse import contracts

SWEDEN = ZoneInfo("Europe/Stockholm")
BOSTON = ZoneInfo("America/New_York")
SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"), (7, 0, "7"), (999, 0, "999"), (1284, 0, "1 284"), (1234567, 0, "1 234 567"),
        (-12, 0, MINUS + "12"), (-0.2, 0, "0"), (0.5, 0, "1"), (2.5, 0, "3"), (347.7, 2, "347,70"),
        (1234.567, 1, "1 234,6"), (-1284.25, 1, MINUS + "1 284,3"),
    ],
)  # fmt: skip
def test_numbers_have_swedish_groups_comma_and_minus(value: float, decimals: int, text: str) -> None:
    assert wording.number(value, decimals) == text.replace(" ", wording.NBSP)


def test_shares_have_a_space_before_the_sign() -> None:
    assert wording.share(0.813) == "81,3" + wording.NBSP + "%"


def test_incomplete_coverage_is_never_rounded_up_to_all() -> None:
    assert wording.covered(0.9999) == "99,9" + wording.NBSP + "%"


@pytest.mark.parametrize(
    ("moment", "zone", "text"),
    [
        (datetime(2026, 11, 22, 15, 5, 59, tzinfo=UTC), SWEDEN, "sön 22 november, kl. 16.05"),
        (datetime(2026, 7, 1, 7, 5, tzinfo=UTC), SWEDEN, "ons 1 juli, kl. 9.05"),
        (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), BOSTON, "ons 31 december, kl. 19.00"),
    ],
)
def test_the_clock_of_a_screen_is_the_municipalitys(moment: datetime, zone: ZoneInfo, text: str) -> None:
    assert wording.day_and_clock(moment, zone).replace(wording.NBSP, " ") == text


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 22, 15, 4, tzinfo=UTC), "kl. 16.04"),
        (datetime(2026, 11, 21, 22, 30, tzinfo=UTC), "i går kl. 23.30"),
        (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "kl. 0.30"),
        (datetime(2015, 12, 31, 12, 0, tzinfo=UTC), "31 december 2015, kl. 13.00"),
    ],
)
def test_an_age_names_the_day_unless_it_is_today(moment: datetime, text: str) -> None:
    now = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
    assert wording.when(moment, now, SWEDEN).replace(wording.NBSP, " ") == text


def test_a_moment_at_midnight_tells_of_the_day_before() -> None:
    assert wording.last_day(datetime(2015, 12, 31, 23, 0, tzinfo=UTC), SWEDEN) == date(2015, 12, 31)


def test_weeks_are_iso_weeks() -> None:
    assert wording.week(date(2027, 1, 1)).replace(wording.NBSP, " ") == "v. 53, 2026"


@pytest.mark.parametrize(
    ("value", "against", "change", "band"),
    [
        (412, Against(400, 390, 430), "12 fler än för en vecka sedan", "inom det vanliga för en söndag"),
        (380, Against(400, 390, 430), "20 färre än för en vecka sedan", "färre än vanligt för en söndag"),
        (431, Against(431, 390, 430), "lika många som för en vecka sedan", "fler än vanligt för en söndag"),
        (412, Against(None, 390, 430), "", "inom det vanliga för en söndag"),
        (412, Against(400, None, None), "12 fler än för en vecka sedan", ""),
        (412, Against(None, None, None), "", ""),
    ],
)
def test_the_sentence_compares_with_a_week_ago_and_with_what_is_usual(
    value: float, against: Against, change: str, band: str
) -> None:
    assert wording.trend(value, against, SUNDAY) == (change, band)


@pytest.mark.parametrize(
    ("value", "lower", "upper", "text"),
    [
        (3, 15, 29, "en vanlig söndag: 15–29"),
        (3, 14.2, 28.9, "en vanlig söndag: 15–28"),
        (31, 15, 29, "mer än vanligt, 15–29"),
        (5, 20.5, 20.5, "en vanlig söndag: 21"),
        (5, None, None, "ingen jämförelse än"),
    ],
)
def test_a_count_so_far_today_is_never_called_too_small(
    value: float, lower: float | None, upper: float | None, text: str
) -> None:
    assert wording.usual(value, lower, upper, SUNDAY) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 sekunder"), (1, "1 sekund"), (61, "61 sekunder"), (60, "1 minut"), (900, "15 minuter"),
        (3600, "1 timme"), (7300, "2 timmar"), (5 * 86400, "5 dygn"), (-3, "0 sekunder"),
    ],
)  # fmt: skip
def test_durations_are_whole_in_the_largest_fitting_unit(seconds: float, text: str) -> None:
    assert wording.duration(seconds) == text


def test_no_text_of_the_catalogue_is_english() -> None:
    english = re.compile(
        r"\b(the|and|of|is|are|no|not|since|with|open|case|value|loading|page|screen)\b", re.I
    )
    assert [text for text in WORDS.values() if english.search(Formatter().vformat(text, (), _Blank()))] == []


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def test_every_closed_code_has_a_swedish_word() -> None:
    dimensions = {dimension for contract in contracts.load().values() for dimension in contract.dimensions}
    checks = [check for contract in contracts.load().values() for check in contract.checks]
    assert set(FLAWS) <= terms.FLAWS.keys()
    assert set(REASONS) <= terms.REASONS.keys()
    assert dimensions <= terms.DIMENSIONS.keys()
    assert {check.rule for check in checks} <= terms.RULES.keys()
    assert {check.grade for check in checks} <= terms.GRADES.keys()


def test_no_key_of_the_catalogue_is_said_by_two_of_its_parts() -> None:
    parts = list(Path(words.__file__).parent.glob("*words.py"))
    said = [key for part in parts for key in re.findall(r'^    "([\w-]+)":', part.read_text("utf-8"), re.M)]
    assert len(parts) > 5 and len(said) > 800
    assert [key for key, count in Counter(said).items() if count > 1] == []
