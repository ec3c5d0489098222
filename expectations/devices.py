"""What must hold of devices, doses and alarms, as sentences that their owner can read and sign.

Of doses and signs of life there are millions: a row is a day, and its columns count those that are wrong.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, get_args

from expectations.library import Expectation
from expectations.published import of_published
from expectations.rows import of_rows
from expectations.suite import WARNING, Suite, few_flaws, none
from schemas.codes import AgeBand, AlarmContact, Regi, Sex
from schemas.municipality import Municipality

KINDS: Final = {
    "device": ("devices", "utrustning"),
    "device_day": ("device_days", "dygn med livstecken"),
    "dose": ("doses", "dos"),
    "alarm": ("device_alarms", "larm"),
    "rent_month": ("rent_months", "hyresmånad"),
}
METRICS: Final = (
    "active_devices", "silent_devices", "adherence", "avoided_cost_gross", "device_rent", "avoided_cost_net",
)  # fmt: skip
_CODES: Final = {"sexes": Sex, "age_bands": AgeBand, "regis": Regi}


def suites(place: Municipality, now: datetime) -> list[Suite]:
    """All suites for one municipality. now: periods that are over then are judged as published."""
    asked: dict[str, Any] = {"municipality": place.code}
    codes = {name: list(get_args(values)) for name, values in _CODES.items()}
    units = {"units": list(place.every_unit)}
    types, causes = {"types": list(place.names("device_type"))}, {"causes": list(place.names("about"))}
    contacts = {"contacts": ["", *get_args(AlarmContact)]}
    return [
        *(of_rows(place.code, "devices", kind, *about) for kind, about in KINDS.items()),
        Suite("devices", _DEVICES, asked | codes | units | types, _of_devices()),
        Suite("device_days", _DAYS, asked, _of_days()),
        Suite("doses", _DOSES, asked | units, _of_doses()),
        Suite("device_alarms", _ALARMS, asked | units | causes | contacts, _of_alarms()),
        Suite("rent_months", _RENTS, asked, _of_rents()),
        few_flaws("device", place, "device_flaws", {kind: about[0] for kind, about in KINDS.items()},
                  "Högst 2 procent av utrustningarna, av doserna och av larmen har en brist."),
        of_published("published_devices", place, now, METRICS, _of_published()),
    ]  # fmt: skip


def _of_devices() -> list[Expectation]:
    return [
        none("devices_removed_after_installed", "lives_backwards",
             "Ingen utrustning är avinstallerad innan den installerades."),
        none("device_lives_do_not_overlap", "lives_that_overlap",
             "En utrustning är aldrig i två hem samtidigt."),
        none("removals_have_their_reason", "reason_apart",
             "Varje avinstallerad utrustning har en orsak, och bara de."),
        none("refills_are_of_a_life", "refills_outside",
             "Varje påfyllning hör till en tid då utrustningen var installerad."),
        none("baselines_are_not_negative", "baseline_negative", "Ingen baslinje är negativ."),
        none("device_codes_are_known", "codes_unknown",
             "Utrustningarnas kön, ålder och regi finns i kodlistorna."),
        none("device_lists_are_kept", "codes_unlisted",
             "Utrustningarnas enhet och slag finns i kommunens listor.", WARNING),
    ]  # fmt: skip


def _of_days() -> list[Expectation]:
    return [
        none("signs_in_order", "signs_backwards", "Dygnets första livstecken är inte efter det sista."),
        none("days_have_signs", "signs_missing", "Varje dygn med livstecken har minst ett."),
        none("signs_on_their_day", "signs_elsewhere",
             "Livstecknen ligger på sitt dygn, eller har en brist som säger något annat."),
    ]  # fmt: skip


def _of_doses() -> list[Expectation]:
    return [
        none("dose_outcomes_are_known", "outcomes_unlisted",
             "Varje dos är tagen, sen, missad eller har okänt utfall."),
        none("doses_taken_have_a_time", "taken_without_time",
             "Varje tagen eller sen dos har en tid då den togs."),
        none("doses_not_taken_have_no_time", "time_without_taken",
             "Ingen missad dos har en tid då den togs, och ingen med okänt utfall utan att ha en brist."),
        none("doses_taken_are_not_missed", "taken_and_missed",
             "Ingen tagen dos har en orsak till att den missades."),
        none("dose_day_is_that_of_its_window", "day_apart", "Varje dos ligger på dagen då den förfaller."),
        none("dose_units_are_known", "units_unknown",
             "Dosernas enheter finns i kommunens inställningar.", WARNING),
    ]  # fmt: skip


def _of_alarms() -> list[Expectation]:
    return [
        none("alarms_are_raised", "raised_missing",
             "Varje larm har gått, eller har en brist som säger att det saknas."),
        none("alarms_acknowledged_after_raised", "acknowledged_early",
             "Inget larm utan brist är kvitterat innan det gick."),
        none("alarms_handled_after_raised", "handled_early",
             "Inget larm utan brist är åtgärdat innan det gick."),
        none("alarms_handled_somehow", "how_apart", "Varje åtgärdat larm säger hur, och bara de."),
        none("alarm_lists_are_kept", "codes_unlisted",
             "Larmens enhet och orsak finns i kommunens listor.", WARNING),
    ]  # fmt: skip


def _of_rents() -> list[Expectation]:
    return [
        none("rents_are_of_months", "not_first_of_month",
             "Varje hyra gäller en månad, från dess första dag."),
        none("rents_are_kronor", "kronor_missing", "Varje hyra är ett belopp."),
    ]  # fmt: skip


def _of_published() -> list[Expectation]:
    return [
        none("adherence_within_bounds", "outside_bounds", "Visad följsamhet ligger inom sina gränser."),
        none("silent_within_installed", "silent_beyond",
             "Visade tysta utrustningar är högst så många som de installerade.", WARNING),
        none("gross_less_rent_is_net", "kronor_apart",
             "Visad undviken kostnad netto är brutto minus hyra, på en krona när.", WARNING),
    ]  # fmt: skip


_DEVICES: Final = """
SELECT arrayCount((f, u) -> u < f, `lives.from`, `lives.until`) AS lives_backwards,
       arrayCount((f, u) -> f < u, arrayPopFront(`lives.from`), arrayPopBack(`lives.until`))
         AS lives_that_overlap,
       arrayCount((u, r) -> (u < toDateTime64('2299-12-31 00:00:00', 6, 'UTC')) != (r != ''), `lives.until`,
                  `lives.remove_reason`) AS reason_apart,
       arrayCount((at, k) -> k NOT BETWEEN 1 AND length(`lives.until`) OR at > `lives.until`[k], `refills.at`,
                  `refills.life`) AS refills_outside,
       arrayCount(b -> ifNull(b < 0, 0), `lives.baseline_visits`) AS baseline_negative,
       arrayCount((s, a, r) -> NOT (has({sexes:Array(String)}, s) AND has({age_bands:Array(String)}, a)
                                    AND has({regis:Array(String)}, r)),
                  `lives.sex`, `lives.age_band`, `lives.regi`) AS codes_unknown,
       if(empty({units:Array(String)}), 0, arrayCount(x -> NOT has({units:Array(String)}, x), `lives.unit`))
         + if(empty({types:Array(String)}), 0,
              arrayCount(x -> NOT has({types:Array(String)}, x), `lives.device_type`)) AS codes_unlisted
FROM devices FINAL WHERE municipality = {municipality:String} AND void = 0
"""

_DAYS: Final = """
SELECT countIf(ifNull(first_at > last_at, 1)) AS signs_backwards, countIf(signs = 0) AS signs_missing,
       countIf(NOT has(flaws, 'day_not_of_time')
               AND ifNull(abs(toInt64(on_day) - toInt64(toDate32(first_at))) > 1
                          OR abs(toInt64(on_day) - toInt64(toDate32(last_at))) > 1, 1)) AS signs_elsewhere
FROM device_days FINAL WHERE municipality = {municipality:String} AND void = 0
GROUP BY on_day
"""

_DOSES: Final = """
SELECT countIf(outcome NOT IN ('taken', 'late', 'missed', 'unknown')) AS outcomes_unlisted,
       countIf(outcome IN ('taken', 'late') AND taken_at IS NULL) AS taken_without_time,
       countIf(taken_at IS NOT NULL AND (outcome = 'missed' OR outcome = 'unknown' AND empty(flaws)))
         AS time_without_taken,
       countIf(outcome = 'taken' AND miss_reason != '') AS taken_and_missed,
       countIf(ifNull(day != toDate32(due_at), 0)) AS day_apart,
       countIf(due_at IS NOT NULL AND notEmpty({units:Array(String)})
               AND NOT has({units:Array(String)}, unit))
         AS units_unknown
FROM doses FINAL WHERE municipality = {municipality:String} AND void = 0
GROUP BY day
"""

_ALARMS: Final = """
SELECT toUInt64(raised_at IS NULL AND NOT has(flaws, 'never_raised')) AS raised_missing,
       toUInt64(ifNull(acknowledged_at < raised_at, 0) AND NOT has(flaws, 'acknowledged_before_raised'))
         AS acknowledged_early,
       toUInt64(ifNull(handled_at < raised_at, 0) AND NOT has(flaws, 'handled_before_raised'))
         AS handled_early,
       toUInt64((handled_at IS NULL) != (how = '') OR NOT has({contacts:Array(String)}, how)) AS how_apart,
       toUInt64(raised_at IS NOT NULL
                AND (notEmpty({units:Array(String)}) AND NOT has({units:Array(String)}, unit)
                     OR notEmpty({causes:Array(String)}) AND NOT has({causes:Array(String)}, about)))
         AS codes_unlisted
FROM device_alarms FINAL WHERE municipality = {municipality:String} AND void = 0
"""

_RENTS: Final = """
SELECT arrayCount(m -> toDayOfMonth(m) != 1, `lines.month`) AS not_first_of_month,
       arrayCount(kr -> NOT isFinite(kr), `lines.kr`) AS kronor_missing
FROM rent_months FINAL WHERE municipality = {municipality:String} AND void = 0
"""
