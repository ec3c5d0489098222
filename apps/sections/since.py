"""What has changed since the committee last met: figures as they were shown then, and as they are now. Pure.

A period that was over then and has another figure now was corrected (rättelse), and says by how many events
that were corrected or told late. What is hidden now is not told as it was, either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from apps import wording
from apps.boards import Section
from apps.committee_view import View
from apps.page import value_of
from apps.sections.goals import title_of, with_unit
from apps.sections.made import Made, heading_of
from apps.sheet import Cell, Sheet, cell, text_cell
from apps.wording import say
from warehouse.causes import STEP, Sum, total
from warehouse.contracts import Contract
from warehouse.published import Figure

SAME: Final = "since_same"
CORRECTED: Final = "since_corrected"
PRELIMINARY: Final = "since_preliminary"
CORRECTIONS: Final = (CORRECTED, PRELIMINARY)
NOT_THEN: Final = "since_not_then"
NO_DIFFERENCE: Final = Cell(None, "not_applicable", "–")


class Change(NamedTuple):
    """A row: its name, the figure then and now, their difference, which word says what happened, and the
    events that caused it.
    """

    title: str
    then: Cell
    now: Cell
    apart: Cell
    word: str
    causes: str = ""


def since_meeting(view: View, section: Section) -> Made:
    """A row per metric, or per figure that has a target where the section names none."""
    assert view.met_on is not None
    own: list[tuple[str, dict[str, str]]] = [(metric, {}) for metric in section.metrics]
    listed = own or _with_targets(view)
    told = [_change(view, metric, row, view.met_on, named=bool(own)) for metric, row in listed]
    return Made(section, _answer(view, told), "", (_sheet(section.question, view.met_on, told),))


def since_shown(view: View, on: date) -> Sheet | None:
    """Totals of the page's period that are others now than when a day ended, and why; None where none is.
    The view is today's, with the figures of that day as those before.
    """
    metrics = [name for name in view.board.metrics if name in view.contracts and _is_told(view, name, {})]
    told = [_change(view, name, {}, on, named=False) for name in metrics]
    changed = [each for each in told if each.word not in (SAME, NOT_THEN)]
    return _sheet(say("since_shown"), on, changed) if changed else None


def _sheet(title: str, on: date, told: Sequence[Change]) -> Sheet:
    heads = ("", say("head_then", on=wording.short_day(on)), say("head_now"), say("head_apart"),
             say("head_happened"))  # fmt: skip
    rows = tuple((each.title, (each.then, each.now, each.apart, _happened(each))) for each in told)
    return Sheet(title, heads, rows)


def _with_targets(view: View) -> list[tuple[str, dict[str, str]]]:
    parts = {(t.metric, frozenset(t.dimensions.items())): dict(t.dimensions) for t in view.said.targets}
    found = [
        (metric, row)
        for (metric, _), row in parts.items()
        if metric in view.contracts and _is_told(view, metric, row)
    ]
    return sorted(found, key=lambda each: title_of(view, *each))


def _is_told(view: View, metric: str, row: Mapping[str, str]) -> bool:
    """Whether the metric is shown of such periods at all."""
    period = view.choice.period
    return any(look(metric, period, **row) is not None for look in (view.find, view.find_before))


def _change(view: View, metric: str, row: Mapping[str, str], on: date, *, named: bool) -> Change:
    period, contract = view.choice.period, view.contract(metric)
    then, now = view.find_before(metric, period, **row), view.find(metric, period, **row)
    title = heading_of(view, metric) if named else title_of(view, metric, row)
    shown = None if now is not None and now.state == "suppressed" else then
    was, is_now = _then(shown, contract), cell(now, contract)
    if not named:
        was, is_now = with_unit(was, contract), with_unit(is_now, contract)
    word = _word(view, then, now, on)
    causes = causes_of(view, metric) if word in CORRECTIONS else ""
    return Change(title, was, is_now, _apart(then, now, contract), word, causes)


def causes_of(view: View, metric: str) -> str:
    """What was told meanwhile that moved the figures of the period, in words; "" where nothing is known."""
    period = view.choice.period
    told = view.revised.get((view.name_of(metric), period.kind, period.first), ())
    counts = (
        ("corrections", total(each.corrections for each in told)),
        ("late", total(each.late for each in told)),
    )
    return ", ".join(say(f"cause_{name}", n=_many(found)) for name, found in counts if found.any)


def _many(events: Sum) -> str:
    """How many, as exactly as may be told."""
    if not events.known:
        return say("cause_few" if events.few == 1 else "cause_several", small=STEP)
    return say("cause_least" if events.few else "cause_about", n=wording.number(events.known))


def _then(figure: Figure | None, contract: Contract) -> Cell:
    return cell(figure, contract) if figure else text_cell("–")


def _word(view: View, then: Figure | None, now: Figure | None, on: date) -> str:
    """Which word says what happened: of several reasons the one that the reader must know first."""
    if then is None:
        return NOT_THEN
    contract = view.contracts[then.metric]
    if cell(then, contract).words == cell(now, contract).words:
        return SAME
    if now is not None and now.metric_version != then.metric_version:
        return "since_version"
    if then.state == "suppressed" or (now is not None and now.state == "suppressed"):
        return "since_hidden_then" if then.state == "suppressed" else "since_hidden_now"
    if view.choice.period.until > on:
        return "since_going_on"
    return PRELIMINARY if then.state == "preliminary" else CORRECTED


def _apart(then: Figure | None, now: Figure | None, contract: Contract) -> Cell:
    """The difference of what is shown, in words with its direction; – where one of them is no number."""
    was, is_now = value_of(then), value_of(now)
    if was is None or is_now is None:
        return NO_DIFFERENCE
    is_share = contract.measure == "share"
    decimals = 3 if is_share else contract.decimals
    apart = round(is_now, decimals) - round(was, decimals)
    if not round(apart, decimals):
        return Cell(0.0, "zero", "0", contract.decimals, is_share)
    size = wording.number(abs(apart) * 100, 1) if is_share else wording.number(abs(apart), contract.decimals)
    kind = "points" if is_share else "count" if contract.measure == "count" else "amount"
    words = say(f"since_{kind}_{'more' if apart > 0 else 'fewer'}", n=size)
    return Cell(apart, "value", words, contract.decimals, is_share)


def _happened(each: Change) -> Cell:
    return text_cell(say(each.word) + (f": {each.causes}" if each.causes else ""))


def _answer(view: View, told: list[Change]) -> str:
    """How many have changed, and how many of them are corrections."""
    assert view.met_on is not None
    on = wording.day(view.met_on)
    if all(each.word == NOT_THEN for each in told):
        return say("since_nothing_then", on=on)
    changed = [each for each in told if each.word not in (SAME, NOT_THEN)]
    corrected = sum(each.word == CORRECTED for each in changed)
    if not changed:
        return say("since_no_change", on=on)
    text = say("since_changed", on=on, n=len(changed), all=len(told))
    return f"{text} {say('since_of_them', n=corrected)}" if corrected else text
