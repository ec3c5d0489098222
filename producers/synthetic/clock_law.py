"""The times of the law that run in cases, and Mittköping's own, as its answer key reads them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from producers.synthetic.clock_days import LastDay, disposed_by, in_days, in_months
from producers.synthetic.clock_moments import (
    DECISIONS,
    MINORS,
    PLACED_IN,
    PRELIMINARY,
    SERVICE,
    YOUNG,
    Moment,
)
from producers.synthetic.clock_rules import NEW, OLD, Rule, Story, Test

_OWN: Final = date(2024, 1, 1)
_CHILD_LAWS: Final = ("SoL", "LVU", "2024:79")


def step(*names: str) -> Test:
    """One of these steps."""
    return lambda moment: moment.did(*names)


def by_law(law: str, *names: str) -> Test:
    """One of these steps in a matter of an act."""
    return lambda moment: moment.did(*names) and moment.law == law


def closed(moment: Moment) -> bool:
    """The case is closed."""
    return bool(moment.closed)


def either(*tests: Test) -> Test:
    """Any of these."""
    return lambda moment: any(test(moment) for test in tests)


def left(moment: Moment) -> bool:
    """The person is not there any more."""
    return moment.left


def young_reported(moment: Moment) -> bool:
    """A report about a child or young person."""
    return moment.did("report") and moment.law in ("SoL", "LVU") and moment.age_band in YOUNG


def not_investigated(story: Story, number: int) -> bool:
    """No investigation is going on."""
    goes_on = False
    for moment in story[:number]:
        if moment.did("open_investigation"):
            goes_on = True
        elif moment.did("close_investigation") or moment.closed:
            goes_on = False
    return not goes_on


def not_served(story: Story, number: int) -> bool:
    """No service of the kind that is decided about is going on."""
    going_on: set[str] = set()
    for moment in story[:number]:
        if moment.did(*SERVICE):
            going_on.add(moment.service)
        elif moment.did("end_service", "interrupt") or moment.closed:
            going_on.clear()
    return story[number].service not in going_on


def moved_on(moment: Moment) -> bool:
    """A child leaves a home, or comes to one that is no emergency foster home."""
    is_home = moment.service in PLACED_IN and moment.service != "emergency_foster_home"
    return moment.did("end_service") or (moment.did(*SERVICE) and is_home)


def sheltered(story: Story, number: int) -> bool:
    """The child is in an emergency foster home."""
    is_there = False
    for moment in story[:number]:
        if moment.did(*SERVICE) and moment.service == "emergency_foster_home":
            is_there = True
        elif moved_on(moment) or moment.closed:
            is_there = False
    return is_there


def not_kept(story: Story, number: int) -> bool:
    """No child was investigated: such files are kept."""
    return not any(m.did("open_investigation") and m.age_band in MINORS for m in story[:number])


def placed(moment: Moment) -> bool:
    """A child is placed."""
    return moment.did(*SERVICE) and moment.placed_minor


def placed_again(moment: Moment) -> bool:
    """Somebody comes to a home."""
    return moment.did(*SERVICE) and moment.service in PLACED_IN


def child_investigated(moment: Moment) -> bool:
    """An investigation of a child is opened."""
    return moment.did("open_investigation") and moment.law in _CHILD_LAWS and moment.age_band in MINORS


def planned(moment: Moment) -> bool:
    """A plan of care is made for a child."""
    kind = getattr(moment.fact, "kind", "")
    return moment.did("make_plan") and moment.age_band in MINORS and kind == "care_plan"


def replanned(moment: Moment) -> bool:
    """The plan of care is revised, or a plan of which it is not said which."""
    return moment.did("revise_plan") and getattr(moment.fact, "kind", "") != "implementation_plan"


def asked_for(moment: Moment) -> bool:
    """What was reported is assessed, and who reported wants to be told."""
    return moment.did(*PRELIMINARY) and moment.asks


OVER: Final = either(step("end_service"), closed)
INVESTIGATED: Final = either(step("close_investigation"), closed)
APPLIED: Final = either(by_law("SoL", "application", "own_initiative"), step("investigate"))
ENDED: Final = step("end_custody")


def _granted(law: str) -> Test:
    return lambda moment: moment.grants and moment.law == law


def _carried_out(clock: str, law: str, since: tuple[date, ...]) -> Rule:
    return Rule(clock, since, _granted(law), step(*SERVICE), in_months(3), closed,
                every=True, of_service=True, may_begin=not_served)  # fmt: skip


def _resumed(clock: str, law: str, since: tuple[date, ...]) -> Rule:
    return Rule(clock, since, by_law(law, "interrupt"), step(*SERVICE), in_months(3), OVER,
                of_service=True, before=True)  # fmt: skip


def _court(clock: str, since: date, law: str, first: str, then: str, last: LastDay) -> Rule:
    return Rule(clock, (since,), by_law(law, first), step(then), last, ENDED)


_TAKEN: Final = "take_into_custody"
_LVU, _LVM, _HIDDEN = date(1990, 7, 1), date(1989, 1, 1), date(2024, 4, 1)
RULES: Final = (
    Rule("LC1", (date(2013, 1, 1), NEW), young_reported, step("assess_safety"), timedelta(hours=24), left,
         every=True),
    Rule("LC2", (date(2013, 1, 1), NEW), young_reported, step(*PRELIMINARY, "open_investigation"),
         in_days(14), left, step("extend_assessment"), every=True, may_begin=not_investigated),
    Rule("LC3", (OLD, NEW), child_investigated, INVESTIGATED, in_months(4), left,
         step("extend")),
    Rule("LC4", (OLD, NEW), APPLIED, step("open_investigation", *DECISIONS), in_days(1),
         either(closed, step("no_investigation", "join")),
         may_begin=not_investigated),
    Rule("LC5", (date(2026, 1, 15),), asked_for, step("inform_reporter"), in_days(7)),
    _carried_out("LC6a", "SoL", (date(2006, 7, 1), NEW)),
    _resumed("LC6b", "SoL", (date(2006, 7, 1), NEW)),
    _carried_out("LC6c", "LSS", (date(2008, 7, 1),)),
    _resumed("LC6d", "LSS", (date(2008, 7, 1),)),
    Rule("LC8", (OLD, NEW), placed, step("consider"), in_months(6), OVER, again=True),
    Rule("LC10", (NEW,), step("close_investigation"), moved_on, in_months(2), closed,
         before=True, may_begin=sheltered),
    Rule("LC11", (NEW,), lambda m: m.did("end_service") and m.placed_minor,
         either(step("end_follow_up"), closed), in_months(6), placed_again),
    Rule("LC12", (date(2021, 3, 1), NEW), planned, replanned, in_months(24), OVER),
    _court("LC13a", _LVU, "LVU", _TAKEN, "submit_custody", in_days(7)),
    Rule("LC13b", (_LVU,), by_law("LVU", _TAKEN), step("apply_for_care"), in_days(28), ENDED,
         step("extend_application")),
    _court("LC14a", _LVM, "LVM", _TAKEN, "submit_custody", in_days(1)),
    _court("LC14b", _LVM, "LVM", "submit_custody", "try_custody", in_days(4)),
    _court("LC14c", _LVM, "LVM", _TAKEN, "apply_for_care", in_days(7)),
    Rule("LC14d", (_LVM,), by_law("LVM", *SERVICE), OVER, in_months(6)),
    _court("LC15a", _HIDDEN, "2024:79", _TAKEN, "submit_custody", in_days(7)),
    _court("LC15b", _HIDDEN, "2024:79", _TAKEN, "apply_for_care", in_days(42)),
    Rule("LC15c", (_HIDDEN,), by_law("2024:79", _TAKEN), step("consider"), in_months(6),
         either(ENDED, closed), again=True),
    Rule("LC16a", (date(2018, 7, 1),), step("application"), step(*DECISIONS), in_months(6), closed),
    Rule("LC16b", (date(2018, 7, 1),), step("request_decision"), step(*DECISIONS), in_days(28), closed),
    Rule("LC20", (OLD, NEW), closed, step(), disposed_by, step("reopened"), may_begin=not_kept),
    Rule("SM1", (_OWN,), lambda m: m.did("application") and m.case_type == "financial_support",
         step(*DECISIONS), in_days(10), closed),
    Rule("SPT", (_OWN,), lambda m: m.did(*SERVICE) and m.case_type == "family_support", step("follow_up"),
         in_days(42), OVER, again=True),
)  # fmt: skip
"""Each time but that of months of support (`clock_support.py`)."""
