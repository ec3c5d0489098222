"""What a committee page's address asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl

import pytest

from apps import shown_then
from apps.choice import Choice, Period, chosen, period_of

QUARTERS = [Period(date(2025, 10, 1), "quarter"), Period(date(2026, 1, 1), "quarter"),
            Period(date(2026, 4, 1), "quarter")]  # fmt: skip
TODAY = date(2026, 5, 1)
THERE = [*QUARTERS, Period(date(2025, 1, 1), "year"), Period(date(2026, 1, 1), "year")]


def test_an_address_without_a_period_shows_the_last_quarter_that_is_over() -> None:
    assert chosen({}, THERE, TODAY) == Choice(Period(date(2026, 1, 1), "quarter"), "ar", "personer", "sex")


def test_the_only_quarter_is_shown_while_it_goes_on() -> None:
    assert chosen({}, [THERE[0]], date(2025, 11, 1)).period == THERE[0]
    assert chosen({}, THERE[3:], TODAY).period == THERE[3]
    assert chosen({}, THERE[4:], TODAY).period == THERE[4]


def test_a_page_with_months_shows_the_last_month_that_is_over() -> None:
    months = [Period(date(2026, month, 1), "month") for month in (3, 4, 5)]
    assert chosen({}, [*months, *THERE], TODAY).period == months[1]
    assert chosen({"period": "2026K1"}, [*months, *THERE], TODAY).period == QUARTERS[1]
    assert chosen({"period": "2026-03"}, [*months, *THERE], TODAY).period == months[0]


@pytest.mark.parametrize(
    "said", ["2026K5", "2026-13", "2026-1", "2026-04", "2026Q1", "1199", "K1", "2019K1", "", "2026K1'--",
             "2026V17", "2026V54", "2026V7", "2026V00"],
)  # fmt: skip
def test_a_period_that_is_none_or_has_no_figures_is_the_usual_one(said: str) -> None:
    assert chosen({"period": said}, THERE, TODAY).period == Period(date(2026, 1, 1), "quarter")


def test_the_address_of_a_choice_asks_for_that_choice() -> None:
    choice = Choice(Period(date(2025, 10, 1), "quarter"), "forra", "placeringar", "care_form")
    query = choice.query("9999", "placeringar").partition("?")[2]
    asked = dict(part.split("=") for part in query.split("&"))
    assert asked["period"] == "2025K4"
    assert chosen(asked, THERE, TODAY) == choice


@pytest.mark.parametrize(
    ("code", "compare", "against"),
    [
        ("2026K1", "ar", "2025K1"),
        ("2026K1", "forra", "2025K4"),
        ("2026", "ar", "2025"),
        ("2026", "forra", "2025"),
        ("2026-03", "ar", "2025-03"),
        ("2026-01", "forra", "2025-12"),
        ("2026V47", "ar", "2025V47"),
        ("2026V53", "ar", "2025V52"),
        ("2027V01", "forra", "2026V53"),
    ],
)
def test_a_period_is_compared_with_a_year_earlier_or_the_one_before(
    code: str, compare: str, against: str
) -> None:
    period = period_of(code)
    assert period is not None
    before = period.before(compare)
    assert before is not None and before.code == against
    assert period.before("nej") is None


def test_periods_are_said_in_swedish() -> None:
    third, year, month = period_of("2026K3"), period_of("2026"), period_of("2026-09")
    assert third and year and month
    week = period_of("2026V47")
    assert week and (week.words, week.at) == ("vecka\N{NO-BREAK SPACE}47 2026",) * 2
    assert (week.short, week.until) == ("v.\N{NO-BREAK SPACE}47, 2026", date(2026, 11, 23))
    assert (month.words, month.short, month.until) == ("september 2026", "sep 2026", date(2026, 10, 1))
    assert (third.words, third.short) == ("tredje kvartalet 2026", "kvartal 3, 2026")
    assert (year.words, year.short, third.until) == ("2026", "2026", date(2026, 10, 1))


def test_new_year_2027_lies_in_week_53_of_2026_and_no_week_is_in_a_year_that_has_not_so_many() -> None:
    last = Period(date(2026, 12, 28), "week")
    assert (last.code, last.short) == ("2026V53", "v.\N{NO-BREAK SPACE}53, 2026")
    assert period_of("2026V53") == last
    assert Period(last.until, "week").code == "2027V01"
    assert period_of("2025V53") is None


def test_a_section_over_a_month_or_a_year_takes_those_that_the_period_lies_in() -> None:
    today = date(2026, 5, 10)
    first, second = period_of("2026K1"), period_of("2026K2")
    assert first and second
    assert [first.within("month", today).code, second.within("month", today).code] == ["2026-03", "2026-05"]
    assert second.within("year", today).code == "2026"
    ahead = period_of("2027")
    assert ahead and ahead.within("month", today).code == "2027-01"
    assert THERE[3].within("month", today).code == "2025-12"
    assert [first.within("week", today).code, second.within("week", today).code] == ["2026V14", "2026V19"]


def test_a_day_in_the_address_asks_for_the_page_as_it_was_shown_then() -> None:
    today, begun = date(2026, 11, 22), Period(date(2026, 7, 1), "quarter")
    later = Period(date(2026, 10, 1), "quarter")
    then = chosen({"visat": "2026-08-12"}, [begun, later], today)
    assert (then.shown_on, then.period) == (date(2026, 8, 12), begun)
    assert chosen({"visat": "2026-08-12", "period": later.code}, [begun, later], today).period == begun
    query = dict(parse_qsl(then.query("9999", "avtal").partition("?")[2]))
    assert query["visat"] == "2026-08-12"
    assert chosen(query, [begun, later], today) == then
    assert "visat" not in replace(then, shown_on=None).query("9999", "avtal")


@pytest.mark.parametrize("said", ["", "2026-11-22", "2026-11-23", "2026-02-30", "1811-01-01", "i fjol"])
def test_what_is_no_day_before_today_asks_for_what_is_shown_now(said: str) -> None:
    period = Period(date(2026, 7, 1), "quarter")
    choice = chosen({"visat": said}, [period], date(2026, 11, 22))
    assert choice.shown_on is None
    told = shown_then.not_a_day(said, choice)
    assert (f"”{said}” är ingen dag före i dag" in told) == bool(said)


def test_what_stands_in_an_address_is_shown_as_text_and_no_more_than_a_day_of_it() -> None:
    choice = chosen({"visat": "<b>" * 9}, [Period(date(2026, 7, 1), "quarter")], date(2026, 11, 22))
    assert "<b>" not in shown_then.not_a_day("<b>" * 9, choice)
    assert "&lt;b&gt;" * 6 in shown_then.not_a_day("<b>" * 9, choice)
