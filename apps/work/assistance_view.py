"""The assistance view (O3) as HTML: questions, filters and the list of cases with their half-year. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from apps import terms, wording
from apps.terms import term
from apps.wording import say
from apps.work import assistance_case, assistance_row, filters
from apps.work.address import Address
from apps.work.assistance_look import Overdue, View
from apps.work.assistance_questions import QUESTIONS, Question, answer
from apps.work.assistance_row import Case, hours, kronor, rate, result
from apps.work.table import Column, flag, ordered, table

SEARCH: Final = filters.Search("search_key", "search_assistance_hint", "A-7F3A2C")


def questions(view: View) -> str:
    """The questions, each a link with its count."""
    tiles = "".join(_tile(question, view) for question in QUESTIONS)
    return f'<nav class="desk questions eight" aria-label="{say("questions")}"><ul>{tiles}</ul></nav>'


def _tile(question: Question, view: View) -> str:
    is_on = question == view.question
    link = escape(view.address.link(visa="" if question == QUESTIONS[0] else question.code, rad=""))
    words = f"<b>{wording.number(view.counts[question.question])}</b> <span>{escape(question.name)}</span>"
    here = ' aria-current="page"' if is_on else ""
    return (
        f'<li{" class=on" if is_on else ""}><a class=main target=_self href="{link}"{here}>{words}</a></li>'
    )


def choices(view: View) -> str:
    """The filters."""
    counts, town = view.counts, view.town
    days = {day.isoformat(): say("m_on_day", day=wording.short_day(day), year=day.year) for day in view.days}
    return filters.form(
        view.address,
        (
            filters.Choice("enhet", "k_unit", {code: town.unit_name(code) for code in counts["units"]}),
            filters.Choice(
                "betalare", "m_payer", {c: wording.capital(term(terms.PAYERS, c)) for c in counts["payers"]}
            ),
            filters.Choice("dag", "m_on", days, none=say("m_on_now")),
        ),
        kept=("visa", "ordning", "kommun"),
        search=SEARCH,
    )


def result_of(view: View) -> str:
    """The chosen case with its history, and the answer with its cases."""
    case = f'<div class="desk care">{assistance_case.section(view)}</div>' if view.address["rad"] else ""
    return f'{case}<div class="desk care">{_rows(view)}</div>'


def _rows(view: View) -> str:
    told = answer(view.question, view.counts)
    body = f'<p class="none">{say("m_nothing")}.</p>'
    if view.question.question == "overdue":
        body = _unsettled(view) if view.overdue else body
    elif view.rows:
        body = table(
            shown(view), columns(view), view.address, told, lambda one: one.key == view.address["rad"]
        )
    return (
        f'<section class="rows" aria-label="{say("assistance")}"><h2>{escape(told)}</h2>{body}'
        f'<p class="foot">{_foot(view)}</p></section>'
    )


def _foot(view: View) -> str:
    marks = [say("m_key_preliminary")] if any(one.is_preliminary for one in view.rows) else []
    return " ".join([say("m_foot", day=wording.day(view.on)), *marks])


def shown(view: View) -> list[Case]:
    """The cases in the asked order."""
    return ordered(view.rows, columns(view), view.address["ordning"])


def columns(view: View) -> tuple[Column[Case], ...]:
    """The columns of the table, each with what it is ordered by."""
    return (
        Column("arende", "k_case", lambda one: _name(one, view), lambda one: one.key),
        Column("period", "m_period", lambda one: _period(one), lambda one: one.period_on.toordinal()),
        Column("beviljat", "m_granted", lambda one: hours(one.granted_h), lambda one: one.granted_h,
               is_number=True),
        Column("utfort", "m_performed", _performed, lambda one: one.performed_h, is_number=True),
        Column("kvar", "m_remaining", lambda one: hours(one.remaining_h), lambda one: one.remaining_h,
               is_number=True),
        Column("andel", "m_share", lambda one: flag(*assistance_row.use(one)), lambda one: one.share,
               is_number=True),
        Column("intakt", "m_revenue", _revenue, lambda one: one.expected_kr, is_number=True),
        Column("kostnad", "m_cost", lambda one: kronor(one.cost_kr), lambda one: one.cost_kr, is_number=True),
        Column("timme", "m_hour", _hour, lambda one: one.hour_costs_kr, is_number=True),
        Column("resultat", "m_result", _result, lambda one: one.result_kr, is_number=True),
        Column("prognos", "m_forecast", _forecast, lambda one: one.forecast_result_kr, is_number=True),
        Column("signal", "m_flags", lambda one: flags(one, view), lambda one: -len(signals(one, view))),
    )  # fmt: skip


def _name(one: Case, view: View) -> str:
    link = escape(view.address.link(rad=one.key))
    return (
        f'<a target="_self" href="{link}">{one.short}</a>'
        f"<small>{escape(view.town.unit_name(one.unit))}</small>"
    )


def _period(one: Case) -> str:
    about = f"{assistance_row.whom(one)}. {assistance_row.about(one)}"
    return (
        f'<span class="whole">{escape(assistance_row.span(one.period_on, one.last_on))}</span>'
        f"<small>{escape(about)}</small>"
    )


def _performed(one: Case) -> str:
    unsure = (
        f"<small>{say('preliminary')}</small>" if one.is_preliminary and one.performed_h is not None else ""
    )
    return hours(one.performed_h) + unsure


def _revenue(one: Case) -> str:
    told = [
        f"<small>{say(word, kr=kronor(value))}</small>"
        for word, value in (("m_of_claimed", one.claimed_kr), ("m_of_paid", one.paid_kr))
        if value is not None
    ]
    return (kronor(one.expected_kr) if one.payer != "municipality" else "–") + "".join(told)


def _hour(one: Case) -> str:
    beside = f"<small>{say('m_of_rate', kr=rate(one.rate_kr))}</small>" if one.rate_kr is not None else ""
    return rate(one.hour_costs_kr) + beside


def _result(one: Case) -> str:
    months = say("m_one_month") if one.result_months == 1 else say("m_months", n=one.result_months)
    return result(one.result_kr) + (f"<small>{months}</small>" if one.result_kr is not None else "")


def _forecast(one: Case) -> str:
    beside = f"<small>{say('m_hours', n=hours(one.forecast_h))}</small>" if one.forecast_h is not None else ""
    return result(one.forecast_result_kr) + beside


def signals(one: Case, view: View) -> list[tuple[str, str]]:
    """What is to be looked at, as look and words, the worst first."""
    due = view.due(one.key)
    found = [
        (one.key in view.halved, "serious", say("m_s_halved" if one.granted_h else "m_s_refused")),
        (due is not None, "serious", say("m_s_overdue", day=wording.short_day(due.due_on)) if due else ""),
        (one.is_dear_hour, "attention", say("m_s_dear_hour")),
        (one.is_dear_client, "attention", say("m_s_dear_client")),
        (bool(one.is_over), "attention", say("m_s_over")),
        (bool(one.is_under), "attention", say("m_s_under")),
        (one.is_candidate, "attention", say("m_s_candidate")),
        (one.is_too_long, "attention", say("m_s_long")),
    ]
    return [(look, words) for holds, look, words in found if holds]


def flags(one: Case, view: View) -> str:
    """The same as HTML."""
    return "<br>".join(flag(look, words) for look, words in signals(one, view))


def _unsettled(view: View) -> str:
    caption = answer(view.question, view.counts)
    return table(
        ordered(view.overdue, _overdue_columns(view), view.address["ordning"]), _overdue_columns(view),
        view.address, caption, lambda one: one.key == view.address["rad"],
    )  # fmt: skip


def _overdue_columns(view: View) -> Sequence[Column[Overdue]]:
    town = view.town
    return (
        Column("arende", "k_case", lambda one: _way(one, view.address), lambda one: one.key),
        Column("enhet", "k_unit", lambda one: escape(town.unit_name(one.unit)), lambda one: one.unit),
        Column("period", "m_period", lambda one: assistance_row.span(one.period_on, one.last_on),
               lambda one: one.period_on.toordinal()),
        Column("klar", "m_due", lambda one: flag("serious", wording.day(one.due_on)),
               lambda one: one.due_on.toordinal()),
        Column("manader", "m_unclaimed", lambda one: ", ".join(map(wording.month, one.months)),
               lambda one: float(len(one.months))),
    )  # fmt: skip


def _way(one: Overdue, address: Address) -> str:
    link = escape(address.link(rad=one.key, dag=one.last_on.isoformat()))
    return f'<a target="_self" href="{link}">{assistance_row.short(one.key)}</a>'
