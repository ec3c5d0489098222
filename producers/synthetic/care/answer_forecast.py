"""The answer key's part for assistance beside the money: hours with the client, hours of two at once, and
what will have been performed when the decided periods end.

`by` names dimensions of the decision (unit, regi, payer, sex, age_band); a cell is one text per name.
"""

from __future__ import annotations

from collections.abc import Iterator

from producers.synthetic.care.answer_assistance import By, cases_known
from producers.synthetic.care.answer_money import BEGINNING, months
from producers.synthetic.care.answer_staff import share
from producers.synthetic.care.known import CareKey, Cell, Span, cell_of, summed
from producers.synthetic.workdays import DAY


def client_hours(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Hours that the clients had assistance, each hour once (T2)."""
    return summed((cell_of(one.decision, by), one.client or 0.0) for _, _, one in months(key, span))


def double_share(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """Those of them with two assistants at once, of all (T17)."""
    two = summed((cell_of(one.decision, by), one.two or 0.0) for _, _, one in months(key, span))
    return share(two, client_hours(key, span, by))


def forecast_hours(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """What the periods that go on when the span ends will have come to at their own end (T8)."""
    return summed((cell, hours) for cell, hours, _ in _forecasts(key, span, by))


def forecast_share(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """The same by what is granted for them."""
    granted = summed((cell, hours) for cell, _, hours in _forecasts(key, span, by))
    return share(forecast_hours(key, span, by), granted)


def _forecasts(key: CareKey, span: Span, by: By) -> Iterator[tuple[Cell, float, float]]:
    """Cell, forecast and granted hours of each period of which anything is told: at the pace until now."""
    last = min(span[1], key.today) - DAY
    for case in cases_known(key):
        fact = case.on(last) if last >= span[0] else None
        if fact and fact.hours:
            first, until = case.days_of(fact)
            own = [one for of, _, one in months(key, (BEGINNING, until))
                   if of == case.key and one.decision is fact]  # fmt: skip
            told_days, days = sum(one.told_days for one in own), (until - first).days
            if told_days:
                performed = sum(one.performed or 0.0 for one in own)
                yield cell_of(fact, by), performed * days / told_days, days * case.hours_on(first)
