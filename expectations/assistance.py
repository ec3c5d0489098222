"""What must hold of staff, personal assistance and its money, as sentences that their owner can sign."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, get_args

from expectations.library import Expectation
from expectations.rows import of_rows
from expectations.suite import MOST_FLAWED, WARNING, Suite, few_flaws, none
from schemas.codes import AgeBand, Payer, Regi, Sex
from schemas.municipality import Municipality

KINDS: Final = {
    "staff_day": ("hours", "staff_days", "bemanningsdag"),
    "assistance": ("hours", "assistances", "assistansärende"),
    "account_month": ("hours", "account_months", "månadsrad i ekonomin"),
    "hourly_rate": ("reference", "hourly_rates", "timbelopp"),
    "unit_price": ("reference", "unit_prices", "insatspris"),
}
REASONABLE: Final = 1.25
"""Worked and sick hours may be so many times those of the schedule, beside overtime and hired staff."""

_CODES: Final = {"sexes": Sex, "age_bands": AgeBand, "regis": Regi, "payers": Payer}


def suites(place: Municipality, now: datetime) -> list[Suite]:
    """All suites for one municipality."""
    asked: dict[str, Any] = {"municipality": place.code}
    codes = {name: list(get_args(values)) for name, values in _CODES.items()}
    units = {"units": list(place.every_unit)}
    return [
        *(of_rows(place.code, topic, kind, table, what) for kind, (topic, table, what) in KINDS.items()),
        Suite("staff_days", _STAFF, asked | units | {"reasonable": REASONABLE}, _of_staff()),
        Suite("assistances", _ASSISTANCES, asked | codes | units, _of_assistances()),
        Suite("account_months", _MONTHS, asked, _of_months()),
        Suite("prices", _PRICES, asked, _of_prices()),
        few_flaws("assistance", place, "hours_flaws(zone = {zone:String})",
                  {kind: about[1] for kind, about in KINDS.items()},
                  "Högst 2 procent av bemanningsdagarna, av ärendena och av beloppen har en brist."),
    ]  # fmt: skip


def _of_staff() -> list[Expectation]:
    return [
        none("staff_days_have_a_day", "without_day", "Varje bemanningsdag har ett datum."),
        none("staff_hours_are_not_negative", "hours_negative", "Inga timmar i bemanningen är negativa."),
        none("schedule_within_the_day", "schedule_impossible",
             "Ingen har mer än 24 schemalagda timmar på en dag.", WARNING),
        none("sick_within_schedule", "sick_beyond", "Sjukfrånvaron ryms i schemat.", WARNING),
        none("worked_and_sick_are_reasonable", "worked_beyond",
             "Arbetad tid och sjukfrånvaro är högst en fjärdedel mer än schema, övertid och inhyrd tid.",
             WARNING, mostly=1 - MOST_FLAWED),
        none("staff_units_are_known", "units_unknown",
             "Bemanningens enheter finns i kommunens inställningar.", WARNING),
    ]  # fmt: skip


def _of_assistances() -> list[Expectation]:
    return [
        none("assistance_periods_have_days", "periods_without_day",
             "Varje beslutad period har minst en dag."),
        none("assistance_periods_do_not_overlap", "periods_that_overlap",
             "Ett ärendes beslutade perioder överlappar inte varandra."),
        none("assistance_hours_as_decided", "hours_beyond",
             "Timmarna i en period är aldrig negativa eller fler än beslutade."),
        none("assistance_ends_when_it_ends", "periods_after_end",
             "Ingen period fortsätter efter ärendets slut."),
        none("assistance_rates_are_possible", "rates_impossible",
             "Ett ärendes timbelopp följer på varandra och är aldrig negativa."),
        none("assistance_codes_are_known", "codes_unknown",
             "Ärendenas kön, ålder, regi och betalare finns i kodlistorna."),
        none("assistance_units_are_known", "units_unknown",
             "Ärendenas enheter finns i kommunens inställningar.", WARNING),
    ]  # fmt: skip


def _of_months() -> list[Expectation]:
    return [
        none("account_months_are_months", "not_first_of_month",
             "Varje månadsrad gäller en månad, från dess första dag."),
        none("claimed_hours_are_not_negative", "hours_negative", "Inga begärda timmar är negativa."),
        none("claims_have_their_day", "claim_apart", "Varje begäran om ersättning har sin tidpunkt."),
        none("paid_within_claimed", "paid_beyond",
             "Utbetald ersättning är högst den begärda, på en krona när.", WARNING),
    ]  # fmt: skip


def _of_prices() -> list[Expectation]:
    return [
        none("prices_follow_each_other", "steps_apart", "Timbelopp och priser har ett belopp för varje dag."),
        none("prices_are_not_negative", "kronor_negative", "Inga timbelopp eller priser är negativa."),
    ]  # fmt: skip


_STAFF: Final = """
SELECT toUInt64(on_day IS NULL) AS without_day,
       toUInt64(arrayMin(arrayConcat(`worked.hours`, `temps.hours`,
           [ifNull(scheduled_h, 0), sick_short_h, sick_long_h, sick_unknown_h, overtime_h, external_h])) < 0)
         AS hours_negative,
       toUInt64(scheduled_h > 24 * ifNull(scheduled_persons, 0)) AS schedule_impossible,
       toUInt64(sick_h > scheduled_h) AS sick_beyond,
       toUInt64(sick_h + arraySum(`worked.hours`)
                > {reasonable:Float64} * scheduled_h + overtime_h + external_h + arraySum(`temps.hours`))
         AS worked_beyond,
       toUInt64(notEmpty({units:Array(String)}) AND NOT has({units:Array(String)}, unit)) AS units_unknown
FROM
(
    SELECT *, sick_short_h + sick_long_h + sick_unknown_h AS sick_h
    FROM staff_days FINAL WHERE municipality = {municipality:String} AND void = 0
)
"""

_ASSISTANCES: Final = """
SELECT arrayCount((f, u) -> u <= f, `periods.from_on`, `periods.until_on`) AS periods_without_day,
       arrayCount((f, u) -> f < u, arrayPopFront(`periods.from_on`), arrayPopBack(`periods.until_on`))
         AS periods_that_overlap,
       arrayCount((h, d) -> h < 0 OR h > d + 0.000001, `periods.hours`, `periods.decided_hours`)
         AS hours_beyond,
       arrayCount(u -> ifNull(u > end_on, 0), `periods.until_on`) AS periods_after_end,
       arrayCount((a, b) -> b <= a, arrayPopBack(`rates.from_on`), arrayPopFront(`rates.from_on`))
         + arrayCount(r -> NOT isFinite(r) OR r < 0, `rates.rate_kr`) AS rates_impossible,
       toUInt64(NOT (has({sexes:Array(String)}, sex) AND has({age_bands:Array(String)}, age_band)))
         + arrayCount(r -> NOT has({regis:Array(String)}, r), `periods.regi`)
         + arrayCount(p -> NOT has({payers:Array(String)}, p), `periods.payer`) AS codes_unknown,
       if(empty({units:Array(String)}), 0, arrayCount(x -> NOT has({units:Array(String)}, x), `periods.unit`))
         AS units_unknown
FROM assistances FINAL WHERE municipality = {municipality:String} AND void = 0
"""

_MONTHS: Final = """
SELECT toUInt64(ifNull(toDayOfMonth(month) != 1, 1)) AS not_first_of_month,
       toUInt64(claimed_h < 0) AS hours_negative,
       toUInt64((claimed_at IS NULL) != (claimed_kr IS NULL)) AS claim_apart,
       toUInt64(paid_kr > claimed_kr + 1) AS paid_beyond
FROM account_months FINAL WHERE municipality = {municipality:String} AND void = 0
"""

_PRICES: Final = """
SELECT arrayCount((a, b) -> b <= a, arrayPopBack(from_on), arrayPopFront(from_on))
         + toUInt64(empty(from_on)) AS steps_apart,
       arrayCount(kr -> NOT isFinite(kr) OR kr < 0, kronor) AS kronor_negative
FROM
(
    SELECT `steps.from_on` AS from_on, `steps.rate_kr` AS kronor
    FROM hourly_rates FINAL WHERE municipality = {municipality:String} AND void = 0
    UNION ALL
    SELECT `steps.from_on` AS from_on, `steps.price_kr` AS kronor
    FROM unit_prices FINAL WHERE municipality = {municipality:String} AND void = 0
)
"""
