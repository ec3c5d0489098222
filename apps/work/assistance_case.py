"""One assistance case: its six months, forecast, decisions and the schedules that followed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from html import escape

from apps import wording
from apps.wording import say
from apps.work import assistance_row
from apps.work.assistance_look import Decision, Report, View
from apps.work.assistance_row import Case, Month, hours, kronor, rate, result, share
from apps.work.history import as_html
from apps.work.row import days
from apps.work.table import flag

HEADS = (
    "s_month", "m_granted", "m_performed", "m_double", "m_remaining", "m_share", "m_rate", "m_expected",
    "m_claimed", "m_paid", "m_status", "m_cost", "m_result", "m_hour", "m_kpb", "m_temps",
)  # fmt: skip


def section(view: View) -> str:
    """The chosen case, else that it is not there."""
    report, name = view.report, assistance_row.short(view.address["rad"])
    if report is None or not report.history.lines:
        body = as_html(name, None, view.address)
    else:
        title = f"<h2>{escape(heading(report, view))}</h2>"
        shown = _period(report.case, report, view) if report.case else f"<p>{say('m_no_period')}.</p>"
        body = f"{title}{shown}{_beside(report, view)}"
    return f'<section class="case" aria-label="{name}">{body}</section>'


def _beside(report: Report, view: View) -> str:
    """Decisions, and the history, which may be long."""
    told = as_html(assistance_row.short(view.address["rad"]), report.history, view.address)
    return (
        f'<div class="beside">{_decisions(report.decisions)}'
        f'<aside class="long" aria-label="{say("history_of")}" tabindex="0">{told}</aside></div>'
    )


def heading(report: Report, view: View) -> str:
    """`A-7F3A2C: 1 380 av 1 840 timmar utförda, 460 kvar till och med 31 december 2026`."""
    name, case = assistance_row.short(view.address["rad"]), report.case
    if case is None or case.performed_h is None:
        return name
    return say(
        "m_heading", name=name, performed=hours(case.performed_h), granted=hours(case.granted_h),
        remaining=hours(case.remaining_h), day=wording.day(case.last_on),
    )  # fmt: skip


def _period(case: Case, report: Report, view: View) -> str:
    head = "".join(
        f'<th scope="col"{"" if word == "s_month" else " class=num"}>{say(word)}</th>' for word in HEADS
    )
    rows = "".join(_month(month, report, view) for month in report.months)
    label = say("m_six_months")
    table = (
        f"<table><caption>{label}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        f"<tfoot>{_total(case, report)}{_ahead(case)}</tfoot></table>"
    )
    return (
        f"<p>{escape(forecast(case))}</p>{_ways(case, view)}"
        f'<div class="scroll" role="region" aria-label="{label}" tabindex="0">{table}</div>'
        f'<p class="foot">{say("m_case_foot")}</p>'
    )


def _ways(case: Case, view: View) -> str:
    before, after = case.period_on - timedelta(days=1), case.last_on + timedelta(days=1)
    ways = [(before, "m_before")] + ([(after, "m_after")] if after < view.open_day else [])
    links = " ".join(
        f'<a target="_self" href="{escape(view.address.link(dag=day.isoformat()))}">{say(word)}</a>'
        for day, word in ways
    )
    return f'<p class="ways">{links}</p>'


def forecast(case: Case) -> str:
    """What the period comes to if it goes on as it has."""
    if case.forecast_h is None:
        return say("m_no_forecast")
    told = say("m_forecast_bare", hours=hours(case.forecast_h))
    if case.granted_h:
        told = say("m_forecast_hours", told=told, share=share(case.forecast_h / case.granted_h))
    if case.forecast_result_kr is None:
        return say("m_forecast_only", told=told)
    return say(
        "m_forecast_kr", told=told, kr=result(case.forecast_result_kr),
        revenue=kronor(case.forecast_revenue_kr), cost=kronor(case.forecast_cost_kr),
    )  # fmt: skip


def _month(month: Month, report: Report, view: View) -> str:
    performed = hours(month.performed_h) + (
        f"<small>{say('preliminary')}</small>" if month.is_preliminary else ""
    )
    is_to_come = month.part_on >= view.open_day
    missing = "–" if is_to_come else say("missing")
    raised = f"<small>{say('m_raised')}</small>" if month.is_raised else ""
    unpaid = "–" if report.case and report.case.payer == "municipality" else missing
    cells = (
        hours(month.granted_h), missing if month.performed_h is None else performed,
        missing if month.double_h is None else hours(month.double_h),
        missing if month.remaining_h is None else hours(month.remaining_h),
        _to_date(month, missing), rate(month.hourly_kr) + raised,
        *(unpaid if value is None else kronor(value)
          for value in (month.expected_kr, month.claimed_kr, month.paid_kr)),
        flag(*assistance_row.status(month)) if month.status else "–",
        missing if month.cost_kr is None else kronor(month.cost_kr), result(month.result_kr),
        missing if month.hour_costs_kr is None else rate(month.hour_costs_kr),
        _kpb(report.kpb.get(month.month), missing), _temps(report, month, missing),
    )  # fmt: skip
    row = "".join(f'<td class="num">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row">{escape(_name(month))}</th>{row}</tr>'


def _name(month: Month) -> str:
    is_whole = month.part_on.day == 1 and (month.last_on + timedelta(days=1)).day == 1
    name = wording.capital(wording.month(month.month))
    return name if is_whole else f"{name} ({month.part_on.day}–{month.last_on.day})"


def _to_date(month: Month, missing: str) -> str:
    if month.performed_to_date_h is None or not month.granted_to_date_h:
        return missing
    return share(month.performed_to_date_h / month.granted_to_date_h)


def _kpb(value: float | None, missing: str) -> str:
    return missing if value is None else kronor(value)


def _temps(report: Report, month: Month, missing: str) -> str:
    told = report.temps.get(month.month)
    if told is None:
        return missing
    return say("s_state_few") if told.is_few else wording.number(told.count or 0)


def _total(case: Case, report: Report) -> str:
    """What the months come to so far."""
    cells = (
        hours(case.granted_to_date_h), hours(case.performed_h), hours(case.double_h), hours(case.remaining_h),
        flag(*assistance_row.use(case)), "", kronor(case.expected_kr), kronor(case.claimed_kr),
        kronor(case.paid_kr), "", kronor(case.cost_kr), result(case.result_kr), rate(case.hour_costs_kr),
        kronor(kpb(report)), "",
    )  # fmt: skip
    return _foot_row(say("m_so_far"), cells)


def kpb(report: Report) -> float | None:
    """Of the months that hours are told of; None where the price of one of them is not known."""
    told = [report.kpb.get(month.month) for month in report.months if month.performed_h is not None]
    return sum(value or 0 for value in told) if told and None not in told else None


def _ahead(case: Case) -> str:
    """What the whole period comes to by the forecast."""
    left = None if case.forecast_h is None else case.granted_h - case.forecast_h
    part = None if case.forecast_h is None or not case.granted_h else case.forecast_h / case.granted_h
    cells = (
        hours(case.granted_h), hours(case.forecast_h), "", hours(left), share(part), "",
        kronor(case.forecast_revenue_kr), "", "", "", kronor(case.forecast_cost_kr),
        result(case.forecast_result_kr), "", "", "",
    )  # fmt: skip
    return _foot_row(say("m_ahead", day=wording.short_day(case.last_on)), cells)


def _foot_row(name: str, cells: Sequence[str]) -> str:
    row = "".join(f'<td class="num">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row">{escape(name)}</th>{row}</tr>'


def _decisions(decisions: Sequence[Decision]) -> str:
    items = "".join(f"<li>{escape(told)}</li>" for told in map(decision, decisions))
    return f'<div class="decisions"><h3>{say("m_decisions")}</h3><ul>{items}</ul></div>'


def decision(one: Decision) -> str:
    """A decision as a sentence, and when the schedule followed it."""
    told = say(
        "m_decided", span=assistance_row.span(one.from_on, one.last_on), hours=hours(one.granted_h),
        a_day=wording.number(one.hours_a_day, 1), day=wording.day(one.decided_on),
    )  # fmt: skip
    if not one.is_changed:
        return told
    changed = say("m_changed", told=told, before=wording.number(one.hours_a_day_before, 1))
    if one.early_on is not None:
        return say("m_early_schedule", told=changed, day=wording.day(one.early_on))
    if one.schedule_on is None:
        return say("m_no_schedule", told=changed)
    return say("m_schedule", told=changed, day=wording.day(one.schedule_on), days=days(one.lead_days or 0))
