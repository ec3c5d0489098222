"""Published figures of an invented municipality, made by hand: to test the screens and to look at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from apps.page import Page
from apps.screens import screen
from schemas.municipality import municipality
from warehouse.published import NOW_ON, Figure

NOW: Final = datetime(2026, 11, 22, 15, 5, 20, tzinfo=UTC)
"""A Sunday, 16.05 in Sweden."""

HISTORY: Final = datetime(2015, 12, 31, 23, 0, tzinfo=UTC)
"""Midnight in Sweden: the last day told of is 31 December."""

TODAY: Final = date(2026, 11, 22)
AGES: Final = {"0-14": 121, "15-30": 64, "31-60": 88, "61-120": 103, "over-120": 36}
OPEN: Final = {"barn-unga": 412, "vuxen": 287, "forsorjningsstod": 631, "bistand-aldre": 344, "lss": 158}
DAILY: Final = (-21, -22, -18, -13, -11, -10, -8, -7, -12, -3, 4, 2, -6, 0)


def figure(
    metric: str, dimensions: dict[str, str], value: float | None, day: date | None = None,
    band: tuple[float, float] | None = None,
) -> Figure:  # fmt: skip
    """One figure, told 70 seconds before NOW; `day` None is "now"."""
    lower, upper = band or (None, None)
    return Figure(
        metric=metric, dimensions=dimensions, period="day" if day else "now",
        period_on=day or NOW_ON, value=value,
        lower=lower, upper=upper, n=None, state="value", as_of=NOW - timedelta(seconds=70),
        known_at=NOW - timedelta(seconds=20), historical=False, coverage=1.0, metric_version=1, held="",
        told_until=NOW - timedelta(seconds=70),
    )  # fmt: skip


def figures() -> tuple[Figure, ...]:
    """Everything that the lobby shows of Mittköping."""
    own = [f for unit, value in OPEN.items() for f in _page({"unit": unit}, value)]
    return (*own, *_page({}, sum(OPEN.values())), figure("balance_residual", {}, 0))


def _page(dimensions: dict[str, str], value: int) -> Iterator[Figure]:
    room = max(4.0, value * 0.045)
    yield figure("caseload_balance", dimensions, value, band=(value - room, value + room))
    for back, change in enumerate(reversed(DAILY), 1):
        day = TODAY - timedelta(days=back)
        center = value - 6 - back * 0.6
        yield figure("caseload_balance", dimensions, value + change, day, (center - room, center + room))
    for metric, so_far, band in (("inflow", 23, (15, 29)), ("outflow", 31, (18, 34))):
        for back in range(15):
            yield figure(
                metric, dimensions, so_far if back == 0 else 20 + back % 5, TODAY - timedelta(days=back), band
            )
    yield figure("unassigned_cases", dimensions, 9)
    if dimensions:
        yield replace(figure("transfers_in", dimensions, None, TODAY), state="suppressed", upper=4.0)
    for age, cases in AGES.items():
        yield figure("open_cases_by_age", dimensions | {"age_days": age}, round(cases * value / 412))


CARE_UNITS: Final = {"hemtjanst-norr": 412, "hemtjanst-centrum": 655, "hemtjanst-soder": 371}
"""Hours performed today, so far."""
IN_HOUSE: Final = {"service": "home_care", "regi": "in_house"}
DEVICES: Final = {
    "open_alarms": 3,
    "oldest_open_alarm_minutes": 50,
    "active_devices": 112,
    "silent_devices": 3,
}


def care_figures() -> tuple[Figure, ...]:
    """Everything that the home care office's wall shows of Mittköping."""
    hours = [f for unit, value in CARE_UNITS.items() for f in _care(IN_HOUSE | {"unit": unit}, value)]
    share = figure("adherence_last_day", {}, 0.9942, band=(0.9927, 0.9942))
    return (
        *hours, *_care(IN_HOUSE, sum(CARE_UNITS.values())), share,
        *(figure(metric, {}, value) for metric, value in DEVICES.items()),
    )  # fmt: skip


def _care(dimensions: dict[str, str], so_far: int) -> Iterator[Figure]:
    usual = so_far * 1.55
    yield figure("performed_today", dimensions, so_far, band=(usual * 0.96, usual * 1.04))
    for back, change in enumerate(reversed(DAILY), 1):
        day = TODAY - timedelta(days=back)
        yield figure(
            "performed_today", dimensions, usual * (1 + change / 400), day, (usual * 0.96, usual * 1.04)
        )
    yield figure("granted_today", dimensions, usual * 1.03)


def care_page(unit: str = "", shown: tuple[Figure, ...] | None = None) -> Page:
    """The home care office's page of a unit, "" for the whole municipality."""
    figures = care_figures() if shown is None else shown
    return replace(page(unit, figures), screen=screen("hemtjanst"), place=(1, 3) if unit else None)


IN_TIME: Final = {"LC1": 0.971, "LC2": 0.906, "LC3": 0.742, "LC4": 0.884, "LC6a": 0.968, "LC16a": 0.993}
"""Shares of the clocks that fell due in the last thirty days, in time."""


def clock_figures() -> tuple[Figure, ...]:
    """Everything that the wall of legal clocks shows of Mittköping."""
    shares = [figure("share_in_time_30_days", {"clock": code}, share) for code, share in IN_TIME.items()]
    counts = [("clocks_due_soon", {"within": "today"}, 14), ("clocks_due_soon", {"within": "7_days"}, 92)]
    return (
        replace(figure("share_in_time_30_days", {}, 0.9312), n=1284), *shares,
        *(figure(*count) for count in counts), figure("clocks_overdue", {}, 38),
    )  # fmt: skip


def clock_page(shown: tuple[Figure, ...] | None = None) -> Page:
    """The page of legal clocks, of the whole municipality."""
    return replace(page("", clock_figures() if shown is None else shown), screen=screen("tider"), place=None)


def page(unit: str = "barn-unga", shown: tuple[Figure, ...] | None = None) -> Page:
    """The lobby page of a unit, "" for the whole municipality."""
    return Page(
        municipality=municipality("9999"), unit=unit, figures=figures() if shown is None else shown, now=NOW,
        screen=screen("lobby"), place=(1, 5) if unit else None,
    )  # fmt: skip


def in_state(name: str, base: tuple[Figure, ...] | None = None) -> tuple[Figure, ...]:
    """All figures in one of the designed states."""
    changes: dict[str, dict[str, object]] = {
        "fresh": {},
        "late": {"as_of": NOW - timedelta(minutes=7), "told_until": NOW - timedelta(minutes=7)},
        "quiet": {"as_of": NOW - timedelta(minutes=11)},
        "zero": {"value": 0.0},
        "suppressed": {"value": None, "lower": None, "upper": 4.0, "state": "suppressed"},
        "hidden": {"value": None, "lower": None, "upper": None, "state": "suppressed"},
        "missing": {"value": None, "lower": None, "upper": None, "state": "missing"},
        "preliminary": {"state": "preliminary", "coverage": 0.9723},
        "held": {
            "held": "not_negative",
            "as_of": NOW - timedelta(hours=2),
            "told_until": NOW - timedelta(hours=2),
        },
        "historical": {"historical": True, "as_of": HISTORY, "told_until": HISTORY},
    }
    if name == "empty":
        return ()
    return tuple(_changed(f, changes[name]) for f in base or figures())


def _changed(one: Figure, changes: dict[str, object]) -> Figure:
    if changes.get("state") == "preliminary" and one.value is None:
        return one
    changed = replace(one, **changes)  # type: ignore[arg-type]  # names and types as in `changes` above
    if not changed.historical or changed.period == "now":
        return changed
    return replace(changed, period_on=changed.period_on - (TODAY - date(2015, 12, 31)))


STATES: Final = (
    "fresh", "late", "empty", "suppressed", "hidden", "zero", "held", "preliminary", "historical", "missing",
    "quiet",
)  # fmt: skip


def moved(shown: tuple[Figure, ...], now: datetime) -> tuple[Figure, ...]:
    """The same figures as if NOW were `now`: for screens that run by the real clock."""
    zone = municipality("9999").zone
    apart = now - NOW
    days = now.astimezone(zone).date() - TODAY
    return tuple(
        replace(
            f, as_of=f.as_of + apart, told_until=f.told_until + apart, known_at=f.known_at + apart,
            period_on=f.period_on if f.period == "now" else f.period_on + days,
        )
        if not f.historical else f
        for f in shown
    )  # fmt: skip
