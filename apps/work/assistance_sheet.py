"""The columns of the assistance view's Excel files: the cases of a list, or the months of one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work import assistance_row, sheets
from apps.work.assistance_look import Report, View
from apps.work.assistance_row import Case, Month
from apps.work.assistance_view import shown, signals
from apps.work.sheets import DAY, MONEY, Field

HOURS: Final = "#,##0.00"
SHARE: Final = "0.0%"


def fields(view: View) -> tuple[Field[Case], ...]:
    """Columns of the list."""
    return (
        Field("k_case", lambda one: one.short, "d_m_case"),
        Field("k_unit", lambda one: view.town.unit_name(one.unit), "d_m_unit"),
        Field("k_age", lambda one: say("missing") if one.age_band == "unknown" else one.age_band, "d_m_age"),
        Field("k_sex", lambda one: term(terms.SEXES, one.sex), "d_sex"),
        Field("m_payer", lambda one: term(terms.PAYERS, one.payer), "d_m_payer"),
        Field("m_x_regi", lambda one: term(terms.REGI, one.regi), "d_m_regi"),
        Field("k_from", lambda one: one.period_on, "d_m_from", DAY),
        Field("k_last", lambda one: one.last_on, "d_m_last", DAY),
        Field("m_granted", lambda one: one.granted_h, "d_m_granted", HOURS),
        Field("m_x_to_date", lambda one: one.granted_to_date_h, "d_m_to_date", HOURS),
        Field("m_performed", lambda one: one.performed_h, "d_m_performed", HOURS),
        Field("m_remaining", lambda one: one.remaining_h, "d_m_remaining", HOURS),
        Field("m_share", lambda one: one.share, "d_m_share", SHARE),
        Field("m_x_coverage", lambda one: one.coverage, "d_m_coverage", SHARE),
        Field("m_expected", lambda one: one.expected_kr, "d_m_expected", MONEY),
        Field("m_claimed", lambda one: one.claimed_kr, "d_m_claimed", MONEY),
        Field("m_paid", lambda one: one.paid_kr, "d_m_paid", MONEY),
        Field("m_cost", lambda one: one.cost_kr, "d_m_cost", MONEY),
        Field("m_hour", lambda one: one.hour_costs_kr, "d_m_hour", MONEY),
        Field("m_rate", lambda one: one.rate_kr, "d_m_rate", MONEY),
        Field("m_x_most", lambda one: one.most_kr, "d_m_most", MONEY),
        Field("m_result", lambda one: one.result_kr, "d_m_result", MONEY),
        Field("m_x_forecast_h", lambda one: one.forecast_h, "d_m_forecast_h", HOURS),
        Field("m_forecast", lambda one: one.forecast_result_kr, "d_m_forecast", MONEY),
        Field(
            "m_flags", lambda one: ", ".join(words for _, words in signals(one, view)) or None, "d_m_flags"
        ),
    )


def month_fields(report: Report) -> tuple[Field[Month], ...]:
    """Columns of one case's months."""
    return (
        Field("s_month", lambda one: one.month, "d_s_month", DAY),
        Field("k_from", lambda one: one.part_on, "d_m_part", DAY),
        Field("k_last", lambda one: one.last_on, "d_m_part", DAY),
        Field("m_granted", lambda one: one.granted_h, "d_m_month_granted", HOURS),
        Field("m_performed", lambda one: one.performed_h, "d_m_performed", HOURS),
        Field("m_double", lambda one: one.double_h, "d_m_double", HOURS),
        Field("m_remaining", lambda one: one.remaining_h, "d_m_remaining", HOURS),
        Field("m_x_coverage", lambda one: one.coverage, "d_m_coverage", SHARE),
        Field("m_rate", lambda one: one.hourly_kr, "d_m_rate", MONEY),
        Field("m_expected", lambda one: one.expected_kr, "d_m_expected", MONEY),
        Field("m_x_claimed_h", lambda one: one.claimed_h, "d_m_claimed", HOURS),
        Field("m_claimed", lambda one: one.claimed_kr, "d_m_claimed", MONEY),
        Field("m_paid", lambda one: one.paid_kr, "d_m_paid", MONEY),
        Field("m_status", lambda one: assistance_row.status(one)[1] if one.status else None, "d_m_status"),
        Field("m_cost", lambda one: one.cost_kr, "d_m_cost", MONEY),
        Field("m_result", lambda one: one.result_kr, "d_m_result", MONEY),
        Field("m_hour", lambda one: one.hour_costs_kr, "d_m_hour", MONEY),
        Field("m_kpb", lambda one: report.kpb.get(one.month), "d_m_kpb", MONEY),
        Field("m_temps", lambda one: _temps(report, one), "d_m_temps"),
    )


def _temps(report: Report, month: Month) -> str | int | None:
    told = report.temps.get(month.month)
    return None if told is None else say("s_state_few") if told.is_few else told.count


def file(view: View, told: str) -> bytes:
    """The Excel file: of the chosen case its months, else the cases that are shown."""
    report = view.report
    if report and report.case:
        about = [(say("k_case"), report.case.short), *_about(view, told, report.months)]
        return sheets.workbook(say("assistance"), month_fields(report), report.months, about)
    rows = shown(view)
    return sheets.workbook(say("assistance"), fields(view), rows, _about(view, told, rows))


def _about(view: View, told: str, rows: Sequence[object]) -> list[tuple[str, str]]:
    town, address = view.town, view.address
    chosen = {
        "k_unit": address["enhet"] and town.unit_name(address["enhet"]),
        "m_payer": address["betalare"] and term(terms.PAYERS, address["betalare"]),
        "search_key": address["sok"],
    }
    return [
        (say("x_town"), town.name), (say("x_question"), view.question.name),
        *((f"{say('filters')}: {say(word).lower()}", value) for word, value in chosen.items() if value),
        (say("x_rows"), wording.number(len(rows))), (say("x_day"), wording.day(view.on)),
        (say("x_told"), told),
    ]  # fmt: skip
