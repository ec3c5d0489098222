"""What must hold of the case tables, as sentences that the owner of the cases can read and sign."""

from __future__ import annotations

from datetime import datetime
from typing import Final, get_args

from expectations.library import Expectation
from expectations.suite import MOST_FLAWED, WARNING, Suite, least, none, zero
from schemas.codes import AgeBand, CloseReason, Law, OpeningKind, Sex, Stage
from schemas.municipality import Municipality
from warehouse.contracts import contract


def suites(place: Municipality, now: datetime) -> list[Suite]:
    """All suites for one municipality. now: the instant that the balance is counted at."""
    asked = {"municipality": place.code}
    codes = {name: list(get_args(values)) for name, values in _CODES.items()}
    instant = {"at": [now.strftime("%Y-%m-%d %H:%M:%S.%f")], "by": [], "zone": place.time_zone}
    return [
        Suite("cases", _CASES, asked | codes | {"units": list(place.units)}, _of_cases()),
        Suite("archive", _ARCHIVE, asked, _of_archive()),
        Suite("balance", contract("balance_residual").sql, asked | instant, _of_balance()),
    ]


def _of_cases() -> list[Expectation]:
    return [
        none("spells_end_after_they_begin", "spells_without_time",
              "Varje period i ett ärende slutar efter att den börjat."),
        none("spells_do_not_overlap", "spells_that_overlap",
              "Ett ärendes perioder överlappar inte varandra."),
        least("closed_not_before_opened", "seconds_open", 0, "Inget ärende är avslutat innan det öppnades."),
        least("built_on_events", "versions", 1, "Varje ärende bygger på minst en händelse i arkivet."),
        none("built_on_all_events", "versions_missing",
              "Varje ärende är räknat på alla händelser som arkivet har om det."),
        none("one_row_per_case", "other_rows", "Varje ärende finns bara en gång."),
        none("codes_are_known", "codes_unknown", "Alla koder finns i kodlistorna."),
        none("units_are_known", "units_unknown", "Alla enheter finns i kommunens inställningar.", WARNING),
        none("few_cases_have_flaws", "flaws", "Högst 2 procent av ärendena har en brist i sin historik.",
              WARNING, mostly=1 - MOST_FLAWED),
    ]  # fmt: skip


def _of_archive() -> list[Expectation]:
    sentence = "Varje ärende som arkivet känner till har en rad."
    return [none("every_case_told_has_a_row", "cases_without_row", sentence)]


def _of_balance() -> list[Expectation]:
    sentence = "Balansen är densamma, räknad på ärenden och räknad på arkivets händelser."
    return [zero("balance_equals_archive", "value", sentence)]


_CODES: Final = {
    "stages": Stage, "kinds": OpeningKind, "reasons": CloseReason, "laws": Law, "sexes": Sex,
    "age_bands": AgeBand,
}  # fmt: skip

_CASES: Final = """
SELECT arrayCount((f, u) -> u <= f, c.`spells.from`, c.`spells.until`) AS spells_without_time,
       arrayCount((f, u) -> f < u, arrayPopFront(c.`spells.from`), arrayPopBack(c.`spells.until`))
         AS spells_that_overlap,
       dateDiff('second', c.opened_at, c.closed_at) AS seconds_open,
       toInt64(c.version % 1099511627776) AS versions,
       toInt64(a.versions) - versions AS versions_missing,
       toInt64(r.found) - 1 AS other_rows,
       length(arrayFilter(code -> NOT has({stages:Array(String)}, code), c.`spells.stage`))
         + length(arrayFilter(code -> NOT has({kinds:Array(String)}, code), c.`openings.kind`))
         + length(arrayFilter(code -> NOT has({reasons:Array(String)}, code), c.`closings.reason`))
         + toUInt64(NOT has({laws:Array(String)}, c.law)) + toUInt64(NOT has({sexes:Array(String)}, c.sex))
         + toUInt64(NOT has({age_bands:Array(String)}, c.age_band)) AS codes_unknown,
       if(empty({units:Array(String)}), 0, length(arrayFilter(
           unit -> NOT has({units:Array(String)}, unit),
           arrayConcat(c.`openings.unit`, c.`spells.unit`, c.`closings.unit`)))) AS units_unknown,
       length(c.flaws) AS flaws
FROM (SELECT * FROM cases FINAL WHERE municipality = {municipality:String} AND void = 0) AS c
LEFT JOIN
(
    SELECT entity, count() AS versions FROM events FINAL
    WHERE topic = 'cases' AND startsWith(entity, {municipality:String}) GROUP BY entity
) AS a ON a.entity = c.entity
LEFT JOIN
(
    SELECT entity, count() AS found FROM cases FINAL
    WHERE startsWith(entity, {municipality:String}) GROUP BY entity
) AS r ON r.entity = c.entity
"""

_ARCHIVE: Final = """
SELECT count() AS cases_without_row
FROM
(
    SELECT DISTINCT entity FROM events
    WHERE topic = 'cases' AND municipality = {municipality:String} AND splitByChar('/', entity)[2] = 'case'
) AS e
WHERE e.entity NOT IN (SELECT entity FROM cases WHERE municipality = {municipality:String})
"""
