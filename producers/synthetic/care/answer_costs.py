"""The answer key's part for what the hours of each client cost (KPB): the median and its like, and who stands
out.
"""

from __future__ import annotations

from collections import defaultdict
from statistics import mean
from typing import Final

from producers.synthetic.care.answer_hours import By, client_hours
from producers.synthetic.care.known import CareKey, Cell, Span, grouped, percentile
from schemas.reference import UnitPriceSet

FEW: Final = 50  # persons: of fewer no tenths are told


def costs(key: CareKey, span: Span, by: By = ()) -> dict[Cell, list[float]]:
    """Kronor of each person who cost any, in rising order."""
    prices = {
        (str(fact.service), str(fact.regi)): fact.price_kr
        for _, fact in key.of(UnitPriceSet)
        if fact.per == "hour"
    }
    kr: defaultdict[tuple[Cell, str], float] = defaultdict(float)
    hours = client_hours(key, span, ("person", "service", "regi", *by))
    for (person, service, regi, *cell), many in hours.items():
        kr[tuple(cell), person] += many * prices.get((service, regi), 0.0)
    return grouped((cell, cost) for (cell, _), cost in kr.items() if cost > 0)


def cost_per_client(key: CareKey, span: Span, by: By = ()) -> dict[Cell, float]:
    """The median of them; `by` may name another statistic, as its last dimension (T14)."""
    if "statistic" not in by:
        return {cell: percentile(kr, 0.5) for cell, kr in costs(key, span, by).items()}
    found: dict[Cell, float] = {}
    for cell, kr in costs(key, span, by[:-1]).items():
        found |= {(*cell, "median"): percentile(kr, 0.5), (*cell, "mean"): mean(kr)}
        if len(kr) >= FEW:
            found |= {(*cell, "p10"): percentile(kr, 0.1), (*cell, "p90"): percentile(kr, 0.9)}
    return found


def cost_outliers(key: CareKey, span: Span, by: By = ()) -> dict[Cell, int]:
    """Persons who cost more than the upper quartile and three times the distance between both (T14)."""
    found = {}
    for cell, kr in costs(key, span, by).items():
        low, high = percentile(kr, 0.25), percentile(kr, 0.75)
        found[cell] = sum(cost > high + 3 * (high - low) for cost in kr)
    return found
